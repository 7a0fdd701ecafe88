"""Exact one-sided bounds of an error rate (Clopper and Pearson 1934)."""


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
