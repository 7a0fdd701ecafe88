"""What an employee looks up for a model: the rows of its tables that a case speaks of.

A definition names tables under `knowledge`. For each, the rows that share the rarest words with the case go
with the prompt, as data like everything else there, and are named in the draft's evidence.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from mainspring.agents.words import words
from mainspring.base import jsonio
from mainspring.base.bilingual import both
from mainspring.services.sheets.filling import rows_of
from mainspring.store import Tx

_MOST = 5
"""Rows of a table that go with one prompt."""


class Found(NamedTuple):
    """Rows of one table that were looked up, the likest first: number and cells."""

    table: str
    rows: Sequence[tuple[int, Mapping[str, Any]]]


def look_up(tx: Tx, tables: Sequence[str], case: Mapping[str, Any]) -> list[Found]:
    """The rows that a case speaks of; tables in which none does, or which are there no more, are left out."""
    text = jsonio.dumps(dict(case)).decode()
    found = []
    for table in tables:
        rows = [(row.row, row.cells) for row in rows_of(tx, table)]
        if likest := nearest(rows, text):
            found.append(Found(table, likest))
    return found


def nearest(
    rows: Sequence[tuple[int, Mapping[str, Any]]], text: str, most: int = _MOST
) -> list[tuple[int, Mapping[str, Any]]]:
    """The rows whose words come nearest to a text (cosine of TF-IDF), the likest first.

    Rows without a word in common with it are not among them.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer  # heavy, and a server starts without it

    said = [" ".join(str(cell) for cell in cells.values()) for _, cells in rows]
    if not any(words(one) for one in said):
        return []
    weighing = TfidfVectorizer(analyzer=words)
    likeness = (weighing.fit_transform(said) @ weighing.transform([text]).T).toarray().ravel()
    order = sorted(range(len(rows)), key=lambda place: (-likeness[place], rows[place][0]))[:most]
    return [rows[place] for place in order if likeness[place] > 0]


def evidence(found: Sequence[Found]) -> tuple[str, ...]:
    """Which rows were looked up, for whoever checks the draft."""
    return tuple(
        both(
            "looked up in {table}: rows {rows}",
            "查阅了 {table}：第 {rows} 行",
            table=one.table,
            rows=", ".join(str(number) for number, _ in one.rows),
        )
        for one in found
    )


def told(found: Sequence[Found]) -> dict[str, list[Mapping[str, Any]]]:
    """What was looked up as a model is told it: cells by table."""
    return {one.table: [cells for _, cells in one.rows] for one in found}
