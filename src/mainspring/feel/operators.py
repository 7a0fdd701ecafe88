"""Arithmetic, comparison, properties and membership on values that are already evaluated."""

import decimal
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from mainspring.feel import temporal
from mainspring.feel.errors import EvaluationError
from mainspring.feel.functions import Run
from mainspring.feel.types import (
    NANOS,
    DaysTimeDuration,
    Range,
    YearsMonthsDuration,
)
from mainspring.feel.values import CONTEXT, equal, includes, kind, number

MAX_NANOS = 10**30
"""Durations beyond this (some 3 * 10^13 years) are refused."""
MAX_MONTHS = 10**15
SHIFT_STEPS = 4
"""What an operation on dates, times and durations costs more than one on numbers."""

DAYS = "days and time duration"
YEARS = "years and months duration"
MOMENT = "date and time"


def days(nanos: int) -> DaysTimeDuration:
    """A days and time duration, refused where it is absurdly long."""
    if abs(nanos) > MAX_NANOS:
        raise EvaluationError("the duration is too long")
    return DaysTimeDuration(nanos)


def months(total: int) -> YearsMonthsDuration:
    """A years and months duration, refused where it is absurdly long."""
    if abs(total) > MAX_MONTHS:
        raise EvaluationError("the duration is too long")
    return YearsMonthsDuration(total)


def _shifted(value: Any, duration: Any, sign: int) -> Any:
    if isinstance(duration, YearsMonthsDuration):
        return temporal.add_months(value, sign * duration.total_months)
    return temporal.add_nanos(value, sign * duration.nanoseconds)


def _time_shifted(value: Any, duration: DaysTimeDuration, sign: int) -> Any:
    return temporal.make_time(temporal.clock_nanos(value) + sign * duration.nanoseconds, value.tzinfo)


def _moment_difference(left: Any, right: Any) -> DaysTimeDuration:
    if kind(left) == kind(right) == "date":
        return DaysTimeDuration(temporal.local_nanos(left) - temporal.local_nanos(right))
    (zoned, first), (other_zoned, second) = (
        (True, temporal.local_nanos(value)) if kind(value) == "date" else temporal.instant(value)
        for value in (left, right)
    )
    if zoned != other_zoned:
        raise EvaluationError("one has a time zone and the other has not")
    return DaysTimeDuration(first - second)


def _time_difference(left: Any, right: Any) -> DaysTimeDuration:
    (zoned, first), (other_zoned, second) = temporal.time_instant(left), temporal.time_instant(right)
    if zoned != other_zoned:
        raise EvaluationError("one has a time zone and the other has not")
    return DaysTimeDuration(first - second)


def _concatenate(left: str, right: str, run: Run) -> str:
    run.build(len(left) + len(right))
    return left + right


def _scaled(amount: int, factor: Decimal) -> int:
    return int(CONTEXT.multiply(Decimal(amount), factor))


def _ratio(left: int, right: int) -> Decimal:
    return CONTEXT.divide(Decimal(left), Decimal(right))


Operation = Callable[[Any, Any, Run], Any]


def _add_table() -> dict[tuple[str, str], Operation]:
    table: dict[tuple[str, str], Operation] = {
        ("number", "number"): lambda a, b, _: CONTEXT.add(number(a), number(b)),
        ("string", "string"): _concatenate,
        (DAYS, DAYS): lambda a, b, _: days(a.nanoseconds + b.nanoseconds),
        (YEARS, YEARS): lambda a, b, _: months(a.total_months + b.total_months),
        ("time", DAYS): lambda a, b, _: _time_shifted(a, b, 1),
        (DAYS, "time"): lambda a, b, _: _time_shifted(b, a, 1),
    }
    for moment in ("date", MOMENT):
        for duration in (DAYS, YEARS):
            table[moment, duration] = lambda a, b, _: _shifted(a, b, 1)
            table[duration, moment] = lambda a, b, _: _shifted(b, a, 1)
    return table


def _subtract_table() -> dict[tuple[str, str], Operation]:
    table: dict[tuple[str, str], Operation] = {
        ("number", "number"): lambda a, b, _: CONTEXT.subtract(number(a), number(b)),
        (DAYS, DAYS): lambda a, b, _: days(a.nanoseconds - b.nanoseconds),
        (YEARS, YEARS): lambda a, b, _: months(a.total_months - b.total_months),
        ("time", DAYS): lambda a, b, _: _time_shifted(a, b, -1),
        ("time", "time"): lambda a, b, _: _time_difference(a, b),
    }
    for moment in ("date", MOMENT):
        for duration in (DAYS, YEARS):
            table[moment, duration] = lambda a, b, _: _shifted(a, b, -1)
        for other in ("date", MOMENT):
            table[moment, other] = lambda a, b, _: _moment_difference(a, b)
    return table


