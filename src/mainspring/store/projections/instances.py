"""Projections of process instances, their elements and variables."""

from mainspring.engine import events as e
from mainspring.store.message_tables import message_starts
from mainspring.store.net import Net
from mainspring.store.process_tables import instances
from mainspring.store.projections.approvals import DROP_UNANSWERED
from mainspring.store.projections.stream import Follows, Step, Stream, json_text


def _instance_started(net: Net, stream: Stream, event: e.InstanceStarted, at: int) -> None:
    stream.follows[event.key] = Follows(event.process_id, event.definition)
    row = {
        "key": event.key,
        "root": stream.root,
        "parent": event.parent,
        "process_id": event.process_id,
        "definition": event.definition,
        "version": event.version,
        "business_key": event.business_key,
        "state": "active",
        "initiator": event.initiator,
        "started_at": at,
        "ended_at": None,
    }
    net.insert(instances, event.key, row)


def _instance_completed(net: Net, stream: Stream, event: e.InstanceCompleted, at: int) -> None:
    _instance_ended(net, stream, event.key, at, "completed")


def _instance_terminated(net: Net, stream: Stream, event: e.InstanceTerminated, at: int) -> None:
    _instance_ended(net, stream, event.key, at, "terminated")


def _instance_ended(net: Net, stream: Stream, key: int, at: int, state: str) -> None:
    stream.follows.pop(key, None)
    net.update(instances, key, {"state": state, "ended_at": at})
    if key == stream.root and stream.started_by is not None:
        net.delete(message_starts, stream.started_by)


def _suspended(net: Net, stream: Stream, event: e.InstanceSuspended, at: int) -> None:
    _suspend(net, stream, event.key, at, suspended=True)


def _resumed(net: Net, stream: Stream, event: e.InstanceResumed, at: int) -> None:
    _suspend(net, stream, event.key, at, suspended=False)


def _suspend(net: Net, stream: Stream, key: int, at: int, *, suspended: bool) -> None:
    del at
    net.update(instances, key, {"state": "suspended" if suspended else "active"})
    if key == stream.root:
        net.sweep("UPDATE jobs SET suspended = ? WHERE tenant_id = ? AND root = ?", (suspended, key))
        net.sweep("UPDATE timers SET suspended = ? WHERE tenant_id = ? AND root = ?", (suspended, key))


def _migrated(net: Net, stream: Stream, event: e.InstanceMigrated, at: int) -> None:
    del at
    before = stream.follows[event.key]
    stream.follows[event.key] = Follows(before.process_id, event.definition)
    net.update(instances, event.key, {"definition": event.definition, "version": event.version})
    for key, (element, instance) in stream.living.items():
        if instance == event.key:
            renamed = event.elements.get(element, element)
            stream.living[key] = (renamed, instance)
            net.count(before.definition, element, -1, 0, 0)
            net.count(event.definition, renamed, 1, 0, 0)
    for old, new in event.elements.items():
        for sql in _RENAME:
            net.sweep(sql, (new, old, event.key))
    for sql in _REVERSION:
        net.sweep(sql, (event.definition, event.key))


_WITH_ELEMENT = ("jobs", "tasks", "timers", "subscriptions", "incidents")
_RENAME = tuple(
    f"UPDATE {table} SET element = ? WHERE element = ? AND tenant_id = ? AND process_instance = ?"  # noqa: S608 - constants
    for table in _WITH_ELEMENT
)
_REVERSION = tuple(
    f"UPDATE {table} SET definition = ? WHERE tenant_id = ? AND process_instance = ?"  # noqa: S608 - constants
    for table in ("jobs", "tasks", "incidents")
)


def _activated(net: Net, stream: Stream, event: e.ElementActivated, at: int) -> None:
    del at
    stream.living[event.key] = (event.element, event.instance)
    net.count(stream.follows[event.instance].definition, event.element, 1, 0, 0)


def _completed(net: Net, stream: Stream, event: e.ElementCompleted, at: int) -> None:
    del at
    _left(net, stream, event.key)
    net.count(stream.follows[event.instance].definition, event.element, -1, 1, 0)


def _terminated(net: Net, stream: Stream, event: e.ElementTerminated, at: int) -> None:
    del at
    _left(net, stream, event.key)
    net.count(stream.follows[event.instance].definition, event.element, -1, 0, 1)


def _left(net: Net, stream: Stream, key: int) -> None:
    stream.living.pop(key, None)
    if key in stream.signed:
        stream.signed.discard(key)
        net.sweep(DROP_UNANSWERED, (key,))
    if key in stream.scoped:
        stream.scoped.discard(key)
        net.drop_scope(key)


def _variable_set(net: Net, stream: Stream, event: e.VariableSet, at: int) -> None:
    del at
    if event.scope not in stream.follows:
        stream.scoped.add(event.scope)
    net.put_variable(event.scope, event.name, stream.root, json_text(event.value))


STEPS: dict[type, Step] = {
    e.InstanceStarted: _instance_started,
    e.InstanceCompleted: _instance_completed,
    e.InstanceTerminated: _instance_terminated,
    e.InstanceSuspended: _suspended,
    e.InstanceResumed: _resumed,
    e.InstanceMigrated: _migrated,
    e.ElementActivated: _activated,
    e.ElementCompleted: _completed,
    e.ElementTerminated: _terminated,
    e.VariableSet: _variable_set,
}
