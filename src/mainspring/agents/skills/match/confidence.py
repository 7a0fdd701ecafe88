"""How sure a match by words is: a logistic model over how text and wording agree.

The weights were fitted by `bench/matching.py --calibrate` on months before the one that is reported: half of the
texts with seeded noise, half of wordings whose product was taken out of the catalogue, so that every answer to
them is wrong. Platt 1999 is the source of the form.
"""

import math

from mainspring.agents.skills.match.align import Alignment

NAMES = (
    "slipped",
    "extra",
    "unknown",
    "missing",
    "extra and missing",
    "numbers",
    "moved",
    "gap",
    "matched",
    "words",
    "extra share",
    "missing share",
)
_BIAS = 1.0
_WEIGHTS = (-1.5, -2.0, -2.5, -0.5, -2.5, -4.0, -0.5, 8.0, 0.15, 0.1, -3.0, -3.0)


def features(best: Alignment, gap: float) -> tuple[float, ...]:
    """What the model sees of the best candidate; `gap` is its lead in score over the next other product."""
    too_much = best.extra + best.unknown
    said = best.said or 1.0
    total = best.total or 1.0
    return (
        best.slipped,
        best.extra,
        best.unknown,
        best.missing,
        min(too_much, best.missing),
        float(min(best.numbers, 2)),
        best.moved,
        min(gap, 0.5),
        min(best.matched, 25.0),
        float(min(len(best.extra_words) + len(best.missing_words), 4)),
        too_much / said,
        best.missing / total,
    )


def confidence(best: Alignment, gap: float) -> float:
    """The probability that the best candidate is the product meant."""
    if gap <= 0.0:
        return 0.0
    score = _BIAS + sum(w * x for w, x in zip(_WEIGHTS, features(best, gap), strict=True))
    return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, score))))
