"""Tables that people make, and the firm's books as tables: look, write, bring in, fill, review."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Path, UploadFile
from pydantic import Field

from mainspring.app.errors import DocumentRefused
from mainspring.app.tables import books, calls, files, filling
from mainspring.services.sheets.fields import SheetField
from mainspring.services.sheets.shapes import RowCondition, RowOrder, SheetHead, SheetView, WindowQuery
from mainspring.web.access import Visitor, permits
from mainspring.web.answers import Answer
from mainspring.web.given import Given, given
from mainspring.web.shapes.tables import (
    FillCost,
    FillProgress,
    PutKeys,
    RowsBrought,
    RowsRemoved,
    TableHead,
    TableList,
    TableWindow,
    UnsureRows,
)

router = APIRouter(prefix="/tables", tags=["tables"])
Worker = Annotated[Visitor, permits("call")]
Sheet = Annotated[str, Path(max_length=100)]
FieldName = Annotated[str, Path(max_length=300)]
MOST_BYTES = 20_000_000
Rows = Annotated[list[dict[str, Any]], Field(min_length=1, max_length=5000)]
RowKey = Annotated[str, Field(min_length=1, max_length=100)]


class GivenTable(Given):
    """A table's title and fields."""

    title: Annotated[str, Field(min_length=1, max_length=300)]
    fields: Annotated[list[SheetField], Field(min_length=1, max_length=100)]


class GivenWindow(Given):
    """Which rows: those that meet all conditions, in an order, from a place on."""

    first: Annotated[int, Field(ge=0, le=10_000_000)] = 0
    count: Annotated[int, Field(ge=1, le=1000)] = 100
    where: Annotated[list[RowCondition], Field(max_length=20, default_factory=list)]
    order: RowOrder | None = None


class GivenRows(Given):
    """Rows: without keys they are added, with keys the cells they name are changed; null empties a cell."""

    rows: Rows
    keys: Annotated[list[RowKey], Field(max_length=5000, default_factory=list)]


class GivenKeys(Given):
    """Rows by their numbers."""

    numbers: Annotated[list[Annotated[int, Field(ge=1)]], Field(min_length=1, max_length=5000)]


class GivenValue(Given):
    """What is right for a row."""

    row: Annotated[int, Field(ge=1)]
    value: Annotated[str, Field(min_length=1, max_length=100_000)]


class GivenName(Given):
    """The name of a view."""

    name: Annotated[str, Field(min_length=1, max_length=300)]


def _shown(head: SheetHead) -> dict[str, Any]:
    book = books.BOOKS.get(head.sheet)
    fixed = book.fixed | {book.key} if book else frozenset()
    fields = [one.model_dump() | {"fixed": one.name in fixed} for one in head.fields]
    return head.model_dump() | {"fields": fields, "book": book is not None}


@router.get("", response_model=TableList)
def listed(visitor: Worker) -> Answer:
    """All tables: the firm's customers, products and stock first."""
    items = [_shown(one) for one in calls.heads(visitor.house, visitor.principal)]
    return Answer({"items": items, "model": bool(visitor.house.models)})


@router.get("/{sheet}", response_model=TableHead)
def looked(visitor: Worker, sheet: Sheet) -> Answer:
    """A table with its fields, views and forms."""
    return Answer(_shown(calls.head(visitor.house, visitor.principal, sheet)))


@router.put("/{sheet}", response_model=TableHead)
def defined(visitor: Worker, sheet: Sheet, body: Annotated[GivenTable, given(GivenTable)]) -> Answer:
    """Make a table, or change its title and add or change fields; no field is lost."""
    fields = [one.model_dump() for one in body.fields]
    made = calls.call(
        visitor.house, visitor.principal, "define", sheet=sheet, title=body.title, fields=fields
    )
    return Answer(_shown(made))


@router.post("/{sheet}/window", response_model=TableWindow)
def window(visitor: Worker, sheet: Sheet, body: Annotated[GivenWindow, given(GivenWindow)]) -> Answer:
    """Rows of a table that meet conditions, in an order, from a place on."""
    query = WindowQuery(
        sheet=sheet, first=body.first, count=body.count, where=tuple(body.where), order=body.order
    )
    found = calls.window(visitor.house, visitor.principal, query)
    return Answer({"items": [one._asdict() for one in found.rows], "total": found.total})


@router.post("/{sheet}/rows", response_model=PutKeys)
def put(visitor: Worker, sheet: Sheet, body: Annotated[GivenRows, given(GivenRows)]) -> Answer:
    """Add rows or change cells: all or none, but for the firm's books, which are written row by row."""
    keys = calls.put(visitor.house, visitor.principal, sheet, body.rows, body.keys)
    return Answer({"keys": keys})


