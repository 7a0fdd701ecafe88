"""Drift: when the process began to run in another way."""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from mainspring.insight.mine.compare import false_discovery

if TYPE_CHECKING:
    from mainspring.insight.log import Log

_FEWEST = 5


class Drift(NamedTuple):
    """A change: microseconds since 1970 UTC, its chance by accident (corrected), and what changed most.

    `changed` names steps (from, to) with their share of all steps before and after.
    """

    at: int
    chance: float
    changed: tuple[tuple[str, str, float, float], ...]


def drifts(log: "Log", window: int = 200, level: float = 0.001) -> list[Drift]:
    """Compare each window of cases (by their beginning) with the one before: a chi-square test of its steps.

    Args:
        log: at least two windows of cases.
        window: cases in a window.
        level: the corrected chance below which a change is told. Of neighbouring ones the surest is told.
    """
    order = np.argsort(log.time[log.offsets[:-1]], kind="stable")
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    kinds = len(log.activities)
    same = log.case_of[1:] == log.case_of[:-1]
    pairs, codes = np.unique(
        log.activity[:-1][same].astype(np.int64) * kinds + log.activity[1:][same], return_inverse=True
    )
    half = window // 2
    bins = rank[log.case_of[:-1][same]] // half
    count = int(bins.max(initial=0)) + 1
    table = np.bincount(bins * len(pairs) + codes, minlength=count * len(pairs)).reshape(count, -1)
    places = list(range(2, count - 1))
    chances = np.array([_chance(table[at - 2 : at].sum(0), table[at : at + 2].sum(0)) for at in places])
    if not len(chances):
        return []
    corrected = false_discovery(chances)
    found = []
    for number, at in enumerate(places):
        near = corrected[max(0, number - 2) : number + 3]
        first = int(np.argmin(near)) + max(0, number - 2)
        if corrected[number] <= level and first == number:
            case = order[at * half]
            before, after = table[at - 2 : at].sum(0), table[at : at + 2].sum(0)
            shares = before / before.sum(), after / after.sum()
            most = np.argsort(-np.abs(shares[1] - shares[0]))[:3].tolist()
            names = log.activities
            changed = tuple(
                (
                    names[pairs[one] // kinds],
                    names[pairs[one] % kinds],
                    float(shares[0][one]),
                    float(shares[1][one]),
                )
                for one in most
            )
            found.append(Drift(int(log.time[log.offsets[case]]), float(corrected[number]), changed))
    return found


def _chance(
    before: "np.ndarray[tuple[int], np.dtype[np.int64]]", after: "np.ndarray[tuple[int], np.dtype[np.int64]]"
) -> float:
    from scipy.stats import chi2_contingency  # heavy, and a server starts without it

    often = before + after >= 2 * _FEWEST
    rows = np.array([np.append(one[often], one[~often].sum()) for one in (before, after)])
    rows = rows[:, rows.sum(axis=0) > 0]
    if rows.shape[1] < 2 or not rows.sum(axis=1).all():  # noqa: PLR2004 - a table has two columns
        return 1.0
    return float(chi2_contingency(rows).pvalue)
