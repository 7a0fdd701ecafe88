"""What a comparison is made of: clauses, the changes between them, and the words that differ."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from mainspring.knowledge.documents import Place

Kind = Literal["added", "removed", "changed", "moved"]


@dataclass(frozen=True, slots=True)
class Clause:
    """A paragraph, a numbered clause or a row of a table, and where it stands.

    Attributes:
        number: as written before it ("2.1", "(a)", "第三条"); empty where it has none.
        text: its wording, without the number.
        index: which clause of its version it is, from 0.
        place: where it stands in the document.
        cells: of a row of a table, its cells.
        columns: of a row of a table, what the table's first row calls its columns.
    """

    number: str
    text: str
    index: int
    place: Place
    cells: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """How a person would refer to it."""
        if self.cells and self.cells[0]:
            return f"row {self.cells[0][:40]!r}"
        return self.number or f"paragraph {self.index + 1}"


class Edit(NamedTuple):
    """A run of words in which two versions agree, or of which one says `old` where the other says `new`.

    Attributes:
        old, new: the words with the space after them; "" where a version says nothing there.
        old_start, new_start: where the run begins in its clause's text, in characters.
        same: both versions say the same words, whatever the space between them.
    """

    old: str
    new: str
    old_start: int
    new_start: int
    same: bool


class Cell(NamedTuple):
    """A cell of a table that differs: its column's name, and what each version says."""

    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Change:
    """A difference between the versions.

    Attributes:
        kind: "moved" clauses stand elsewhere; what also differs in them is in `edits`.
        old: the clause of the old version; None where it was added.
        new: the clause of the new version; None where it was removed.
        edits: the words in order, equal runs among them, so that old and new can be put together from them.
        cells: for rows of tables, the cells that differ.
        matters: why a person should look first: an amount, a date, a duty, a negation; empty for wording
        only.
    """

    kind: Kind
    old: Clause | None
    new: Clause | None
    edits: tuple[Edit, ...] = ()
    cells: tuple[Cell, ...] = ()
    matters: tuple[str, ...] = ()

    @property
    def clause(self) -> Clause:
        """The clause a person is pointed to: the new one, or the old one where it is gone."""
        found = self.new or self.old
        if found is None:
            raise ValueError("a change has a clause of at least one version")
        return found


@dataclass(frozen=True, slots=True)
class Comparison:
    """All differences of two versions.

    Attributes:
        changes: in the order of the new version; what was removed stands where it stood.
        clauses_old, clauses_new: how many clauses were compared.
        confidence: 1 where all text could be read; less where a document had pages or parts that could not.
        evidence: the differences in sentences, those that matter first.
    """

    changes: tuple[Change, ...]
    clauses_old: int
    clauses_new: int
    confidence: float
    evidence: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether nothing differs but spacing."""
        return not self.changes
