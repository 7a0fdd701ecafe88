"""Which stream a command goes to, and what the guard should know about it."""

from typing import Any

from sqlalchemy import Table, select

from mainspring.engine import approval_commands as ac
from mainspring.engine import commands as c
from mainspring.engine.state import ElementInstance, State, Task
from mainspring.runtime.errors import NotFound
from mainspring.runtime.guard import Facts, TaskFacts
from mainspring.runtime.session import Session
from mainspring.store.process_tables import (
    incidents,
    instances,
    jobs,
    subscriptions,
    tasks,
    timers,
    variables,
)

_TABLES: dict[str, Table] = {
    "job": jobs,
    "task": tasks,
    "timer": timers,
    "subscription": subscriptions,
    "incident": incidents,
    "instance": instances,
}


def address(session: Session, command: Any) -> int:
    """The root instance that a command is about.

    Raises:
        NotFound: the job, task, timer, subscription, incident or instance does not exist (any more).
    """
    tx = session.tx
    tx.flush()
    for field, table in _TABLES.items():
        key = getattr(command, field, None)
        if key is not None:
            query = select(table.c.root).where(table.c.tenant_id == tx.tenant, table.c.key == key)
            root = tx.scalar(query)
            if root is None:
                raise NotFound(
                    f"there is no open {field} {key}"
                    if field != "instance"
                    else f"there is no instance {key}",
                    mend="It was completed or withdrawn meanwhile, or the key is wrong.",
                )
            return int(root)
    key = getattr(command, "scope", getattr(command, "key", None))
    root = tx.scalar(
        select(instances.c.root).where(instances.c.tenant_id == tx.tenant, instances.c.key == key)
    )
    if root is None:
        scoped = select(variables.c.root).where(variables.c.tenant_id == tx.tenant, variables.c.scope == key)
        root = tx.scalar(scoped.limit(1))
    if root is None:
        raise NotFound(
            f"{type(command).__name__} {key} belongs to no known instance",
            mend="Give `instance`, the root's key.",
        )
    return int(root)


def facts_of(session: Session, root: int, command: Any) -> Facts:
    """What the guard should know of a command to a stream."""
    return facts_in(session.stream(root).state, root, command)


def facts_in(state: State, root: int, command: Any) -> Facts:
    """The same, from a state at hand."""
    element_key, job_type, task = _subject(state, command)
    record = state.elements.get(element_key) if element_key is not None else None
    process = state.instances.get(record.instance if record is not None else root)
    begun = state.instances.get(root)
    if state.closed is not None:
        begun = process = state.closed.info
    return Facts(
        root,
        process.process_id if process is not None else None,
        record.element if record is not None else None,
        element_key,
        job_type,
        task,
        begun.initiator if begun is not None else None,
        _added_by(record, command) if type(command) is ac.RemoveSigners else (),
    )


def _added_by(record: ElementInstance | None, command: ac.RemoveSigners) -> tuple[str | None, ...]:
    """Who added the signers that are to be removed."""
    if record is None or record.ballot is None:
        return ()
    slots = record.ballot.slots.values()
    return tuple(slot.by for slot in slots if slot.person in command.people)


def _subject(state: State, command: Any) -> tuple[int | None, str | None, TaskFacts | None]:
    job = state.jobs.get(getattr(command, "job", 0))
    if job is not None:
        return job.element_key, job.type, None
    key = getattr(command, "task", 0)
    task = state.tasks.get(key)
    if task is not None:
        return task.element_key, None, _task(key, task)
    timer = state.timers.get(getattr(command, "timer", 0))
    if timer is not None:
        return timer.element_key, None, None
    incident = state.incidents.get(getattr(command, "incident", 0))
    if incident is not None:
        return incident.element_key, None, None
    if isinstance(command, c.SetVariables):
        return command.scope, None, None
    return None, None, None


def _task(key: int, task: Task) -> TaskFacts:
    return TaskFacts(
        key,
        task.kind,
        task.name,
        task.assignee,
        task.candidate_users,
        task.candidate_groups,
        task.payload,
    )
