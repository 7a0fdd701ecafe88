"""Rework, handovers and bottlenecks."""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from mainspring.insight.mine.waiting import RESOURCES

if TYPE_CHECKING:
    from mainspring.insight.log import Log


class Rework(NamedTuple):
    """An activity done again: in how many cases, their share of those that have it, repetitions in all."""

    activity: str
    cases: int
    share: float
    repeated: int


class Bottleneck(NamedTuple):
    """A step on which cases wait: seconds of all cases together, and the share of all their time."""

    before: str
    after: str
    times: int
    total_s: float
    share: float


def rework(log: "Log") -> list[Rework]:
    """Activities that happen more than once in a case; the most repeated first."""
    kinds = len(log.activities)
    _, counts = keys = np.unique(log.case_of * kinds + log.activity, return_counts=True)
    activity = keys[0] % kinds
    found = []
    for code, name in enumerate(log.activities):
        own = counts[activity == code]
        again = int((own > 1).sum())
        if again:
            found.append(Rework(name, again, again / len(own), int((own - 1).sum())))
    return sorted(found, key=lambda one: -one.repeated)


def bottlenecks(log: "Log") -> list[Bottleneck]:
    """Where the time of the cases goes, step by step; the longest in all first."""
    counts, times = log.dfg(), log.performance()
    whole = float(log.durations().sum()) or 1.0
    found = []
    for pair, count in counts.items():
        total = times[pair]["mean"] * count
        found.append(Bottleneck(*pair, count, total, total / whole))
    return sorted(found, key=lambda one: -one.total_s)


def handovers(log: "Log", column: str | None = None) -> dict[tuple[str, str], int]:
    """How often work went from one to another, itself to itself not counted.

    Raises:
        LogError: the log does not say who worked.
    """
    name = column or next((one for one in RESOURCES if one in log.columns.names), RESOURCES[0])
    who = log.attribute(name)
    names = who.names or ()
    same_case = log.case_of[1:] == log.case_of[:-1]
    one, other = who.values[:-1], who.values[1:]
    moved = same_case & (one != other) & (one >= 0) & (other >= 0)
    pairs, counts = np.unique(one[moved].astype(np.int64) * len(names) + other[moved], return_counts=True)
    order = np.argsort(-counts, kind="stable")
    return {
        (names[pair // len(names)], names[pair % len(names)]): count
        for pair, count in zip(pairs[order].tolist(), counts[order].tolist(), strict=True)
    }
