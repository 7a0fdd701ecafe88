"""When a promise is tested: sample sizes laid down beforehand, which share the risk of being wrong.

A test repeated after every case finds a lucky moment sooner or later. Here look k happens when
n1 * 1.5**(k-1) cases have been reviewed, and no sooner, at the level risk / (k (k + 1)); all levels add up
to `risk`.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from mainspring.agents.promise.bounds import fewest
from mainspring.agents.promise.threshold import Judged

RISK = 0.05
YOUNG = 0.1
"""Until a promise is settled, at least this share of what it does alone is audited: looks need it."""
_GROWS = 1.5
"""Each look has so many times the cases of the one before."""
_HARDLY, _LITTLE = 0.05, 0.16
"""A look that adds less than the first share of the cases to what is done alone is not worth its audits, nor
is one to come where no more than the second is left for people."""
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
        return Look(number, cases, self.risk / (number * (number + 1)))

    def due(self, cases: int, done: int) -> Look | None:
        """The look that is to be made now, when `done` were made and so many cases are reviewed.

        Looks are made in order and each once, with the cases there are.
        """
        following = self.look(done + 1)
        return following if cases >= following.cases else None

    def before(self, look: Look) -> int:
        """The cases that the look before this one had."""
        return self.look(look.number - 1).cases if look.number > 1 else 0


def audited(share: float, *, settled: bool) -> float:
    """The share of automatic cases that is audited, when the owner asks for `share`."""
    return share if settled else max(share, YOUNG)


def settles(recent: Sequence[Judged], before: float | None, now: float | None) -> bool:
    """Whether a look settles an open promise: it hardly widened what is done alone, or little is left to add.

    Args:
        recent: the drawn cases since the look before.
        before: the threshold until this look; None while everything is reviewed.
        now: the threshold from this look on.
    """
    if before is None or now is None:
        return False
    added = sum(now <= case.confidence < before for case in recent)
    left = sum(case.confidence < now for case in recent)
    return added < _HARDLY * len(recent) or left <= _LITTLE * len(recent)


def plan(target: float, risk: float = RISK) -> Plan:
    """The looks for a target: the first one can already open, but not on next to nothing."""
    return Plan(target, 2 * fewest(_ERRORS_AT_FIRST, target, risk / 2), risk)
