"""Arithmetic, order and parsing of dates and times, in whole nanoseconds and for any year FEEL knows.

The calendar is the proleptic Gregorian; day numbers count from 1970-01-01 (H. Hinnant, "chrono-compatible
low-level date algorithms").
"""

import re
from datetime import UTC, date, datetime, time, tzinfo
from zoneinfo import ZoneInfo

from mainspring.feel.types import (
    DAY_SECONDS,
    NANOS,
    AnyDate,
    AnyDateTime,
    AnyTime,
    DaysTimeDuration,
    Duration,
    WideDate,
    WideDateTime,
    WideTime,
    YearsMonthsDuration,
    fixed_zone,
)

_BRACKETED = re.compile(r"([^\[]*?)(?:Z|[+-]\d\d:\d\d)?\[([^\]@]+)\]")
"""Camunda's `2018-04-29T09:30:00+02:00[Europe/Berlin]`."""
MAX_YEAR = 999_999_999
MAX_OFFSET = 18 * 3600
DAY_NANOS = DAY_SECONDS * NANOS
_PYTHON_YEARS = range(1, 10_000)
_CYCLE_YEARS, _CYCLE_DAYS = 400, 146_097


def days_of(year: int, month: int, day: int) -> int:
    """The number of a day, 0 for 1970-01-01."""
    year -= month <= 2  # noqa: PLR2004  the algorithm's year begins in March
    era, of_era = divmod(year, 400)
    of_year = (153 * (month - 3 if month > 2 else month + 9) + 2) // 5 + day - 1  # noqa: PLR2004  March
    return era * _CYCLE_DAYS + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719_468


