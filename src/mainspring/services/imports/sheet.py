"""A spreadsheet as exported: where its headings stand, which rows are data, titles and totals."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from mainspring.services.imports.cells import plain

Cells = tuple[str, ...]
_LOOKED_AT = 15  # rows from the top among which the headings stand
_TOTALS = re.compile(
    r"(grand\s*)?(sub\s*-?)?totals?\b|sum\b|carried forward|"
    r"(本页|本月|本年|分类|客户|仓库)?(合计|小计|总计|累计|共计)",
    re.IGNORECASE,
)
_FEW = 2
_PART = 0.6  # of the usual cells; a row of totals has fewer


class Row(NamedTuple):
    """A row of data: its line in the file (from 1) and its cells."""

    line: int
    cells: Cells


class Sheet(NamedTuple):
    """A table with its headings.

    Attributes:
        top: the line of the (first) row of headings.
        headings: one a column; of two rows, joined by a space.
        rows: the data.
        left_out: lines that are no data, with why: title, heading, total, note.
    """

    top: int
    headings: Cells
    rows: tuple[Row, ...]
    left_out: tuple[tuple[int, str], ...]


def read(rows: Sequence[Row], known: Callable[[str], float]) -> Sheet | None:
    """The table in these rows; None when nothing looks like headings.

    Args:
        rows: all rows of the sheet that are not empty; merged cells hold their text in every cell.
        known: how much a text is like a heading that is known, from 0 to 1.
    """
    best, place = 0.0, -1
    for number, row in enumerate(rows[:_LOOKED_AT]):
        texts = {plain(cell) for cell in row.cells if cell}
        found = sum(known(text) for text in texts if not text.isdigit())
        if len(texts) >= _FEW and found > best + 0.5:
            best, place = found, number
    if place < 0:
        return None
    above = _headings(rows[place - 1], rows[place]) if place else None
    if above is not None:
        place -= 1
    under = rows[place + 1] if place + 1 < len(rows) else None
    joined = above or _headings(rows[place], under)
    headings = joined or tuple(cell.strip() for cell in rows[place].cells)
    below = place + 1 if joined is None else place + 2
    data, left_out = [], [(row.line, "title") for row in rows[:place]]
    usual = _usual(rows[below:])
    for row in rows[below:]:
        why = _why_not(row.cells, headings, usual)
        if why:
            left_out.append((row.line, why))
        else:
            data.append(row)
    return Sheet(rows[place].line, headings, tuple(data), tuple(left_out))


def _headings(upper: Row, lower: Row | None) -> Cells | None:
    """The headings, joined where a second row names the parts of merged ones; None when it does not."""
    if lower is None or len(lower.cells) != len(upper.cells):
        return None
    pairs = [(above.strip(), below.strip()) for above, below in zip(upper.cells, lower.cells, strict=True)]
    tops = [above for above, _ in pairs]
    parts = [(above, below) for above, below in pairs if above and tops.count(above) > 1]
    alone = [(above, below) for above, below in pairs if (above, below) not in parts]
    named = parts and alone and all(below and below != above for above, below in parts)
    if not named or any(below not in {above, ""} for above, below in alone):
        return None
    return tuple(above if below in {"", above} else f"{above} {below}" for above, below in pairs)


def _usual(rows: Sequence[Row]) -> float:
    """How many cells of a row are usually filled."""
    filled = sorted(sum(1 for cell in row.cells if cell) for row in rows)
    return float(filled[len(filled) // 2]) if filled else 0.0


def _why_not(cells: Cells, headings: Cells, usual: float) -> str:
    texts = [plain(cell) for cell in cells]
    if texts == [plain(heading) for heading in headings]:
        return "heading"
    filled = [text for text in texts if text]
    words = [text for text in filled[:_FEW] if _TOTALS.match(text)]
    if words and len(filled) <= max(_FEW, usual * _PART + 1):
        return "total"
    if len(set(filled)) == 1 and usual > _FEW:
        return "note"
    return ""
