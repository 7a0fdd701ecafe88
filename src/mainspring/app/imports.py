"""Bringing a firm's own spreadsheets in: a file is understood, tried, imported, undone, written back."""

import base64
import io
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from mainspring.app.errors import DocumentRefused
from mainspring.app.house import House
from mainspring.gateway import Caller
from mainspring.govern.principal import Principal
from mainspring.knowledge import documents
from mainspring.knowledge.documents import Block
from mainspring.services import books
from mainspring.services.imports import back, guess
from mainspring.services.imports.shapes import Choices, Import, ImportHead, Imports
from mainspring.services.imports.sheet import Row, read
from mainspring.services.tables.imports import imports

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

MOST_CELLS = 2_000_000
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def open_file(
    house: House, principal: Principal, content: bytes, name: str, kind: str | None = None
) -> Import:
    """Read a spreadsheet and keep it as a draft of an import, with its columns guessed and all rows tried.

    Raises:
        DocumentError: it cannot be read.
        DocumentRefused: there is no table in it.
        UnreadableSheet: no row looks like headings.
        Denied: this principal may not.
    """
    block = _table(content, name)
    lines = block.rows
    rows = [
        {"line": _line(block, place), "cells": list(cells)}
        for place, cells in enumerate(lines)
        if any(cell.strip() for cell in cells)
    ]
    given = {
        "file": PurePath(name).name,
        "sheet": block.place.sheet,
        "content": base64.b64encode(content).decode(),
        "rows": rows,
        "kind": kind,
    }
    made: Import = house.gateway.perform(house.store, Caller(principal), "imports.open", given)
    return made


def look(house: House, principal: Principal, choices: Mapping[str, Any]) -> Import:
    """What an import would do with these choices; nothing is changed."""
    made: Import = house.gateway.perform(house.store, Caller(principal), "imports.look", _valid(choices))
    return made


def run(house: House, principal: Principal, choices: Mapping[str, Any]) -> Import:
    """Import: all rows or none, unless those with problems are to be left out.

    Raises:
        RowsHaveProblems: some rows cannot be imported; nothing was.
    """
    made: Import = house.gateway.perform(house.store, Caller(principal), "imports.run", _valid(choices))
    return made


def undo(house: House, principal: Principal, import_no: str) -> ImportHead:
    """Take an import back as a whole.

    Raises:
        ChangedSince: what it wrote was changed or used since; nothing was undone.
    """
    given = {"import_no": import_no}
    made: ImportHead = house.gateway.perform(house.store, Caller(principal), "imports.undo", given)
    return made


def every(house: House, principal: Principal, limit: int = 50) -> Imports:
    """The latest imports."""
    made: Imports = house.gateway.perform(house.store, Caller(principal), "imports.list", {"limit": limit})
    return made


def _valid(choices: Mapping[str, Any]) -> Choices:
    return Choices.model_validate(dict(choices))


def _table(content: bytes, name: str) -> Block:
    """The table that looks most like a list with headings: of several sheets, the one that says most."""
    limits = documents.Limits(cells=MOST_CELLS)
    found = [block for block in documents.read(content, name, limits=limits).blocks if block.rows]
    ranked = sorted(found, key=lambda block: -_worth(block))
    if not ranked:
        raise DocumentRefused(
            "there is no table in the file", where=name, mend="Export the list as Excel (.xlsx) or CSV."
        )
    return ranked[0]


def _worth(block: Block) -> float:
    sheet = read([Row(place, cells) for place, cells in enumerate(block.rows, 1)], guess.known)
    if sheet is None:
        return 0.0
    return sum(guess.known(heading) for heading in set(sheet.headings)) * min(len(sheet.rows), 20)


def _line(block: Block, place: int) -> int:
    where = block.place_of(place, 0)
    if where.line is not None:
        return where.line
    digits = "".join(sign for sign in where.cell if sign.isdigit())
    return int(digits) if digits else place + 1


def written_back(house: House, principal: Principal, import_no: str) -> tuple[str, bytes]:
    """The file in the layout that came, as Excel, with what the books say now; its name and bytes.

    A cell that no longer agrees with the books is overwritten; everything else stays as it is.

    Raises:
        UnknownRecordError: there is no such import.
        Denied: this principal may not.
    """
    from openpyxl.cell.cell import MergedCell  # heavy, and only these files need it

    told: Import = house.gateway.perform(
        house.store, Caller(principal), "imports.look", {"import_no": import_no}
    )
    with house.store.read() as tx:
        row = books.need(tx, imports, {"import_no": import_no}, "import")
        roles = [str(row.columns.get(one.heading, one.role)) for one in told.columns]
        fresh = back.now(tx, told.kind, [(int(line), tuple(cells)) for line, cells in row.rows], roles)
    book = _book(row.content, row.file, row.sheet)
    sheet = book[row.sheet] if row.sheet in book.sheetnames else book.worksheets[0]
    for line, column, value in fresh:
        cell = sheet.cell(line, column + 1)
        if not isinstance(cell, MergedCell):
            cell.value = value
    out = io.BytesIO()
    book.save(out)
    return f"{PurePath(row.file).stem}.xlsx", out.getvalue()


def _book(content: bytes, name: str, sheet: str) -> "Workbook":
    from openpyxl import Workbook, load_workbook  # heavy, and only these files need it

    if PurePath(name).suffix.lower() == ".xlsx":
        return load_workbook(io.BytesIO(content))
    made = Workbook()
    page = made.worksheets[0]
    page.title = sheet or "data"
    limits = documents.Limits(cells=MOST_CELLS)
    for block in documents.read(content, name, limits=limits).blocks:
        _fill(page, block)
    return made


def _fill(page: "Worksheet", block: Block) -> None:
    for place, cells in enumerate(block.rows):
        _row(page, _line(block, place), cells)


def _row(page: "Worksheet", line: int, cells: Sequence[str]) -> None:
    for column, text in enumerate(cells, 1):
        if text:
            cell = page.cell(line, column)
            cell.value = text
            cell.data_type = "s"  # text stays text: a leading "=" is nobody's formula
