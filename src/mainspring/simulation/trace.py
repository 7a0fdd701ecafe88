"""What happened in a simulated run, piece by piece, and the figures of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

HOUR_S = 3600.0
_FEWEST_FOR_WARM_UP = 40
_MSER_BATCH = 5


class Done(NamedTuple):
    """One piece of work; times in seconds since 1970 UTC.

    Attributes:
        case: number of the case.
        who: the person, empty where nobody's time was needed or a digital employee did it.
        enabled: from when it could begin; `began` and `ended` as they were.
        worked: seconds of somebody's time.
        alone: whether a digital employee did it with no human touch.
        cost: money.
    """

    case: int
    element: str
    name: str
    who: str
    enabled: float
    began: float
    ended: float
    worked: float
    alone: bool
    cost: float


@dataclass(slots=True)
class Run:
    """One run: when cases began and ended (by number), and every piece of work.

    Attributes:
        stuck: cases that came to stand at an incident.
        on_duty: seconds each person was on duty during the run.
    """

    began: dict[int, float] = field(default_factory=dict)
    ended: dict[int, float] = field(default_factory=dict)
    done: list[Done] = field(default_factory=list)
    stuck: dict[int, str] = field(default_factory=dict)
    on_duty: dict[str, float] = field(default_factory=dict)


MEASURES = (
    "cycle_mean_s", "cycle_median_s", "cycle_p90_s", "waiting_s", "touch_s", "cost", "touches",
    "straight_through",
)  # fmt: skip
"""Figures of a case: time from beginning to end, waiting and people's time in it, money, pieces of work
that a person did, share of cases without any."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures of one run after its warm-up; `waiting_by` seconds a case waits at each activity."""

    cases: int
    values: Mapping[str, float]
    waiting_by: Mapping[str, float]
    utilisation: Mapping[str, float]


def figures(run: Run, warm_up: int) -> Figures:
    """Measure the cases after the first `warm_up` ones."""
    counted = [case for case in run.began if case >= warm_up and case in run.ended]
    chosen = set(counted)
    cycle = np.array([run.ended[case] - run.began[case] for case in counted])
    waiting: dict[str, float] = defaultdict(float)
    touch = cost = 0.0
    touches: dict[int, int] = defaultdict(int)
    for one in run.done:
        if one.case in chosen:
            waiting[one.name] += one.began - one.enabled
            cost += one.cost
            if not one.alone:
                touches[one.case] += 1
                touch += one.worked
    cases = len(counted) or 1
    values = {
        "cycle_mean_s": float(cycle.mean()) if len(cycle) else 0.0,
        "cycle_median_s": float(np.median(cycle)) if len(cycle) else 0.0,
        "cycle_p90_s": float(np.quantile(cycle, 0.9)) if len(cycle) else 0.0,
        "waiting_s": sum(waiting.values()) / cases,
        "touch_s": touch / cases,
        "cost": cost / cases,
        "touches": sum(touches.values()) / cases,
        "straight_through": 1 - len(touches) / cases,
    }
    return Figures(len(counted), values, _each(waiting, cases), utilisation(run))


def utilisation(run: Run) -> dict[str, float]:
    """Share of their time on duty that people worked."""
    busy: dict[str, float] = defaultdict(float)
    for one in run.done:
        busy[one.who] += one.worked
    return {who: min(1.0, busy[who] / span) for who, span in sorted(run.on_duty.items()) if span > 0}


def _each(sums: Mapping[str, float], cases: int) -> dict[str, float]:
    return {name: value / cases for name, value in sorted(sums.items(), key=lambda one: -one[1])}


def warm_up_of(runs: Sequence[Run]) -> int:
    """How many cases to leave out at the beginning: MSER-5 (White, 1997) on mean cycle times.

    At most half of the cases; none where there are too few to tell.
    """
    count = min(len(run.ended) for run in runs)
    if count < _FEWEST_FOR_WARM_UP:
        return 0
    rows = np.array([_cycles(run, count) for run in runs])
    means = rows.mean(axis=0)
    batches = means[: count // _MSER_BATCH * _MSER_BATCH].reshape(-1, _MSER_BATCH).mean(axis=1)
    half = len(batches) // 2
    errors = [batches[cut:].var() / (len(batches) - cut) for cut in range(half)]
    return int(np.argmin(errors)) * _MSER_BATCH


def _cycles(run: Run, count: int) -> NDArray[np.float64]:
    order = sorted(run.ended)[:count]
    return np.array([run.ended[case] - run.began[case] for case in order])


def events(run: Run) -> Iterable[tuple[str, str, str, float, float]]:
    """The run as a log: case, activity, who, beginning and end of each piece of work, by their ends."""
    for one in sorted(run.done, key=lambda each: (each.ended, each.case)):
        yield f"simulated {one.case}", one.name, one.who, one.began, one.ended
