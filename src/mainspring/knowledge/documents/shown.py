"""A text as its reader sees it, line by line, with tables in their places; its blocks with their roles."""

from dataclasses import dataclass, field

from mainspring.knowledge.documents.document import Block, Place, Problem, table

TABLE = "\ue000"  # a private-use character stands alone in the line where a table is


@dataclass(slots=True)
class Shown:
    """What is gathered from a mail body or a page.

    Attributes:
        lines: the lines of text; one that is `TABLE` stands for the next of `tables`.
        quoted: for each line whether the sender's program marked it as quoted.
        tables: rows of cells, merged cells filled.
        problems: what was left out.
    """

    lines: list[str] = field(default_factory=list)
    quoted: list[bool] = field(default_factory=list)
    tables: list[list[tuple[str, ...]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def blocks(shown: Shown, roles: list[str], part: str = "") -> list[Block]:
    """Paragraphs of lines that belong together and have one role, and tables between them."""
    found: list[Block] = []
    tables = iter(shown.tables)
    number = 0
    start = 0

    def close(end: int) -> None:
        if end > start:
            text = "\n".join(line.rstrip() for line in shown.lines[start:end])
            found.append(Block(text, Place(part=part, line=start + 1), role=roles[start]))

    for index, line in enumerate(shown.lines):
        if line == TABLE:
            close(index)
            start, number = index + 1, number + 1
            found.append(_table(next(tables), roles[index], f"{part} table {number}".strip(), index + 1))
        elif not line.strip():
            close(index)
            start = index + 1
        elif index > start and roles[index] != roles[start]:
            close(index)
            start = index
    close(len(shown.lines))
    return found


def _table(rows: list[tuple[str, ...]], role: str, part: str, line: int) -> Block:
    cells = [
        tuple(Place(part=f"{part}, row {row}", cell=f"column {column}") for column in range(1, len(said) + 1))
        for row, said in enumerate(rows, 1)
    ]
    made = table(rows, Place(part=part, line=line), cells)
    return Block(made.text, made.place, made.rows, role, made.cells)
