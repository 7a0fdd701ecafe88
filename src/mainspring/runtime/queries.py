"""Reading what is going on: instances, tasks, jobs, incidents, subscriptions, histories."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, Table, exists, or_, select

from mainspring.base import jsonio
from mainspring.engine import decode
from mainspring.engine.events import Actor
from mainspring.runtime.errors import NotFound
from mainspring.store import Tx, happenings
from mainspring.store import process_tables as t
from mainspring.store.deployment_tables import definitions, resources
from mainspring.store.log import read_stream

LIMIT = 100


@dataclass(frozen=True, slots=True)
class Instance:
    """A process instance. `state` is active, suspended, completed or terminated; `root` its stream.

    `initiator` is the person who started it.
    """

    key: int
    root: int
    parent: int | None
    process_id: str
    definition: int
    version: int
    business_key: str | None
    state: str
    started_at: datetime
    ended_at: datetime | None
    initiator: str | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """An open task of a person; `instance` is the root instance, `kind` task, review or approval.

    `slot` is the place among several signers, `owner` the one to whom a delegated task comes back.
    """

    key: int
    instance: int
    process_instance: int
    process_id: str
    definition: int
    element: str
    element_key: int
    kind: str
    job: int | None
    name: str
    assignee: str | None
    candidate_users: tuple[str, ...]
    candidate_groups: tuple[str, ...]
    due: datetime | None
    follow_up: datetime | None
    priority: int
    form: str | None
    payload: Mapping[str, Any]
    draft: Any
    created_at: datetime
    slot: int | None = None
    owner: str | None = None
    reminders: int = 0
    reminded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class JobRow:
    """A job as the projections show it; `state` open, parked or failed; free from `due` on when open."""

    key: int
    instance: int
    process_instance: int
    process_id: str
    element: str
    element_key: int
    type: str
    kind: str
    state: str
    retries: int
    message: str | None
    due: datetime
    worker: str | None
    fence: int


@dataclass(frozen=True, slots=True)
class Incident:
    """Something that a person must mend."""

    key: int
    instance: int
    process_instance: int
    process_id: str
    element: str
    element_key: int
    kind: str
    message: str
    job: int | None
    raised_at: datetime


@dataclass(frozen=True, slots=True)
class Subscription:
    """An open wait for a message."""

    key: int
    name: str
    correlation_key: str | None
    instance: int
    process_id: str
    element: str


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """An event of an instance: when, by whom, what."""

    position: int
    seq: int
    at: datetime
    actor: Actor
    type: str
    element: str | None
    event: Any


@dataclass(frozen=True, slots=True)
class ElementCount:
    """How many tokens are in an element now, and have left it."""

    element: str
    active: int
    completed: int
    terminated: int


@dataclass(frozen=True, slots=True)
class Definition:
    """A deployed version of a process, decision or form."""

    key: int
    kind: str
    id: str
    version: int
    version_tag: str | None
    name: str
    deployment: int
    file: str
    latest: bool


_ROOT_AS_INSTANCE = {"instance": "root"}


def _columns(table: Table, record: type[Any], renamed: Mapping[str, str]) -> list[Any]:
    return [table.c[renamed.get(name, name)] for name in record.__slots__]


def _page(tx: Tx, query: Select[Any], table: Table, after: int, limit: int) -> Any:
    if tx.writable:
        tx.flush()
    here = query.where(table.c.tenant_id == tx.tenant, table.c.key > after)
    return tx.all(here.order_by(table.c.key).limit(limit))


def instances(
    tx: Tx,
    *,
    process_id: str | None = None,
    state: str | None = None,
    business_key: str | None = None,
    initiator: str | None = None,
    roots_only: bool = False,
    keys: Collection[int] | None = None,
    after: int = 0,
    limit: int = LIMIT,
) -> list[Instance]:
    """Instances with key > `after`, by key; of `keys` only these."""
    query = select(*_columns(t.instances, Instance, {}))
    i = t.instances.c
    asked = {i.process_id: process_id, i.state: state, i.business_key: business_key, i.initiator: initiator}
    for column, value in asked.items():
        if value is not None:
            query = query.where(column == value)
    if keys is not None:
        query = query.where(i.key.in_(keys))
    if roots_only:
        query = query.where(t.instances.c.parent.is_(None))
    return [Instance(*tuple(row)) for row in _page(tx, query, t.instances, after, limit)]


def instance(tx: Tx, key: int) -> Instance:
    """One instance.

    Raises:
        NotFound: there is none of that key.
    """
    if tx.writable:
        tx.flush()
    table = t.instances
    row = tx.one(
        select(*_columns(table, Instance, {})).where(table.c.tenant_id == tx.tenant, table.c.key == key)
    )
    if row is None:
        raise NotFound(f"there is no instance {key}")
    return Instance(*tuple(row))


def variables(tx: Tx, scope: int) -> dict[str, Any]:
    """The variables of a process instance, or of an element instance that is going on."""
    if tx.writable:
        tx.flush()
    table = t.variables
    query = select(table.c.name, table.c.value).where(table.c.tenant_id == tx.tenant, table.c.scope == scope)
    return {row.name: row.value for row in tx.all(query.order_by(table.c.name))}


def tasks(
    tx: Tx,
    *,
    assignee: str | None = None,
    user: str | None = None,
    groups: tuple[str, ...] = (),
    kind: str | None = None,
    instance: int | None = None,
    key: int | None = None,
    keys: Collection[int] | None = None,
    after: int = 0,
    limit: int = LIMIT,
) -> list[Task]:
    """Open tasks with key > `after`, by key.

    Args:
        tx: a transaction.
        assignee: only this person's.
        user: only those that this person may take, by name or by one of `groups`.
        groups: only those for one of these groups (or `user`).
        kind: task, review or approval.
        instance: only of this root instance.
        key: only this one.
        keys: only these (None: all).
        after: the last key of the page before.
        limit: at most so many.
    """
    table = t.tasks
    query = select(*_columns(table, Task, _ROOT_AS_INSTANCE))
    if user is not None or groups:
        query = query.where(may_take(tx, user, groups))
    asked = {table.c.assignee: assignee, table.c.kind: kind, table.c.root: instance, table.c.key: key}
    for column, value in asked.items():
        if value is not None:
            query = query.where(column == value)
    if keys is not None:
        query = query.where(table.c.key.in_(keys))
    return [_task(row) for row in _page(tx, query, table, after, limit)]


def may_take(tx: Tx, user: str | None, groups: tuple[str, ...]) -> Any:
    """The condition that a task is this person's, or that they or one of their groups may take it."""
    who = t.task_candidates
    allowed = []
    if user is not None:
        allowed.append((who.c.kind == "user") & (who.c.name == user))
    if groups:
        allowed.append((who.c.kind == "group") & who.c.name.in_(groups))
    mine = exists().where(who.c.tenant_id == tx.tenant, who.c.task == t.tasks.c.key, or_(*allowed))
    return mine if user is None else or_(t.tasks.c.assignee == user, mine)


