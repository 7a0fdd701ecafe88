"""Columns of an Arrow table as attributes of events."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from mainspring.insight.log.build import NO_TIME, Coded
from mainspring.insight.log.log import Attribute
from mainspring.insight.log.report import Report
from mainspring.insight.log.times import from_arrow


@dataclass(frozen=True, slots=True)
class ArrowColumns:
    """Columns read when they are asked for: `load` gives the Arrow column of a name."""

    names: tuple[str, ...]
    load: Callable[[str], Any]

    def read(self, name: str) -> Attribute:
        """Numbers stay numbers, times become microseconds, everything else texts."""
        return as_attribute(self.load(name))


def as_attribute(column: Any) -> Attribute:
    """An Arrow column as an attribute."""
    import pyarrow as pa

    kind = column.type
    if pa.types.is_timestamp(kind) or pa.types.is_date(kind):
        found = from_arrow(column, "UTC", Report())
        return Attribute(np.where(found == NO_TIME, np.nan, found.astype(float)), None)
    numeric = pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind)
    if numeric or pa.types.is_boolean(kind):
        numbers = column.cast(pa.int8()) if pa.types.is_boolean(kind) else column
        floats = numbers.cast(pa.float64())
        whole = floats if isinstance(floats, pa.ChunkedArray) else pa.chunked_array([floats])
        return Attribute(whole.to_numpy().astype(float), None)
    coded = Coded.of(column)
    return Attribute(coded.codes, tuple(coded.names.to_pylist()))
