"""`python -m tools.import_layouts FOLDER`: writes the layouts, and beside them what each column is."""

import csv
import io
import json
import sys
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet
from tools.import_layouts.columns import LAYOUTS, Layout
from tools.import_layouts.values import VALUES

MERGED = {"期初结存", "本期收入", "本期发出", "期末结存", "Ageing"}
"""Headings that stand over several columns; elsewhere a slash belongs to the word."""

_MADE = datetime(2026, 1, 5)  # noqa: DTZ001 - a workbook's time stamp has no zone


def body(layout: Layout) -> list[list[Any]]:
    """The rows below the headings: data, subtotals and totals, repeats left empty."""
    names = [name for name, _, _ in layout.columns]
    rows = [[VALUES[values](number) for _, _, values in layout.columns] for number in range(layout.rows)]
    made: list[list[Any]] = []
    for number, row in enumerate(rows):
        before = rows[number - 1] if number else None
        shown = list(row)
        if before is not None and layout.blank_repeats:
            same = row[: len(layout.blank_repeats)] == before[: len(layout.blank_repeats)]
            for column in layout.blank_repeats if same else ():
                shown[names.index(column)] = ""
        made.append(shown)
        after = rows[number + 1] if number + 1 < len(rows) else None
        if layout.groups:
            place = names.index(layout.groups)
            if after is None or after[place] != row[place]:
                mine = [one for one in rows if one[place] == row[place]]
                made.append(_sums(layout, names, mine, layout.subtotal))
    if layout.total:
        made.append(_sums(layout, names, rows, layout.total))
    return made


def _sums(layout: Layout, names: list[str], rows: list[list[Any]], word: str) -> list[Any]:
    line: list[Any] = [""] * len(names)
    line[0] = word
    for column in layout.sums:
        place = names.index(column)
        total = sum((Decimal(str(row[place]).replace(",", "")) for row in rows), Decimal(0))
        line[place] = f"{total:,.2f}" if isinstance(rows[0][place], str) else total
    return line


def separated(layout: Layout) -> bytes:
    """The layout as separated text."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=layout.separator, lineterminator="\r\n")
    for line in layout.above:
        writer.writerow([line] + [""] * (len(layout.columns) - 1))
    writer.writerow([name for name, _, _ in layout.columns])
    writer.writerows(body(layout))
    return text.getvalue().encode(layout.encoding)


def workbook(layout: Layout) -> bytes:
    """The layout as an Excel workbook; headings of two rows are merged."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = layout.kind
    for line in layout.above:
        sheet.append([line])
        row = sheet.max_row
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(layout.columns))
    _headings(sheet, layout)
    for values in body(layout):
        sheet.append([None if value == "" else value for value in values])
    book.properties.created = book.properties.modified = _MADE
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _headings(sheet: Worksheet, layout: Layout) -> None:
    parts = [name.split("/") for name, _, _ in layout.columns]
    double = [part[0] in MERGED for part in parts]
    names = [name for name, _, _ in layout.columns]
    top = sheet.max_row + 1 if layout.above else 1
    for column, (name, part, two) in enumerate(zip(names, parts, double, strict=True), 1):
        cell = sheet.cell(top, column, part[0] if two else name)
        cell.font, cell.alignment = Font(bold=True), Alignment(horizontal="center")
        if two:
            sheet.cell(top + 1, column, part[1]).font = Font(bold=True)
        elif any(double):
            sheet.merge_cells(start_row=top, end_row=top + 1, start_column=column, end_column=column)
    for start in range(1, len(parts) + 1):
        same = [
            column
            for column in range(start, len(parts) + 1)
            if double[column - 1] and parts[column - 1][0] == parts[start - 1][0]
        ]
        first = double[start - 1] and (start == 1 or parts[start - 2][0] != parts[start - 1][0])
        if first and len(same) > 1:
            sheet.merge_cells(start_row=top, end_row=top, start_column=start, end_column=same[-1])


def main(folder: Path) -> None:
    """Write all layouts and `columns.json`."""
    folder.mkdir(parents=True, exist_ok=True)
    told = []
    for layout in LAYOUTS:
        data = workbook(layout) if layout.file.endswith(".xlsx") else separated(layout)
        (folder / layout.file).write_bytes(data)
        columns = [
            [name.replace("/", " ") if _merged(layout, name) else name, role]
            for name, role, _ in layout.columns
        ]
        told.append({"file": layout.file, "kind": layout.kind, "rows": layout.rows, "columns": columns})
    text = json.dumps(told, ensure_ascii=False, indent=1)
    (folder / "columns.json").write_text(text + "\n", "utf-8")


def _merged(layout: Layout, name: str) -> bool:
    above, _, _ = name.partition("/")
    return layout.file.endswith(".xlsx") and above in MERGED


if __name__ == "__main__":
    main(Path(sys.argv[1]))