def civil_of(days: int) -> tuple[int, int, int]:
    """Year, month and day of a day number."""
    era, of_era = divmod(days + 719_468, _CYCLE_DAYS)
    years = (of_era - of_era // 1460 + of_era // 36_524 - of_era // 146_096) // 365
    of_year = of_era - (365 * years + years // 4 - years // 100)
    shifted = (5 * of_year + 2) // 153
    month = shifted + 3 if shifted < 10 else shifted - 9  # noqa: PLR2004  March to December come first
    return years + era * 400 + (month <= 2), month, of_year - (153 * shifted + 2) // 5 + 1  # noqa: PLR2004


def days_in_month(year: int, month: int) -> int:
    """28 to 31."""
    if month == 2:  # noqa: PLR2004  February
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in {4, 6, 9, 11} else 31


def make_date(year: int, month: int, day: int) -> AnyDate:
    """A date.

    Raises:
        ValueError: there is no such day, or the year is beyond FEEL's.
    """
    if abs(year) > MAX_YEAR or not 1 <= month <= 12 or not 1 <= day <= days_in_month(year, month):  # noqa: PLR2004
        raise ValueError(f"there is no day {year}-{month}-{day}")
    return date(year, month, day) if year in _PYTHON_YEARS else WideDate(year, month, day)


def make_time(nanos: int, zone: tzinfo | None) -> AnyTime:
    """The time of day that many nanoseconds after midnight."""
    seconds, nano = divmod(nanos % DAY_NANOS, NANOS)
    hour, rest = divmod(seconds, 3600)
    minute, second = divmod(rest, 60)
    if nano % 1000 or isinstance(zone, ZoneInfo):
        return WideTime(hour, minute, second, nano, zone)
    return time(hour, minute, second, nano // 1000, zone)


def make_datetime(local_nanos: int, zone: tzinfo | None) -> AnyDateTime:
    """The local date and time that many nanoseconds after 1970-01-01T00:00 local time.

    Raises:
        ValueError: the year is beyond FEEL's.
    """
    days, rest = divmod(local_nanos, DAY_NANOS)
    year, month, day = civil_of(days)
    if abs(year) > MAX_YEAR:
        raise ValueError("the year is out of range")
    seconds, nano = divmod(rest, NANOS)
    hour, seconds = divmod(seconds, 3600)
    minute, second = divmod(seconds, 60)
    if year in _PYTHON_YEARS and not nano % 1000:
        return datetime(year, month, day, hour, minute, second, nano // 1000, zone)
    return WideDateTime(year, month, day, hour, minute, second, nano, zone)


def clock_nanos(value: AnyTime | AnyDateTime) -> int:
    """Nanoseconds since local midnight."""
    nano = value.microsecond * 1000 if isinstance(value, (time, datetime)) else value.nanosecond
    return (value.hour * 3600 + value.minute * 60 + value.second) * NANOS + nano


def local_nanos(value: AnyDate | AnyDateTime) -> int:
    """Nanoseconds of local time since 1970-01-01; a date counts as its midnight."""
    days = days_of(value.year, value.month, value.day)
    if isinstance(value, (datetime, WideDateTime)):
        return days * DAY_NANOS + clock_nanos(value)
    return days * DAY_NANOS


def zone_offset(zone: tzinfo | None, local: int) -> int | None:
    """Seconds east of UTC at a local time in nanoseconds since 1970; None without a zone."""
    if zone is None:
        return None
    if not isinstance(zone, ZoneInfo):
        delta = zone.utcoffset(None)
        if delta is not None:
            return delta.days * DAY_SECONDS + delta.seconds
    seconds = local // NANOS
    year, month, day = civil_of(seconds // DAY_SECONDS)
    hour, rest = divmod(seconds % DAY_SECONDS, 3600)
    near = year if year in _PYTHON_YEARS else 2000 + year % _CYCLE_YEARS  # the calendar repeats
    delta = datetime(near, month, day, hour, rest // 60, rest % 60, tzinfo=zone).utcoffset()
    return 0 if delta is None else delta.days * DAY_SECONDS + delta.seconds


def offset(value: AnyTime | AnyDateTime) -> int | None:
    """Seconds east of UTC, None for a local time. A time of day in a named zone takes that of 1970-01-01."""
    if value.tzinfo is None:
        return None
    if isinstance(value, (time, WideTime)):
        return zone_offset(value.tzinfo, clock_nanos(value))
    return zone_offset(value.tzinfo, local_nanos(value))


def instant(value: AnyDateTime) -> tuple[bool, int]:
    """Whether the value has a zone, and its nanoseconds since 1970 in UTC (local time without a zone)."""
    east = offset(value)
    return east is not None, local_nanos(value) - (east or 0) * NANOS


def time_instant(value: AnyTime) -> tuple[bool, int]:
    """Whether the time has a zone, and nanoseconds since midnight in UTC (local time without a zone)."""
    east = offset(value)
    return east is not None, clock_nanos(value) - (east or 0) * NANOS


def at_instant(nanos: int, zone: tzinfo) -> AnyDateTime:
    """The date and time of an instant (nanoseconds since 1970 in UTC) in a zone."""
    guess = nanos + (zone_offset(zone, nanos) or 0) * NANOS
    east = zone_offset(zone, guess) or 0
    if isinstance(zone, ZoneInfo):
        year = civil_of(nanos // DAY_NANOS)[0]
        shift = 0 if year in _PYTHON_YEARS[1:-1] else year - (2000 + year % _CYCLE_YEARS)
        days = shift // _CYCLE_YEARS * _CYCLE_DAYS
        seconds = nanos // NANOS - days * DAY_SECONDS
        near = datetime.fromtimestamp(seconds, zone).utcoffset()
        east = 0 if near is None else near.days * DAY_SECONDS + near.seconds
    return make_datetime(nanos + east * NANOS, zone)


def add_months(value: AnyDate | AnyDateTime, months: int) -> AnyDate | AnyDateTime:
    """The same day so many months later, or the last day of a shorter month.

    Raises:
        ValueError: the year is beyond FEEL's.
    """
    year, month = divmod(value.year * 12 + value.month - 1 + months, 12)
    day = min(value.day, days_in_month(year, month + 1))
    if abs(year) > MAX_YEAR:
        raise ValueError("the year is out of range")
    if isinstance(value, (datetime, WideDateTime)):
        return make_datetime(days_of(year, month + 1, day) * DAY_NANOS + clock_nanos(value), value.tzinfo)
    return make_date(year, month + 1, day)


def add_nanos(value: AnyDate | AnyDateTime, nanos: int) -> AnyDate | AnyDateTime:
    """So many nanoseconds later; a date counts from its midnight and stays a date.

    Raises:
        ValueError: the year is beyond FEEL's.
    """
    if isinstance(value, (datetime, WideDateTime)):
        if isinstance(value.tzinfo, ZoneInfo):
            return at_instant(instant(value)[1] + nanos, value.tzinfo)
        return make_datetime(local_nanos(value) + nanos, value.tzinfo)
    return make_date(*civil_of((local_nanos(value) + nanos) // DAY_NANOS))


_DATE = re.compile(r"(-?(?:\d{4}|[1-9]\d{4,8}))-(\d\d)-(\d\d)", re.ASCII)
_TIME = re.compile(
    r"(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:(Z)|([+-])(\d\d):(\d\d)(?::(\d\d))?|@([\w+\-/]{1,64}))?", re.ASCII
)
_YEARS = re.compile(r"(-?)P(?:(\d{1,12})Y)?(?:(\d{1,12})M)?", re.ASCII)
_DAYS = re.compile(
    r"(-?)P(?:(\d{1,15})D)?(T(?:(\d{1,15})H)?(?:(\d{1,15})M)?(?:(\d{1,15})(?:\.(\d*))?S)?)?", re.ASCII
)


def parse_date(text: str) -> AnyDate | None:
    """A date from ISO 8601, None where it is none."""
    match = _DATE.fullmatch(text)
    if not match:
        return None
    try:
        return make_date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def zone_named(name: str) -> tzinfo | None:
    """The IANA zone of that name, None where there is none."""
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):  # unknown, a folder, or a path that leaves the data
        return None


def _clock(text: str) -> tuple[int, tzinfo | None] | None:
    match = _TIME.fullmatch(text)
    if not match:
        return None
    hour, minute, second = int(match[1]), int(match[2]), int(match[3])
    nano = int((match[4] or "0")[:9].ljust(9, "0"))
    midnight = hour == 24 and not (minute or second or nano)  # noqa: PLR2004  the end of the day
    if not midnight and (hour > 23 or minute > 59 or second > 59):  # noqa: PLR2004
        return None
    zone: tzinfo | None = UTC if match[5] else None
    if match[6]:
        if int(match[8]) > 59 or int(match[9] or 0) > 59:  # noqa: PLR2004  minutes and seconds
            return None
        east = int(match[7]) * 3600 + int(match[8]) * 60 + int(match[9] or 0)
        if east > MAX_OFFSET:
            return None
        zone = fixed_zone(-east if match[6] == "-" else east)
    if match[10]:
        zone = zone_named(match[10])
        if zone is None:
            return None
    return (hour * 3600 + minute * 60 + second) * NANOS + nano, zone


def parse_time(text: str) -> AnyTime | None:
    """A time from ISO 8601, or with `@` and a zone's name; None where it is none."""
    clock = _clock(text)
    return make_time(*clock) if clock else None


def parse_datetime(text: str) -> AnyDateTime | None:
    """A date and time from ISO 8601; a date alone means its midnight. None where it is neither."""
    bracketed = _BRACKETED.fullmatch(text)
    if bracketed:
        text = f"{bracketed[1]}@{bracketed[2]}"
    day, mark, rest = text.partition("T")
    start = parse_date(day)
    clock = _clock(rest) if mark else (0, None)
    if start is None or clock is None:
        return None
    try:
        return make_datetime(local_nanos(start) + clock[0], clock[1])
    except ValueError:
        return None


def parse_duration(text: str) -> Duration | None:
    """A duration of either kind from ISO 8601, None where it is none."""
    match = _YEARS.fullmatch(text)
    if match and (match[2] or match[3]):
        months = int(match[2] or 0) * 12 + int(match[3] or 0)
        return YearsMonthsDuration(-months if match[1] else months)
    match = _DAYS.fullmatch(text)
    if not match or match[3] == "T" or not any(match.group(2, 4, 5, 6)):
        return None
    seconds = int(match[2] or 0) * DAY_SECONDS + int(match[4] or 0) * 3600 + int(match[5] or 0) * 60
    nanos = (seconds + int(match[6] or 0)) * NANOS + int((match[7] or "0")[:9].ljust(9, "0"))
    return DaysTimeDuration(-nanos if match[1] else nanos)


def parse_temporal(text: str) -> AnyDate | AnyTime | AnyDateTime | Duration | None:
    """Whatever the text of an `@"..."` literal stands for."""
    return (
        parse_date(text)
        or (parse_datetime(text) if "T" in text and not text.lstrip("-").startswith("P") else None)
        or parse_time(text)
        or parse_duration(text)
    )
