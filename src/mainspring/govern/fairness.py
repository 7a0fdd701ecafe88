"""Fairness: how often an automatic decision came out well for each group, and what a difference means.

Two questions are asked of each group against the one that fares best among those with enough decisions. Is
its rate of favourable outcomes less than four fifths of that rate (the four-fifths rule of the US Uniform
Guidelines on Employee Selection Procedures, 29 CFR 1607.4 D)? And would so large a difference be rare by
chance: Fisher's exact test, two-sided, below 5% after Holm's correction for the number of groups? A warning
needs both: the first alone cries wolf in small groups, the second alone at differences that matter to nobody.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

FOUR_FIFTHS = 0.8
LEVEL = 0.05
FEWEST = 10
"""Decisions that a group must have before it is compared."""
METHOD = "ratio to the best group below 0.8 and Fisher's exact test, two-sided, below 0.05 after Holm"


class Group(NamedTuple):
    """How a group fared. `ratio` and `p_value` are None for the best group and for small ones."""

    group: str
    decisions: int
    favourable: int
    rate: float
    ratio: float | None
    p_value: float | None
    warning: bool


def compare(outcomes: Mapping[str, tuple[int, int]]) -> list[Group]:
    """Compare groups.

    Args:
        outcomes: for each group how many decisions there were, and how many were favourable.

    Returns:
        The groups, the worst rate first; `p_value` is corrected.
    """
    rates = {name: good / total for name, (total, good) in outcomes.items() if total}
    large = {name for name in rates if outcomes[name][0] >= FEWEST}
    best = max(large, key=lambda name: (rates[name], name), default=None)
    corrected = _holm({name: _chance(outcomes[name], outcomes[best]) for name in large - {best} if best})
    found = []
    for name, rate in rates.items():
        ratio = rate / rates[best] if best and name in corrected and rates[best] else None
        p_value = corrected.get(name)
        warning = ratio is not None and p_value is not None and ratio < FOUR_FIFTHS and p_value < LEVEL
        found.append(Group(name, *outcomes[name], rate, ratio, p_value, warning))
    return sorted(found, key=lambda group: (group.rate, group.group))


def _chance(one: tuple[int, int], best: tuple[int, int]) -> float:
    from scipy.stats import fisher_exact  # half a second to load, and only ever needed here

    table = np.array([[one[1], one[0] - one[1]], [best[1], best[0] - best[1]]])
    return float(fisher_exact(table).pvalue)


def _holm(p_values: Mapping[str, float]) -> dict[str, float]:
    """Holm's step-down correction (1979)."""
    corrected: dict[str, float] = {}
    reached = 0.0
    for rank, (name, p_value) in enumerate(sorted(p_values.items(), key=lambda item: (item[1], item[0]))):
        reached = max(reached, min(1.0, p_value * (len(p_values) - rank)))
        corrected[name] = reached
    return corrected
