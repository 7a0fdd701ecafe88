"""JSON as Mainspring stores it: numbers are Decimal, temporals are ISO 8601 strings.

orjson writes, the standard library reads: only the latter lets every number become a Decimal.
"""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import orjson

from mainspring.base.errors import MainspringError

_OPTIONS = orjson.OPT_NON_STR_KEYS | orjson.OPT_PASSTHROUGH_DATETIME


class NotJsonError(MainspringError):
    """A value that JSON cannot carry, or bytes that are not JSON."""


def _default(value: object) -> Any:
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise NotJsonError(f"the number {value} is not finite")
        return orjson.Fragment(str(value).encode())
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, (tuple, set, frozenset)):
        return list(value)
    text = getattr(value, "isoformat", None)  # dates, times and FEEL's durations
    if callable(text):
        return text()
    raise NotJsonError(f"a value of type {type(value).__name__} cannot be stored as JSON")


def dumps(value: object) -> bytes:
    """Encode to compact JSON bytes; Decimal becomes a number, temporals ISO 8601 strings.

    Raises:
        NotJsonError: the value holds something that JSON cannot carry.
    """
    try:
        return orjson.dumps(value, _default, _OPTIONS)
    except orjson.JSONEncodeError as error:
        if isinstance(error.__cause__, NotJsonError):
            raise error.__cause__ from None
        if "64-bit" in str(error):  # orjson stops there; a Decimal goes on
            return orjson.dumps(normalise(value), _default, _OPTIONS)
        raise NotJsonError(str(error)) from error


def loads(data: bytes | str) -> Any:
    """Decode JSON; every number, whole or not, becomes a Decimal.

    Raises:
        NotJsonError: the bytes are not JSON, with the line and column.
    """
    try:
        return json.loads(data, parse_float=Decimal, parse_int=Decimal, parse_constant=_no_constant)
    except ValueError as error:
        raise NotJsonError(f"not valid JSON: {error}", mend="Check the text at the given place.") from error


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a JSON number")


_PLAIN = (str, bool, Decimal, type(None))


def normalise(value: Any) -> Any:
    """The value as it would read after a round trip through storage.

    Numbers become Decimal, tuples lists, temporals strings; a value in that form already comes back equal.
    """
    if isinstance(value, _PLAIN):
        return value
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, float):
        return Decimal(repr(value))
    if isinstance(value, Mapping):
        return {str(key): normalise(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [normalise(item) for item in value]
    return loads(dumps(value))
