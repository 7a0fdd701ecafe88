"""Windows of the long lists of the workbench, with filters and whole counts."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query

from mainspring.app import lists, shown, task_lines
from mainspring.runtime import queries
from mainspring.store import Tx
from mainspring.web.access import Visitor, permits
from mainspring.web.answers import Answer
from mainspring.web.shapes.lists import CaseWindow, Queues, TaskWindow

router = APIRouter(prefix="/lists", tags=["lists"])
First = Annotated[int, Query(ge=0, le=100_000_000)]
Count = Annotated[int, Query(ge=1, le=500)]
Words = Annotated[str, Query(max_length=200)]
Scope = Literal["mine", "all"]


@router.get("/tasks", response_model=TaskWindow)
def tasks(
    visitor: Annotated[Visitor, permits("do_task")],
    scope: Scope = "mine",
    kind: Literal["task", "review", "approval"] | None = None,
    *,
    late: bool = False,
    process_id: str | None = None,
    words: Words = "",
    first: First = 0,
    count: Count = 100,
) -> Answer:
    """Open tasks, the most urgent first: those I may take or have, or all in processes that I may see."""
    house, me, now = visitor.house, visitor.principal, visitor.house.clock()
    with house.store.read() as tx:
        wanted = lists.TaskFilter(
            me if scope == "mine" else None,
            _processes(tx, visitor, process_id, every=scope == "mine"),
            kind,
            late,
            words.strip(),
        )
        found = lists.tasks(tx, wanted, now, first, count)
        total = lists.count_tasks(tx, wanted, now)
        cases = shown.cases(tx, (task.instance for task in found))
        asked = [scope == "mine" or task_lines.asks(task, me) for task in found]
        subjects = task_lines.subjects(tx, house, me, found, asked)
    items = [
        shown.brief_task(task, cases.get(task.instance)) | subject
        for task, subject in zip(found, subjects, strict=True)
    ]
    return Answer({"items": items, "total": total})


@router.get("/queues", response_model=Queues)
def queues(visitor: Annotated[Visitor, permits("do_task")], scope: Scope = "mine") -> Answer:
    """How many tasks wait for me, or in all processes that I may see: by kind, and past due."""
    with visitor.house.store.read() as tx:
        wanted = lists.TaskFilter(
            visitor.principal if scope == "mine" else None,
            _processes(tx, visitor, None, every=scope == "mine"),
        )
        return Answer(lists.queues(tx, wanted, visitor.house.clock()))


@router.get("/cases", response_model=CaseWindow)
def cases(
    visitor: Annotated[Visitor, permits("see")],
    process_id: str | None = None,
    state: Literal["active", "suspended", "completed", "terminated"] | None = None,
    words: Words = "",
    element: str | None = None,
    first: First = 0,
    count: Count = 100,
) -> Answer:
    """Cases of the processes that I may see, the newest first; those that stand at an element now."""
    with visitor.house.store.read() as tx:
        at = None if element is None else (process_id or "", element)
        if at is not None:  # a case that another process called stands in a process that is not its own
            visitor.demand("see", at[0])
        processes = _processes(tx, visitor, process_id if at is None else None)
        wanted = lists.CaseFilter(processes, state, words.strip(), at)
        items = [shown.instance(one) for one in lists.cases(tx, wanted, first, count)]
        return Answer({"items": items, "total": lists.count_cases(tx, wanted)})


def _processes(tx: Tx, visitor: Visitor, asked: str | None, *, every: bool = False) -> frozenset[str] | None:
    """The processes to look in; None where nothing has to be left out.

    What waits for me is mine to see whatever the process (`every`).
    """
    if every:
        return None if asked is None else frozenset({asked})
    known = {one.id for one in queries.deployed(tx, kind="process")}
    visible = frozenset(one for one in known if visitor.may("see", one))
    if asked is not None:
        return visible & {asked}
    return None if visible == known else visible
