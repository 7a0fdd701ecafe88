"""People's operations across cases: options of a task, who signs, copies, all work of one person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from sqlalchemy import or_, select

from mainspring.base.errors import MainspringError
from mainspring.engine import CommandRejected, State, decide, restore, snapshot
from mainspring.engine import approval_commands as ac
from mainspring.engine import commands as c
from mainspring.engine.approvals import options
from mainspring.engine.events import Actor
from mainspring.engine.run import Library
from mainspring.runtime.addresses import facts_in
from mainspring.runtime.errors import NotFound
from mainspring.runtime.runtime import Runtime
from mainspring.store import Tx
from mainspring.store import process_tables as t
from mainspring.store.states import load

_TRIAL_KEYS = 1 << 62
"""Keys of things that are made in a trial and thrown away."""
LIMIT = 100


@dataclass(frozen=True, slots=True)
class Option:
    """An operation on a task: possible, or why not and what would help."""

    operation: str
    possible: bool
    reason: str = ""
    mend: str = ""


@dataclass(frozen=True, slots=True)
class Options:
    """What a person may do with a task now, and the steps that a return might lead to, latest first."""

    task: int
    operations: tuple[Option, ...]
    destinations: tuple[options.Destination, ...]


@dataclass(frozen=True, slots=True)
class Signer:
    """One who signs a user task: `task` while asked, `outcome` and `voter` once answered."""

    element: str
    slot: int
    person: str | None
    weight: str
    counts: bool
    added_by: str | None
    task: int | None
    outcome: str | None
    voter: str | None
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of a case for information."""

    instance: int
    process_id: str
    note: str
    sent_at: datetime
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The result of handing a person's work over: cases done, and cases refused with the reason."""

    done: tuple[int, ...]
    refused: Mapping[int, str]


def options_of(runtime: Runtime, tx: Tx, task: int, actor: Actor) -> Options:
    """What the actor may do with an open task: by the rules of the operations, and by the guard.

    Raises:
        NotFound: there is no open task of that key.
    """
    root = tx.scalar(select(t.tasks.c.root).where(t.tasks.c.tenant_id == tx.tenant, t.tasks.c.key == task))
    loaded = load(tx, int(root)) if root is not None else None
    if root is None or loaded is None:
        raise NotFound(f"there is no open task {task}", mend="It was completed or withdrawn meanwhile.")
    now, state = runtime.clock(), loaded.state
    library = runtime.library(tx)
    found = []
    for name, command in options.candidates(state, task, actor.id).items():
        try:
            runtime.guard.check(tx, actor, command, facts_in(state, int(root), command))
            if name != "jump":  # where to is not chosen yet
                _try(state, command, library, now)
        except MainspringError as refusal:
            found.append(Option(name, possible=False, reason=refusal.message, mend=refusal.mend or ""))
        else:
            found.append(Option(name, possible=True))
    keys = count(_TRIAL_KEYS).__next__
    steps = options.destinations(state, task, library=library, now=now, keys=keys)
    return Options(task, tuple(found), tuple(steps))


def _try(state: State, command: object, library: Library, now: datetime) -> None:
    trial = restore(snapshot(state))
    decide(trial, command, library=library, now=now, keys=count(_TRIAL_KEYS).__next__)


def signers(tx: Tx, instance: int) -> list[Signer]:
    """Who signs, and has signed, the user tasks of a case."""
    table = t.signers
    columns = [table.c[name] for name in Signer.__slots__]
    query = select(*columns).where(table.c.tenant_id == tx.tenant, table.c.root == instance)
    return [Signer(*tuple(row)) for row in tx.all(query.order_by(table.c.element_key, table.c.slot))]


def copies(
    tx: Tx, person: str, *, unread_only: bool = False, after: int = 0, limit: int = LIMIT
) -> list[Copy]:
    """The copies that a person was sent, by case."""
    table = t.copies
    query = select(table.c.root, table.c.process_id, table.c.note, table.c.sent_at, table.c.read_at).where(
        table.c.tenant_id == tx.tenant, table.c.person == person, table.c.root > after
    )
    if unread_only:
        query = query.where(table.c.read_at.is_(None))
    return [Copy(*tuple(row)) for row in tx.all(query.order_by(table.c.root).limit(limit))]


def hand_over(runtime: Runtime, person: str, to: str, *, actor: Actor, reason: str = "") -> HandedOver:
    """Give all open work of a person who leaves to another, case by case: what one case refuses stays there.

    Raises:
        Denied: the guard says no, in the first case that it was asked about.
    """
    done: list[int] = []
    refused: dict[int, str] = {}
    with runtime.store.read() as tx:
        roots, offered = _cases_of(tx, person), _offered_to(tx, person)
    for root in roots:
        try:
            runtime.execute(ac.HandOver(root, person, to, reason), actor=actor, instance=root)
            for task, users in offered.get(root, {}).items():
                changed = list(dict.fromkeys(to if user == person else user for user in users))
                command = c.UpdateTask(task, {"candidate_users": changed})
                runtime.execute(command, actor=actor, instance=root)
        except (CommandRejected, NotFound) as refusal:
            refused[root] = refusal.message
        else:
            done.append(root)
    return HandedOver(tuple(done), refused)


def _cases_of(tx: Tx, person: str) -> list[int]:
    tasks, signs, who = t.tasks.c, t.signers.c, t.task_candidates.c
    mine = select(tasks.root).where(
        tasks.tenant_id == tx.tenant, or_(tasks.assignee == person, tasks.owner == person)
    )
    asked = select(signs.root).where(
        signs.tenant_id == tx.tenant, signs.person == person, signs.outcome.is_(None)
    )
    offered = (
        select(tasks.root)
        .join(t.task_candidates, (who.tenant_id == tasks.tenant_id) & (who.task == tasks.key))
        .where(tasks.tenant_id == tx.tenant, who.kind == "user", who.name == person)
    )
    return sorted({int(row.root) for query in (mine, asked, offered) for row in tx.all(query)})


def _offered_to(tx: Tx, person: str) -> dict[int, dict[int, list[str]]]:
    tasks, who = t.tasks.c, t.task_candidates.c
    query = (
        select(tasks.root, tasks.key, tasks.candidate_users)
        .join(t.task_candidates, (who.tenant_id == tasks.tenant_id) & (who.task == tasks.key))
        .where(tasks.tenant_id == tx.tenant, who.kind == "user", who.name == person)
    )
    found: dict[int, dict[int, list[str]]] = {}
    for row in tx.all(query):
        found.setdefault(int(row.root), {})[int(row.key)] = list(row.candidate_users)
    return found
