"""Cases and their processes: the list, one with its variables, its history, its incidents."""

from typing import Annotated

from fastapi import APIRouter

from mainspring.app import masking, shown
from mainspring.runtime import queries
from mainspring.runtime.queries import Instance
from mainspring.store import Tx
from mainspring.web.access import Visitor, permits
from mainspring.web.answers import Answer
from mainspring.web.routes.parts import After, Key, Limit
from mainspring.web.shapes.cases import EventShape, InstanceShape, WholeInstance
from mainspring.web.shapes.parts import Page

router = APIRouter(prefix="/instances", tags=["instances"])
Seer = Annotated[Visitor, permits("see")]


@router.get("", response_model=Page[InstanceShape])
def listed(
    visitor: Seer,
    process_id: str | None = None,
    state: str | None = None,
    business_key: str | None = None,
    initiator: str | None = None,
    *,
    roots_only: bool = True,
    after: After = 0,
    limit: Limit = 100,
) -> Answer:
    """Instances by key, of the processes that I may see."""
    with visitor.house.store.read() as tx:
        found = queries.instances(
            tx,
            process_id=process_id,
            state=state,
            business_key=business_key,
            initiator=initiator,
            roots_only=roots_only,
            after=after,
            limit=limit,
        )
    last = str(found[-1].key) if len(found) == limit else None
    items = [shown.instance(one) for one in found if visitor.may("see", one.process_id)]
    return Answer({"items": items, "next": last})


@router.get("/{key}", response_model=WholeInstance)
def instance(visitor: Seer, key: Key) -> Answer:
    """An instance with its variables and open incidents."""
    with visitor.house.store.read() as tx:
        found = _seen(tx, visitor, key)
        variables = masking.values(
            visitor.house, visitor.principal, queries.variables(tx, key), found.process_id
        )
        incidents = [shown.incident(one) for one in queries.incidents(tx, instance=found.root)]
    return Answer(shown.instance(found) | {"variables": variables, "incidents": incidents})


@router.get("/{key}/history", response_model=Page[EventShape])
def history(visitor: Seer, key: Key, after: After = 0, limit: Limit = 100) -> Answer:
    """The events of a case in order; `after` is the `seq` of the last one known."""
    with visitor.house.store.read() as tx:
        found = _seen(tx, visitor, key)
        entries = queries.history(tx, found.root, after_seq=after, limit=limit)
    last = str(entries[-1].seq) if len(entries) == limit else None
    return Answer({"items": [shown.event(entry) for entry in entries], "next": last})


def _seen(tx: Tx, visitor: Visitor, key: int) -> Instance:
    found = queries.instance(tx, key)
    visitor.demand("see", found.process_id)
    if found.root != key:
        visitor.demand("see", queries.instance(tx, found.root).process_id)
    return found
