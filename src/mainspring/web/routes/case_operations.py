"""What people do with a case: take a step back, revoke, reopen, jump, copies for information, who signs."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from mainspring.engine import approval_commands as ac
from mainspring.runtime import approvals, queries
from mainspring.web.access import SELF, Visitor, permits
from mainspring.web.answers import Answer
from mainspring.web.given import Given, given
from mainspring.web.routes.operations import People, Person, Text, act
from mainspring.web.routes.parts import After, Key, Limit
from mainspring.web.shapes.operations import CopyShape, Done, Signers
from mainspring.web.shapes.parts import KeyText, Page

router = APIRouter(tags=["operations"])


class TakingBack(Given):
    """Which step; None: my last."""

    element: Person | None = None
    reason: Text = ""


class Reason(Given):
    """Why."""

    reason: Text = ""


class Reopening(Given):
    """Where the case goes on; None: at the last step that a person did."""

    at: Person | None = None
    reason: Text = ""


class Jump(Given):
    """From which active element instance to which element."""

    source: KeyText
    to: Person
    reason: Text = ""


class Copying(Given):
    """For whom, with a word to them."""

    people: People
    note: Annotated[str, Field(max_length=2000)] = ""


@router.post("/instances/{key}/withdraw", response_model=Done)
def withdraw(
    visitor: Annotated[Visitor, permits("withdraw")],
    key: Key,
    body: Annotated[TakingBack, given(TakingBack)],
) -> Answer:
    """Take my own step or signature back, before the next person acts."""
    return act(visitor, key, ac.WithdrawStep(key, body.element, body.reason))


@router.post("/instances/{key}/revoke", response_model=Done)
def revoke(
    visitor: Annotated[Visitor, permits("revoke")], key: Key, body: Annotated[Reason, given(Reason)]
) -> Answer:
    """End the case that I began."""
    return act(visitor, key, ac.RevokeInstance(key, body.reason))


@router.post("/instances/{key}/reopen", response_model=Done)
def reopen(
    visitor: Annotated[Visitor, permits("reopen")], key: Key, body: Annotated[Reopening, given(Reopening)]
) -> Answer:
    """Let an ended case go on."""
    return act(visitor, key, ac.ReopenInstance(key, body.at, body.reason))


@router.post("/instances/{key}/jump", response_model=Done)
def jump(
    visitor: Annotated[Visitor, permits("jump")], key: Key, body: Annotated[Jump, given(Jump)]
) -> Answer:
    """Move a token to another element."""
    return act(visitor, key, ac.JumpTo(key, int(body.source), body.to, body.reason))


@router.post("/instances/{key}/copies", response_model=Done)
def copy(
    visitor: Annotated[Visitor, permits("copy_case")], key: Key, body: Annotated[Copying, given(Copying)]
) -> Answer:
    """Send people a copy of the case for information, each once."""
    return act(visitor, key, ac.CopyCase(key, tuple(body.people), body.note))


@router.post("/instances/{key}/copies/read", response_model=Done)
def read_copy(visitor: Annotated[Visitor, permits("read_copy")], key: Key) -> Answer:
    """I have read my copy."""
    return act(visitor, key, ac.ReadCopy(key))


@router.get("/copies", response_model=Page[CopyShape])
def copies(
    visitor: Annotated[Visitor, permits(SELF)],
    *,
    unread: bool = True,
    after: After = 0,
    limit: Limit = 100,
) -> Answer:
    """The copies that I was sent; `unread=false`: those I have read, too."""
    with visitor.house.store.read() as tx:
        found = approvals.copies(tx, visitor.principal.id, unread_only=unread, after=after, limit=limit)
    last = str(found[-1].instance) if len(found) == limit else None
    items = [
        {
            "instance": str(one.instance),
            "process_id": one.process_id,
            "note": one.note,
            "sent_at": one.sent_at,
            "read_at": one.read_at,
        }
        for one in found
    ]
    return Answer({"items": items, "next": last})


@router.get("/instances/{key}/signers", response_model=Signers)
def signers(visitor: Annotated[Visitor, permits("see")], key: Key) -> Answer:
    """Who signs, and has signed, in a case."""
    with visitor.house.store.read() as tx:
        found = queries.instance(tx, key)
        visitor.demand("see", found.process_id)
        signing = approvals.signers(tx, found.root)
    items = [
        {name: getattr(one, name) for name in one.__slots__}
        | {"task": None if one.task is None else str(one.task)}
        for one in signing
    ]
    return Answer({"items": items})
