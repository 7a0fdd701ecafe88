"""How far a suggested price may be trusted: a logistic model over the votes.

The weights were fitted by `bench/pricing.py --calibrate` on months before the one that is reported.
"""

import math

_BIAS, _SHARE, _MASS, _OWN, _NO_OWN = 0.527, 0.490, 0.770, 0.872, 0.540
_MOST = 0.5


def features(share: float, mass: float, own: float | None) -> tuple[float, float, float, float]:
    """What the model sees.

    Args:
        share: the price's share of all votes.
        mass: the sum of votes, about the number of like sales of late.
        own: share of the price among the customer's last three sales of the product; None where there was
            none.
    """
    logit = math.log((share + 0.005) / (1.005 - share))
    return logit, math.log10(mass + 1e-12), own or 0.0, float(own is None)


def trust(share: float, mass: float, own: float | None) -> float:
    """The probability that the price is the one a person would write."""
    weights = (_SHARE, _MASS, _OWN, _NO_OWN)
    score = _BIAS + sum(w * x for w, x in zip(weights, features(share, mass, own), strict=True))
    chance = 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, score))))
    # Postage and the like have another price each time: what most votes speak against is not trusted beyond
    # its share.
    return chance if share >= _MOST else min(chance, share)
