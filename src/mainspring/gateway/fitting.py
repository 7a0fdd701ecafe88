"""A schema as one function that says yes where a value fits beyond doubt; a no sends to the full validator.

Nearly every call fits. For those the validator's walk (a generator a keyword, an object a level) is what
validation costs; a function made once from the schema takes a tenth. Whatever is not surely alike to the
validator is left to it: unknown keywords make the answer no, never yes.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

Fits = Callable[[Any], bool]
"""Whether a value, as `jsonio.normalise` gives it, surely fits."""

_SAYING = frozenset(
    {"title", "description", "default", "examples", "example", "format", "deprecated", "readOnly"}
    | {"writeOnly", "$schema", "$comment", "$defs", "definitions", "components"}
)
"""Keywords that constrain nothing."""
_LOCAL = "#/"


def surely(schema: Mapping[str, Any]) -> Fits:
    """The function of a schema (draft 2020-12); one that always says no where it holds unknown keywords."""
    try:
        return _Compiler(schema).node(schema)
    except _UnknownError:
        return _never


class _UnknownError(Exception):
    """Something that only the full validator knows."""


class _Compiler:
    """Makes the functions of one schema's parts; references are made once each, and may go round."""

    def __init__(self, root: Mapping[str, Any]) -> None:
        self._root = root
        self._referred: dict[str, list[Fits]] = {}

    def node(self, schema: Any) -> Fits:
        if schema is True:
            return _always
        if not isinstance(schema, Mapping):
            raise _UnknownError
        given = set(schema) - _SAYING
        if given - set(_KEYWORDS) - _TOGETHER:
            raise _UnknownError
        checks = [_KEYWORDS[name](self, schema[name]) for name in _KEYWORDS if name in given]
        if given & {"properties", "additionalProperties"}:
            checks.append(self._properties(schema))
        return _all(checks)

    def _properties(self, schema: Mapping[str, Any]) -> Fits:
        known = {name: self.node(inner) for name, inner in schema.get("properties", {}).items()}
        rest = schema.get("additionalProperties", True)
        other = _never if rest is False else self.node(rest)

        def properties(value: Any) -> bool:
            if type(value) is not dict:
                return True
            return all(known.get(name, other)(inner) for name, inner in value.items())

        return properties

    def type_(self, names: Any) -> Fits:
        checks = [_TYPES[name] for name in ([names] if isinstance(names, str) else names)]
        return checks[0] if len(checks) == 1 else _any(checks)

    def required(self, names: list[str]) -> Fits:
        return lambda value: type(value) is not dict or all(name in value for name in names)

    def items(self, schema: Any) -> Fits:
        each = self.node(schema)
        return lambda value: type(value) is not list or all(each(one) for one in value)

    def enum(self, allowed: list[Any]) -> Fits:
        if not all(one is None or isinstance(one, str) for one in allowed):
            raise _UnknownError  # true equals 1 here and not there
        return lambda value: (value is None or type(value) is str) and value in allowed

    def const(self, allowed: Any) -> Fits:
        return self.enum([allowed])

    def any_of(self, schemas: list[Any]) -> Fits:
        return _any([self.node(one) for one in schemas])

    def all_of(self, schemas: list[Any]) -> Fits:
        return _all([self.node(one) for one in schemas])

    def ref(self, reference: str) -> Fits:
        if reference not in self._referred:
            place = self._referred[reference] = []
            place.append(self.node(self._found(reference)))
        place = self._referred[reference]
        return lambda value: place[0](value)  # noqa: PLW0108 - a reference may go round: not there yet

    def _found(self, reference: str) -> Any:
        if not reference.startswith(_LOCAL):
            raise _UnknownError
        found: Any = self._root
        for step in reference.removeprefix(_LOCAL).split("/"):
            name = step.replace("~1", "/").replace("~0", "~")
            if "%" in name or not isinstance(found, Mapping) or name not in found or "$id" in found:
                raise _UnknownError
            found = found[name]
        return found

    def longest(self, most: Any) -> Fits:
        return lambda value: type(value) is not str or len(value) <= most

    def shortest(self, least: Any) -> Fits:
        return lambda value: type(value) is not str or len(value) >= least

    def most_items(self, most: Any) -> Fits:
        return lambda value: type(value) is not list or len(value) <= most

    def least_items(self, least: Any) -> Fits:
        return lambda value: type(value) is not list or len(value) >= least

    def maximum(self, most: Any) -> Fits:
        return lambda value: type(value) is not Decimal or value <= most

    def minimum(self, least: Any) -> Fits:
        return lambda value: type(value) is not Decimal or value >= least


_KEYWORDS: Mapping[str, Callable[[_Compiler, Any], Fits]] = {
    "type": _Compiler.type_,
    "required": _Compiler.required,
    "enum": _Compiler.enum,
    "const": _Compiler.const,
    "maxLength": _Compiler.longest,
    "minLength": _Compiler.shortest,
    "maxItems": _Compiler.most_items,
    "minItems": _Compiler.least_items,
    "maximum": _Compiler.maximum,
    "minimum": _Compiler.minimum,
    "items": _Compiler.items,
    "anyOf": _Compiler.any_of,
    "allOf": _Compiler.all_of,
    "$ref": _Compiler.ref,
}
_TOGETHER = frozenset({"properties", "additionalProperties"})
_TYPES: Mapping[str, Fits] = {
    "object": lambda value: type(value) is dict,
    "array": lambda value: type(value) is list,
    "string": lambda value: type(value) is str,
    "boolean": lambda value: type(value) is bool,
    "null": lambda value: value is None,
    "number": lambda value: type(value) is Decimal,
    "integer": lambda value: (
        type(value) is Decimal and value.is_finite() and value == value.to_integral_value()
    ),
}


def _always(_: Any) -> bool:
    return True


def _never(_: Any) -> bool:
    return False


def _all(checks: list[Fits]) -> Fits:
    checks = [check for check in checks if check is not _always]
    if not checks:
        return _always
    if len(checks) == 1:
        return checks[0]
    return lambda value: all(check(value) for check in checks)


def _any(checks: list[Fits]) -> Fits:
    return lambda value: any(check(value) for check in checks)
