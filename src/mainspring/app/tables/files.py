"""Spreadsheets into tables: headings found and matched with fields, or a new table made of the file."""

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePath
from typing import Any, NamedTuple

from mainspring.app.errors import DocumentRefused
from mainspring.app.house import House
from mainspring.app.tables.calls import call
from mainspring.govern.principal import Principal
from mainspring.knowledge import documents
from mainspring.services.imports import cells, guess
from mainspring.services.imports.sheet import Row, Sheet, read
from mainspring.services.sheets.shapes import SheetHead

_CELLS = 2_000_000
_LIKE = 0.8
_SHORT = 40
_CHOICES = 12  # a column of few different values that come again and again is a choice
_USES = 3


class Brought(NamedTuple):
    """How many rows came in, by which headings, and which headings are no field."""

    rows: int
    columns: dict[str, str]
    left_out: tuple[str, ...]


def bring_in(
    house: House,
    principal: Principal,
    sheet: str,
    content: bytes,
    name: str,
    columns: Mapping[str, str] | None = None,
) -> Brought:
    """Add the rows of a spreadsheet: all or none.

    Titles above, totals and notes are left out; a heading is the field it is most like, unless `columns`
    says another.

    Raises:
        DocumentRefused: there is no table in the file, or none of its headings is a field.
        RuleBrokenError: a cell is not of its field's type.
    """
    fields = [one.name for one in call(house, principal, "get", sheet=sheet).fields]
    found = _read(content, name, lambda text: max(guess.like(text, (field,)) for field in fields))
    taken = _assigned(found.headings, fields) | dict(columns or {})
    if not set(taken.values()) & set(fields):
        raise DocumentRefused(
            f"no heading of the file is a field of {sheet}",
            where=name,
            mend=f"Name the columns {', '.join(fields)}, or say which column is which field.",
        )
    _put(house, principal, sheet, found, taken)
    left = tuple(heading for heading in found.headings if heading and not taken.get(heading))
    return Brought(len(found.rows), {heading: field for heading, field in taken.items() if field}, left)


def make_of(
    house: House, principal: Principal, sheet: str, title: str, content: bytes, name: str
) -> SheetHead:
    """A new table of a spreadsheet: its headings are the fields, their types seen from the values.

    Raises:
        DocumentRefused: there is no table in the file.
    """
    found = _read(content, name, _looks_like_heading)
    named = {heading: heading.strip()[:100] for heading in found.headings if heading.strip()}
    columns = {
        heading: [row.cells[place] for row in found.rows if row.cells[place].strip()]
        for place, heading in enumerate(found.headings)
        if heading in named
    }
    fields = [_field(named[heading], values) for heading, values in columns.items()]
    call(house, principal, "define", sheet=sheet, title=title or PurePath(name).stem, fields=fields)
    _put(house, principal, sheet, found, named)
    made: SheetHead = call(house, principal, "get", sheet=sheet)
    return made


def _read(content: bytes, name: str, known: Callable[[str], float]) -> Sheet:
    limits = documents.Limits(cells=_CELLS)
    blocks = sorted(documents.read(content, name, limits=limits).blocks, key=lambda block: -len(block.rows))
    lines = blocks[0].rows if blocks else ()
    rows = [Row(place, line) for place, line in enumerate(lines, 1) if any(line)]
    found = read(rows, known)
    if found is None or not found.rows:
        raise DocumentRefused(
            "there is no row below headings", where=name, mend="Put headings above the data."
        )
    return found


def _looks_like_heading(text: str) -> float:
    plain = cells.plain(text)
    value = cells.number(plain) is not None or cells.day(plain) is not None
    return 0.0 if value or not 0 < len(plain) <= _SHORT else 1.0


def _assigned(headings: Sequence[str], fields: Sequence[str]) -> dict[str, str]:
    """Each heading with the field it is most like; a field goes to one heading only."""
    likeness = sorted(
        ((guess.like(heading, (field,)), heading, field) for heading in headings for field in fields),
        reverse=True,
    )
    taken: dict[str, str] = {}
    for like, heading, field in likeness:
        if like >= _LIKE and heading not in taken and field not in taken.values():
            taken[heading] = field
    return taken


def _field(name: str, values: Sequence[str]) -> dict[str, Any]:
    return {"name": name} | _sort(values)


def _sort(values: Sequence[str]) -> dict[str, Any]:
    for sort, reads in _READS.items():
        if values and all(reads(value) is not None for value in values):
            return {"sort": sort}
    different = sorted(set(values))
    if 1 < len(different) <= _CHOICES and len(values) >= _USES * len(different):
        return {"sort": "choice", "options": different}
    return {"sort": "text"}


def _number(text: str) -> Any:
    """A number; digits that begin with a zero are a code, not a number."""
    return None if re.match(r"0\d", text.strip()) else cells.number(text)


_READS: Mapping[str, Callable[[str], object]] = {"flag": cells.flag, "number": _number, "day": cells.day}


def _put(house: House, principal: Principal, sheet: str, found: Sheet, taken: Mapping[str, str]) -> None:
    places = [(place, taken[heading]) for place, heading in enumerate(found.headings) if taken.get(heading)]
    rows = [
        {field: row.cells[place] for place, field in places if row.cells[place].strip()} for row in found.rows
    ]
    call(house, principal, "put", sheet=sheet, rows=rows)
