"""A paper as an Excel workbook with numbers as numbers; no cell is a formula."""

import io
from typing import Any

from mainspring.app.papers import shown
from mainspring.app.papers.paper import Paper
from mainspring.app.papers.template import Template
from mainspring.app.papers.words import TEXTS, said

_WIDTHS = {"description": 44, "sku": 16, "document": 18}
_USUAL = 14
_FORMATS = {
    "tax_rate": "0.##%",
    "quantity": "#,##0.####",
    "per_carton": "#,##0.####",
    "cartons": "#,##0",
    "unit_price": "#,##0.00####",
    "days_late": "0",
}
_MONEY = "#,##0.00##"


def excel(paper: Paper, template: Template, language: str) -> bytes:
    """The paper on one sheet.

    Args:
        paper: what it says.
        template: how it looks.
        language: "en", "zh" or "both".
    """
    # openpyxl takes long to read, which only whoever asks for a workbook should wait for
    from openpyxl import Workbook
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "paper"
    names = shown.columns(paper, template)
    for head in (template.seller.name, *template.lines()):
        _row(sheet, [head])
    _row(sheet, [])
    _row(sheet, [f"{shown.title(paper, language)} {paper.number}"])
    sheet.cell(sheet.max_row, 1).font = Font(bold=True, size=16, color=template.colour)
    _row(sheet, [said(TEXTS["for"], language), *shown.address(paper)])
    for label, value in shown.facts(paper, language):
        _row(sheet, [label, value])
    _row(sheet, [shown.opening(paper, language)])
    _row(sheet, [])
    _row(sheet, shown.heads(paper, template, language))
    for cell in sheet[sheet.max_row]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="F2F2F2")
    _lines(sheet, paper, names)
    _row(sheet, [])
    for label, amount, unit in shown.totals(paper, language):
        _row(sheet, [*[None] * max(0, len(names) - 3), label, amount, unit])
        sheet.cell(sheet.max_row, max(0, len(names) - 3) + 2).number_format = _MONEY
    for text in shown.closing(paper, template, language):
        _row(sheet, [text])
    for place, name in enumerate(names, 1):
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS.get(name, _USUAL)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _lines(sheet: Any, paper: Paper, names: tuple[str, ...]) -> None:
    for line in paper.lines:
        _row(sheet, [line[name] for name in names])
        for place, name in enumerate(names, 1):
            if name in shown.FIGURES:
                sheet.cell(sheet.max_row, place).number_format = _FORMATS.get(name, _MONEY)


def _row(sheet: Any, values: list[Any]) -> None:
    """A new last row; text that begins with "=" stays text."""
    sheet.append(values or [None])
    for cell in sheet[sheet.max_row]:
        if isinstance(cell.value, str):
            cell.data_type = "s"
