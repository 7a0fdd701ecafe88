"""What goes into an import and comes out of it."""

from typing import Literal

from pydantic import Field

from mainspring.services.fields import Code, Currency, Name, Share, Text, When
from mainspring.services.imports.cells import DayOrder
from mainspring.services.imports.records import Problem
from mainspring.services.operation import Data

KindName = Literal["customers", "products", "prices", "stock", "suppliers", "orders", "receivables"]


class Line(Data):
    """A row of a file: where it stands, and its cells as text; merged cells hold their text in each."""

    line: int = Field(ge=1)
    cells: tuple[str, ...] = Field(max_length=500)


class NewImport(Data):
    """A file as it was read. Without `kind` the most likely one is taken."""

    file: Name
    sheet: Text = ""
    content: str = Field(description="the file itself, base64", max_length=60_000_000)
    rows: tuple[Line, ...] = Field(min_length=1, max_length=200_000)
    kind: KindName | None = None


class Choices(Data):
    """How a file is to be understood: what is not said is guessed.

    `columns` has a role (or "") for each heading that the guess has wrong; it is remembered for the next.
    """

    import_no: Code
    kind: KindName | None = None
    columns: dict[str, str] = Field(default_factory=dict, max_length=500)
    currency: Currency | None = None
    days: DayOrder | None = None
    leave_out: bool = Field(default=False, description="import the good rows and leave the others out")


class ImportKey(Data):
    """Which import."""

    import_no: Code


class ImportQuery(Data):
    """The latest imports."""

    limit: int = Field(default=50, ge=1, le=500)


class Column(Data):
    """What a column is taken for, beside values from it; `other` is the next best guess."""

    heading: str
    role: str
    title: dict[str, str]
    confidence: Share
    samples: tuple[str, ...]
    other: str = ""


class LeftOut(Data):
    """A line that is no data: title, heading, total or note."""

    line: int
    why: str


class Counts(Data):
    """Rows of data, and the records that they make: new, changed, there already just so."""

    rows: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    problem_rows: int = 0


class Import(Data):
    """An import with what it would do, or did.

    Attributes:
        missing: what no column says but must be said; nothing can be imported before.
        unsure: headings of days that may be read day first or month first.
    """

    import_no: str
    file: str
    sheet: str
    kind: str
    status: str
    columns: tuple[Column, ...]
    missing: tuple[str, ...]
    unsure: tuple[str, ...]
    currency: str
    counts: Counts
    problems: tuple[Problem, ...]
    left_out: tuple[LeftOut, ...]
    created_at: When


class ImportHead(Data):
    """An import in a list."""

    import_no: str
    file: str
    kind: str
    status: str
    counts: Counts
    by: str
    created_at: When


class Imports(Data):
    """Imports, the latest first."""

    imports: tuple[ImportHead, ...]
