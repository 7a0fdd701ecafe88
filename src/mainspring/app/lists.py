"""The long lists of the workbench, a window at a time: which tasks wait, which cases there are, how many.

A window is a place in the whole list and a number of rows, so that a page can jump anywhere without asking
for what lies between. The most urgent task stands first (priority, then age), and the newest case.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, false, func, or_, select

from mainspring.app import standing
from mainspring.govern.principal import Principal
from mainspring.runtime import queries
from mainspring.runtime.queries import Instance, Task
from mainspring.store import Tx
from mainspring.store import process_tables as t

KINDS = ("task", "review", "approval")


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """Which open tasks; None and empty ask for all.

    Attributes:
        person: only those that this person may take or has.
        processes: only of these processes; None for all.
        kind: task, review or approval.
        late: only those that are past due.
        words: in the task's name or the case's number, without regard to capitals.
    """

    person: Principal | None = None
    processes: Collection[str] | None = None
    kind: str | None = None
    late: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Which cases (root instances); None and empty ask for all.

    Attributes:
        processes: only of these processes.
        state: active, suspended, completed or terminated.
        words: in the case's number.
        at: only those that stand at this element of this process now.
    """

    processes: Collection[str] | None = None
    state: str | None = None
    words: str = ""
    at: tuple[str, str] | None = None


def tasks(tx: Tx, wanted: TaskFilter, now: datetime, first: int, count: int) -> list[Task]:
    """A window of the open tasks, the most urgent first."""
    keys = (
        select(t.tasks.c.key)
        .where(_these_tasks(tx, wanted, now))
        .order_by(t.tasks.c.priority.desc(), t.tasks.c.key)
        .offset(first)
        .limit(count)
    )
    chosen = [row.key for row in tx.all(keys)]
    found = {one.key: one for one in queries.tasks(tx, keys=chosen, limit=count)}
    return [found[key] for key in chosen]


def count_tasks(tx: Tx, wanted: TaskFilter, now: datetime) -> int:
    """How many open tasks there are of that kind."""
    return int(tx.scalar(select(func.count()).select_from(t.tasks).where(_these_tasks(tx, wanted, now))))


def queues(tx: Tx, wanted: TaskFilter, now: datetime) -> Mapping[str, int]:
    """How many tasks wait: in all, by kind (`task`, `review`, `approval`), and `late`."""
    late = func.sum(case((t.tasks.c.due < now, 1), else_=0))
    query = (
        select(t.tasks.c.kind, func.count().label("many"), late.label("late"))
        .where(_these_tasks(tx, wanted, now))
        .group_by(t.tasks.c.kind)
    )
    rows = tx.all(query)
    by_kind = {row.kind: row.many for row in rows}
    counted = {kind: by_kind.get(kind, 0) for kind in KINDS}
    return {"all": sum(by_kind.values()), **counted, "late": sum(int(row.late or 0) for row in rows)}


def cases(tx: Tx, wanted: CaseFilter, first: int, count: int) -> list[Instance]:
    """A window of the cases, the newest first."""
    keys = (
        select(t.instances.c.key)
        .where(_these_cases(tx, wanted))
        .order_by(t.instances.c.key.desc())
        .offset(first)
        .limit(count)
    )
    found = queries.instances(tx, keys=[row.key for row in tx.all(keys)], limit=count)
    return found[::-1]


def count_cases(tx: Tx, wanted: CaseFilter) -> int:
    """How many cases there are of that kind."""
    return int(tx.scalar(select(func.count()).select_from(t.instances).where(_these_cases(tx, wanted))))


def _these_tasks(tx: Tx, wanted: TaskFilter, now: datetime) -> ColumnElement[bool]:
    table = t.tasks
    terms = [table.c.tenant_id == tx.tenant]
    if wanted.person is not None:
        user = wanted.person.on_behalf_of or wanted.person.id  # a stand-in sees what waits for the other
        terms.append(queries.may_take(tx, user, tuple(sorted(wanted.person.roles | wanted.person.groups))))
    if wanted.processes is not None:
        terms.append(table.c.process_id.in_(sorted(wanted.processes)) if wanted.processes else false())
    if wanted.kind is not None:
        terms.append(table.c.kind == wanted.kind)
    if wanted.late:
        terms.append(table.c.due < now)
    if wanted.words:
        i = t.instances.c
        numbered = exists().where(
            i.tenant_id == tx.tenant, i.key == table.c.root, _has(i.business_key, wanted.words)
        )
        terms.append(or_(_has(table.c.name, wanted.words), numbered))
    return and_(*terms)


def _these_cases(tx: Tx, wanted: CaseFilter) -> ColumnElement[bool]:
    table = t.instances
    terms = [table.c.tenant_id == tx.tenant, table.c.parent.is_(None)]
    if wanted.processes is not None:
        terms.append(table.c.process_id.in_(sorted(wanted.processes)) if wanted.processes else false())
    if wanted.state is not None:
        terms.append(table.c.state == wanted.state)
    if wanted.words:
        terms.append(_has(table.c.business_key, wanted.words))
    if wanted.at is not None:
        terms.append(table.c.key.in_(standing.at(tx, *wanted.at)))
    return and_(*terms)


def _has(column: ColumnElement[Any], words: str) -> ColumnElement[bool]:
    return column.icontains(words, autoescape=True)
