"""Imports of the firm's own spreadsheets: open a file, look what it would do, import, undo, write back."""

from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Form, Path, Response, UploadFile
from pydantic import Field

from mainspring.app import imports
from mainspring.app.errors import DocumentRefused
from mainspring.services.imports.fields import KINDS
from mainspring.web.access import Visitor, permits
from mainspring.web.answers import Answer
from mainspring.web.given import Given, given
from mainspring.web.routes.parts import Limit
from mainspring.web.shapes.imports import ImportHeadShape, ImportKind, ImportKindShape, ImportShape
from mainspring.web.shapes.parts import Page

router = APIRouter(prefix="/imports", tags=["imports"])
Keeper = Annotated[Visitor, permits("keep_records")]
Number = Annotated[str, Path(pattern=r"^M-\d{1,12}$")]
XLSX: dict[str, Any] = {"content": {imports.EXCEL: {"schema": {"type": "string", "format": "binary"}}}}
MOST_BYTES = 20_000_000


class GivenChoices(Given):
    """How a file is to be understood; what is not said is guessed. Columns are remembered when imported."""

    kind: ImportKind | None = None
    columns: dict[str, str] = Field(default_factory=dict, max_length=500)
    currency: str | None = Field(default=None, pattern="^[A-Z]{3}$")
    days: Literal["ymd", "dmy", "mdy"] | None = None
    leave_out: bool = False


@router.get("", response_model=Page[ImportHeadShape])
def listed(visitor: Keeper, limit: Limit = 50) -> Answer:
    """The latest imports."""
    found = imports.every(visitor.house, visitor.principal, limit).imports
    return Answer({"items": [one.model_dump() for one in found], "next": None})


@router.get("/kinds", response_model=Page[ImportKindShape])
def kinds(visitor: Keeper) -> Answer:  # noqa: ARG001 - the permission is what matters
    """What can be imported, and what columns may be."""
    items = [
        {
            "name": one.name,
            "title": one.title,
            "roles": [{"name": role.name, "title": role.title} for role in one.roles],
        }
        for one in KINDS.values()
    ]
    return Answer({"items": items, "next": None})


@router.post("", status_code=201, response_model=ImportShape)
def opened(
    visitor: Keeper, document: UploadFile, kind: Annotated[ImportKind | None, Form()] = None
) -> Answer:
    """Open an Excel or CSV file of at most 20 MB, as the form field `document`; nothing is imported yet."""
    content = document.file.read(MOST_BYTES + 1)
    name = document.filename or "file"
    if len(content) > MOST_BYTES:
        raise DocumentRefused("the file has more than 20 MB", where=name, mend="Split it.")
    made = imports.open_file(visitor.house, visitor.principal, content, name, kind)
    return Answer(made.model_dump(), 201)


@router.post("/{number}/look", response_model=ImportShape)
def looked(visitor: Keeper, number: Number, body: Annotated[GivenChoices, given(GivenChoices)]) -> Answer:
    """What the import would do with these choices, with every row that has a problem."""
    choices = body.model_dump() | {"import_no": number}
    return Answer(imports.look(visitor.house, visitor.principal, choices).model_dump())


@router.post("/{number}/run", response_model=ImportShape)
def done(visitor: Keeper, number: Number, body: Annotated[GivenChoices, given(GivenChoices)]) -> Answer:
    """Import: every row, or with `leave_out` the good ones; otherwise nothing."""
    choices = body.model_dump() | {"import_no": number}
    return Answer(imports.run(visitor.house, visitor.principal, choices).model_dump())


@router.post("/{number}/undo", response_model=ImportHeadShape)
def undone(visitor: Keeper, number: Number) -> Answer:
    """Take the import back as a whole; refused when what it wrote was changed or used since."""
    return Answer(imports.undo(visitor.house, visitor.principal, number).model_dump())


@router.get("/{number}/back", response_class=Response, responses={200: XLSX})
def back(visitor: Keeper, number: Number) -> Response:
    """What the books say now, as Excel in the layout that came."""
    name, content = imports.written_back(visitor.house, visitor.principal, number)
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return Response(content, media_type=imports.EXCEL, headers=headers)
