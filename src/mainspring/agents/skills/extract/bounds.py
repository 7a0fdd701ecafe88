"""How much of a text the clerk reads: an endless line or book must not hold up everyone's work."""

from collections.abc import Iterable
from dataclasses import replace

from mainspring.base.bilingual import both
from mainspring.knowledge.documents import Block

LONGEST_LINE = 1_000
LONGEST_TEXT = 150_000
MOST_ROWS = 5_000
_CUT = both("a very long text was not read to its end", "原文过长，没有读完")


def bounded(blocks: Iterable[Block]) -> tuple[list[Block], tuple[str, ...]]:
    """The blocks within the bounds, and a note for the person when something was left out."""
    kept: list[Block] = []
    left, rows, cut = LONGEST_TEXT, MOST_ROWS, False
    for block in blocks:
        if left <= 0 or (block.rows and rows <= 0):
            cut = True
            break
        short = _short(block, left, rows)
        cut = cut or len(short.text) < len(block.text)
        left -= len(short.text)
        rows -= len(short.rows)
        kept.append(short)
    return kept, (_CUT,) if cut else ()


def _short(block: Block, left: int, rows: int) -> Block:
    if block.rows:
        table = tuple(tuple(cell[:LONGEST_LINE] for cell in row) for row in block.rows[:rows])
        return replace(block, text=block.text[:left], rows=table, cells=block.cells[:rows])
    if len(block.text) <= min(left, LONGEST_LINE):
        return block
    lines = [line[:LONGEST_LINE] for line in block.text[:left].split("\n")]
    return replace(block, text="\n".join(lines), cells=block.cells[: len(lines)])
