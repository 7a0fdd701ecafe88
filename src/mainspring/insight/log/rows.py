"""Tables read row by row: slower than Arrow, but what cannot be used is told with line and column."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

import numpy as np

from mainspring.insight.errors import LogError
from mainspring.insight.log.build import NO_TIME, Coded, build
from mainspring.insight.log.log import Attribute, Log
from mainspring.insight.log.report import Place, Report
from mainspring.insight.log.roles import Roles
from mainspring.insight.log.times import Where, from_texts, of_cell, zone_of


class Cells(NamedTuple):
    """One row: its line, its cells (texts, numbers or dates), or why it cannot be used."""

    line: int
    cells: Sequence[Any]
    fault: str


@dataclass(frozen=True, slots=True)
class ListColumns:
    """Columns that are in memory as lists of values."""

    values: dict[str, list[Any]]

    @property
    def names(self) -> tuple[str, ...]:
        """All of them."""
        return tuple(self.values)

    def read(self, name: str) -> Attribute:
        """Numbers where every value is one, texts otherwise."""
        return listed(self.values[name])


def listed(values: Sequence[Any]) -> Attribute:
    """A list of values as an attribute: numbers where every value is one, texts otherwise."""
    try:
        return Attribute(
            np.array([float(value) if value not in {None, ""} else np.nan for value in values]), None
        )
    except (TypeError, ValueError):
        coded = Coded.texts([None if value is None else str(value) for value in values])
        return Attribute(coded.codes, tuple(coded.names.to_pylist()))


def read_rows(source: str, rows: Iterable[Cells], names: Sequence[str], roles: Roles, zone: str) -> Log:
    """A log of the rows that can be used; the others stand in its report.

    Raises:
        LogError: none can be used.
    """
    report = Report(source)
    kept: list[Sequence[Any]] = []
    lines: list[int] = []
    for row in rows:
        if row.fault:
            report.leave_out(_kind_of(row.fault), Place(row.line, 0, row.fault))
            continue
        kept.append(row.cells)
        lines.append(row.line)
    if not kept:
        raise LogError("there is no row under the heading", where=source)
    place = {name: number for number, name in enumerate(names)}
    case, activity, time = (place[name] for name in (roles.case, roles.activity, roles.time))
    times = _times([row[time] for row in kept], zone, report, lambda event: Place(lines[event], time + 1))
    columns = {name: [row[number] for row in kept] for name, number in place.items()}

    def where(event: int) -> Place:
        row = kept[event]
        empty = next((number for number in (case, activity) if row[number] in {None, ""}), time)
        return Place(lines[event], empty + 1, "" if row[empty] in {None, ""} else repr(row[empty])[:60])

    return build(
        Coded.texts([_text(row[case]) for row in kept]),
        Coded.texts([_text(row[activity]) for row in kept]),
        times,
        columns=ListColumns(columns),
        report=report,
        row=where,
    )


def _kind_of(fault: str) -> str:
    return "a line that cannot be read" if fault.startswith("the line is no") else "a line of another width"


def _text(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()


def _times(values: Sequence[Any], zone: str, report: Report, where: Where) -> Any:
    written = [None if isinstance(value, date) else _text(value) for value in values]
    texts = from_texts(written, zone, report, where)
    if not any(isinstance(value, date) for value in values):
        return texts
    local = zone_of(zone)
    found = [
        of_cell(value, local, report, where(event)) if isinstance(value, (date, datetime)) else text
        for event, (value, text) in enumerate(zip(values, texts.tolist(), strict=True))
    ]
    return np.array([NO_TIME if one is None else one for one in found], np.int64)
