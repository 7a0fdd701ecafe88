"""Our own cases as a log to mine, its process map, and what waits in it.

An event is an activity that a person or a digital employee completed. When a person began to work is not
measured: it is the end less the minutes that the cost table states, at the earliest when the activity began.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mainspring.insight.costs import CostTable
from mainspring.insight.happened import Visit
from mainspring.insight.log.build import Coded, build
from mainspring.insight.log.log import Log, Names
from mainspring.insight.log.report import Place, Report
from mainspring.insight.log.rows import ListColumns
from mainspring.insight.mine.waiting import Waits, waits
from mainspring.insight.own.behind import visits_by_case
from mainspring.insight.own.facts import Facts
from mainspring.store.types import to_micros

WHO, PERSON, BEGAN, CUSTOMER = "resource", "person", "start_timestamp", "customer"
NO_CAUSES = (WHO, PERSON, BEGAN)
"""Columns that say what happened, not what was known at the beginning."""
_MINUTE = 60_000_000


def log_of(facts: Facts, prices: CostTable, *, ended: bool = False) -> Log:
    """The completed activities, with who did them, the customer, and what was known at the beginning.

    Args:
        facts: the cases.
        prices: the cost table, for how long people work.
        ended: only cases that came to their end.

    Raises:
        LogError: no activity was completed yet.
    """
    by_case = visits_by_case(facts)
    done = [
        (case, one)
        for case in facts.cases.values()
        if case.state == "completed" or not ended
        for one in by_case[case.key]
        if one.ended is not None
    ]
    known = sorted({name for case in facts.cases.values() for name in case.known})
    columns: dict[str, list[Any]] = {
        WHO: [one.person or one.agent for _, one in done],
        PERSON: [one.person for _, one in done],
        BEGAN: [_began(one, prices) for _, one in done],
        CUSTOMER: [case.customer for case, _ in done],
        **{name: [case.known.get(name) for case, _ in done] for name in known},
    }
    return build(
        Coded.texts([case.number for case, _ in done]),
        Coded.texts([one.element for _, one in done]),
        np.array([to_micros(one.ended) for _, one in done if one.ended is not None], np.int64),
        columns=ListColumns(columns),
        report=Report(facts.process),
        row=lambda place: Place(0, 0, f"event {place + 1}"),
    )


def _began(visit: Visit, prices: CostTable) -> int:
    began = to_micros(visit.began)
    if not visit.tasks or visit.ended is None:
        return began
    return max(began, to_micros(visit.ended) - int(prices.task_minutes(visit.element) * _MINUTE))


def causes_of_waiting(log: Log) -> Mapping[str, Waits]:
    """The waiting before each activity by cause; before what no person did it came from outside."""
    found: dict[str, Waits] = dict(waits(log, PERSON, BEGAN)) if _people_worked(log) else {}
    inner = np.ones(len(log), bool)
    inner[log.offsets[:-1]] = False
    before = np.concatenate(([0], log.time[:-1]))
    alone = inner & _without_people(log)
    gap = np.clip(log.attribute(BEGAN).values - before, 0, None) / 1e6
    for code, name in enumerate(log.activities):
        outside = float(gap[alone & (log.activity == code)].sum())
        if outside:
            one = found.get(name, Waits())
            found[name] = one._replace(extraneous=one.extraneous + outside)
    return dict(sorted(found.items(), key=lambda one: -one[1].total))


def _people_worked(log: Log) -> bool:
    return not _without_people(log).all()


def _without_people(log: Log) -> NDArray[np.bool_]:
    person = log.attribute(PERSON)
    return np.ones(len(log), bool) if person.names is None else person.values < 0


class Path(NamedTuple):
    """A step of the map: how often, and seconds between its ends; `None` stands for begin or end."""

    before: str | None
    after: str | None
    times: int
    mean_s: float
    median_s: float
    p95_s: float


@dataclass(frozen=True, slots=True)
class ProcessMap:
    """Activities by how often they happened, and the steps between them.

    Attributes:
        kept_activities, kept_paths: how many are shown of all.
    """

    activities: Mapping[str, int]
    paths: Sequence[Path]
    all_activities: int
    all_paths: int


def process_map(log: Log, activities: float = 1.0, paths: float = 1.0) -> ProcessMap:
    """The directly-follows map of the most frequent activities and steps.

    Args:
        log: any log.
        activities: share of the activities that is kept, the most frequent first.
        paths: likewise of the steps; the most frequent into and out of each activity always stay.
    """
    counts = sorted(log.activity_counts().items(), key=lambda one: (-one[1], one[0]))
    chosen = dict(counts[: max(1, ceil(activities * len(counts)))])
    kept = _only_activities(log, chosen)
    times = kept.performance()
    steps = [
        *(Path(None, name, count, 0, 0, 0) for name, count in kept.start_activities().items()),
        *(Path(*pair, count, *times[pair].values()) for pair, count in kept.dfg().items()),
        *(Path(name, None, count, 0, 0, 0) for name, count in kept.end_activities().items()),
    ]
    steps.sort(key=lambda one: (-one.times, one.before or "", one.after or ""))
    room = ceil(paths * len(steps))
    into: set[str | None] = set()
    out: set[str | None] = set()
    shown = []
    for place, one in enumerate(steps):
        if place < room or one.after not in into or one.before not in out:
            shown.append(one)
            into.add(one.after)
            out.add(one.before)
    return ProcessMap(chosen, shown, len(counts), len(steps))


def _only_activities(log: Log, chosen: Mapping[str, int]) -> Log:
    """The log without the other activities; cases that have none of the chosen ones are left out."""
    codes = [code for code, name in enumerate(log.activities) if name in chosen]
    inside = np.isin(log.activity, codes)
    lengths = np.bincount(log.case_of[inside], minlength=len(log.offsets) - 1)
    names = Names([name for name, length in zip(log.cases, lengths.tolist(), strict=True) if length])
    offsets = np.concatenate(([0], np.cumsum(lengths[lengths > 0])))
    return Log(log.activities, log.activity[inside], log.time[inside], offsets, names)
