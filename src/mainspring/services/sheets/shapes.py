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


class SheetHead(Data):
    """A table with its fields and how many rows it has."""

    sheet: str
    title: str
    fields: tuple[SheetField, ...]
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


class Condition(Data):
    """What a row must be like: `is` compares, `has` looks for words, `empty` and `filled` need no value."""

    field: Code
    like: Literal["is", "has", "empty", "filled"]
    value: Text = ""


class RowQuery(Data):
    """Rows after a number, as far as they meet all conditions."""

    sheet: Code
    after: int = 0
    limit: int = Field(default=500, ge=1, le=5000)
    where: tuple[Condition, ...] = Field(default=(), max_length=20)


class SheetRow(Data):
    """A row."""

    row: int
    cells: dict[str, Any]


class Rows(Data):
    """Rows in the order of their numbers; `last` is where to go on from, None at the end."""

    rows: tuple[SheetRow, ...]
    last: int | None


class Guess(Data):
    """What a skill found for a row, and why."""

    row: int
    value: Text
    confidence: Share
    why: Text = ""


class Filled(Data):
    """What a skill found for some rows of a field."""

    sheet: Code
    field: Code
    guesses: tuple[Guess, ...] = Field(max_length=5000)


class FillKey(Data):
    """A field that is filled; `status` says what is to become of the filling."""

    sheet: Code
    field: Code
    status: Literal["running", "stopped", "done"]


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
