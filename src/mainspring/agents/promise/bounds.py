"""Exact one-sided bounds of an error rate (Clopper and Pearson 1934), also of two parts (Buehler 1957)."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_POINTS = 25
"""Into how many the error rates of a part are divided to find the likeliest one, twice."""
_CLOSE = 1e-4
"""How exactly the bound of two parts is found, as a share of what it may be."""


class Part(NamedTuple):
    """What was seen of one part of the cases, which has the share `weight` of all."""

    errors: int
    cases: int
    weight: float


def upper(errors: int, cases: int, risk: float) -> float:
    """The largest error rate that so few errors still fit, at one-sided level `risk`.

    Args:
        errors: how many of the cases were wrong.
        cases: how many were looked at.
        risk: the chance, in (0, 1), that the true rate is above the bound.

    With no cases, or none right, nothing is known: 1.
    """
    if errors >= cases:
        return 1.0
    from scipy.special import betaincinv  # heavy, and a server starts without it

    return float(betaincinv(errors + 1, cases - errors, 1.0 - risk))


def lower(errors: int, cases: int, risk: float) -> float:
    """The smallest error rate that so many errors still fit, at one-sided level `risk`."""
    if errors <= 0:
        return 0.0
    from scipy.special import betaincinv  # heavy, and a server starts without it

    return float(betaincinv(errors, cases - errors + 1, risk))


def fewest(errors: int, target: float, risk: float) -> int:
    """The fewest cases with which so many errors keep the upper bound at or below `target`."""
    low, high = errors, errors + 1
    while upper(errors, high, risk) > target:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        if upper(errors, middle, risk) > target:
            low = middle
        else:
            high = middle
    return high


def chance(rate: float, first: Part, second: Part) -> float:
    """The largest chance of an estimate as low as the one found, if both parts together err at `rate`.

    The estimate is the weighed sum of the two parts' shares of errors. Whatever the parts' own rates are, as
    long as they make `rate` together, the chance is no larger: so at a level of this chance the rate is
    bounded, exactly and without dividing the level between the parts.
    """
    from scipy.stats import binom  # heavy, and a server starts without it

    one, other = first.weight / first.cases, second.weight / second.cases
    found = one * first.errors + other * second.errors
    fits = np.arange(min(second.cases, int(found / other + 1e-9)) + 1)
    left = np.floor((found - other * fits) / one + 1e-9)

    def chances(rates: Floats) -> Floats:
        rest = np.clip((rate - second.weight * rates) / first.weight, 0.0, 1.0)[:, None]
        of_second = np.asarray(binom.pmf(fits, second.cases, rates[:, None]))
        return np.asarray((of_second * binom.cdf(left, first.cases, rest)).sum(axis=1))

    rates = np.linspace(0.0, min(1.0, rate / second.weight), _POINTS)
    best = int(chances(rates).argmax())
    near = np.linspace(rates[max(0, best - 1)], rates[min(best + 1, _POINTS - 1)], _POINTS)
    return float(chances(near).max())


def upper_of_two(first: Part, second: Part, risk: float) -> float:
    """The largest rate of both parts together that the errors found still fit, at one-sided level `risk`."""
    low, high = 0.0, 1.0
    while high - low > _CLOSE * high:
        middle = (low + high) / 2
        if chance(middle, first, second) > risk:
            low = middle
        else:
            high = middle
    return high
