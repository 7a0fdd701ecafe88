"""What an employee looks up for a model: the rows of its tables that a case speaks of.

A definition names tables under `knowledge`. For each, the rows that share the rarest words with the case go
with the prompt, as data like everything else there, and are named in the draft's evidence.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from mainspring.agents.words import words
from mainspring.base.bilingual import both
from mainspring.base.jsonio import normalise
from mainspring.store import Tx

_MOST = 5
"""Rows of a table that go with one prompt."""

Row = tuple[int, Mapping[str, Any]]
"""Number and cells."""
RowsOf = Callable[[Tx, str], Sequence[Row]]
"""All rows of a table by its name; none where there is no such table."""


def no_tables(_: Tx, __: str) -> Sequence[Row]:
    """There is nothing to look things up in."""
    return ()


class Found(NamedTuple):
    """Rows of one table that were looked up, the likest first."""

    table: str
    rows: Sequence[Row]


def look_up(tx: Tx, rows_of: RowsOf, tables: Sequence[str], case: Any) -> list[Found]:
    """The rows that a case speaks of; tables in which none does, or which are there no more, are left out.

    Args:
        tx: may be read only.
        rows_of: where the rows are.
        tables: their names.
        case: what is known of it: anything that `base.jsonio.normalise` takes.
    """
    text = _said(normalise(case))
    likest = ((table, nearest(rows_of(tx, table), text)) for table in tables)
    return [Found(table, rows) for table, rows in likest if rows]


def nearest(rows: Sequence[Row], text: str, most: int = _MOST) -> list[Row]:
    """The rows whose words come nearest to a text (cosine of TF-IDF), the likest first.

    Rows without a word in common with it are not among them.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer  # heavy, and a server starts without it

    said = [_said(cells) for _, cells in rows]
    if not any(words(one) for one in said):
        return []
    weighing = TfidfVectorizer(analyzer=words)
    likeness = (weighing.fit_transform(said) @ weighing.transform([text]).T).toarray().ravel()
    order = sorted(range(len(rows)), key=lambda place: (-likeness[place], rows[place][0]))[:most]
    return [rows[place] for place in order if likeness[place] > 0]


def _said(value: Any) -> str:
    """All values within, as one text."""
    if isinstance(value, Mapping):
        return " ".join(_said(each) for each in value.values())
    if isinstance(value, list | tuple):
        return " ".join(_said(each) for each in value)
    return str(value)


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
