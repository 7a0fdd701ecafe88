"""How sure a match by words is: a logistic model over how text and wording agree.

The weights were fitted by `bench/matching.py --calibrate` on months before the one that is reported: half of
the texts with seeded noise, half of wordings whose product was taken out of the catalogue, so that every
answer to them is wrong. Platt 1999 is the source of the form.
"""

import math

from mainspring.agents.skills.match.align import Alignment

NAMES = (
    "extra",
    "unknown",
    "missing",
    "extra words",
    "missing words",
    "numbers",
    "moved",
    "lead",
    "covers",
    "chosen",
)
_NO_RIVAL = 8.0
_MOST_WORDS = 3
_BIAS = 1.142
# "unknown", "numbers" and "chosen" made no difference in the months they were fitted on and are set by hand:
# a number that only the text states (M8x60 where there is but M8x30) must speak against the pair in any
# trade, and a size that sets aside all but one of a family must speak for that one.
_WEIGHTS = (-0.208, -0.1, -0.163, -1.651, -0.488, -2.0, -1.23, 0.418, 1.904, 1.5)


def features(best: Alignment, rival: Alignment | None, *, chosen: bool) -> tuple[float, ...]:
    """What the model sees of the best candidate and of the best one for another product, named as in `NAMES`.

    `chosen` tells whether the specification in the text set other products aside.
    """
    lead = (rival.cost if rival else _NO_RIVAL) - best.cost
    rivals = (rival.extra + rival.unknown + rival.slipped) if rival else _NO_RIVAL
    # Only this product has all that the text says.
    covers = not best.extra_words and rivals > best.slipped
    return (
        best.extra,
        best.unknown,
        best.missing,
        float(min(groups(best.extra_words), _MOST_WORDS)),
        float(min(groups(best.missing_words), _MOST_WORDS)),
        float(min(best.numbers, 2)),
        best.moved,
        max(-_NO_RIVAL, min(lead, _NO_RIVAL)),
        float(covers),
        float(covers and chosen),
    )


def groups(words: tuple[str, ...]) -> int:
    """How many words, a run of single characters (Chinese) counted as one."""
    return sum(
        1 for place, word in enumerate(words) if len(word) > 1 or place == 0 or len(words[place - 1]) > 1
    )


def confidence(best: Alignment, rival: Alignment | None, *, chosen: bool = False) -> float:
    """The probability that the best candidate is meant, given the best one that is another product."""
    if rival is not None and rival.score >= best.score:
        return 0.0
    score = _BIAS + sum(w * x for w, x in zip(_WEIGHTS, features(best, rival, chosen=chosen), strict=True))
    return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, score))))
