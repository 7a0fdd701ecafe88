"""How far a suggested price may be trusted: a logistic model over the votes.

The weights were fitted by `bench/pricing.py --calibrate` on months before the one that is reported.
"""

import math
from typing import NamedTuple

_BIAS, _WEIGHTS = -0.121, (0.423, 0.643, 1.627, 0.795, 0.992, -0.397)
_MOST = 0.5


class Signs(NamedTuple):
    """What speaks for a price.

    Attributes:
        share: the price's share of all votes.
        mass: the sum of votes, about the number of like sales of late.
        own: its share of the customer's last three sales of the product; None where there was none.
        newest: its share of the newest three sales of about the quantity, to customers with an account or
            without as here; None where there was none. A new price shows there long before it has the votes.
    """

    share: float
    mass: float
    own: float | None
    newest: float | None


def features(signs: Signs) -> tuple[float, ...]:
    """What the model sees."""
    share, mass, own, newest = signs
    logit = math.log((share + 0.005) / (1.005 - share))
    known = (own or 0.0, float(own is None), newest or 0.0, float(newest is None))
    return logit, math.log10(mass + 1e-12), *known


def trust(signs: Signs) -> float:
    """The probability that the price is the one a person would write."""
    score = _BIAS + sum(w * x for w, x in zip(_WEIGHTS, features(signs), strict=True))
    chance = 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, score))))
    # Postage and the like have another price each time: what most votes speak against is not trusted beyond
    # its share.
    return chance if signs.share >= _MOST else min(chance, signs.share)
