"""FEEL's types at run time: whether a value conforms to one, and the conversions an argument undergoes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC
from decimal import Decimal
from typing import Any

from mainspring.feel import ast, temporal
from mainspring.feel.errors import EvaluationError
from mainspring.feel.functions import Builtin, Function
from mainspring.feel.types import Range
from mainspring.feel.values import kind, number

ALIASES = {
    "day and time duration": "days and time duration",
    "year and month duration": "years and months duration",
    "day time duration": "days and time duration",
    "year month duration": "years and months duration",
    "dayTimeDuration": "days and time duration",
    "yearMonthDuration": "years and months duration",
    "days and time duration": "days and time duration",
    "years and months duration": "years and months duration",
    "dateTime": "date and time",
    "date and time": "date and time",
    "any": "Any",
    "null": "Null",
}
SIMPLE = frozenset({"Any", "Null", "number", "string", "boolean", "date", "time", *ALIASES.values()})


@dataclass(frozen=True)
class Type:
    """A type that values can be held against.

    Attributes:
        name: a simple type, or list, context, range, function.
        item: of a list or range: the type of what is in it.
        entries: of a context: the type of each entry.
        parameters: of a function.
        result: of a function.
        allowed: a further condition on the value, such as the allowed values of an item definition.
        label: the name by which a model declares it.
        exact: of a context: it has these entries and no others, as one that is written out has.
    """

    name: str
    item: "Type | None" = None
    entries: Mapping[str, "Type"] | None = None
    parameters: tuple["Type", ...] | None = None
    result: "Type | None" = None
    allowed: Callable[[Any], bool] | None = None
    label: str = ""
    exact: bool = False

    def __str__(self) -> str:
        if self.label:
            return self.label
        if self.name in {"list", "range"} and self.item:
            return f"{self.name}<{self.item}>"
        if self.name == "context" and self.entries is not None:
            return f"context<{', '.join(f'{name}: {entry}' for name, entry in self.entries.items())}>"
        return self.name


ANY = Type("Any")


def resolve(written: ast.TypeExpression, declared: Mapping[str, Type]) -> Type | None:
    """The type that an expression of a type means; None where it names one that is not declared."""
    name = written.name
    if name in declared:
        return declared[name]
    name = ALIASES.get(name, name)
    arguments = [resolve(argument, declared) for argument in written.arguments]
    known = [argument for argument in arguments if argument is not None]
    if len(known) != len(arguments):
        return None
    if name in {"list", "range"}:
        return Type(name, item=known[0] if known else ANY)
    if name == "context":
        return Type(name, entries=dict(zip(written.names, known, strict=True)))
    if name == "function":
        result = resolve(written.result, declared) if written.result else ANY
        return Type(name, parameters=tuple(known), result=result)
    return Type(name) if name in SIMPLE else None


def conforms(value: Any, wanted: Type) -> bool:
    """Whether a value belongs to a type; null belongs to every one."""
    if value is None or (wanted.name == "Any" and wanted.allowed is None):
        return True
    of_kind = kind(value)
    if wanted.name not in {"Any", of_kind}:
        return False
    within = _WITHIN.get(of_kind)
    return (within is None or within(value, wanted)) and (wanted.allowed is None or wanted.allowed(value))


def _items_conform(value: list[Any], wanted: Type) -> bool:
    item = wanted.item
    return item is None or item is ANY or all(conforms(element, item) for element in value)


def _entries_conform(value: Mapping[str, Any], wanted: Type) -> bool:
    entries = wanted.entries or {}
    return all(name in value and conforms(value[name], entry) for name, entry in entries.items())


def _ends_conform(value: Range, wanted: Type) -> bool:
    return wanted.item is None or (conforms(value.low, wanted.item) and conforms(value.high, wanted.item))


def _callable_as(function: Function | Builtin, wanted: Type) -> bool:
    parameters = wanted.parameters
    if parameters is None:
        return True
    if isinstance(function, Builtin):
        return any(
            len(signature) == len(parameters) or (signature and signature[-1].many)
            for signature in function.signatures
        )
    if len(function.parameters) != len(parameters):
        return False
    declared = function.types or (None,) * len(parameters)
    return all(
        own is None or own.name in {other.name, "Any"}
        for own, other in zip(declared, parameters, strict=True)
    )


_WITHIN: dict[str, Callable[[Any, Type], bool]] = {
    "list": _items_conform,
    "context": _entries_conform,
    "range": _ends_conform,
    "function": _callable_as,
}


def is_instance(value: Any, wanted: Type) -> bool:
    """FEEL's `instance of`: null is an instance of nothing but the type Null."""
    if value is None:
        return wanted.name == "Null"
    return conforms(value, wanted)


def coerce(value: Any, wanted: Type) -> Any:
    """The value as the type wants it: itself, its one item, a list of itself, or a date's midnight.

    Raises:
        EvaluationError: it does not conform and cannot be converted.
    """
    if conforms(value, wanted):
        return number(value) if type(value) in {int, float} else value
    of_kind = kind(value)
    if of_kind == "list" and wanted.name != "list" and len(value) == 1 and conforms(value[0], wanted):
        return value[0]
    if wanted.name == "list" and of_kind != "list":
        one = [value]
        if conforms(one, wanted):
            return one
    if of_kind == "date" and wanted.name == "date and time":
        moment = temporal.make_datetime(temporal.local_nanos(value), UTC)
        if conforms(moment, wanted):
            return moment
    raise EvaluationError(f"a value of kind {_described(value)} is not of type {wanted}")


def _described(value: Any) -> str:
    if isinstance(value, Range):
        return "range"
    return kind(value)


_PLAIN: dict[str, type] = {"number": Decimal, "string": str, "boolean": bool}


def checker(wanted: Type | None) -> Callable[[Any], Any] | None:
    """A function that coerces to the type, or None where anything goes."""
    if wanted is None or (wanted.name == "Any" and wanted.allowed is None):
        return None
    plain = _PLAIN.get(wanted.name) if wanted.allowed is None else None
    if plain is None:
        return lambda value: coerce(value, wanted)
    return lambda value: value if type(value) is plain else coerce(value, wanted)
