"""Comma-, semicolon- or tab-separated files as one table."""

import csv
import io

from mainspring.base.bilingual import both
from mainspring.knowledge.documents.document import Document, Place, Problem, line_named, table
from mainspring.knowledge.documents.errors import DocumentError
from mainspring.knowledge.documents.limits import Limits
from mainspring.knowledge.documents.texts import decode, tidy

_DELIMITERS = ",;\t|"


def read_csv(data: bytes, name: str, limits: Limits) -> Document:
    """One block with all rows; the place of a row is its line in the file."""
    text, encoding = decode(data)
    text = tidy(text)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter(text), strict=False)
    rows: list[tuple[str, ...]] = []
    lines: list[int] = []
    problems: list[Problem] = []
    count, line = 0, 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append(tuple(cell.strip() for cell in row))
                lines.append(line)
            line = reader.line_num + 1
            count += len(row)
            if count > limits.cells:
                _too_many(name, limits)
    except csv.Error as error:
        problems.append(
            Problem(
                "damaged",
                both("reading stopped: {error}", "读取中断：{error}", error=error),
                line_named(reader.line_num),
            )
        )
    cells = [tuple(Place(line=at) for _ in row) for row, at in zip(rows, lines, strict=True)]
    blocks = (table(rows, Place(line=lines[0]), cells),) if rows else ()
    return Document(name, "csv", blocks, headers={"encoding": encoding}, problems=tuple(problems))


def delimiter(text: str) -> str:
    """The sign that splits the first lines most evenly."""
    lines = [line for line in text.split("\n")[:20] if line.strip()]
    return max(
        _DELIMITERS,
        key=lambda sign: (min((line.count(sign) for line in lines), default=0), text[:2000].count(sign)),
    )


def _too_many(name: str, limits: Limits) -> None:
    raise DocumentError(
        f"the file has more than the {limits.cells} cells allowed",
        where=name,
        mend="Send the order lines alone, without lists beside them.",
    )
