"""Tables drawn with signs in a plain text: "| item | quantity |" becomes a table like any other."""

import re
from collections.abc import Iterator
from dataclasses import replace

from mainspring.knowledge.documents import Block
from mainspring.knowledge.documents.document import table

_RULE = re.compile(r"^[\s|+:=-]+$")


def with_tables(block: Block) -> Iterator[Block]:
    """The block, or the table that its lines draw and the lines before and after it."""
    if block.rows or block.text.count("|") < 4:  # noqa: PLR2004 - two rows of two columns have four at least
        yield block
        return
    written = block.text.split("\n")
    drawn = [
        number for number, line in enumerate(written) if "|" in line or (_RULE.match(line) and line.strip())
    ]
    if len(drawn) < 2 or drawn[-1] - drawn[0] + 1 != len(drawn):  # noqa: PLR2004 - a row and its heading
        yield block
        return
    if drawn[0]:
        yield replace(block, text="\n".join(written[: drawn[0]]), cells=block.cells[: drawn[0]])
    kept = [number for number in drawn if not _RULE.match(written[number])]
    rows = [tuple(cell.strip() for cell in written[number].strip().strip("|").split("|")) for number in kept]
    cells = [tuple(block.place_of(number, 0) for _ in row) for number, row in zip(kept, rows, strict=True)]
    yield replace(table(rows, block.place_of(drawn[0], 0), cells), role=block.role)
    if drawn[-1] + 1 < len(written):
        yield Block("\n".join(written[drawn[-1] + 1 :]), block.place_of(drawn[-1] + 1, 0), role=block.role)
