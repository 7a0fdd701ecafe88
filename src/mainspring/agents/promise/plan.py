"""When a promise is tested: sample sizes laid down beforehand, which share the risk of being wrong.

A test repeated after every case finds a lucky moment sooner or later. Here look k happens when n1 * 2**(k-1)
cases have been reviewed, and no sooner, at the level risk / (k (k + 1)); all levels add up to `risk`.
"""

from dataclasses import dataclass
from typing import NamedTuple

from mainspring.agents.promise.bounds import fewest

RISK = 0.05
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
        return Look(number, self.first * 2 ** (number - 1), self.risk / (number * (number + 1)))

    def due(self, cases: int, done: int) -> Look | None:
        """The look that is to be made now, when `done` were made and so many cases are reviewed.

        Looks are made in order and each once, with the cases there are.
        """
        following = self.look(done + 1)
        return following if cases >= following.cases else None


def plan(target: float, risk: float = RISK) -> Plan:
    """The looks for a target: the first one can already open, but not on next to nothing."""
    return Plan(target, 2 * fewest(_ERRORS_AT_FIRST, target, risk / 2), risk)
