"""What FEEL makes of Python values: kind, equality, order, and how they read as text."""

import decimal
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from mainspring.feel import temporal
from mainspring.feel.errors import EvaluationError
from mainspring.feel.functions import Builtin, Function, Run
from mainspring.feel.types import (
    NANOS,
    DaysTimeDuration,
    Range,
    WideDate,
    WideDateTime,
    WideTime,
    YearsMonthsDuration,
    temporal_text,
)

CONTEXT = decimal.Context(
    prec=34,
    rounding=decimal.ROUND_HALF_EVEN,
    Emin=-6143,
    Emax=6144,
    traps=[decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow],
)
"""FEEL's numbers: IEEE 754 decimal128. Only its methods are used; the caller's own context stays as it is."""

KINDS: dict[type, str] = {
    Decimal: "number",
    int: "number",
    float: "number",
    str: "string",
    bool: "boolean",
    type(None): "null",
    list: "list",
    tuple: "list",
    dict: "context",
    date: "date",
    WideDate: "date",
    time: "time",
    WideTime: "time",
    datetime: "date and time",
    WideDateTime: "date and time",
    DaysTimeDuration: "days and time duration",
    YearsMonthsDuration: "years and months duration",
    Range: "range",
    Function: "function",
    Builtin: "function",
}
TEMPORAL = frozenset({"date", "time", "date and time"})
DURATIONS = frozenset({"days and time duration", "years and months duration"})
ORDERED = TEMPORAL | DURATIONS | {"number", "string"}


def kind(value: Any) -> str:
    """The FEEL kind of a value, such as "number" or "date and time"; "unknown" for any other."""
    found = KINDS.get(type(value))
    if found is None:
        found = next((name for base, name in _BASES if isinstance(value, base)), "unknown")
    return found


_BASES: tuple[tuple[type, str], ...] = (
    (str, "string"),
    (Mapping, "context"),
    (list, "list"),
    (datetime, "date and time"),
    (date, "date"),
    (Decimal, "number"),
    (int, "number"),
    (Function, "function"),
)


def number(value: Any) -> Decimal:
    """An int, float or Decimal as a Decimal of at most 34 digits.

    Raises:
        EvaluationError: it is not finite.
    """
    made = (
        value if type(value) is Decimal else Decimal(repr(value) if isinstance(value, float) else int(value))
    )
    if not made.is_finite():
        raise EvaluationError(f"{value} is not a finite number")
    try:
        return CONTEXT.plus(made)
    except decimal.DecimalException as error:
        raise EvaluationError("the number is too large") from error


def equal(left: Any, right: Any, run: Run) -> bool | None:
    """Whether two values are equal as FEEL has it; None where kinds differ (and neither is null)."""
    if left is None or right is None:
        return left is right
    first, second = kind(left), kind(right)
    if first != second:
        return None
    if first in {"number", "string", "boolean"}:
        return bool(left == right)
    return _EQUALITIES.get(first, _same)(left, right, run)


def _same(left: Any, right: Any, _run: Run) -> bool:
    return bool(left == right)


def _moments_equal(left: Any, right: Any, _run: Run) -> bool:
    """Equal to the second, FEEL's resolution; a local time never equals one in a zone."""
    of = temporal.instant if hasattr(left, "year") else temporal.time_instant
    (zoned, first), (other_zoned, second) = of(left), of(right)
    return zoned == other_zoned and first // NANOS == second // NANOS


def _lists_equal(left: list[Any], right: list[Any], run: Run) -> bool:
    if len(left) != len(right):
        return False
    run.spend(2 * len(left))
    run.enter()
    try:
        return all(equal(first, second, run) for first, second in zip(left, right, strict=True))
    finally:
        run.leave()


def _contexts_equal(left: dict[str, Any], right: dict[str, Any], run: Run) -> bool:
    if left.keys() != right.keys():
        return False
    run.spend(2 * len(left))
    run.enter()
    try:
        return all(equal(value, right[key], run) for key, value in left.items())
    finally:
        run.leave()


