"""Who works when, how long work takes, what lies although somebody is free, what is gathered."""

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mainspring.insight.mine.waiting import RESOURCES, STARTS
from mainspring.simulation.scenario import Activity, Batch, Resource, Timing
from mainspring.simulation.week import ALWAYS, SLOTS, Week, slots_of

if TYPE_CHECKING:
    from mainspring.insight.log import Log

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
WEEK_S = 604_800
_FEWEST_WEEKS = 2
_FEWEST_TASKS = 40
_GATHERED_S = 60.0
_BATCHED = 0.5
_SHORT_S = 1.0
_QUANTILES = 1_000


class Columns(NamedTuple):
    """Beginning and end of each event in seconds, who worked (codes into `names`, or None).

    `measured`: the log says both who worked and from when, so that work and waiting can be told apart.
    """

    begun: Floats
    ended: Floats
    who: Ints | None
    names: tuple[str, ...]
    measured: bool


def columns_of(log: "Log", resource: str | None, start: str | None) -> Columns:
    """What the log says of each event, in its order.

    Raises:
        LogError: a named column is not there.
    """
    ended = log.time / 1e6
    named = log.columns.names
    at = start or next((name for name in STARTS if name in named), None)
    by = resource or next((name for name in RESOURCES if name in named), None)
    begun, known = ended, False
    if at is not None:
        values = log.attribute(at)
        if values.names is None:
            begun = np.minimum(np.where(np.isnan(values.values), log.time, values.values) / 1e6, ended)
            known = True
    if by is None or log.attribute(by).names is None:
        return Columns(begun, ended, None, (), measured=False)
    found = log.attribute(by)
    return Columns(begun, ended, found.values.astype(np.int64), found.names or (), known)


class Workers:
    """The people of a log, learned from what they did.

    Args:
        log: the events.
        seen: their times and workers.
        enabled: from when each could have begun.
        zone: the time zone of working hours.
        hourly: money for an hour of anybody.
    """

    def __init__(self, log: "Log", seen: Columns, enabled: Floats, zone: str, hourly: float) -> None:
        self.resources: dict[str, Resource] = {}
        self._log, self._seen, self._enabled = log, seen, enabled
        self._worked = np.zeros(len(log))
        self._waited = np.zeros(len(log))
        self._alone = np.zeros(len(log), bool)  # whether the one who did it had nothing else to do before
        if not seen.measured or seen.who is None:
            return
        whole = _hours(np.concatenate([seen.begun, seen.ended]), zone)
        for code in np.unique(seen.who[seen.who >= 0]).tolist():
            here = np.flatnonzero(seen.who == code)
            here = here[np.argsort(seen.begun[here], kind="stable")]
            times = np.concatenate([seen.begun[here], seen.ended[here]])
            week = _hours(times, zone) if len(here) >= _FEWEST_TASKS else whole
            self._measure(here, week)
            most = Counter(log.activity[here].tolist()).most_common(1)[0][0]
            self.resources[seen.names[code]] = Resource(seen.names[code], log.activities[most], week, hourly)

    def activity(self, name: str, here: Ints) -> Activity:
        """What is known of an activity from its events."""
        seen = self._seen
        assert seen.who is not None  # noqa: S101 - only asked where the log says who worked
        done_by = Counter(seen.who[here].tolist())
        people = {seen.names[code]: float(count) for code, count in done_by.items() if code >= 0}
        batch = self._batch(here)
        delay = None
        if batch is None:
            amounts = lying(self._waited[here], self._alone[here])
            delay = Timing(amounts, self._week(people)) if amounts.any() else None
        return Activity(name, delay, Timing(self._worked[here]), people, batch)

    def _week(self, people: dict[str, float]) -> Week:
        """When anybody of them works."""
        rates = np.zeros(SLOTS)
        zone = "UTC"
        for name in people:
            rates = np.maximum(rates, self.resources[name].week.rates)
            zone = self.resources[name].week.zone
        return Week(rates, zone) if rates.any() else ALWAYS

    def _measure(self, here: Ints, week: Week) -> None:
        """What each task of one person took and waited, and whether the person was free before."""
        begun, ended, enabled = self._seen.begun[here], self._seen.ended[here], self._enabled[here]
        first, last, could = week.readings(begun), week.readings(ended), week.readings(enabled)
        self._worked[here] = last - first
        before = np.maximum.accumulate(last)[:-1]
        self._waited[here] = np.maximum(first - could, 0)
        self._alone[here] = np.concatenate(([True], first[1:] - before > _SHORT_S))

    def _batch(self, here: Ints) -> Batch | None:
        """Work that waits until enough has come, and then is done in one go by somebody who was free."""
        seen = self._seen
        assert seen.who is not None  # noqa: S101 - only asked where the log says who worked
        by_person: dict[int, list[int]] = defaultdict(list)
        for place in here[np.argsort(seen.begun[here], kind="stable")].tolist():
            by_person[int(seen.who[place])].append(place)
        sizes: list[int] = []
        longest: list[float] = []
        for places in by_person.values():
            for group in self._groups(places):
                latest = max(self._enabled[place] for place in group)
                starts = seen.begun[group[0]]
                if len(group) > 1 and self._alone[group[0]] and starts - latest <= _GATHERED_S:
                    sizes.append(len(group))
                    longest.append(starts - min(self._enabled[place] for place in group))
        if sum(sizes) < _BATCHED * len(here):
            return None
        return Batch(round(float(np.median(sizes))), float(np.max(longest)))

    def _groups(self, places: list[int]) -> list[list[int]]:
        """Tasks done right after each other that could all have begun before the first of them did."""
        seen, found = self._seen, [[places[0]]]
        for place in places[1:]:
            group = found[-1]
            near = seen.begun[place] - seen.ended[group[-1]] <= _GATHERED_S
            if near and self._enabled[place] <= seen.begun[group[0]]:
                group.append(place)
            else:
                found.append([place])
        return found


def lying(waited: Floats, free: NDArray[np.bool_]) -> Floats:
    """For how long work lies before anybody could take it up, as quantiles of its distribution.

    Where the one who did it was free before, it is the whole waiting; where not, it is at most that (what is
    censored from the left). The product-limit estimate in reversed time (Ware and DeMets, 1976).
    """
    if not free.any():
        return np.zeros(1)
    values = np.where(waited > _SHORT_S, waited, 0.0)
    order = np.argsort(-values, kind="stable")
    values, free = values[order], free[order]
    at_risk = len(values) - np.arange(len(values))
    below = np.cumprod(np.where(free, 1 - 1 / at_risk, 1.0))
    mass = np.concatenate(([1.0], below[:-1])) - below
    mass[-1] += below[-1]
    run = np.cumsum(mass[::-1])
    places = np.searchsorted(run, (np.arange(_QUANTILES) + 0.5) / _QUANTILES)
    return np.asarray(values[::-1][np.minimum(places, len(values) - 1)])


def _hours(times: Floats, zone: str) -> Week:
    """The hours of the week in which somebody works: those seen in several weeks."""
    slots, weeks = slots_of(times, zone) // 4, times // WEEK_S
    there = np.unique(np.column_stack([slots, weeks]), axis=0)[:, 0].astype(np.int64)
    often = np.bincount(there, minlength=SLOTS // 4)
    fewest = min(_FEWEST_WEEKS, len(np.unique(weeks)))
    rates = np.repeat(often >= fewest, 4).astype(float)
    return Week(rates, zone) if rates.any() else ALWAYS