def _task(row: Any) -> Task:
    values = row._asdict()
    values["instance"] = values.pop("root")
    values["candidate_users"] = tuple(values["candidate_users"])
    values["candidate_groups"] = tuple(values["candidate_groups"])
    return Task(**values)


def jobs(
    tx: Tx,
    *,
    type: str | None = None,  # noqa: A002 - the field's word
    state: str | None = None,
    instance: int | None = None,
    after: int = 0,
    limit: int = LIMIT,
) -> list[JobRow]:
    """Jobs with key > `after`, by key."""
    table = t.jobs
    query = select(*_columns(table, JobRow, _ROOT_AS_INSTANCE))
    if type is not None:
        query = query.where(table.c.type == type)
    if state is not None:
        query = query.where(table.c.state == state)
    if instance is not None:
        query = query.where(table.c.root == instance)
    return [JobRow(*tuple(row)) for row in _page(tx, query, table, after, limit)]


def incidents(tx: Tx, *, instance: int | None = None, after: int = 0, limit: int = LIMIT) -> list[Incident]:
    """Open incidents with key > `after`, by key."""
    table = t.incidents
    query = select(*_columns(table, Incident, _ROOT_AS_INSTANCE))
    if instance is not None:
        query = query.where(table.c.root == instance)
    return [Incident(*tuple(row)) for row in _page(tx, query, table, after, limit)]


def subscriptions(
    tx: Tx, *, kind: str = "message", instance: int | None = None, after: int = 0, limit: int = LIMIT
) -> list[Subscription]:
    """Open subscriptions with key > `after`, by key."""
    table = t.subscriptions
    query = select(*_columns(table, Subscription, _ROOT_AS_INSTANCE)).where(table.c.kind == kind)
    if instance is not None:
        query = query.where(table.c.root == instance)
    return [Subscription(*tuple(row)) for row in _page(tx, query, table, after, limit)]


def element_counts(tx: Tx, definition: int) -> list[ElementCount]:
    """The live map of a version: counts of each element, by id."""
    if tx.writable:
        tx.flush()
    table = t.element_counts
    query = (
        select(*_columns(table, ElementCount, {}))
        .where(table.c.tenant_id == tx.tenant, table.c.definition == definition)
        .order_by(table.c.element)
    )
    return [ElementCount(*tuple(row)) for row in tx.all(query)]


def history(tx: Tx, instance: int, *, after_seq: int = 0, limit: int | None = None) -> list[HistoryEntry]:
    """The events of a root instance with the processes it called, in order.

    Raises:
        NotFound: there is no such instance.
    """
    entries = read_stream(tx, instance, after_seq, limit)
    if not entries and not after_seq:
        raise NotFound(f"there is no root instance {instance}")
    return [
        HistoryEntry(
            entry.position,
            entry.seq,
            entry.at,
            Actor(entry.actor_kind, entry.actor_id, entry.on_behalf_of),
            entry.type,
            entry.element,
            happenings.decode(entry.type, entry.body) or decode(entry.type, jsonio.loads(entry.body)),
        )
        for entry in entries
    ]


def deployed(
    tx: Tx,
    *,
    kind: str | None = None,
    definition_id: str | None = None,
    latest_only: bool = True,
) -> list[Definition]:
    """Deployed versions, by kind, id and version."""
    table = definitions
    query = select(*_columns(table, Definition, {})).where(table.c.tenant_id == tx.tenant)
    if kind is not None:
        query = query.where(table.c.kind == kind)
    if definition_id is not None:
        query = query.where(table.c.id == definition_id)
    if latest_only:
        query = query.where(table.c.latest.is_(True))
    rows = tx.all(query.order_by(table.c.kind, table.c.id, table.c.version))
    return [Definition(*tuple(row)) for row in rows]


def source(tx: Tx, definition: int) -> bytes:
    """The bytes of the file that a definition came from.

    Raises:
        NotFound: there is no such definition.
    """
    data = tx.scalar(
        select(resources.c.data)
        .join(
            definitions,
            (definitions.c.tenant_id == resources.c.tenant_id) & (definitions.c.digest == resources.c.digest),
        )
        .where(definitions.c.tenant_id == tx.tenant, definitions.c.key == definition)
    )
    if data is None:
        raise NotFound(f"there is no definition {definition}")
    return bytes(data)
