"""Imports of spreadsheets: what columns are taken for, what would be written, and what stands against it."""

from typing import Literal

from mainspring.web.shapes.parts import Shape, Titles, When

ImportKind = Literal["customers", "products", "prices", "stock", "suppliers", "orders", "receivables"]
ImportStatus = Literal["draft", "done", "undone", "closed"]


class ImportColumn(Shape):
    """What a column is taken for, beside values from it; `other` is the next best guess."""

    heading: str
    role: str
    title: Titles
    confidence: float
    samples: list[str]
    other: str


class ImportProblem(Shape):
    """Why a row cannot be imported; `column` is its heading, empty where the whole row is meant."""

    line: int
    column: str
    value: str
    message: str


class LeftOutLine(Shape):
    """A line that is no data: title, heading, total or note."""

    line: int
    why: str


class ImportCounts(Shape):
    """Rows of data, and the records that they make: new, changed, there already just so."""

    rows: int
    new: int
    changed: int
    same: int
    problem_rows: int


class ImportShape(Shape):
    """An import with what it would do, or did; `missing` must be said before anything can be imported."""

    import_no: str
    file: str
    sheet: str
    kind: ImportKind
    status: ImportStatus
    columns: list[ImportColumn]
    missing: list[str]
    unsure: list[str]
    currency: str
    counts: ImportCounts
    problems: list[ImportProblem]
    left_out: list[LeftOutLine]
    created_at: When


class ImportHeadShape(Shape):
    """An import in a list."""

    import_no: str
    file: str
    kind: ImportKind
    status: ImportStatus
    counts: ImportCounts
    by: str
    created_at: When


class ImportRole(Shape):
    """What a column may be."""

    name: str
    title: Titles


class ImportKindShape(Shape):
    """A kind of list that can be imported, and what its columns may be."""

    name: ImportKind
    title: Titles
    roles: list[ImportRole]
