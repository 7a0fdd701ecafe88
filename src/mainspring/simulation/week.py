"""A week's rhythm as a clock: it runs where work is done, and stands still where none is.

Measured on this clock a time is the same at night as at noon, so it can be learned from one hour and used in
another; fixed hours, days off, and work that happens at certain hours only (a payment run on Mondays) are all
weights of the same kind. The change of time is that of inhomogeneous Poisson processes (Çinlar, 1975).
"""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from mainspring.simulation.errors import ScenarioError

SLOT_S = 900
SLOTS = 7 * 24 * 3600 // SLOT_S
WEEK_S = SLOTS * SLOT_S
_MANY = 5_000
_SLOTS_AN_HOUR = 3600 // SLOT_S
_MONDAY_S = 3 * 86_400  # the first of January 1970 was a Thursday

Floats = NDArray[np.float64]


class Week:
    """How fast the clock runs in each quarter of an hour of the week, from Monday 0:00.

    Args:
        rates: `SLOTS` numbers from 0 on; 1 for full speed, or densities with a mean of 1.
        zone: the IANA time zone in which the week is counted.

    Raises:
        ScenarioError: the number of rates is wrong, one is negative, or all are zero.
    """

    def __init__(self, rates: "Floats | list[float]", zone: str = "UTC") -> None:
        self.rates = np.asarray(rates, float)
        if self.rates.shape != (SLOTS,) or (self.rates < 0).any() or not self.rates.any():
            raise ScenarioError(f"a week needs {SLOTS} rates from 0 on, not all of them 0")
        self.zone = zone
        self._zone = None if zone == "UTC" else ZoneInfo(zone)
        self._edges = np.arange(SLOTS + 1) * float(SLOT_S)
        self._run = np.concatenate(([0.0], np.cumsum(self.rates * SLOT_S)))
        self.whole = float(self._run[-1])

    def readings(self, times: Floats) -> Floats:
        """What the clock shows at each of some times."""
        weeks, part = np.divmod(times + shifts(times, self.zone) + _MONDAY_S, WEEK_S)
        return np.asarray(weeks * self.whole + np.interp(part, self._edges, self._run))

    def elapsed(self, begin: float, end: float) -> float:
        """What the clock shows between two times (seconds since 1970 UTC)."""
        return self._reading(end) - self._reading(begin)

    def after(self, begin: float, amount: float) -> float:
        """When the clock will have gone on by an amount; the earliest such time."""
        if amount <= 0:
            return begin
        aim = self._reading(begin) + amount
        weeks, part = divmod(aim, self.whole)
        if part <= self.whole * 1e-12:  # the end of a week, not the beginning of the next
            weeks, part = weeks - 1, self.whole
        slot = int(np.searchsorted(self._run, part, side="left")) - 1
        inside = (part - self._run[slot]) / self.rates[slot]
        local = weeks * WEEK_S + self._edges[slot] + inside - _MONDAY_S
        return float(max(begin, local - self._shift(local)))

    def running(self, at: float) -> bool:
        """Whether the clock runs then."""
        return bool(self.rates[self._slot(at)] > 0)

    def next_running(self, at: float) -> float:
        """The first time from `at` on at which it runs."""
        slot = self._slot(at)
        if self.rates[slot] > 0:
            return at
        ahead = np.flatnonzero(np.roll(self.rates, -slot) > 0)[0]
        local = at + self._shift(at) + _MONDAY_S
        return float(at + (local // SLOT_S + ahead) * SLOT_S - local)

    def _slot(self, at: float) -> int:
        return int((at + self._shift(at) + _MONDAY_S) % WEEK_S // SLOT_S)

    def _reading(self, at: float) -> float:
        weeks, part = divmod(at + self._shift(at) + _MONDAY_S, WEEK_S)
        return float(weeks * self.whole + np.interp(part, self._edges, self._run))

    def _shift(self, at: float) -> float:
        if self._zone is None:
            return 0.0
        offset = datetime.fromtimestamp(at, UTC).astimezone(self._zone).utcoffset()
        return 0.0 if offset is None else offset.total_seconds()


ALWAYS = Week(np.ones(SLOTS))
"""A clock that never stands still."""


def shifts(times: Floats, zone: str) -> Floats:
    """How far the clocks of a zone are ahead of UTC at each of some times, in seconds."""
    if zone == "UTC":
        return np.zeros(len(times))
    known = ZoneInfo(zone)
    hours, place = np.unique(times // 3600, return_inverse=True)
    offsets = [
        datetime.fromtimestamp(hour * 3600, UTC).astimezone(known).utcoffset() for hour in hours.tolist()
    ]
    return np.array([one.total_seconds() if one else 0.0 for one in offsets])[place]


def slots_of(times: Floats, zone: str = "UTC") -> NDArray[np.int64]:
    """The quarter of an hour of the week in which each time (seconds since 1970 UTC) lies."""
    return np.asarray((times + shifts(times, zone) + _MONDAY_S) % WEEK_S // SLOT_S).astype(np.int64)


def rhythm(times: Floats, zone: str = "UTC") -> Week:
    """The rhythm in which things happened, with a mean of 1; by whole hours where they are few."""
    if not len(times):
        return ALWAYS
    counts = np.bincount(slots_of(times, zone), minlength=SLOTS).astype(float)
    if len(times) < _MANY:
        counts = np.repeat(counts.reshape(-1, _SLOTS_AN_HOUR).mean(axis=1), _SLOTS_AN_HOUR)
    return Week(counts * (SLOTS / counts.sum()), zone)


def office(first: int = 9, last: int = 17, days: int = 5, zone: str = "UTC") -> Week:
    """Fixed hours on the first days of the week."""
    slots = np.arange(SLOTS)
    hour, day = slots % 96 / 4, slots // 96
    return Week(((hour >= first) & (hour < last) & (day < days)).astype(float), zone)
