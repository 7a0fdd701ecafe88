"""A document as rows of cells, so that a label's value can be looked for beside it and below it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mainspring.agents.skills.specification import fold
from mainspring.knowledge.documents import Document, Place

_MARKS = " :.=#-–°º\t"
_GAP = re.compile(r" {3,}|\t")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the page.

    Attributes:
        cells: its texts from left to right; "" where a column of a table is empty.
        folded: the same in small letters, full-width signs as plain ones.
        place: where it stands.
        table: which table it belongs to; None for a line of prose.
    """

    cells: tuple[str, ...]
    folded: tuple[str, ...]
    place: Place
    table: int | None


def rows(document: Document) -> tuple[Row, ...]:
    """All lines of the document and its attachments that say something, in reading order."""
    return tuple(_rows(document))


def _rows(document: Document) -> Iterator[Row]:
    for number, block in enumerate(document.all_blocks()):
        if block.rows:
            for index, cells in enumerate(block.rows):
                yield from _row(cells, block.place_of(index, 0), number)
            continue
        for index, text in enumerate(block.text.split("\n")):
            yield from _row(_GAP.split(text.strip()), block.place_of(index, 0), None)


def _row(cells: Sequence[str], place: Place, table: int | None) -> Iterator[Row]:
    if any(cell.strip() for cell in cells):
        said = tuple(cell.strip() for cell in cells)
        yield Row(said, tuple(folded(cell) for cell in said), place, table)


def folded(text: str) -> str:
    """The text in small letters of the same length, full-width marks as plain ones."""
    plain = fold(text)
    return plain if len(plain) == len(text) else text.lower()


def after(found: Sequence[Row], row: int, cell: int, end: int) -> Iterator[tuple[str, Row]]:
    """The texts in which the value of a label may stand, nearest first, each with its row.

    The rest of its cell, the next cell to the right, the cell below it in the same table; the line below
    where the label has its line to itself.

    Args:
        found: all rows.
        row: the label's row.
        cell: its cell.
        end: where in the cell the label ends.
    """
    here = found[row]
    rest = here.cells[cell][end:]
    if rest.strip(_MARKS):
        yield rest, here
    right = next((text for text in here.cells[cell + 1 :] if text), None)
    if right is not None:
        yield right, here
    for below in found[row + 1 : row + 2]:
        same_columns = below.table == here.table is not None or len(below.cells) == len(here.cells) > 1
        if same_columns and cell < len(below.cells):
            if below.cells[cell]:
                yield below.cells[cell], below
        elif not rest.strip(_MARKS) and (len(here.cells) == 1 or below.cells[0].startswith("#")):
            yield from ((text, below) for text in below.cells if text)
