"""Built-in functions on dates, times and durations, the clock, and ranges from text."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from mainspring.feel import ast, temporal
from mainspring.feel.builtins.registry import define, whole
from mainspring.feel.errors import EvaluationError, FeelSyntaxError
from mainspring.feel.functions import Builtin, Run
from mainspring.feel.parser import Parser
from mainspring.feel.types import NANOS, DaysTimeDuration, Range, YearsMonthsDuration, fixed_zone
from mainspring.feel.values import CONTEXT, ORDERED, compare, kind
from mainspring.feel.vocabulary import Vocabulary, type_vocabulary

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def _parsed(parse: Any, name: str) -> Any:
    def parsed(run: Run, written: str) -> Any:
        if "@" in written:
            run.spend(200)  # an unknown zone is looked for on disk
        value = parse(written)
        if value is None:
            raise EvaluationError(f"{name}: {written!r} is no {name}")
        return value

    return parsed


def _date(run: Run, *given: Any) -> Any:
    if len(given) == 3:  # noqa: PLR2004  year, month, day
        try:
            return temporal.make_date(*(whole(part, "a part of the date") for part in given))
        except ValueError as error:
            raise EvaluationError(f"date: {error}") from None
    if isinstance(given[0], str):
        return _parsed(temporal.parse_date, "date")(run, given[0])
    return temporal.make_date(given[0].year, given[0].month, given[0].day)


def _clock(hour: Decimal, minute: Decimal, second: Decimal, east: DaysTimeDuration | None) -> Any:
    hours, minutes = whole(hour, "the hour"), whole(minute, "the minute")
    nanos = int(second * NANOS) if 0 <= second < 60 else -1  # noqa: PLR2004  seconds
    if not (0 <= hours < 24 and 0 <= minutes < 60) or nanos < 0:  # noqa: PLR2004
        raise EvaluationError("time: there is no such time of day")
    zone = None
    if east is not None:
        if abs(east.nanoseconds) > temporal.MAX_OFFSET * NANOS:
            raise EvaluationError("time: the offset is too large")
        zone = fixed_zone(int(east.nanoseconds / NANOS))
    return temporal.make_time((hours * 3600 + minutes * 60) * NANOS + nanos, zone)


def _time(run: Run, *given: Any) -> Any:
    if len(given) >= 3:  # noqa: PLR2004  hour, minute, second
        return _clock(given[0], given[1], given[2], given[3] if len(given) > 3 else None)  # noqa: PLR2004
    value = given[0]
    if isinstance(value, str):
        return _parsed(temporal.parse_time, "time")(run, value)
    of_kind = kind(value)
    if of_kind == "date":
        return temporal.make_time(0, UTC)
    if of_kind == "time":
        return value
    return temporal.make_time(temporal.clock_nanos(value), value.tzinfo)


def _date_and_time(run: Run, *given: Any) -> Any:
    if len(given) == 1:
        if isinstance(given[0], str):
            return _parsed(temporal.parse_datetime, "date and time")(run, given[0])
        if kind(given[0]) == "date":
            return temporal.make_datetime(temporal.local_nanos(given[0]), UTC)
        return given[0]
    day, second = given
    if isinstance(second, str):
        run.spend(200)  # an unknown zone is looked for on disk
        zone = UTC if second == "Z" else temporal.zone_named(second)
        if zone is None:
            raise EvaluationError(f"date and time: there is no time zone {second!r}")
        zoned, nanos = temporal.instant(day)
        return temporal.at_instant(nanos, zone) if zoned else temporal.make_datetime(nanos, zone)
    midnight = temporal.days_of(day.year, day.month, day.day) * temporal.DAY_NANOS
    return temporal.make_datetime(midnight + temporal.clock_nanos(second), second.tzinfo)


def _duration(run: Run, value: Any) -> Any:
    return _parsed(temporal.parse_duration, "duration")(run, value) if isinstance(value, str) else value


def _years_and_months(_run: Run, start: Any, end: Any) -> YearsMonthsDuration:
    """Whole months between two days; the time of day plays no part."""
    months = (end.year - start.year) * 12 + end.month - start.month
    if months > 0 and end.day < start.day:
        months -= 1
    elif months < 0 and end.day > start.day:
        months += 1
    return YearsMonthsDuration(months)


def _now(run: Run) -> datetime:
    if run.now is None:
        raise EvaluationError("now: this evaluation was given no time")
    return run.now if run.now.tzinfo else run.now.replace(tzinfo=UTC)


def _day_of_year(_run: Run, day: Any) -> Decimal:
    days = temporal.days_of(day.year, day.month, day.day) - temporal.days_of(day.year, 1, 1)
    return Decimal(days + 1)


def _weekday(day: Any) -> int:
    return (temporal.days_of(day.year, day.month, day.day) + 3) % 7


def _week_of_year(_run: Run, day: Any) -> Decimal:
    """The ISO 8601 week: the one that holds the year's first Thursday is the first."""
    number = temporal.days_of(day.year, day.month, day.day)
    thursday = number - _weekday(day) + 3
    year = temporal.civil_of(thursday)[0]
    return Decimal((thursday - temporal.days_of(year, 1, 1)) // 7 + 1)


def _last_day(_run: Run, day: Any) -> Any:
    return temporal.make_date(day.year, day.month, temporal.days_in_month(day.year, day.month))


def _unix_timestamp(_run: Run, moment: Any) -> Decimal:
    return CONTEXT.divide(Decimal(temporal.instant(moment)[1]), Decimal(NANOS))


_ENDPOINT_FUNCTIONS = {
    "date": _date,
    "time": _time,
    "date and time": _date_and_time,
    "duration": _duration,
}


def _endpoint(node: ast.Node | None) -> Any:
    """The value of a range's end: a literal, or a date, time or duration made of one string literal."""
    if node is None:
        return None
    if isinstance(node, ast.Literal):
        return node.value
    if (
        isinstance(node, ast.Call)
        and isinstance(node.function, ast.Name)
        and node.function.name in _ENDPOINT_FUNCTIONS
        and len(node.arguments) == 1
        and isinstance(node.arguments[0], ast.Literal)
        and isinstance(node.arguments[0].value, str)
    ):
        return _ENDPOINT_FUNCTIONS[node.function.name](Run(), node.arguments[0].value)
    raise EvaluationError("range: the ends must be literals")


def _range(run: Run, written: str) -> Range:
    run.spend(60)  # it is read as an expression is
    names = Vocabulary()
    names.add("date and time")
    try:
        node = Parser(written, names, Vocabulary(), type_vocabulary()).whole_expression()
    except FeelSyntaxError as error:
        raise EvaluationError(f"range: {error.message}") from None
    if not isinstance(node, ast.RangeLiteral) or node.test:
        raise EvaluationError(f"range: {written!r} is no range")
    low, high = _endpoint(node.low), _endpoint(node.high)
    if (low is None and node.low_included) or (high is None and node.high_included):
        raise EvaluationError("range: an end that is left out cannot be included")
    given = [end for end in (low, high) if end is not None]
    if not given or any(kind(end) not in ORDERED for end in given):
        raise EvaluationError("range: there is no end")
    if low is not None and high is not None and compare(low, high) not in {-1, 0}:
        raise EvaluationError("range: the first end does not come before the second")
    operator = ""
    if low is None:
        operator = "<=" if node.high_included else "<"
    elif high is None:
        operator = ">=" if node.low_included else ">"
    return Range(low, high, node.low_included, node.high_included, operator)


def functions() -> list[Builtin]:
    """The functions of this module."""
    return [
        define("date", "from: string; from: day; year: number, month: number, day: number", _date),
        define(
            "time",
            "from: string; from: temporal; hour: number, minute: number, second: number, "
            "offset: days and time duration?",
            _time,
        ),
        define(
            "date and time",
            "from: string; from: day; date: day, time: time; date: date and time, timezone: string",
            _date_and_time,
        ),
        define("duration", "from: string; from: duration", _duration),
        define("years and months duration", "from: day, to: day", _years_and_months),
        define("now", "", _now),
        define("today", "", lambda run: _now(run).date()),
        define("day of year", "date: day", _day_of_year),
        define("day of week", "date: day", lambda _run, day: _DAYS[_weekday(day)]),
        define("month of year", "date: day", lambda _run, day: _MONTHS[day.month - 1]),
        define("week of year", "date: day", _week_of_year),
        define("last day of month", "date: day", _last_day),
        define("unix timestamp", "date time: date and time", _unix_timestamp),
        define("range", "from: string", _range),
    ]
