"""Logs in Excel workbooks: the first sheet whose first row names the columns."""

import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from mainspring.insight.errors import LogError
from mainspring.insight.log.limits import check_archive
from mainspring.insight.log.log import Log
from mainspring.insight.log.roles import guess
from mainspring.insight.log.rows import Cells, read_rows

_SAMPLE = 200


def read_excel(path: Path, stated: Mapping[str, str | None], zone: str) -> Log:
    """Read a log from a workbook.

    Raises:
        LogError: it is no workbook, or no row can be used.
    """
    names, rows = _rows(path)
    width = len(names)
    sample = {
        name: [str(row.cells[place] if row.cells[place] is not None else "") for row in rows[:_SAMPLE]]
        for place, name in enumerate(names)
    }
    roles = guess(names, sample, stated, str(path))
    return read_rows(str(path), (row for row in rows if len(row.cells) == width), names, roles, zone)


def columns_of(path: Path) -> tuple[list[str], dict[str, list[str]]]:
    """The names of the columns and their first values, for asking a person."""
    names, rows = _rows(path)
    return names, {
        name: [str(row.cells[place] if row.cells[place] is not None else "") for row in rows[:_SAMPLE]]
        for place, name in enumerate(names)
    }


def _rows(path: Path) -> tuple[list[str], list[Cells]]:
    import openpyxl

    check_archive(path)
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        try:
            for sheet in book.worksheets:
                found = list(_filled(sheet.iter_rows(values_only=True)))
                if len(found) > 1:
                    break
            else:
                raise LogError("no sheet holds a table", where=str(path))
        finally:
            book.close()
    except (KeyError, ValueError, TypeError, OSError, zipfile.BadZipFile, SyntaxError) as error:
        raise LogError(f"the workbook cannot be read: {error}", where=str(path)) from error
    head = found[0].cells
    while head and head[-1] is None:
        head = head[:-1]
    names = [
        str(name).strip() if name is not None else f"column {number}" for number, name in enumerate(head, 1)
    ]
    rows = [Cells(row.line, _wide(row.cells, len(names)), "") for row in found[1:]]
    return names, rows


def _filled(rows: Iterator[tuple[Any, ...]]) -> Iterator[Cells]:
    for line, cells in enumerate(rows, 1):
        if any(cell is not None for cell in cells):
            yield Cells(line, cells, "")


def _wide(cells: Any, width: int) -> list[Any]:
    return [*cells[:width], *[None] * (width - len(cells))]
