"""Two groups of cases side by side: where they differ, and what of it is more than chance."""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mainspring.insight.errors import MiningError

if TYPE_CHECKING:
    from mainspring.insight.log import Log

Mask = NDArray[np.bool_]


class Difference(NamedTuple):
    """An activity in both groups.

    Attributes:
        share: of cases in which it happens, in one group and in the others.
        median_s: seconds since the activity before it, likewise; NaN where it never happens.
        chance: probability of a difference in either as large by chance alone, corrected for all tests
            made (Benjamini and Hochberg, 1995).
    """

    activity: str
    share: tuple[float, float]
    median_s: tuple[float, float]
    chance: float

    @property
    def significant(self) -> bool:
        """Whether at most one in twenty such findings is expected to be false."""
        return self.chance <= 0.05  # noqa: PLR2004 - the usual rate of false discoveries


def compare(log: "Log", group: Mask) -> list[Difference]:
    """Compare a group of cases (by case number) with the rest; the surest differences first.

    Raises:
        MiningError: one of the two is empty.
    """
    from scipy.stats import fisher_exact, mannwhitneyu  # heavy, and a server starts without it

    if not group.any() or group.all():
        raise MiningError("both groups need cases")
    spans = np.diff(log.time, prepend=log.time[:1]) / 1e6
    inner = np.ones(len(log), bool)
    inner[log.offsets[:-1]] = False
    sizes = int(group.sum()), int((~group).sum())
    rows, chances = [], []
    for code, name in enumerate(log.activities):
        here = log.activity == code
        cases = np.zeros(len(group), bool)
        cases[log.case_of[here]] = True
        counts = int((cases & group).sum()), int((cases & ~group).sum())
        timed = here & inner
        one, other = spans[timed & group[log.case_of]], spans[timed & ~group[log.case_of]]
        table = np.array([[counts[0], sizes[0] - counts[0]], [counts[1], sizes[1] - counts[1]]])
        chances.append(float(fisher_exact(table).pvalue))
        chances.append(float(mannwhitneyu(one, other).pvalue) if len(one) and len(other) else 1.0)
        rows.append((name, (counts[0] / sizes[0], counts[1] / sizes[1]), (_median(one), _median(other))))
    corrected = false_discovery(np.array(chances)).reshape(-1, 2).min(axis=1)
    found = [Difference(*row, float(chance)) for row, chance in zip(rows, corrected.tolist(), strict=True)]
    return sorted(found, key=lambda one: one.chance)


def false_discovery(chances: NDArray[np.float64]) -> NDArray[np.float64]:
    """Benjamini and Hochberg's correction: the rate of false discoveries at which each would be one."""
    order = np.argsort(chances)
    ranked = chances[order] * len(chances) / np.arange(1, len(chances) + 1)
    found = np.empty_like(ranked)
    found[order] = np.minimum(np.minimum.accumulate(ranked[::-1])[::-1], 1)
    return found


def _median(values: NDArray[np.float64]) -> float:
    return float(np.median(values)) if len(values) else float("nan")
