"""Return on investment: the ledger, and what it comes to with what the log measures."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from mainspring.app.worth import ledger_of, put_ledger, worth
from mainspring.web.access import Visitor, permits
from mainspring.web.answers import Answer
from mainspring.web.given import Given, given
from mainspring.web.shapes.roi import LedgerShape, ReturnShape

router = APIRouter(prefix="/roi", tags=["insight"])
LARGEST = 200_000


class GivenLedger(Given):
    """A ledger as YAML."""

    text: str = Field(min_length=1, max_length=LARGEST)


@router.get("", response_model=ReturnShape)
def reckoned(visitor: Annotated[Visitor, permits("measure")]) -> Answer:
    """Costs, benefits, return, payback and sensitivity; measured apart from assumed, plan beside actual."""
    return Answer(worth(visitor.house))


@router.get("/ledger", response_model=LedgerShape)
def kept(visitor: Annotated[Visitor, permits("measure")]) -> Answer:
    """The ledger in force, to be changed."""
    return Answer(ledger_of(visitor.house)._asdict())


@router.post("/tries", response_model=ReturnShape)
def tried(
    visitor: Annotated[Visitor, permits("measure")], body: Annotated[GivenLedger, given(GivenLedger)]
) -> Answer:
    """Reckon another ledger; nothing is kept."""
    return Answer(worth(visitor.house, body.text))


@router.put("/ledger", response_model=LedgerShape)
def put(
    visitor: Annotated[Visitor, permits("plan")], body: Annotated[GivenLedger, given(GivenLedger)]
) -> Answer:
    """Put a ledger in force as the company's own; earlier versions stay."""
    return Answer(put_ledger(visitor.house, body.text, visitor.principal, "ledger")._asdict())
