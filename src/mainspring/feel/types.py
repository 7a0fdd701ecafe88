"""Values that FEEL has and Python has not: durations, ranges, and dates and times beyond Python's reach.

Ordinary dates and times are Python's own `date`, `time` and `datetime`. The `Wide` classes stand in where
those cannot: years outside 1..9999, fractions finer than a microsecond, and a time of day in a named zone.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

NANOS = 1_000_000_000
DAY_SECONDS = 86_400


@dataclass(frozen=True, slots=True, order=True)
class YearsMonthsDuration:
    """A number of months, counted as FEEL's `years and months duration`."""

    total_months: int

    @property
    def years(self) -> int:
        """Whole years, with the sign of the duration."""
        return self.total_months // 12 if self.total_months >= 0 else -(-self.total_months // 12)

    @property
    def months(self) -> int:
        """Months left over after the years, with the sign of the duration."""
        return self.total_months - 12 * self.years

    def isoformat(self) -> str:
        """ISO 8601, for instance `P1Y2M`; nothing is `P0M`."""
        years, months = divmod(abs(self.total_months), 12)
        body = (f"{years}Y" if years else "") + (f"{months}M" if months or not years else "")
        return f"{'-' if self.total_months < 0 else ''}P{body}"

    __str__ = isoformat


@dataclass(frozen=True, slots=True, order=True)
class DaysTimeDuration:
    """A number of nanoseconds, FEEL's `days and time duration`."""

    nanoseconds: int

    def parts(self) -> tuple[int, int, int, int, int]:
        """Days, hours, minutes, seconds, nanoseconds, each with the sign of the duration."""
        sign = -1 if self.nanoseconds < 0 else 1
        seconds, nanos = divmod(abs(self.nanoseconds), NANOS)
        days, seconds = divmod(seconds, DAY_SECONDS)
        hours, seconds = divmod(seconds, 3600)
        minutes, seconds = divmod(seconds, 60)
        return sign * days, sign * hours, sign * minutes, sign * seconds, sign * nanos

    def isoformat(self) -> str:
        """ISO 8601, for instance `P1DT2H`; nothing is `PT0S`."""
        days, hours, minutes, seconds, nanos = (abs(part) for part in self.parts())
        fraction = f".{nanos:09d}".rstrip("0") if nanos else ""
        clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
        clock += f"{seconds}{fraction}S" if seconds or nanos or not (days or clock) else ""
        body = (f"{days}D" if days else "") + (f"T{clock}" if clock else "")
        return f"{'-' if self.nanoseconds < 0 else ''}P{body}"

    __str__ = isoformat

    def as_timedelta(self) -> timedelta:
        """Python's own, to the microsecond.

        Raises:
            OverflowError: longer than Python's timedelta can be.
        """
        return timedelta(microseconds=self.nanoseconds // 1000)


def year_text(year: int) -> str:
    """The year as ISO 8601 writes it: at least four digits, a sign only before Christ."""
    return f"{'-' if year < 0 else ''}{abs(year):04d}"


def zone_text(zone: tzinfo | None, seconds: int | None = None) -> str:
    """The suffix of a time: nothing, `Z`, `+02:00` or `@Europe/Paris`."""
    if zone is None:
        return ""
    if isinstance(zone, ZoneInfo):
        return f"@{zone.key}"
    if seconds is None:
        delta = zone.utcoffset(None)
        seconds = 0 if delta is None else delta.days * DAY_SECONDS + delta.seconds
    if seconds == 0:
        return "Z"
    hours, rest = divmod(abs(seconds), 3600)
    minutes, rest = divmod(rest, 60)
    return f"{'-' if seconds < 0 else '+'}{hours:02d}:{minutes:02d}" + (f":{rest:02d}" if rest else "")


def _clock_text(hour: int, minute: int, second: int, nanosecond: int) -> str:
    fraction = f".{nanosecond:09d}".rstrip("0") if nanosecond else ""
    return f"{hour:02d}:{minute:02d}:{second:02d}{fraction}"


@dataclass(frozen=True, slots=True)
class WideDate:
    """A date whose year Python's `date` cannot hold."""

    year: int
    month: int
    day: int

    def isoformat(self) -> str:
        """ISO 8601 with as many digits of the year as it needs."""
        return f"{year_text(self.year)}-{self.month:02d}-{self.day:02d}"

    __str__ = isoformat


@dataclass(frozen=True, slots=True)
class WideTime:
    """A time of day to the nanosecond, or in a named zone."""

    hour: int
    minute: int
    second: int
    nanosecond: int
    tzinfo: tzinfo | None

    def isoformat(self) -> str:
        """As FEEL writes it, for instance `10:00:00@Europe/Paris`."""
        return _clock_text(self.hour, self.minute, self.second, self.nanosecond) + zone_text(self.tzinfo)

    __str__ = isoformat


@dataclass(frozen=True, slots=True)
class WideDateTime:
    """A date and time beyond Python's years or finer than its microseconds."""

    year: int
    month: int
    day: int
    hour: int
    minute: int
    second: int
    nanosecond: int
    tzinfo: tzinfo | None

    def isoformat(self) -> str:
        """As FEEL writes it."""
        clock = _clock_text(self.hour, self.minute, self.second, self.nanosecond)
        return f"{year_text(self.year)}-{self.month:02d}-{self.day:02d}T{clock}{zone_text(self.tzinfo)}"

    __str__ = isoformat


AnyDate = date | WideDate
AnyTime = time | WideTime
AnyDateTime = datetime | WideDateTime
Duration = YearsMonthsDuration | DaysTimeDuration


def temporal_text(value: AnyDate | AnyTime | AnyDateTime) -> str:
    """A date, time or date and time as FEEL's `string()` writes it."""
    if isinstance(value, datetime):
        clock = _clock_text(value.hour, value.minute, value.second, value.microsecond * 1000)
        day = f"{year_text(value.year)}-{value.month:02d}-{value.day:02d}"
        return f"{day}T{clock}{zone_text(value.tzinfo)}"
    if isinstance(value, time):
        clock = _clock_text(value.hour, value.minute, value.second, value.microsecond * 1000)
        return clock + zone_text(value.tzinfo)
    return value.isoformat()


def fixed_zone(seconds: int) -> timezone:
    """The zone with a fixed offset from UTC in seconds."""
    return UTC if seconds == 0 else timezone(timedelta(seconds=seconds))


@dataclass(frozen=True, slots=True)
class Range:
    """All values from `low` to `high`.

    Attributes:
        low: the lower end, None for unbounded.
        high: the upper end, None for unbounded.
        low_included: whether the lower end belongs to it.
        high_included: whether the upper end belongs to it.
        operator: the operator where it was written as a test, such as `<` in `(< 5)`; "!=" means all but
        `low`.
    """

    low: Any
    high: Any
    low_included: bool
    high_included: bool
    operator: str = ""

    def __str__(self) -> str:
        if self.operator:
            return f"{self.operator} {self.high if self.low is None else self.low}"
        left, right = "[" if self.low_included else "(", "]" if self.high_included else ")"
        return f"{left}{self.low}..{self.high}{right}"
