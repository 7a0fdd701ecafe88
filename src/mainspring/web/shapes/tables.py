"""Tables that people make: fields, views and forms, rows, and how far a field is filled."""

from mainspring.services.sheets.fields import Fill, Sort
from mainspring.services.sheets.shapes import SheetView
from mainspring.web.shapes.parts import Exact, Shape, Values


class TableField(Shape):
    """A field: what may stand in it, and how it is filled; `fixed` ones are not written in the table."""

    name: str
    title: str
    sort: Sort
    options: list[str]
    table: str
    fill_from: list[str]
    fill: Fill
    outcome: str
    wish: str
    alone_from: float
    fixed: bool


class TableHead(Shape):
    """A table; a `book` is one of the firm's own and has its fields fixed."""

    sheet: str
    title: str
    fields: list[TableField]
    views: list[SheetView]
    rows: int
    book: bool


class TableList(Shape):
    """All tables, and whether a model is set that writes, translates and summarises."""

    items: list[TableHead]
    model: bool


class TableRow(Shape):
    """A row, named by its key."""

    key: str
    cells: Values


class TableWindow(Shape):
    """The rows of a window, and how many there are in all."""

    items: list[TableRow]
    total: int


class PutKeys(Shape):
    """The keys of the rows that were written."""

    keys: list[str]


class RowsRemoved(Shape):
    """How many rows went."""

    rows: int


class RowsBrought(Shape):
    """How many rows came in, which heading was taken for which field, and which for none."""

    rows: int
    columns: dict[str, str]
    left_out: list[str]


class FillCost(Shape):
    """What filling would take, as estimated: rows, examples to learn from, seconds, money."""

    rows: int
    examples: int
    seconds: float
    money: Exact


class FillProgress(Shape):
    """How far a filling is: rows that wait, were taken, are unsure for a person, or were reviewed."""

    sheet: str
    field: str
    status: str
    waiting: int
    taken: int
    unsure: int
    reviewed: int


class UnsureRow(Shape):
    """A row whose filling a person decides: what was found, how sure, why, and the whole row."""

    key: str
    value: str
    confidence: float
    why: str
    cells: Values


class UnsureRows(Shape):
    """Rows whose filling waits for a person, the most likely first."""

    items: list[UnsureRow]