@router.post("/{sheet}/remove", response_model=RowsRemoved)
def removed(visitor: Worker, sheet: Sheet, body: Annotated[GivenKeys, given(GivenKeys)]) -> Answer:
    """Remove rows of a table that people made."""
    made = calls.call(visitor.house, visitor.principal, "remove", sheet=sheet, numbers=body.numbers)
    return Answer(made.model_dump())


@router.post("/{sheet}/import", response_model=RowsBrought)
def brought(visitor: Worker, sheet: Sheet, document: UploadFile) -> Answer:
    """Add the rows of an Excel or CSV file, as the form field `document`: all or none."""
    content, name = _content(document)
    return Answer(files.bring_in(visitor.house, visitor.principal, sheet, content, name)._asdict())


@router.post("/{sheet}/file", status_code=201, response_model=TableHead)
def made_of(
    visitor: Worker,
    sheet: Sheet,
    document: UploadFile,
    title: Annotated[str, Form(max_length=300)] = "",
) -> Answer:
    """Make a table of an Excel or CSV file: its headings become the fields."""
    content, name = _content(document)
    made = files.make_of(visitor.house, visitor.principal, sheet, title, content, name)
    return Answer(_shown(made), 201)


def _content(document: UploadFile) -> tuple[bytes, str]:
    content, name = document.file.read(MOST_BYTES + 1), document.filename or "file"
    if len(content) > MOST_BYTES:
        raise DocumentRefused("the file has more than 20 MB", where=name, mend="Split it.")
    return content, name


@router.post("/{sheet}/views", response_model=TableHead)
def viewed(visitor: Worker, sheet: Sheet, body: Annotated[SheetView, given(SheetView)]) -> Answer:
    """Keep a view or a form under its name."""
    made = calls.call(visitor.house, visitor.principal, "keep_view", sheet=sheet, view=body.model_dump())
    return Answer(_shown(made))


@router.post("/{sheet}/views/drop", response_model=TableHead)
def dropped(visitor: Worker, sheet: Sheet, body: Annotated[GivenName, given(GivenName)]) -> Answer:
    """Drop a view or a form; rows stay."""
    made = calls.call(visitor.house, visitor.principal, "drop_view", sheet=sheet, view=body.name)
    return Answer(_shown(made))


@router.get("/{sheet}/fields/{field}/cost", response_model=FillCost)
def cost(visitor: Worker, sheet: Sheet, field: FieldName) -> Answer:
    """What filling a field would take; nothing is done."""
    told = filling.cost(visitor.house, visitor.principal, sheet, field)
    shown = {"rows": told.rows, "examples": told.examples, "money": told.money}
    return Answer(shown | {"seconds": round(told.seconds, 2)})


@router.post("/{sheet}/fields/{field}/fill", response_model=FillProgress)
def fill(visitor: Worker, sheet: Sheet, field: FieldName) -> Answer:
    """Ask the server to fill a field; it goes on where it was stopped."""
    return _steered(visitor, sheet, field, "asked")


@router.post("/{sheet}/fields/{field}/stop", response_model=FillProgress)
def stop(visitor: Worker, sheet: Sheet, field: FieldName) -> Answer:
    """Stop a filling after the batch at hand."""
    return _steered(visitor, sheet, field, "stopped")


def _steered(visitor: Visitor, sheet: str, field: str, status: str) -> Answer:
    made = calls.call(visitor.house, visitor.principal, "steer", sheet=sheet, field=field, status=status)
    return Answer(made.model_dump())


@router.get("/{sheet}/fields/{field}/state", response_model=FillProgress)
def state(visitor: Worker, sheet: Sheet, field: FieldName) -> Answer:
    """How far the filling of a field is."""
    found = calls.call(visitor.house, visitor.principal, "state", sheet=sheet, field=field)
    return Answer(found.model_dump())


@router.get("/{sheet}/fields/{field}/unsure", response_model=UnsureRows)
def unsure(visitor: Worker, sheet: Sheet, field: FieldName) -> Answer:
    """Rows whose filling waits for a person, with the whole row."""
    items = filling.unsure(visitor.house, visitor.principal, sheet, field)
    return Answer({"items": items})


@router.post("/{sheet}/fields/{field}/review", response_model=FillProgress)
def review(
    visitor: Worker, sheet: Sheet, field: FieldName, body: Annotated[GivenValue, given(GivenValue)]
) -> Answer:
    """Decide the value of an unsure row; the next filling learns from it."""
    made = calls.call(
        visitor.house, visitor.principal, "review", sheet=sheet, field=field, **body.model_dump()
    )
    return Answer(made.model_dump())