def _ranges_equal(left: Range, right: Range, run: Run) -> bool:
    return (
        left.low_included == right.low_included
        and left.high_included == right.high_included
        and left.operator.strip("=<>") == right.operator.strip("=<>")
        and (left.operator in {"", "="}) == (right.operator in {"", "="})
        and bool(equal(left.low, right.low, run))
        and bool(equal(left.high, right.high, run))
    )


_EQUALITIES: dict[str, Callable[[Any, Any, Run], bool]] = {
    "list": _lists_equal,
    "context": _contexts_equal,
    "range": _ranges_equal,
    "time": _moments_equal,
    "date and time": _moments_equal,
}


def compare(left: Any, right: Any) -> int | None:
    """-1, 0 or 1 by FEEL's order; None where the two have none."""
    first = kind(left)
    if first != kind(right) or first not in ORDERED:
        return None
    if first in {"date and time", "time"}:
        of = temporal.instant if first == "date and time" else temporal.time_instant
        (zoned, left), (other_zoned, right) = of(left), of(right)
        if zoned != other_zoned:
            return None
    elif first == "date":
        left, right = temporal.local_nanos(left), temporal.local_nanos(right)
    return int(left > right) - int(left < right)


def includes(span: Range, value: Any, run: Run) -> bool | None:
    """Whether the value lies in the range; None where they cannot be compared."""
    if span.operator in {"=", "!="}:
        same = equal(value, span.low, run)
        return None if same is None else same is (span.operator == "=")
    if not span.operator and (span.low is None or span.high is None):
        return None
    above = True if span.low is None else _beyond(compare(value, span.low), included=span.low_included)
    if above is not True:
        return above
    return True if span.high is None else _beyond(compare(span.high, value), included=span.high_included)


def _beyond(order: int | None, *, included: bool) -> bool | None:
    return None if order is None else order > 0 or (order == 0 and included)


def number_text(value: Decimal) -> str:
    """A number as FEEL's `string()` writes it: no trailing zeros, no exponent while that stays readable."""
    if value == 0:
        return "0"
    if -MAX_PLAIN <= value.adjusted() <= MAX_PLAIN:
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value.normalize(CONTEXT))


MAX_PLAIN = 40


def text(value: Any, run: Run, *, nested: bool = False) -> str:
    """Any value as FEEL's `string()` writes it; strings inside lists and contexts are quoted."""
    of_kind = kind(value)
    if of_kind == "string":
        run.build(len(value))
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"' if nested else str(value)
    if of_kind == "list":
        run.spend(2 * len(value))
        run.enter()
        joined = "[" + ", ".join(text(item, run, nested=True) for item in value) + "]"
        run.leave()
    elif of_kind == "context":
        run.spend(2 * len(value))
        run.enter()
        parts = (f"{_key(key)}: {text(item, run, nested=True)}" for key, item in value.items())
        joined = "{" + ", ".join(parts) + "}"
        run.leave()
    else:
        return _atom(value, of_kind, run, nested=nested)
    run.build(len(joined))
    return joined


def _key(key: str) -> str:
    return key if key.replace("_", "a").replace(" ", "a").isalnum() else '"' + key.replace('"', '\\"') + '"'


def _atom(value: Any, of_kind: str, run: Run, *, nested: bool) -> str:
    if of_kind == "number":
        return number_text(number(value))
    if of_kind == "boolean":
        return "true" if value else "false"
    if of_kind == "null":
        return "null"
    if of_kind == "range":
        return _range_text(value, run)
    if of_kind in TEMPORAL or of_kind in DURATIONS:
        written = temporal_text(value) if of_kind in TEMPORAL else value.isoformat()
        return f'@"{written}"' if nested else str(written)
    return str(value)


def _range_text(span: Range, run: Run) -> str:
    if span.operator:
        return f"{span.operator} {text(span.high if span.low is None else span.low, run, nested=True)}"
    left, right = "[" if span.low_included else "(", "]" if span.high_included else ")"
    return f"{left}{text(span.low, run, nested=True)}..{text(span.high, run, nested=True)}{right}"
