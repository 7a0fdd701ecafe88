"""The set-up guide: the company, and its people from a spreadsheet."""

from typing import Annotated, Any

from fastapi import APIRouter, UploadFile

from mainspring.app import set_up
from mainspring.app.errors import DocumentRefused
from mainspring.web.access import SELF, Visitor, permits
from mainspring.web.answers import Answer
from mainspring.web.given import given
from mainspring.web.shapes.set_up import CompanyShape, PeopleRead

router = APIRouter(prefix="/company", tags=["set-up"])
Keeper = Annotated[Visitor, permits("manage_people")]
MOST_BYTES = 5_000_000


@router.get("", response_model=CompanyShape)
def shown(visitor: Annotated[Visitor, permits(SELF)]) -> Answer:
    """The company, and how far it is set up."""
    return Answer(_plain(set_up.begun(visitor.house)))


@router.put("", response_model=CompanyShape)
def kept(visitor: Keeper, body: Annotated[set_up.Company, given(set_up.Company)]) -> Answer:
    """Keep the company; earlier versions stay."""
    return Answer(_plain(set_up.keep(visitor.house, body, visitor.principal)))


@router.post("/people", response_model=PeopleRead)
def people_read(visitor: Keeper, document: UploadFile) -> Answer:  # noqa: ARG001 - the permission is what matters
    """The people in an Excel or CSV file of at most 5 MB, the form field `document`; nobody is added yet."""
    content = document.file.read(MOST_BYTES + 1)
    name = document.filename or "file"
    if len(content) > MOST_BYTES:
        raise DocumentRefused("the file has more than 5 MB", where=name, mend="Split it.")
    return Answer({"items": [one._asdict() for one in set_up.people_in(content, name)]})


def _plain(one: set_up.Begun) -> dict[str, Any]:
    return {**one._asdict(), "company": one.company.model_dump(), "models": list(one.models)}
