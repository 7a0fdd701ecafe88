"""Operations on many cases at once: retry incidents, cancel and delete instances chosen by a filter.

Each item is allowed or refused by the policies for its own process; a refusal stands in the answer.
"""

from typing import Annotated

from fastapi import APIRouter
from pydantic import AwareDatetime, Field

from mainspring.runtime import batch
from mainspring.runtime.batch import Batch, Filter
from mainspring.runtime.deletion import delete_instance
from mainspring.web.access import Visitor, permits
from mainspring.web.answers import Answer
from mainspring.web.given import Given, given
from mainspring.web.routes.parts import MOST_KEY, After, Key, Limit
from mainspring.web.shapes.batches import BatchAnswer
from mainspring.web.shapes.parts import KeyText, Shape

router = APIRouter(tags=["batches"])
Seer = Annotated[Visitor, permits("see")]
Keys = Annotated[list[KeyText], Field(min_length=1, max_length=500)]


class Incidents(Given):
    """Which incidents; what is not given does not matter. `retries`: attempts that a failed job gets."""

    process_id: str | None = None
    element: str | None = None
    kind: str | None = None
    before: AwareDatetime | None = None
    keys: Keys | None = None
    retries: Annotated[int, Field(ge=1, le=100)] | None = None


class Instances(Given):
    """Which instances; what is not given does not matter."""

    process_id: str | None = None
    version: int | None = None
    state: str | None = None
    before: AwareDatetime | None = None
    keys: Keys | None = None


class Deleted(Shape):
    """The instance is deleted."""

    key: KeyText
    deleted: bool


@router.post("/incidents/retry", response_model=BatchAnswer)
def retry(
    visitor: Seer, chosen: Annotated[Incidents, given(Incidents)], after: After = 0, limit: Limit = 100
) -> Answer:
    """Resolve incidents so that their cases go on where they stopped."""
    filtered = Filter(
        chosen.process_id,
        element=chosen.element,
        kind=chosen.kind,
        before=chosen.before,
        keys=_numbers(chosen.keys),
    )
    runtime = visitor.house.runtime
    made = batch.retry_incidents(runtime, filtered, actor=visitor.actor, retries=chosen.retries)
    return _answer(made, after, limit)


@router.post("/instances/cancel", response_model=BatchAnswer)
def cancel(
    visitor: Seer, chosen: Annotated[Instances, given(Instances)], after: After = 0, limit: Limit = 100
) -> Answer:
    """Cancel cases that go on."""
    made = batch.cancel_instances(visitor.house.runtime, _filter(chosen), actor=visitor.actor)
    return _answer(made, after, limit)


@router.post("/instances/delete", response_model=BatchAnswer)
def delete(
    visitor: Seer, chosen: Annotated[Instances, given(Instances)], after: After = 0, limit: Limit = 100
) -> Answer:
    """Delete cases that have ended; their events stay in the log as proof."""
    made = batch.delete_instances(visitor.house.runtime, _filter(chosen), actor=visitor.actor)
    return _answer(made, after, limit)


@router.delete("/instances/{key}", response_model=Deleted)
def delete_one(visitor: Seer, key: Key) -> Answer:
    """Delete one case that has ended; its events stay in the log as proof."""
    with visitor.house.store.write() as tx:
        delete_instance(visitor.house.runtime, key, actor=visitor.actor, tx=tx)
    return Answer({"key": str(key), "deleted": True})


def _filter(chosen: Instances) -> Filter:
    return Filter(
        chosen.process_id, chosen.version, None, None, chosen.state, chosen.before, _numbers(chosen.keys)
    )


def _numbers(keys: list[str] | None) -> tuple[int, ...] | None:
    return None if keys is None else tuple(number for key in keys if (number := int(key)) <= MOST_KEY)


def _answer(made: Batch, after: int, limit: int) -> Answer:
    items, following = batch.portion(made, after=after, limit=limit)
    done = sum(item.done for item in items)
    shown = [
        {"key": str(one.key), "instance": str(one.instance), "done": one.done, "why": one.why}
        for one in items
    ]
    return Answer(
        {
            "total": made.total,
            "done": done,
            "refused": len(items) - done,
            "items": shown,
            "next": None if following is None else str(following),
        }
    )
