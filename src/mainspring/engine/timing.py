"""When a timer fires: ISO 8601 dates, durations and repeating intervals, and values that FEEL gave."""

import calendar
import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from mainspring.engine import cron
from mainspring.engine.errors import Fault

_DURATION = re.compile(
    r"^(?P<sign>-)?P(?!$)(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?!$)(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?$"
)
_REPEAT = re.compile(r"^R(?P<count>-?\d*)/(?:(?P<start>[^P/][^/]*)/)?(?P<interval>P[^/]*)$")
ENDLESS = -1


class Schedule(NamedTuple):
    """The first due time, how often it fires (-1: for ever), and the interval where it repeats."""

    due: datetime
    repetitions: int
    interval: str | None


def schedule(kind: str, value: Any, now: datetime) -> Schedule:
    """The schedule of a timer whose expression gave `value`.

    Args:
        kind: date, duration or cycle.
        value: ISO 8601 text, or a FEEL date, date-time or duration.
        now: the present, zone-aware.

    Raises:
        Fault: the value is no such thing.
    """
    if kind == "date":
        return Schedule(instant(value), 1, None)
    text = value if isinstance(value, str) else _iso(value)
    if kind == "duration":
        return Schedule(later(now, text), 1, None)
    match = _REPEAT.match(text.strip())
    if match is None:
        return Schedule(cron.following(text, now), ENDLESS, text.strip())
    count, interval = match["count"], match["interval"]
    repetitions = int(count) if count else ENDLESS
    if repetitions < ENDLESS or repetitions == 0:
        raise Fault("timer", f"'{text}' repeats {repetitions} times")
    due = instant(match["start"]) if match["start"] else later(now, interval)
    return Schedule(due, repetitions, interval)


def instant(value: Any) -> datetime:
    """The zone-aware UTC instant of ISO 8601 text or a FEEL temporal; without a zone it is UTC.

    Raises:
        Fault: it is no date or date-time.
    """
    if isinstance(value, str):
        text = re.sub(r"\[.*\]$", "", value.strip()).removeprefix("@").strip('"')
        try:
            value = datetime.fromisoformat(text)
        except ValueError:
            raise Fault("timer", f"'{value}' is no date and time in ISO 8601") from None
    if isinstance(value, datetime):
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
    if isinstance(value, date):
        return datetime.combine(value, time(), UTC)
    raise Fault("timer", f"a timer date must be a date and time, not {_described(value)}")


def later(start: datetime, duration: str) -> datetime:
    """`start` plus an ISO 8601 duration; months count by the calendar, an overflowing day becomes the last.

    Raises:
        Fault: it is no duration, or leads beyond the calendar.
    """
    match = _DURATION.match(duration.strip())
    if match is None:
        raise Fault("timer", f"'{duration}' is no duration such as PT1H or P2D")
    parts = {name: value for name, value in match.groupdict().items() if name != "sign" and value}
    months = int(parts.get("years", 0)) * 12 + int(parts.get("months", 0))
    sign = -1 if match["sign"] else 1
    try:
        span = timedelta(
            weeks=int(parts.get("weeks", 0)),
            days=int(parts.get("days", 0)),
            hours=int(parts.get("hours", 0)),
            minutes=int(parts.get("minutes", 0)),
            seconds=float(parts.get("seconds", 0)),
        )
        return _add_months(start, sign * months) + sign * span
    except (OverflowError, ValueError):
        raise Fault("timer", f"'{duration}' leads beyond the calendar") from None


def following(due: datetime, interval: str) -> datetime:
    """The due time after `due` of a repeating timer; `interval` is a duration or a cron expression."""
    return later(due, interval) if interval.startswith("P") else cron.following(interval, due)


def _add_months(start: datetime, months: int) -> datetime:
    if not months:
        return start
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    day = min(start.day, calendar.monthrange(year, month + 1)[1])
    return start.replace(year=year, month=month + 1, day=day)


def _iso(value: Any) -> str:
    text = getattr(value, "isoformat", None)
    if callable(text):
        return str(text())
    raise Fault("timer", f"a timer needs a duration or repeating interval, not {_described(value)}")


def _described(value: Any) -> str:
    return "null" if value is None else f"{value!r:.60}"
