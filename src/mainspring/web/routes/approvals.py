"""Confirmations: what asks me to say yes or no, and my answer, bound to what I saw."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from mainspring.app import confirming
from mainspring.web.access import Visitor, permits
from mainspring.web.answers import Answer
from mainspring.web.errors import Forbidden
from mainspring.web.given import Given, given
from mainspring.web.routes.parts import Key
from mainspring.web.shapes.rights import Answered, Approvals, ApprovalShape

router = APIRouter(prefix="/approvals", tags=["approvals"])
Approver = Annotated[Visitor, permits("approve")]


class Said(Given):
    """Yes or no to what `digest` names."""

    approved: bool
    digest: str = Field(pattern="^[0-9a-f]{64}$")
    note: str = Field(default="", max_length=2000)


@router.get("", response_model=Approvals)
def waiting(visitor: Approver) -> Answer:
    """Open requests for a confirmation by one of my roles, the oldest first."""
    with visitor.house.store.read() as tx:
        found = confirming.waiting(visitor.house, tx, visitor.principal)
        items = [confirming.shown(visitor.house, one, confirming.task_of(tx, one)) for one in found]
    return Answer({"items": items})


@router.get("/{key}", response_model=ApprovalShape)
def one(visitor: Approver, key: Key) -> Answer:
    """A request, for those of its role and those who prepared it."""
    with visitor.house.store.read() as tx:
        found = visitor.house.approvals.get(tx, key)
        me = visitor.principal
        if not me.holds(found.requirement.role) and me.id not in found.preparers:
            raise Forbidden(f"{me.id} was not asked", mend="Leave it to those who were.")
        return Answer(confirming.shown(visitor.house, found, confirming.task_of(tx, found)))


@router.post("/{key}/answer", response_model=Answered)
def answer(visitor: Approver, key: Key, said: Annotated[Said, given(Said)]) -> Answer:
    """Confirm or refuse.

    The policies are asked about this very call, and the arguments must be those I saw.
    """
    house = visitor.house
    with house.store.write() as tx:
        after = confirming.answer(
            house,
            tx,
            key,
            visitor.principal,
            approved=said.approved,
            digest=said.digest,
            note=said.note,
        )
    return Answer({"approval": str(key), "state": after.state, "missing": after.missing})
