"""Statements of banks and bills of wallets: read one, take one in, and which were taken in."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, UploadFile

from mainspring.app import bank
from mainspring.gateway import Caller
from mainspring.web.access import Visitor, permits
from mainspring.web.answers import Answer
from mainspring.web.routes.parts import Limit
from mainspring.web.shapes.bank import ReadStatement, StatementHeadShape, TakenInList
from mainspring.web.shapes.parts import Page

router = APIRouter(prefix="/statements", tags=["statements"])
Keeper = Annotated[Visitor, permits("keep_records")]
Money = Annotated[str, Form(pattern="^([A-Z]{3})?$")]


def _read(document: UploadFile, currency: str) -> tuple[str, bank.Read]:
    name = document.filename or "statement"
    return name, bank.read(document.file.read(), name, currency=currency)


@router.get("", response_model=Page[StatementHeadShape])
def listed(visitor: Keeper, limit: Limit = 50) -> Answer:
    """The statements that were taken in, the latest first."""
    house = visitor.house
    given = {"limit": limit}
    found: Any = house.gateway.perform(house.store, Caller(visitor.principal), "statements.list", given)
    return Answer({"items": [one.model_dump() for one in found.statements], "next": None})


@router.post("/read", response_model=ReadStatement)
def looked(visitor: Keeper, document: UploadFile, currency: Money = "") -> Answer:  # noqa: ARG001 - permission
    """What stands in a file, sent as the form field `document`, and whether it adds up; nothing is kept."""
    _, found = _read(document, currency)
    columns = [
        {"heading": one.heading, "role": one.role, "confidence": one.confidence} for one in found.columns
    ]
    return Answer({"form": found.form, "columns": columns, "statements": bank.shown(found)})


@router.post("", status_code=201, response_model=TakenInList)
def taken_in(
    visitor: Keeper,
    document: UploadFile,
    currency: Money = "",
    although: Annotated[bool, Form()] = False,  # noqa: FBT002 - a form field
) -> Answer:
    """Take in what is new in a file, all or nothing; a case matches the payments with open invoices."""
    visitor.demand("start", bank.PROCESS)
    name, found = _read(document, currency)
    house = visitor.house
    with house.store.write() as tx:
        arrived = bank.take_in(house, tx, visitor.principal, found, name, although=although)
    items = [
        one.taken_in.model_dump() | {"instance": None if one.instance is None else str(one.instance)}
        for one in arrived
    ]
    return Answer({"items": items}, 201)
