"""For auditors: the record as it is, with count and query, its checkpoints, and a case with its proofs."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query

from mainspring.app import audit, masking
from mainspring.govern import checkpoint
from mainspring.web.access import Visitor, permits
from mainspring.web.answers import Answer
from mainspring.web.routes.parts import After, Limit
from mainspring.web.shapes.rights import Checkpoints, Population, Verified

router = APIRouter(prefix="/audit", tags=["audit"])
Auditor = Annotated[Visitor, permits("audit")]
Text = Annotated[str | None, Query(max_length=200)]


@router.get("/checkpoints", response_model=Checkpoints)
def checkpoints(visitor: Auditor) -> Answer:
    """All signed heads of the evidence tree. Keep copies where nobody here can change them."""
    with visitor.house.store.read() as tx:
        found = checkpoint.every(tx)
    items = [
        {"size": one.size, "root": one.root.hex(), "at": one.at, "note": one.note.decode()} for one in found
    ]
    return Answer({"items": items})


@router.get("/agreement", response_model=Verified)
def agreement(visitor: Auditor, old: int | None = None, new: int | None = None) -> Answer:
    """Whether the tree of one checkpoint is the beginning of another's; all sealed rows are hashed again."""
    with visitor.house.store.read() as tx:
        found = audit.agree(tx, old, new)
    return Answer(
        {"old": found.old.size, "new": found.new.size, "consistent": True, "checked": found.checked}
    )


@router.get("/{source}", response_model=Population)
def population(
    visitor: Auditor,
    source: Literal["events", "calls", "approvals", "acts"],
    instance: Annotated[int | None, Query(ge=1, le=2**63 - 1)] = None,
    actor_id: Text = None,
    operation: Text = None,
    outcome: Text = None,
    after: After = 0,
    limit: Limit = 100,
) -> Answer:
    """The full population of a record: how many there are, by which query, and a page of them."""
    given: dict[str, Any] = {
        "instance": instance,
        "actor_id": actor_id,
        "operation": operation,
        "outcome": outcome,
    }
    filters = {name: value for name, value in given.items() if value is not None}
    with visitor.house.store.read() as tx:
        found = audit.population(tx, source, filters, after=after, limit=limit)
    hide = masking.masker(visitor.house, visitor.principal)
    items = [_shown(hide.row(row)) for row in found.rows]
    last = str(found.next) if found.next is not None else None
    return Answer(
        {"source": source, "count": found.total, "query": found.query, "items": items, "next": last}
    )


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    """Keys of 64 bits as text."""
    return {
        name: str(value)
        if isinstance(value, int) and not isinstance(value, bool) and value > 2**53
        else value
        for name, value in row.items()
    }
