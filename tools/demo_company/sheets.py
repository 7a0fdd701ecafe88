"""Spreadsheets of the demo inquiries: the same text always gives the same bytes."""

import io
import re
import zipfile
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Border, Font, Side

CLOCK = datetime(2026, 1, 1)  # noqa: DTZ001 - the file format knows no time zone
CORE = "docProps/core.xml"


def workbook(sheets: list[dict[str, Any]]) -> bytes:
    """An xlsx file of `sheets`, each with `name`, `rows`, optional `merges`, `hidden` and cached `values`."""
    book = Workbook()
    del book["Sheet"]
    side = Side(style="thin", color="999999")
    thin = Border(left=side, right=side, top=side, bottom=side)
    for spec in sheets:
        sheet = book.create_sheet(spec["name"])
        for row in spec["rows"]:
            sheet.append(row)
        for cells in sheet.iter_rows():
            for cell in cells:
                cell.border = thin
        sheet["A1"].font = Font(bold=True)
        for column in "ABCDEFG":
            sheet.column_dimensions[column].width = 22
        for area in spec.get("merges", ()):
            sheet.merge_cells(area)
        if spec.get("hidden"):
            sheet.sheet_state = "hidden"
    book.properties.created = CLOCK
    raw = io.BytesIO()
    book.save(raw)
    return _fixed(raw.getvalue(), [spec.get("values", {}) for spec in sheets])


def _fixed(data: bytes, cached: list[dict[str, Any]]) -> bytes:
    """Write the archive again with a fixed clock and with the results that a spreadsheet program caches."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            text = source.read(name)
            if name == CORE:
                text = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2026-01-01T00:00:00Z", text)
            found = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", name)
            if found:
                text = _with_values(text.decode(), cached[int(found[1]) - 1]).encode()
            info = zipfile.ZipInfo(name, CLOCK.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, text)
    return out.getvalue()


def _with_values(xml: str, values: dict[str, Any]) -> str:
    for cell, value in values.items():
        pattern = rf'(<c r="{cell}"[^>]*><f>[^<]*</f>)(<v ?/>|<v></v>)'
        xml, count = re.subn(pattern, rf"\g<1><v>{value}</v>", xml, count=1)
        if not count:
            msg = f"no formula in cell {cell}"
            raise ValueError(msg)
    return xml
