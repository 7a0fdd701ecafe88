"""What happened: cases, activities done in them and calls made there, from the log and the recorded calls."""

from collections.abc import Collection, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, func, select

from mainspring.base import jsonio
from mainspring.engine import decode
from mainspring.govern.tables import calls
from mainspring.store import Tx
from mainspring.store.log import events
from mainspring.store.process_tables import instances
from mainspring.store.tables import total

_CHANGED = frozenset({"edited", "rejected"})
_KINDS = ("ElementActivated", "ElementCompleted", "JobCompleted", "TaskCompleted")


class Visit(NamedTuple):
    """One activity of one case that a digital employee or a person did.

    Attributes:
        process: of the instance that it belongs to; `root` is the case.
        ended: None where it was left undone or still goes on.
        tasks: answers of people in it.
        agent: the digital employee that did it, `person` the one who answered last; None where there is none.
    """

    element: str
    process: str
    root: int
    began: datetime
    ended: datetime | None
    tasks: int
    agent: str | None
    person: str | None

    @property
    def seconds(self) -> float | None:
        """From beginning to end, waiting included; None where it has no end."""
        return None if self.ended is None else (self.ended - self.began).total_seconds()


class Called(NamedTuple):
    """Calls at one element: by whom, how many business operations, what all of them cost.

    `root` is the case; 0 for all cases together.
    """

    root: int
    element: str
    process: str
    actor_kind: str
    operations: int
    cost: Decimal


class Answer(NamedTuple):
    """A task that a person answered.

    Attributes:
        person: who answered; `team` the groups that were asked.
        due: None where nothing was due.
        changed: it was a review, and the draft was edited or rejected.
    """

    root: int
    element: str
    person: str
    team: str
    asked_at: datetime
    answered_at: datetime
    due: datetime | None
    changed: bool

    @property
    def in_time(self) -> bool | None:
        """Whether it was answered before it was due; None where nothing was due."""
        return None if self.due is None else self.answered_at <= self.due


def roots(
    tx: Tx,
    process_ids: Sequence[str] | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    business_keys: Collection[str] | None = None,
) -> Select[Any]:
    """The query of cases: root instances of these processes, begun in this time, of these numbers."""
    i = instances.c
    query = select(i.key, i.state, i.started_at, i.ended_at).where(
        i.tenant_id == tx.tenant, i.parent.is_(None)
    )
    if process_ids is not None:
        query = query.where(i.process_id.in_(tuple(process_ids)))
    if since is not None:
        query = query.where(i.started_at >= since)
    if until is not None:
        query = query.where(i.started_at < until)
    if business_keys is not None:
        query = query.where(i.business_key.in_(sorted(business_keys)))
    return query


def visits(tx: Tx, chosen: Select[Any]) -> list[Visit]:
    """What digital employees and people did in the cases of a query, with the tasks answered there."""
    e, i, cases = events.c, instances.c, chosen.subquery()

    def at(kind: str) -> ColumnElement[Any]:
        return case((e.type == kind, e.at))

    def who(kind: str, actor: str) -> ColumnElement[Any]:
        return case((and_(e.type == kind, e.actor_kind == actor), e.actor_id))

    answered, done = who("TaskCompleted", "person"), who("JobCompleted", "agent")
    began, ended = func.min(at("ElementActivated")), func.max(at("ElementCompleted"))
    query = (
        select(
            e.element,
            i.process_id,
            e.instance,
            began.label("began"),
            ended.label("ended"),
            func.count(answered).label("tasks"),
            func.max(done).label("agent"),
            func.max(answered).label("person"),
        )
        .join(cases, cases.c.key == e.instance)
        .join(i.key.table, and_(i.tenant_id == e.tenant_id, i.key == e.process_instance))
        .where(e.tenant_id == tx.tenant, e.type.in_(_KINDS))
        .group_by(e.instance, e.key, e.element, i.process_id)
        .having(and_(began.is_not(None), func.count(done) + func.count(answered) > 0))
    )
    return [Visit(*tuple(row)) for row in tx.all(query)]


def calls_of(tx: Tx, chosen: Select[Any], *, by_case: bool = False) -> list[Called]:
    """Calls by people and AI; no retry and no cached read is an operation, but it is paid for."""
    c, cases = calls.c, chosen.subquery()
    counted = and_(c.outcome == "ok", c.cached.is_(False), c.retry.is_(False))
    same = (
        c.instance,
        c.element,
        c.actor_kind,
        c.operation,
        c.element_key,
        func.coalesce(c.idempotency_key, c.arguments_digest),
    )
    once = (
        select(
            c.instance,
            c.element,
            c.actor_kind,
            func.max(c.process_id).label("process"),
            func.max(case((counted, 1), else_=0)).label("counted"),
            total(c.cost).label("cost"),
        )
        .join(cases, cases.c.key == c.instance)
        .where(c.tenant_id == tx.tenant, c.actor_kind.in_(("person", "agent")), c.element.is_not(None))
        .group_by(*same)
        .subquery()
    )
    by = (once.c.element, once.c.actor_kind, *([once.c.instance] if by_case else []))
    query = select(
        *by,
        func.max(once.c.process).label("process"),
        func.sum(once.c.counted).label("operations"),
        total(once.c.cost).label("cost"),
    ).group_by(*by)
    return [
        Called(
            row.instance if by_case else 0,
            row.element,
            row.process or "",
            row.actor_kind,
            int(row.operations),
            row.cost,
        )
        for row in tx.all(query)
    ]


def answers(tx: Tx, chosen: Select[Any]) -> list[Answer]:
    """The tasks that people answered in the cases of a query, in the order of the answers of each case."""
    e, cases = events.c, chosen.subquery()
    query = (
        select(e.instance, e.type, e.element, e.at, e.actor_kind, e.actor_id, e.body)
        .join(cases, cases.c.key == e.instance)
        .where(e.tenant_id == tx.tenant, e.type.in_(("TaskCreated", "TaskCompleted")))
        .order_by(e.instance, e.seq)
    )
    asked: dict[int, tuple[Any, Any]] = {}
    found = []
    for row in tx.all(query):
        event: Any = decode(row.type, jsonio.loads(row.body))
        if row.type == "TaskCreated":
            asked[event.task] = row, event
        elif row.actor_kind == "person" and event.task in asked:
            begun, task = asked[event.task]
            team = ", ".join(sorted(task.candidate_groups))
            changed = event.outcome in _CHANGED
            found.append(
                Answer(row.instance, begun.element, row.actor_id, team, begun.at, row.at, task.due, changed)
            )
    return found
