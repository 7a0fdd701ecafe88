"""What skills answer: comparisons, letters, bills."""

from datetime import date
from typing import Literal

from mainspring.web.shapes.parts import Exact, Shape


class Passage(Shape):
    """A clause of one version, and where it stands."""

    text: str
    place: str


class WordsChanged(Shape):
    """Words of the old version and what stands there in the new one."""

    old: str
    new: str


class CellChanged(Shape):
    """A cell of a table that differs."""

    column: str
    old: str
    new: str


class ChangeShape(Shape):
    """A difference, and why a person should look at it: nothing where only the wording differs."""

    kind: Literal["added", "removed", "changed", "moved"]
    clause: str
    old: Passage | None
    new: Passage | None
    edits: list[WordsChanged]
    cells: list[CellChanged]
    matters: list[str]


class ComparisonShape(Shape):
    """Two versions of a text; what matters comes first."""

    same: bool
    confidence: float
    changes: list[ChangeShape]
    evidence: list[str]


class FilledShape(Shape):
    """A value and where it stands in the letter, in characters."""

    name: str
    start: int
    end: int


class LetterShape(Shape):
    """A letter; each gap stands as `[name?]` in the text."""

    text: str
    title: str
    missing: list[str]
    filled: list[FilledShape]


class LettersShape(Shape):
    """The letter in each language asked for."""

    en: LetterShape | None = None
    zh: LetterShape | None = None


class EvidenceShape(Shape):
    """Words that a value rests on."""

    text: str
    place: str
    why: str


class TextField(Shape):
    """A text, or null where it is not said."""

    value: str | None
    confidence: float
    evidence: list[EvidenceShape]


class DateField(Shape):
    """A day, or null where it is not said."""

    value: date | None
    confidence: float
    evidence: list[EvidenceShape]


class AmountField(Shape):
    """An amount, or null where it is not said."""

    value: Exact | None
    confidence: float
    evidence: list[EvidenceShape]


class BillShape(Shape):
    """An invoice or receipt as it was read."""

    issuer: TextField
    date: DateField
    number: TextField
    total: AmountField
    currency: TextField
    doubts: list[str]
