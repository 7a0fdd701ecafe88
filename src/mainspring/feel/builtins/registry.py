"""How a built-in function is declared, and how its arguments become what its parameters take."""

from collections.abc import Callable
from datetime import UTC
from decimal import Decimal
from typing import Any

from mainspring.feel import temporal
from mainspring.feel.errors import EvaluationError
from mainspring.feel.functions import Builtin, Parameter
from mainspring.feel.values import DURATIONS, TEMPORAL, kind, number

BEYOND = 10**15
"""Larger than any list, text or year."""

_FAMILIES: dict[str, frozenset[str]] = {
    "duration": DURATIONS,
    "temporal": TEMPORAL,
    "day": frozenset({"date", "date and time"}),
    "point": TEMPORAL | DURATIONS | {"number", "string"},
    "point or range": TEMPORAL | DURATIONS | {"number", "string", "range"},
}


def convert(value: Any, wanted: str) -> Any:
    """An argument as a parameter of that kind takes it.

    A list of one element stands for the element, any value for a list of it, where the parameter wants so.

    Raises:
        EvaluationError: it is of another kind.
    """
    if wanted == "any":
        return value
    of_kind = kind(value)
    if of_kind == wanted:
        return number(value) if of_kind == "number" else value
    if of_kind in _FAMILIES.get(wanted, ()):
        return value
    if wanted == "list":
        return [value]
    if of_kind == "list" and len(value) == 1 and value[0] is not None:
        return convert(value[0], wanted)
    if of_kind == "date" and wanted == "date and time":
        return temporal.make_datetime(temporal.local_nanos(value), UTC)
    raise EvaluationError(f"is a {of_kind}, not a {wanted}")


def accepts(of_kind: str, wanted: str) -> bool:
    """Whether some value of a kind can be what a parameter takes: `convert` without the value."""
    return (
        wanted in {"any", "list", of_kind}
        or of_kind == "list"
        or of_kind in _FAMILIES.get(wanted, ())
        or (of_kind == "date" and wanted == "date and time")
    )


def define(name: str, signatures: str, apply: Callable[..., Any], *, nulls: bool = False) -> Builtin:
    """A built-in function from its parameter lists.

    Args:
        name: as written in FEEL.
        signatures: `"list: list, position: number; ..."`; `?` after a kind: may be left out, `*`: any number.
        apply: takes the run and the converted arguments.
        nulls: null arguments are handed on instead of refused.
    """
    parsed = tuple(
        tuple(_parameter(part) for part in signature.split(",") if part.strip())
        for signature in signatures.split(";")
    )
    return Builtin(name, parsed, apply, convert, nulls)


def _parameter(written: str) -> Parameter:
    name, _, of_kind = (part.strip() for part in written.partition(":"))
    many = of_kind.endswith("*")
    optional = of_kind.endswith("?")
    return Parameter(name, of_kind.rstrip("?*"), optional, many)


def clamped(value: Decimal) -> int:
    """The whole part of a number; of one beyond any list or text merely something as much too large."""
    return int(value) if abs(value) < BEYOND else (-BEYOND if value < 0 else BEYOND)


def whole(value: Decimal, what: str) -> int:
    """A number that must be whole and of a size that can count something.

    Raises:
        EvaluationError: it is not.
    """
    if value != value.to_integral_value():
        raise EvaluationError(f"{what} must be a whole number, not {value}")
    if abs(value) > BEYOND:
        raise EvaluationError(f"{what} is too large")
    return int(value)
