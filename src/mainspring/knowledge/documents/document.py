"""A document as read: blocks of text and tables with their places, attachments, headers, problems."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from mainspring.base.bilingual import Bilingual, both, joined


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands, precisely enough to highlight it. Only what the kind of document has is set.

    Attributes:
        part: "subject", "body", "html", a table's name; empty for the document itself.
        line: from 1, in the part's text.
        page: from 1.
        box: left, top, right, bottom as fractions of the page or image, from its top left corner.
        sheet: the sheet's name.
        cell: an address such as "B7", or the range of a table.
        attachment: the attachment's name, seen from the mail it came with.
    """

    part: str = ""
    line: int | None = None
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    sheet: str = ""
    cell: str = ""
    attachment: str = ""

    def __str__(self) -> str:
        said = [f"attachment {self.attachment}"] if self.attachment else []
        said += [self.part] if self.part else []
        said += [f"page {self.page}"] if self.page is not None else []
        said += [f"sheet {self.sheet}"] if self.sheet else []
        said += [f"cell {self.cell}"] if self.cell else []
        said += [f"line {self.line}"] if self.line is not None else []
        return ", ".join(said)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a table.

    Attributes:
        text: the wording; for a table its rows, one a line, cells separated by tabs.
        place: where the block begins.
        rows: the cells of a table, merged cells filled; empty for a paragraph.
        role: "body", "quoted" (an earlier mail), "forwarded", "signature" or "note" (a cell's comment).
        cells: for each row of `rows` the place of each cell; empty when `place` says enough.
    """

    text: str
    place: Place
    rows: tuple[tuple[str, ...], ...] = ()
    role: str = "body"
    cells: tuple[tuple[Place, ...], ...] = ()

    def place_of(self, row: int, column: int) -> Place:
        """The place of a cell of a table, or of a line of a paragraph (row counts lines from 0)."""
        if self.cells:
            return self.cells[row][column]
        if self.place.line is not None:
            return replace(self.place, line=self.place.line + row)
        return self.place


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a person should know about a document that could be read all the same.

    Attributes:
        kind: "hidden text", "attachment", "formula", "encoding", "balance", "pages", "empty", "recognition".
        message: what it is, in both languages.
        where: the place, in both languages.
        text: what was left out, where that is what matters (hidden text).
    """

    kind: str
    message: str
    where: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """What was read from a file.

    Attributes:
        kind: "mail", "html", "text", "excel", "csv", "pdf", "image", "ubl", "cii" or "mt940".
        headers: of a mail: from, from_name, from_address, reply_to, to, cc, subject, date (ISO 8601),
            message_id, in_reply_to; of others what their format tells.
        data: the structured content of a UBL document, of a Cross Industry Invoice or of a PDF that holds one
            (`ubl.Trade`), or of bank statements (tuple of `statement.Statement`); None otherwise.
    """

    name: str
    kind: str
    blocks: tuple[Block, ...]
    attachments: tuple["Document", ...] = ()
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    problems: tuple[Problem, ...] = ()
    data: Any = None

    @property
    def text(self) -> str:
        """All text of the document itself, without attachments."""
        return "\n\n".join(block.text for block in self.blocks)

    def all_blocks(self) -> Iterator[Block]:
        """Blocks of the document and of its attachments, their places seen from here."""
        yield from self.blocks
        for attachment in self.attachments:
            for block in attachment.all_blocks():
                yield within(block, attachment.name)

    def all_problems(self) -> Iterator[Problem]:
        """Problems of the document and of its attachments."""
        yield from self.problems
        for attachment in self.attachments:
            for problem in attachment.all_problems():
                where = [attachment.name, *([Bilingual(problem.where)] if problem.where else [])]
                yield replace(problem, where=joined(where, ", ", "，"))


def page_named(number: int) -> str:
    """A page as people are told of it."""
    return both("page {number}", "第 {number} 页", number=number)


def line_named(number: int | None) -> str:
    """A line as people are told of it."""
    return both("line {number}", "第 {number} 行", number=number)


def within(block: Block, attachment: str) -> Block:
    """The block as seen from the mail that the attachment came with."""
    cells = tuple(tuple(_inside(place, attachment) for place in row) for row in block.cells)
    return replace(block, place=_inside(block.place, attachment), cells=cells)


def _inside(place: Place, attachment: str) -> Place:
    name = f"{attachment} > {place.attachment}" if place.attachment else attachment
    return replace(place, attachment=name)


def table(rows: list[tuple[str, ...]], place: Place, cells: list[tuple[Place, ...]] | None = None) -> Block:
    """A block for a table; all rows are brought to the same width."""
    width = max((len(row) for row in rows), default=0)
    even = tuple(row + ("",) * (width - len(row)) for row in rows)
    text = "\n".join("\t".join(row) for row in even)
    padded = tuple(row + (place,) * (width - len(row)) for row in cells or ())
    return Block(text, place, even, cells=padded)


def address(row: int, column: int) -> str:
    """A spreadsheet address from a row and a column counted from 1."""
    from openpyxl.utils import get_column_letter  # heavy, and only spreadsheets need it

    return f"{get_column_letter(column)}{row}"
