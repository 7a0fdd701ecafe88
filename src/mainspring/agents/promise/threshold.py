"""The confidence from which a digital employee acts alone: fixed-sequence testing over the surest cases.

The reviewed cases are ranked by confidence. The surest group that is large enough is tested first, then ever
larger groups, in an order that does not depend on who was right. A group that holds hands its level on to the
next; one that fails ends it. So all tests of a look share its one level (Maurer, Hothorn and Lehmacher 1995;
Angelopoulos and others 2021, "Learn then Test"). The sequence begins at several sizes, each with a part of
the level, which adds to what is handed on (fallback: Wiens 2003): where two slips among the few surest cases
end the first part, larger groups, which forgive more, are still tested.

Given their confidences the cases' errors are independent, so that ranking by confidence is fair.
"""

from collections.abc import Sequence
from typing import NamedTuple

from mainspring.agents.promise.bounds import fewest, upper

_STEPS = 25
"""Into how many steps the sequence divides what lies below the surest group."""
_FORGIVEN = 1
"""Errors that the surest group may have; with none a single slip would end the sequence at its start."""
_BEGINS = ((0.0, 0.55), (0.25, 0.15), (0.5, 0.15), (0.75, 0.15))
"""Where between the surest group and all cases the sequence begins, and with which part of the level."""


class Judged(NamedTuple):
    """A reviewed case: how sure the employee had been, and whether it was right."""

    confidence: float
    right: bool


class Opening(NamedTuple):
    """What a look found.

    Attributes:
        threshold: the confidence from which the employee may act alone.
        cases, errors: reviewed cases from that confidence on, and how many of them were wrong.
        bound: the upper bound of their error rate at the level of the look.
        reviewed: all cases of the look.
    """

    threshold: float
    cases: int
    errors: int
    bound: float
    reviewed: int


def opening(judged: Sequence[Judged], target: float, risk: float) -> Opening | None:
    """The lowest threshold that holds, or None where not even the surest group does.

    Args:
        judged: reviewed cases, a fair sample of all.
        target: the error rate that may pass unseen.
        risk: the level of this look.
    """
    ranked = sorted(judged, key=lambda case: -case.confidence)
    start = fewest(_FORGIVEN, target, risk * _BEGINS[0][1])
    if len(ranked) < start:
        return None
    step = max(1, (len(ranked) - start) // _STEPS)
    begins = [(start + place * (len(ranked) - start), part * risk) for place, part in _BEGINS]
    found: Opening | None = None
    tested = errors = 0
    level = 0.0
    for size in (*range(start, len(ranked), step), len(ranked)):
        size = _with_ties(ranked, size)  # noqa: PLW2901 - a threshold cannot part equals
        if size <= tested:
            continue
        errors += sum(not case.right for case in ranked[tested:size])
        level += sum(part for begin, part in begins if tested < begin <= size)
        tested = size
        bound = upper(errors, size, level) if level else 1.0
        if bound <= target:
            found = Opening(ranked[size - 1].confidence, size, errors, bound, len(ranked))
        else:
            level = 0.0
    return found


def _with_ties(ranked: Sequence[Judged], size: int) -> int:
    while size < len(ranked) and ranked[size].confidence == ranked[size - 1].confidence:
        size += 1
    return size
