"""Words with their boxes to lines, and lines whose words stand in columns to tables."""

from collections.abc import Sequence
from typing import NamedTuple

from mainspring.knowledge.documents.document import Block, Place, table


class Word(NamedTuple):
    """A piece of text and its box: left, top, right, bottom, in any unit, the origin at the top left."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


class Page(NamedTuple):
    """The number of a page from 1 and its size in the unit of the words."""

    number: int
    width: float
    height: float


Line = list[Word]
_SAME_LINE = 0.5  # overlap of two boxes, as a share of the lower one, from which they stand in one line
_STACKED = 0.5  # share of the narrower word under or over the other from which they are of two lines
_OPEN_LINES = 4  # lines that may still grow while words come from top to bottom
_CELL_GAP = 0.9  # gap between two columns, as a share of the height of the letters
_PARAGRAPH_GAP = 1.3  # distance of two lines, as a share of their height, from which a paragraph ends
_TABLE_GAP = 3.5


def blocks(words: Sequence[Word], page: Page) -> list[Block]:
    """Tables and paragraphs of a page from top to bottom."""
    lines = [_cells(line) for line in _lines(words)]
    found: list[Block] = []
    start = 0
    while start < len(lines):
        end = _table_end(lines, start)
        if end - start > 1:
            found.append(_table(lines[start:end], page))
            start = end
            continue
        end = start + 1
        while end < len(lines) and _close(lines[end - 1], lines[end], _PARAGRAPH_GAP):
            if _table_end(lines, end) - end > 1:
                break
            end += 1
        found.append(_paragraph(lines[start:end], page))
        start = end
    return found


def _lines(words: Sequence[Word]) -> list[Line]:
    """Words in reading order: grouped by height, left to right.

    Words that stand above one another are never of one line, however much their boxes overlap: small print
    beside a large heading, lines that a crooked scan brings close.
    """
    lines: list[Line] = []
    for word in sorted(words, key=lambda word: (word.top + word.bottom) / 2):
        near = [(_level(line, word), line) for line in lines[-_OPEN_LINES:]]
        level, line = max(near, key=lambda one: one[0], default=(0.0, []))
        if level > _SAME_LINE:
            line.append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda word: word.left) for line in lines]


def _level(line: Line, word: Word) -> float:
    """How far a word stands level with the nearest word of a line; 0 where it stands above or below one."""
    if any(_side_by_side(other, word) < -_STACKED for other in line):
        return 0.0
    return _overlap(min(line, key=lambda other: _side_by_side(other, word)), word)


def _side_by_side(one: Word, two: Word) -> float:
    """The gap between two words; below 0 the share of the narrower one over or under the other."""
    gap = max(one.left, two.left) - min(one.right, two.right)
    narrower = min(one.right - one.left, two.right - two.left)
    return gap if gap >= 0 else gap / max(narrower, 1e-6)


def _overlap(one: Word, two: Word) -> float:
    shared = min(one.bottom, two.bottom) - max(one.top, two.top)
    return shared / max(min(one.bottom - one.top, two.bottom - two.top), 1e-6)


def _cells(line: Line) -> Line:
    """Words of a line joined as far as no column gap parts them."""
    joined: Line = [line[0]]
    for word in line[1:]:
        last = joined[-1]
        height = min(word.bottom - word.top, last.bottom - last.top)
        if word.left - last.right > _CELL_GAP * height:
            joined.append(word)
        else:
            space = "" if word.left - last.right < 0.12 * height else " "
            top, bottom = min(last.top, word.top), max(last.bottom, word.bottom)
            right = max(last.right, word.right)
            joined[-1] = Word(f"{last.text}{space}{word.text}", last.left, top, right, bottom)
    return joined


def _table_end(lines: list[Line], start: int) -> int:
    """The index after the last line of the table that begins at `start`; `start` when none does."""
    if len(lines[start]) < 2:  # noqa: PLR2004 - a table has two columns
        return start
    end = start + 1
    last = start
    while end < len(lines) and _close(lines[end - 1], lines[end], _TABLE_GAP):
        if len(lines[end]) > 1:
            if not _aligned(lines[last], lines[end]):
                break
            last = end
        elif not _continues(lines[start : last + 1], lines[end][0]) or end - last > 1:
            break
        end += 1
    return last + 2 if last + 1 < end and _close(lines[last], lines[last + 1], _PARAGRAPH_GAP) else last + 1


def _aligned(one: Line, two: Line) -> bool:
    """Whether at least two cells of the shorter line stand under cells of the other."""
    touching = sum(1 for a in one if any(a.left < b.right and b.left < a.right for b in two))
    return touching >= 2 or touching >= min(len(one), len(two))  # noqa: PLR2004 - two columns


def _continues(table_lines: list[Line], word: Word) -> bool:
    """Whether a single text is a wrapped cell: it begins with a column and does not reach the last."""
    return any(
        abs(cell.left - word.left) < 2 * (word.bottom - word.top) and word.right < table_lines[0][-1].right
        for line in table_lines
        for cell in line
        if len(line) > 1
    )


def _close(one: Line, two: Line, most: float) -> bool:
    height = max(min(word.bottom - word.top for word in (*one, *two)), 1e-6)
    return min(word.top for word in two) - max(word.bottom for word in one) < most * height


def _columns(lines: list[Line]) -> list[tuple[float, float]]:
    """The columns of a table, found in its lines with most cells, so that a wide heading merges none."""
    most = max(len(line) for line in lines)
    spans = sorted((word.left, word.right) for line in lines if len(line) == most for word in line)
    columns: list[tuple[float, float]] = []
    for left, right in spans:
        if columns and left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns


def _table(lines: list[Line], page: Page) -> Block:
    columns = _columns(lines)
    rows: list[list[str]] = []
    boxes: list[list[Place]] = []
    for line in lines:
        wrapped = len(line) == 1 and bool(rows) and len(columns) > 1 and line is not lines[0]
        if not wrapped:
            rows.append([""] * len(columns))
            boxes.append([_place(line, page)] * len(columns))
        for word in line:
            column = _column(word, columns)
            rows[-1][column] = f"{rows[-1][column]} {word.text}".strip()
            if not wrapped:
                boxes[-1][column] = _place([word], page)
    texts = [tuple(row) for row in rows]
    return table(
        texts, _place([word for line in lines for word in line], page), [tuple(row) for row in boxes]
    )


def _column(word: Word, columns: list[tuple[float, float]]) -> int:
    """The column that a text overlaps most, or the nearest."""
    shares = [min(word.right, right) - max(word.left, left) for left, right in columns]
    return max(range(len(columns)), key=shares.__getitem__)


def _paragraph(lines: list[Line], page: Page) -> Block:
    text = "\n".join("   ".join(word.text for word in line) for line in lines)
    places = tuple((_place(line, page),) for line in lines)
    return Block(text, _place([word for line in lines for word in line], page), cells=places)


def _place(words: Sequence[Word], page: Page) -> Place:
    box = (
        round(min(word.left for word in words) / page.width, 4),
        round(min(word.top for word in words) / page.height, 4),
        round(max(word.right for word in words) / page.width, 4),
        round(max(word.bottom for word in words) / page.height, 4),
    )
    return Place(page=page.number, box=box)
