"""Columns as JSON Schema, and what drivers give as JSON."""

import base64
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Boolean, Column, Float, Integer, Numeric


def column_schema(column: Column[Any]) -> dict[str, Any]:
    """The schema of a column's values; what is no number and no truth value is text in JSON."""
    kind = column.type
    if isinstance(kind, Boolean):
        names = ["boolean"]
    elif isinstance(kind, Integer):
        names = ["integer"]
    elif isinstance(kind, (Numeric, Float)):
        names = ["number"]
    else:
        names = ["string"]
    schema: dict[str, Any] = {"type": [*names, "null"] if column.nullable else names[0]}
    length = getattr(kind, "length", None)
    if names == ["string"] and isinstance(length, int):
        schema["maxLength"] = length
    return schema


def to_json(value: Any) -> Any:
    """A value of a row as JSON: times as ISO 8601, bytes in base64, numbers exact."""
    if value is None or isinstance(value, (str, bool, int, float, Decimal)):
        return value
    if isinstance(value, dict):
        return {str(key): to_json(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set)):
        return [to_json(item) for item in value]
    return _single(value)


def _single(value: Any) -> Any:
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, (bytes, bytearray, memoryview)):
        return base64.b64encode(bytes(value)).decode()
    return str(value)
