"""What waits for people: the list, one task, taking it, answering it."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter
from pydantic import Field

from mainspring.agents.inbox import Inbox
from mainspring.app import masking, shown, task_lines
from mainspring.runtime import queries
from mainspring.web.access import Visitor, permits
from mainspring.web.answers import Answer
from mainspring.web.given import Given, given
from mainspring.web.routes.parts import After, Key, Limit
from mainspring.web.shapes.parts import Page
from mainspring.web.shapes.tasks import BriefTask, Claimed, Completed, WholeTask

router = APIRouter(prefix="/tasks", tags=["tasks"])


class Completion(Given):
    """An answer: one of the outcomes of the task's kind (None: the first), and values."""

    outcome: str | None = None
    answer: dict[str, Any] = Field(default_factory=dict)


def inbox_of(visitor: Visitor) -> Inbox:
    """The inbox of the house."""
    return Inbox(visitor.house.runtime, visitor.house.gateway)


@router.get("", response_model=Page[BriefTask])
def waiting(
    visitor: Annotated[Visitor, permits("do_task")],
    scope: Literal["mine", "all"] = "mine",
    after: After = 0,
    limit: Limit = 100,
) -> Answer:
    """Open tasks, oldest first: those I may take or have, or all in processes that I may see."""
    with visitor.house.store.read() as tx:
        if scope == "mine":
            found = inbox_of(visitor).waiting(tx, visitor.principal, after=after, limit=limit)
        else:
            found = queries.tasks(tx, after=after, limit=limit)
        cases = shown.cases(tx, (task.instance for task in found))
    last = str(found[-1].key) if len(found) == limit else None
    seen = [task for task in found if scope == "mine" or visitor.may("see", task.process_id)]
    items = [shown.brief_task(task, cases.get(task.instance)) for task in seen]
    return Answer({"items": items, "next": last})


@router.get("/{key}", response_model=WholeTask)
def task(visitor: Annotated[Visitor, permits("do_task")], key: Key) -> Answer:
    """One open task with all it is about, for those whom it asks and those who may see its process."""
    with visitor.house.store.read() as tx:
        found = inbox_of(visitor).task(tx, key)
        if not task_lines.asks(found, visitor.principal):
            visitor.demand("see", found.process_id)
        case = shown.cases(tx, [found.instance]).get(found.instance)
    seen = shown.task(found, case)
    hidden = masking.values(
        visitor.house,
        visitor.principal,
        {"payload": seen["payload"], "draft": seen["draft"]},
        found.process_id,
        asked=task_lines.asks(found, visitor.principal),
    )
    return Answer(seen | hidden)


@router.post("/{key}/claim", response_model=Claimed)
def claim(visitor: Annotated[Visitor, permits("assign_task")], key: Key) -> Answer:
    """Take a task for oneself; the policies are asked about this very task."""
    with visitor.house.store.write() as tx:
        inbox_of(visitor).claim(tx, key, visitor.principal)
    return Answer({"key": str(key), "assignee": visitor.principal.id})


@router.post("/{key}/complete", response_model=Completed)
def complete(
    visitor: Annotated[Visitor, permits("do_task")],
    key: Key,
    completion: Annotated[Completion, given(Completion)],
) -> Answer:
    """Answer a task; the policies are asked about it, and approvals about these very arguments."""
    with visitor.house.store.write() as tx:
        inbox_of(visitor).complete(tx, key, visitor.principal, completion.outcome, completion.answer)
    return Answer({"key": str(key), "completed": True})