TABLES: dict[str, dict[tuple[str, str], Operation]] = {
    "+": _add_table(),
    "-": _subtract_table(),
    "*": {
        ("number", "number"): lambda a, b, _: CONTEXT.multiply(number(a), number(b)),
        ("number", DAYS): lambda a, b, _: days(_scaled(b.nanoseconds, number(a))),
        (DAYS, "number"): lambda a, b, _: days(_scaled(a.nanoseconds, number(b))),
        ("number", YEARS): lambda a, b, _: months(_scaled(b.total_months, number(a))),
        (YEARS, "number"): lambda a, b, _: months(_scaled(a.total_months, number(b))),
    },
    "/": {
        ("number", "number"): lambda a, b, _: CONTEXT.divide(number(a), number(b)),
        (DAYS, "number"): lambda a, b, _: days(int(CONTEXT.divide(Decimal(a.nanoseconds), number(b)))),
        (YEARS, "number"): lambda a, b, _: months(int(CONTEXT.divide(Decimal(a.total_months), number(b)))),
        (DAYS, DAYS): lambda a, b, _: _ratio(a.nanoseconds, b.nanoseconds),
        (YEARS, YEARS): lambda a, b, _: _ratio(a.total_months, b.total_months),
    },
    "**": {("number", "number"): lambda a, b, _: CONTEXT.power(number(a), number(b))},
}
FAST: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": CONTEXT.add,
    "-": CONTEXT.subtract,
    "*": CONTEXT.multiply,
    "/": CONTEXT.divide,
}


def arithmetic(operator: str, left: Any, right: Any, run: Run) -> Any:
    """`left operator right`.

    Raises:
        EvaluationError: the kinds do not go together, or the result is out of range.
    """
    kinds = kind(left), kind(right)
    operation = TABLES[operator].get(kinds)
    if operation is None:
        raise EvaluationError(f"{kinds[0]} {operator} {kinds[1]} is not defined")
    if kinds[0] != "number" or kinds[1] != "number":
        run.spend(SHIFT_STEPS)
    try:
        return operation(left, right, run)
    except decimal.DivisionByZero:
        raise EvaluationError("division by zero") from None
    except (decimal.DecimalException, ValueError, OverflowError) as error:
        reason = "out of range" if isinstance(error, decimal.DecimalException) else str(error)
        raise EvaluationError(f"{operator}: {reason}") from None


def negate(value: Any) -> Any:
    """`-value`.

    Raises:
        EvaluationError: it has no negative.
    """
    of_kind = kind(value)
    if of_kind == "number":
        return CONTEXT.minus(number(value))
    if of_kind == DAYS:
        return DaysTimeDuration(-value.nanoseconds)
    if of_kind == YEARS:
        return YearsMonthsDuration(-value.total_months)
    raise EvaluationError(f"a {of_kind} has no negative")


def matches(value: Any, wanted: Any, run: Run) -> bool | None:
    """Whether a value passes what a test evaluated to: lies in the range, is in the list, or equals it."""
    if isinstance(wanted, Range):
        return includes(wanted, value, run)
    if isinstance(wanted, list) and not isinstance(value, list):
        run.spend(len(wanted))
        return any(
            includes(item, value, run) if isinstance(item, Range) else equal(value, item, run)
            for item in wanted
        )
    if isinstance(wanted, list):
        run.spend(len(wanted))
        return equal(value, wanted, run) is True or any(equal(value, item, run) for item in wanted)
    return equal(value, wanted, run)


def _zone_name(value: Any) -> str | None:
    return getattr(value.tzinfo, "key", None)


def _offset(value: Any) -> DaysTimeDuration | None:
    east = temporal.offset(value)
    return None if east is None else DaysTimeDuration(east * NANOS)


def _weekday(value: Any) -> Decimal:
    return Decimal((temporal.days_of(value.year, value.month, value.day) + 3) % 7 + 1)


Property = Callable[[Any], Any]
_DAY: dict[str, Property] = {
    "year": lambda value: Decimal(value.year),
    "month": lambda value: Decimal(value.month),
    "day": lambda value: Decimal(value.day),
    "weekday": _weekday,
}
_CLOCK: dict[str, Property] = {
    "hour": lambda value: Decimal(value.hour),
    "minute": lambda value: Decimal(value.minute),
    "second": lambda value: Decimal(value.second),
    "time offset": _offset,
    "timezone": _zone_name,
}
PROPERTIES: dict[str, dict[str, Property]] = {
    "date": _DAY
    | {"hour": lambda _: Decimal(0), "minute": lambda _: Decimal(0), "second": lambda _: Decimal(0)},
    "time": _CLOCK,
    MOMENT: _DAY | _CLOCK,
    DAYS: {
        "days": lambda value: Decimal(value.parts()[0]),
        "hours": lambda value: Decimal(value.parts()[1]),
        "minutes": lambda value: Decimal(value.parts()[2]),
        "seconds": lambda value: Decimal(value.parts()[3]),
    },
    YEARS: {
        "years": lambda value: Decimal(value.years),
        "months": lambda value: Decimal(value.months),
    },
    "range": {
        "start": lambda value: value.low,
        "end": lambda value: value.high,
        "start included": lambda value: value.low_included,
        "end included": lambda value: value.high_included,
    },
}
