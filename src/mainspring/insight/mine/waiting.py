"""Why work waits: batching, contention, prioritisation, unavailability, and what lies outside.

After Lashkevich, Milani, Chapela-Campa, Suvorau and Dumas, "Unveiling the causes of waiting time in business
processes from event logs" (Information Systems, 2024). An activity could begin when the one before it in its
case ended, and waits until it begins. Each second of that is given to the first cause that holds.
"""

from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from mainspring.insight.errors import MiningError

if TYPE_CHECKING:
    from mainspring.insight.log import Log

RESOURCES = ("org:resource", "resource", "actor_id")
STARTS = ("start_timestamp", "start_time", "started")
HOUR = 3600.0
_BATCH_GAP_S = 60.0
_FEWEST_HOURS = 3


class Waits(NamedTuple):
    """Seconds that work waited, by cause."""

    batching: float = 0.0
    prioritisation: float = 0.0
    contention: float = 0.0
    unavailability: float = 0.0
    extraneous: float = 0.0

    @property
    def total(self) -> float:
        """All of it."""
        return sum(self)


class _Task(NamedTuple):
    case: int
    activity: int
    enabled: float
    start: float
    end: float


def waits(log: "Log", resource: str | None = None, start: str | None = None) -> dict[str, Waits]:
    """The waiting of each activity, by cause.

    Args:
        log: events with the one who worked and, beside the end, the beginning of the work.
        resource: column of the one who worked.
        start: column of the beginning.

    Raises:
        MiningError: the log lacks one of them.
    """
    who = resource or next((name for name in RESOURCES if name in log.columns.names), None)
    begun = start or next((name for name in STARTS if name in log.columns.names), None)
    if who is None or begun is None:
        missing = "who worked" if who is None else "when work began"
        raise MiningError(f"the log does not say {missing}", where=log.report.source)
    resources, starts = log.attribute(who), log.attribute(begun)
    if resources.names is None or starts.names is not None:
        raise MiningError(f"{who} must be names and {begun} times", where=log.report.source)
    ends = log.time / 1e6
    by_resource: dict[int, list[_Task]] = defaultdict(list)
    firsts = set(log.offsets[:-1].tolist())
    for place, code in enumerate(resources.values.tolist()):
        if code >= 0 and not np.isnan(starts.values[place]):
            began = min(float(starts.values[place]) / 1e6, float(ends[place]))
            enabled = began if place in firsts else min(float(ends[place - 1]), began)
            task = _Task(
                int(log.case_of[place]), int(log.activity[place]), enabled, began, float(ends[place])
            )
            by_resource[code].append(task)
    found: dict[int, np.ndarray[tuple[int], np.dtype[np.float64]]] = defaultdict(lambda: np.zeros(5))
    for tasks in by_resource.values():
        for activity, split in _of_one(sorted(tasks, key=lambda task: task.start)):
            found[activity] += split
    return {log.activities[code]: Waits(*map(float, split)) for code, split in sorted(found.items())}


def _of_one(tasks: list[_Task]) -> list[tuple[int, "np.ndarray[tuple[int], np.dtype[np.float64]]"]]:
    """The waits of everything that one person or employee did."""
    hours = _hours(tasks)
    starts = [task.start for task in tasks]
    longest = max(task.end - task.start for task in tasks)
    complete = _batch_complete(tasks)
    found = []
    for place, task in enumerate(tasks):
        split = np.zeros(5)
        if task.start > task.enabled:
            gathered = min(max(complete[place], task.enabled), task.start)
            split[0] = gathered - task.enabled
            free = [(gathered, task.start)]
            others = tasks[bisect_left(starts, gathered - longest) : place]
            for column, later in ((1, True), (2, False)):
                busy = [(o.start, o.end) for o in others if (o.enabled > task.enabled) == later]
                taken, free = _cut(free, busy)
                split[column] = taken
            away = sum(_away(begin, end, hours) for begin, end in free)
            split[3] = away
            split[4] = sum(end - begin for begin, end in free) - away
        found.append((task.activity, split))
    return found


def _batch_complete(tasks: list[_Task]) -> list[float]:
    """For each task when the last of its batch was enabled; -inf for tasks in no batch.

    A batch is the same activity done right after each other, or at once, all enabled before the first began.
    """
    found = [float("-inf")] * len(tasks)
    begin = 0
    for place in range(1, len(tasks) + 1):
        go_on = (
            place < len(tasks)
            and tasks[place].activity == tasks[begin].activity
            and tasks[place].start - tasks[place - 1].end <= _BATCH_GAP_S
            and tasks[place].enabled <= tasks[begin].start
        )
        if not go_on:
            if place - begin > 1:
                last = max(task.enabled for task in tasks[begin:place])
                found[begin:place] = [last] * (place - begin)
            begin = place
    return found


def _cut(
    free: list[tuple[float, float]], busy: list[tuple[float, float]]
) -> tuple[float, list[tuple[float, float]]]:
    """Take busy spans out of free ones; gives the seconds taken and what is left."""
    taken = 0.0
    for one, other in busy:
        left = []
        for begin, end in free:
            low, high = max(begin, one), min(end, other)
            if low >= high:
                left.append((begin, end))
                continue
            taken += high - low
            left += [span for span in ((begin, low), (high, end)) if span[1] > span[0]]
        free = left
    return taken, free


def _hours(tasks: list[_Task]) -> frozenset[int]:
    """The hours of the week in which someone usually works: those seen in several weeks."""
    seen: dict[int, set[int]] = defaultdict(set)
    for task in tasks:
        for at in (task.start, task.end):
            hour = int(at // HOUR)
            seen[hour % 168].add(hour // 168)
    weeks = len(set().union(*seen.values()))
    return frozenset(hour for hour, there in seen.items() if len(there) >= min(weeks, _FEWEST_HOURS))


def _away(begin: float, end: float, hours: frozenset[int]) -> float:
    """Seconds of a span outside those hours."""
    whole, part = divmod(end - begin, 168 * HOUR)
    away = whole * (168 - len(hours)) * HOUR
    at = begin
    stop = begin + part
    while at < stop:
        edge = min((at // HOUR + 1) * HOUR, stop)
        if int(at // HOUR) % 168 not in hours:
            away += edge - at
        at = edge
    return away
