"""Excel workbooks: stored values with their addresses, merged cells filled, formulas never computed."""

import io
import zipfile
from datetime import date, datetime, time
from decimal import Decimal
from typing import NamedTuple

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from mainspring.base.bilingual import both
from mainspring.knowledge.documents.document import Block, Document, Place, Problem, address, table
from mainspring.knowledge.documents.errors import DocumentError
from mainspring.knowledge.documents.limits import Limits

_MAX_PARTS = 2000
_MAX_RATIO = 200
_SMALL = 2_000_000  # a part below this may be packed as tightly as it likes


def check_archive(data: bytes, name: str, limits: Limits) -> zipfile.ZipFile:
    """The opened archive, after making sure that unpacking it is harmless."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise DocumentError(
            "the file is damaged", where=name, mend="Save it anew and send it again."
        ) from None
    size = sum(part.file_size for part in parts)
    bomb = any(
        part.file_size > _SMALL and part.file_size > _MAX_RATIO * max(part.compress_size, 1) for part in parts
    )
    if size > limits.unpacked or bomb or len(parts) > _MAX_PARTS:
        raise DocumentError(
            f"the file unpacks to {size / 1e6:.0f} MB in {len(parts)} parts, more than is reasonable",
            where=name,
            mend="Send the order lines alone in a new workbook.",
        )
    return archive


def read_excel(data: bytes, name: str, limits: Limits) -> Document:
    """Each visible sheet as one table; hidden sheets, rows and columns are left out and reported."""
    archive = check_archive(data, name, limits)
    for part in archive.namelist():
        if part.endswith((".xml", ".rels")) and b"<!DOCTYPE" in archive.open(part).read(4096):
            raise DocumentError("a DOCTYPE is not accepted", where=f"{name}, {part}", mend="Save it anew.")
    values, formulas = _load(data, name, values=True), _load(data, name, values=False)
    blocks: list[Block] = []
    problems: list[Problem] = []
    budget = limits.cells
    for sheet in values.worksheets:
        budget -= (sheet.max_row or 0) * (sheet.max_column or 0)
        if budget < 0:
            mend = "Delete empty formatted rows and columns, or send the order lines alone."
            raise DocumentError(f"the workbook has more than {limits.cells} cells", where=name, mend=mend)
        made, found = _sheet(sheet, formulas[sheet.title])
        problems += found
        if sheet.sheet_state == "visible":
            blocks += made
        elif made:
            problems.append(Problem("hidden text", _HIDDEN_SHEET, _sheet_named(sheet), made[0].text))
    return Document(name, "excel", tuple(blocks), problems=tuple(problems))


def _load(data: bytes, name: str, *, values: bool) -> Workbook:
    try:
        return load_workbook(io.BytesIO(data), data_only=values, keep_links=False)
    except Exception as error:  # noqa: BLE001 - openpyxl lets whatever a damaged part causes through
        message = f"the workbook cannot be read: {error}"[:300]
        raise DocumentError(
            message, where=name, mend="Open it, save it as .xlsx and send it again."
        ) from None


def _sheet(sheet: Worksheet, formulas: Worksheet) -> tuple[list[Block], list[Problem]]:
    merged = _merged(sheet)
    found = _Sheet([], [], [], [], [])
    top, left = sheet.min_row, sheet.min_column
    for number, cells in enumerate(sheet.iter_rows(min_row=top, min_col=left), top):
        texts: list[str] = []
        for column, cell in enumerate(cells, left):
            text = merged.get((number, column), "") if isinstance(cell, MergedCell) else _text(cell.value)
            texts.append(_seen(sheet, cell, text, formulas.cell(number, column).value, found))
        if not any(texts):
            continue
        if _hidden_row(sheet, number):
            found.unseen.append(f"row {number}: {' '.join(filter(None, texts))}")
            continue
        found.rows.append(tuple(texts))
        columns = range(left, left + len(texts))
        found.places.append(
            tuple(Place(sheet=sheet.title, cell=address(number, column)) for column in columns)
        )
    if found.unseen:
        unseen = "\n".join(found.unseen)
        found.problems.append(Problem("hidden text", _HIDDEN_CELLS, _sheet_named(sheet), unseen))
    if not found.rows:
        return found.notes, found.problems
    place = Place(sheet=sheet.title, cell=f"{found.places[0][0].cell}:{found.places[-1][-1].cell}")
    return [table(found.rows, place, found.places), *found.notes], found.problems


_HIDDEN_SHEET = both("a hidden sheet was left out", "隐藏的工作表未读取")
_HIDDEN_CELLS = both("cells that a reader does not see were left out", "读者看不到的单元格未读取")
_STORED = both("the stored value of a formula was used", "采用了公式所存的值")
_NOT_COMPUTED = both("a formula has no stored value and is not computed", "公式没有存值，也不计算")


def _sheet_named(sheet: Worksheet) -> str:
    return both("sheet {title}", "工作表 {title}", title=sheet.title)


class _Sheet(NamedTuple):
    """What is gathered from a sheet: rows and their places, notes, what is not seen, problems."""

    rows: list[tuple[str, ...]]
    places: list[tuple[Place, ...]]
    notes: list[Block]
    unseen: list[str]
    problems: list[Problem]


def _seen(sheet: Worksheet, cell: Cell | MergedCell, text: str, source: object, found: _Sheet) -> str:
    """The text of a cell as a reader sees it; formulas, notes and white text are put on record."""
    where = both(
        "{sheet}, cell {cell}", "{sheet}，单元格 {cell}", sheet=_sheet_named(sheet), cell=cell.coordinate
    )
    if isinstance(source, str) and source.startswith("="):
        found.problems.append(_formula(text, source, where))
    if isinstance(cell, MergedCell):
        return text
    if cell.comment is not None:
        place = Place(sheet=sheet.title, cell=cell.coordinate)
        found.notes.append(Block(str(cell.comment.text), place, role="note"))
    if text and _white(cell):
        found.unseen.append(f"{cell.coordinate}: {text}")
        return ""
    return text


def _merged(sheet: Worksheet) -> dict[tuple[int, int], str]:
    """The text of each cell that a merged one covers."""
    filled: dict[tuple[int, int], str] = {}
    for area in sheet.merged_cells.ranges:
        if area.size["rows"] * area.size["columns"] > _MAX_PARTS:
            continue
        text = _text(sheet.cell(area.min_row, area.min_col).value)
        filled |= dict.fromkeys(area.cells, text)
    return filled


def _formula(stored: str, formula: str, where: str) -> Problem:
    if stored:
        return Problem("formula", _STORED, where, formula)
    return Problem("formula", _NOT_COMPUTED, where, formula)


def _hidden_row(sheet: Worksheet, row: int) -> bool:
    return row in sheet.row_dimensions and bool(sheet.row_dimensions[row].hidden)


def _white(cell: Cell) -> bool:
    """Whether the text has the colour of the empty sheet."""
    font, fill = cell.font, cell.fill
    if (
        font is None
        or font.color is None
        or font.color.type != "rgb"
        or str(font.color.rgb)[-6:].upper() != "FFFFFF"
    ):
        return False
    return fill is None or fill.fill_type is None or str(fill.fgColor.rgb)[-6:].upper() == "FFFFFF"


def _text(value: object) -> str:
    """A stored value as a person would read it."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case float():
            number = Decimal(repr(value))
            whole = number.to_integral_value()
            return (
                f"{whole if whole == number else round(number, 10).normalize():f}"
                if number.is_finite()
                else ""
            )
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
        case date() | time():
            return value.isoformat()
        case _:
            return str(value).strip()
