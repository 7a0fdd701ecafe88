"""When a promise is tested: sample sizes laid down beforehand, which share the risk of being wrong.

A test repeated after every case finds a lucky moment sooner or later. Here look k happens when
n1 * 1.5**(k-1) cases have been reviewed, and no sooner, at the level 2 risk / ((k + 1) (k + 2)); all levels
add up to `risk`.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from mainspring.agents.promise.bounds import fewest
from mainspring.agents.promise.threshold import Judged

RISK = 0.05
_YOUNG, _MOST = 0.002, 0.25
"""Until a promise is settled, at least the first over the target of the cases is audited, as the cases that a
look needs grow likewise; no more than the second."""
_GROWS = 1.5
"""Each look has so many times the cases of the one before."""
_LITTLE = 0.04
"""More looks are hardly worth their audits where they could add no more than this share of the cases."""
_ERRORS_AT_FIRST = 1
"""The first look is large enough to forgive so many errors among the surest half."""


class Look(NamedTuple):
    """One test: its number from 1, the cases it needs, and its level."""

    number: int
    cases: int
    risk: float


@dataclass(frozen=True, slots=True)
class Plan:
    """All looks of one promise.

    Args:
        target: the error rate that may pass unseen, in (0, 1).
        first: cases at the first look: the floor below which everything is reviewed.
        risk: the chance that the promise is broken from the start.
    """

    target: float
    first: int
    risk: float = RISK

    def look(self, number: int) -> Look:
        """The look of that number, from 1."""
        cases = math.ceil(self.first * _GROWS ** (number - 1))
        return Look(number, cases, 2 * self.risk / ((number + 1) * (number + 2)))

    def due(self, cases: int, done: int) -> Look | None:
        """The look that is to be made now, when `done` were made and so many cases are reviewed.

        Looks are made in order and each once, with the cases there are.
        """
        following = self.look(done + 1)
        return following if cases >= following.cases else None


def audited(share: float, target: float, *, settled: bool) -> float:
    """The share of automatic cases that is audited, when the owner asks for `share`."""
    return share if settled else max(share, min(_MOST, _YOUNG / target))


def settles(judged: Sequence[Judged], target: float, now: float | None) -> bool:
    """Whether a look settles a promise: hardly more could be done alone if everything were known.

    Args:
        judged: all reviewed cases in the order in which they came; the latest half of the drawn is asked.
        target: the error rate that may pass unseen.
        now: the threshold from this look on; None while everything is reviewed.
    """
    if now is None:
        return False
    drawn = [case for case in judged if case.drawn]
    ranked = sorted(drawn[len(drawn) // 2 :], key=lambda case: -case.confidence)
    wrong = accumulate(not case.right for case in ranked)
    could = max((size for size, errors in enumerate(wrong, 1) if errors <= target * size), default=0)
    does = sum(case.confidence >= now for case in ranked)
    return could - does <= _LITTLE * len(ranked)


def plan(target: float, risk: float = RISK) -> Plan:
    """The looks for a target: the first one can already open, but not on next to nothing."""
    return Plan(target, 2 * fewest(_ERRORS_AT_FIRST, target, risk / 3), risk)
