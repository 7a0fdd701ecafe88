"""The confidence from which a digital employee acts alone: fixed-sequence testing over the surest cases.

The reviewed cases are ranked by confidence. The surest group that is large enough is tested first, then ever
larger groups, in an order that does not depend on who was right. A group that holds hands its level on to the
next; one that fails ends it. So all tests of a look share its one level (Maurer, Hothorn and Lehmacher 1995;
Angelopoulos and others 2021, "Learn then Test"). The sequence begins at several sizes, each with a part of
the level, which adds to what is handed on (fallback: Wiens 2003): where two slips among the few surest cases
end the first part, larger groups, which forgive more, are still tested.

Given their confidences the cases' errors are independent, so that ranking by confidence is fair.

Once a threshold stands, people see every case below it, but of those above it only the ones drawn for audit.
What a lower threshold would let pass is therefore estimated in two parts, weighed by the share that the lower
part has among the drawn, and both are bounded together. Since employees learn, old cases may say too little
for them: a look asks the latest half of its cases, and all of them, each at half of its level.
"""

from collections.abc import Sequence
from typing import NamedTuple

from mainspring.agents.promise.bounds import Part, chance, fewest, lower, upper, upper_of_two

_STEPS = 25
"""Into how many steps the sequence divides what lies below the surest group."""
_FORGIVEN = 1
"""Errors that the surest group may have; with none a single slip would end the sequence at its start."""
_BEGINS = ((0.0, 0.55), (0.25, 0.15), (0.5, 0.15), (0.75, 0.15))
"""Where between the surest group and all cases the sequence begins, and with which part of the level."""
_LATEST = (0.5, 1.0)
"""Which shares of the drawn cases, the latest ones, a look asks: old ones may say too little."""
_LOWER_STEPS = 50
"""Into how many steps it divides the cases below a threshold that stands."""
_SHARE = 0.05
"""The part of the level for the share of the lower part."""


class Judged(NamedTuple):
    """A reviewed case.

    Attributes:
        confidence: how sure the employee had been.
        right: whether it was.
        drawn: it was to be reviewed however sure; otherwise because it was below the threshold.
    """

    confidence: float
    right: bool
    drawn: bool = True


class Opening(NamedTuple):
    """What a look found.

    Attributes:
        threshold: the confidence from which the employee may act alone.
        cases, errors: drawn cases from that confidence on, and how many of them were wrong.
        bound: the upper bound of their error rate at the level of the look.
        reviewed: all drawn cases of the look.
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


def look(judged: Sequence[Judged], before: float | None, target: float, risk: float) -> Opening | None:
    """What a look finds: the lowest threshold that holds, or None where it is no lower than `before`.

    Args:
        judged: all reviewed cases, in the order in which they came.
        before: the threshold that stands; None while everything is reviewed.
        target: the error rate that may pass unseen.
        risk: the level of this look.
    """
    drawn = [place for place, case in enumerate(judged) if case.drawn]
    level = risk / len(_LATEST)
    found = []
    for share in _LATEST:
        latest = judged[drawn[int(len(drawn) * (1 - share))] :]
        one = opening(latest, target, level) if before is None else lowered(latest, before, target, level)
        if one is not None:
            found.append(one)
    return min(found, key=lambda one: (one.threshold, -one.cases), default=None)


def lowered(judged: Sequence[Judged], before: float, target: float, risk: float) -> Opening | None:
    """The lowest threshold below one that stands, or None where nothing below it holds.

    Args:
        judged: reviewed cases, all that there were below that threshold, and those drawn above it.
        before: the threshold that stands.
        target: the error rate that may pass unseen.
        risk: the level of this test.
    """
    above = [case.right for case in judged if case.drawn and case.confidence >= before]
    if not above:
        return None
    below = sorted((case for case in judged if case.confidence < before), key=lambda case: -case.confidence)
    drawn_below = sum(case.drawn for case in below)
    bounds = (bound(drawn_below, len(above) + drawn_below, risk * _SHARE / 2) for bound in (lower, upper))
    shares = [share for share in bounds if share]
    level = risk * (1 - _SHARE)
    wrong = len(above) - sum(above)
    found: tuple[int, list[tuple[Part, Part]]] | None = None
    tested = errors = 0
    step = max(1, len(below) // _LOWER_STEPS)
    for size in range(step, len(below) + 1, step):
        size = _with_ties(below, size)  # noqa: PLW2901 - a threshold cannot part equals
        if size <= tested:
            continue
        errors += sum(not case.right for case in below[tested:size])
        tested = size
        weighed = [_weighed(share, size / len(below)) for share in shares]
        parts = [(Part(wrong, len(above), 1 - weight), Part(errors, size, weight)) for weight in weighed]
        if any(chance(target, *each) > level for each in parts):
            break
        found = size, parts
    if found is None:
        return None
    size, parts = found
    taken = [case.right for case in below[:size] if case.drawn]
    return Opening(
        below[size - 1].confidence,
        len(above) + len(taken),
        wrong + len(taken) - sum(taken),
        max(upper_of_two(*each, level) for each in parts),
        len(above) + drawn_below,
    )


def _weighed(share: float, taken: float) -> float:
    """What part of all from a lower threshold on is below the old one, where the part `taken` of it is."""
    return share * taken / (1 - share + share * taken)


def _with_ties(ranked: Sequence[Judged], size: int) -> int:
    while size < len(ranked) and ranked[size].confidence == ranked[size - 1].confidence:
        size += 1
    return size
