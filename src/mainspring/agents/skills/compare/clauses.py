"""A text or document as clauses: numbered clauses, paragraphs and rows of tables, each with its place."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mainspring.agents.skills.compare.model import Clause
from mainspring.knowledge.documents import Block, Document, Place

_NUMBER = re.compile(
    r"\s*(?P<number>"
    r"第\s?[零〇一二三四五六七八九十百千\d]+\s?[条章节款项]"
    r"|(?:article|clause|section|§)\s?\d+(?:\.\d+)*\.?(?!\w)"
    r"|\d{1,3}(?:\.\d{1,3})+\.?(?![\d%,])(?=\s)"
    r"|\d{1,3}[.)、](?!\d)"
    r"|[(（](?:[a-z]|[ivx]{1,5}|\d{1,2}|[一二三四五六七八九十]{1,3})[)）]"
    r"|[一二三四五六七八九十]{1,3}、"
    r"|[a-z][.)](?=\s)"
    r")\s*",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*[\t|]\s*")
_RULE = re.compile(r"[\s|:+=_-]+")


class _Line(NamedTuple):
    text: str
    place: Place


def clauses(version: str | Document) -> tuple[Clause, ...]:
    """The clauses of a version, in order.

    Blank lines part paragraphs, a number at the beginning of a line starts a clause, and neighbouring lines
    whose cells are parted by tabs or bars are a table, of which every row is a clause.
    """
    found: list[Clause] = []
    for part in _parts(version):
        if isinstance(part, Block):
            _add_rows(found, part.rows, [part.place_of(row, 0) for row in range(len(part.rows))])
        else:
            _add_lines(found, part)
    return tuple(found)


def _parts(version: str | Document) -> Iterator[Block | list[_Line]]:
    if isinstance(version, str):
        yield [_Line(text, Place(line=number)) for number, text in enumerate(version.splitlines(), 1)]
        return
    for block in version.all_blocks():
        if block.rows:
            yield block
        else:
            yield [_Line(text, block.place_of(row, 0)) for row, text in enumerate(block.text.splitlines())]


def _add_lines(found: list[Clause], lines: Sequence[_Line]) -> None:
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and _is_row(lines[end].text):
            end += 1
        if end - start > 1:
            rows = [line for line in lines[start:end] if not _RULE.fullmatch(line.text)]
            _add_rows(found, [_cells(line.text) for line in rows], [line.place for line in rows])
        else:
            end = start + 1
            while end < len(lines) and not (_is_row(lines[end].text) or _begins(lines[end].text)):
                end += 1
            _add_paragraph(found, lines[start:end])
        start = end


def _is_row(text: str) -> bool:
    return "\t" in text.strip() or "|" in text


def _begins(text: str) -> bool:
    """Whether a line cannot belong to the paragraph before it."""
    return not text.strip() or _NUMBER.match(text) is not None


def _cells(text: str) -> tuple[str, ...]:
    return tuple(_BETWEEN.split(text.strip().strip("|").strip()))


def _add_rows(found: list[Clause], rows: Sequence[tuple[str, ...]], places: Sequence[Place]) -> None:
    for row, place in zip(rows, places, strict=True):
        columns = rows[0] if row is not rows[0] else ()
        found.append(Clause("", "\t".join(row), len(found), place, row, columns))


def _add_paragraph(found: list[Clause], lines: Sequence[_Line]) -> None:
    written = [line for line in lines if line.text.strip()]
    if not written:
        return
    text = " ".join(line.text.strip() for line in written)
    number = _NUMBER.match(text)
    name = number["number"] if number else ""
    found.append(Clause(name, text[number.end() :] if number else text, len(found), written[0].place))
