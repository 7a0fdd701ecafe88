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
        if not isinstance(data, str):
            data = data.decode(json.detect_encoding(data), "surrogatepass")
        return _DECODER.decode(data)
    except ValueError as error:
        raise NotJsonError(f"not valid JSON: {error}", mend="Check the text at the given place.") from error


def loads_strictly(data: bytes) -> Any:
    """Decode JSON that comes from outside: UTF-8, each name once, and no text that a database cannot hold.

    What two parsers may read differently is refused, so that what one has checked is what another uses.

    Raises:
        NotJsonError: it is not such JSON, with what is the matter.
    """
    try:
        found = json.loads(
            data.decode("utf-8"),
            parse_float=Decimal,
            parse_int=Decimal,
            parse_constant=_no_constant,
            object_pairs_hook=_each_once,
        )
    except ValueError as error:
        raise NotJsonError(f"not valid JSON: {error}", mend="Check the text at the given place.") from error
    if b"\\u" in data:  # only so can JSON in UTF-8 bring such characters in
        _insist_on_storable(found)
    return found


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the name {twice!r} stands twice in one object")
    return found


def _insist_on_storable(value: Any) -> None:
    if isinstance(value, str):
        if "\0" in value or any("\ud800" <= each <= "\udfff" for each in value):
            raise NotJsonError(
                "a text holds a character that is none (NUL or half a pair)", mend="Leave it out."
            )
    elif isinstance(value, dict):
        for name, inner in value.items():
            _insist_on_storable(name)
            _insist_on_storable(inner)
    elif isinstance(value, list):
        for inner in value:
            _insist_on_storable(inner)


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a JSON number")


_DECODER = json.JSONDecoder(parse_float=Decimal, parse_int=Decimal, parse_constant=_no_constant)
"""Made once: `json.loads` would make one a call."""
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
