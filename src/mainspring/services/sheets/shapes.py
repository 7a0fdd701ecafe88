"""What goes into the operations on tables and comes out of them."""

from typing import Any, Literal

from pydantic import Field

from mainspring.services.fields import Code, Name, Share, Text
from mainspring.services.operation import Data
from mainspring.services.sheets.fields import SheetField


class NewSheet(Data):
    """A table; the same name again changes its title and adds or changes fields."""

    sheet: Code
    title: Name
    fields: tuple[SheetField, ...] = Field(min_length=1, max_length=100)


class SheetKey(Data):
    """Which table."""

    sheet: Code


class RowCondition(Data):
    """What a row must be like; `has` looks for words, `more` and `less` compare numbers and days."""

    field: Code
    like: Literal["is", "is_not", "has", "more", "less", "empty", "filled"]
    value: Text = ""


class RowOrder(Data):
    """By which field rows are put in order; empty cells come last."""

    field: Code
    down: bool = False


class SheetView(Data):
    """A way to look at a table, or with `form` a page on which people add a row.

    Attributes:
        fields: which are shown or asked for, in this order; empty: all.
        note: what a form says above its fields.
    """

    name: Name
    form: bool = False
    fields: tuple[Code, ...] = Field(default=(), max_length=100)
    where: tuple[RowCondition, ...] = Field(default=(), max_length=20)
    order: RowOrder | None = None
    note: Text = ""


class KeptView(Data):
    """A view of a table; the same name again changes it."""

    sheet: Code
    view: SheetView


class ViewKey(Data):
    """Which view of a table."""

    sheet: Code
    view: Name


class SheetHead(Data):
    """A table with its fields, its views and forms, and how many rows it has."""

    sheet: str
    title: str
    fields: tuple[SheetField, ...]
    views: tuple[SheetView, ...] = ()
    rows: int


class SheetList(Data):
    """All tables."""

    sheets: tuple[SheetHead, ...]


class Everything(Data):
    """No restriction."""


class GivenRows(Data):
    """Rows to be put in: without numbers they are added, with them they change the cells they name."""

    sheet: Code
    rows: tuple[dict[str, Any], ...] = Field(min_length=1, max_length=50_000)
    numbers: tuple[int, ...] = Field(default=(), max_length=50_000)


class PutRows(Data):
    """The numbers of the rows."""

    numbers: tuple[int, ...]


class RemovedRows(Data):
    """Rows that go."""

    sheet: Code
    numbers: tuple[int, ...] = Field(min_length=1, max_length=5000)


class Removed(Data):
    """How many rows went."""

    rows: int


class RowQuery(Data):
    """Rows after a number, as far as they meet all conditions."""

    sheet: Code
    after: int = 0
    limit: int = Field(default=500, ge=1, le=5000)
    where: tuple[RowCondition, ...] = Field(default=(), max_length=20)


class WindowQuery(Data):
    """A window onto the rows that meet all conditions, in an order, from a place on."""

    sheet: Code
    first: int = Field(default=0, ge=0)
    count: int = Field(default=100, ge=1, le=1000)
    where: tuple[RowCondition, ...] = Field(default=(), max_length=20)
    order: RowOrder | None = None


class SheetRow(Data):
    """A row."""

    row: int
    cells: dict[str, Any]


class Rows(Data):
    """Rows in the order of their numbers; `last` is where to go on from, None at the end."""

    rows: tuple[SheetRow, ...]
    last: int | None


class RowWindow(Data):
    """The rows in the window, and how many there are of them in all."""

    rows: tuple[SheetRow, ...]
    total: int


class Guess(Data):
    """What was found for a row, and why."""

    row: int
    value: Text
    confidence: Share
    why: Text = ""


class Filled(Data):
    """What was found for some rows of a field."""

    sheet: Code
    field: Code
    guesses: tuple[Guess, ...] = Field(max_length=5000)


class FillKey(Data):
    """A field that is filled; `asked` is for a running server to take up."""

    sheet: Code
    field: Code
    status: Literal["asked", "running", "stopped", "done"]


class FieldKey(Data):
    """A field of a table."""

    sheet: Code
    field: Code


class FillState(Data):
    """How far a filling is: rows that wait, were taken, are unsure for a person, or were reviewed."""

    sheet: str
    field: str
    status: str
    waiting: int
    taken: int
    unsure: int
    reviewed: int


class Unsure(Data):
    """Rows whose filling a person decides, the most likely first."""

    guesses: tuple[Guess, ...]


class Reviewed(Data):
    """What a person says of a row's filling."""

    sheet: Code
    field: Code
    row: int
    value: Text
