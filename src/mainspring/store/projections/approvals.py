"""Projections of people's operations: signers, tasks handed on, reminders, copies, cases opened again."""

from typing import Any

from mainspring.engine import approval_events as a
from mainspring.store.net import Net
from mainspring.store.process_tables import copies, instances, signers, tasks
from mainspring.store.projections.stream import Follows, Step, Stream, json_text
from mainspring.store.projections.work import task_gone
from mainspring.store.types import to_micros

DROP_UNANSWERED = "DELETE FROM signers WHERE outcome IS NULL AND tenant_id = ? AND element_key = ?"


def _signing_opened(net: Net, stream: Stream, event: a.SigningOpened, at: int) -> None:
    del at
    stream.signed.add(event.key)
    _insert(net, stream, event.key, event.slots)
    if event.task is not None:
        first = int(event.slots[0]["slot"])
        net.update(tasks, event.task, {"slot": first})
        net.update(signers, (event.key, first), {"task": event.task})


def _signers_added(net: Net, stream: Stream, event: a.SignersAdded, at: int) -> None:
    del at
    _insert(net, stream, event.key, event.slots)


def _insert(net: Net, stream: Stream, key: int, slots: list[dict[str, Any]]) -> None:
    element = stream.living[key][0]
    for slot in slots:
        number = int(slot["slot"])
        row = {
            "element_key": key,
            "slot": number,
            "root": stream.root,
            "element": element,
            "person": slot["person"],
            "weight": str(slot["weight"]),
            "counts": slot["counts"],
            "added_by": slot["by"],
            "task": None,
            "outcome": None,
            "voter": None,
            "answered_at": None,
        }
        net.insert(signers, (key, number), row)


def _signers_removed(net: Net, stream: Stream, event: a.SignersRemoved, at: int) -> None:
    del stream, at
    for slot in event.slots:
        net.delete(signers, (event.key, int(slot["slot"])))


def _vote_withdrawn(net: Net, stream: Stream, event: a.VoteWithdrawn, at: int) -> None:
    del stream, at
    net.update(signers, (event.key, event.slot), {"outcome": None, "voter": None, "answered_at": None})


def _transferred(net: Net, stream: Stream, event: a.TaskTransferred, at: int) -> None:
    del stream, at
    net.update(tasks, event.task, {"assignee": event.to})
    if event.slot is not None:
        net.update(signers, (event.key, event.slot), {"person": event.to})


def _delegated(net: Net, stream: Stream, event: a.TaskDelegated, at: int) -> None:
    del stream, at
    net.update(tasks, event.task, {"assignee": event.to, "owner": event.owner})


def _delegation_returned(net: Net, stream: Stream, event: a.DelegationReturned, at: int) -> None:
    del stream, at
    changes = {"assignee": event.owner, "owner": event.outer, "draft": json_text(event.answer)}
    net.update(tasks, event.task, changes)


def _handed_over(net: Net, stream: Stream, event: a.WorkHandedOver, at: int) -> None:
    del stream, at
    for task in event.owned:
        net.update(tasks, int(task["task"]), {"owner": event.to})
    for slot in event.slots:
        net.update(signers, (int(slot["key"]), int(slot["slot"])), {"person": event.to})


def _reminded(net: Net, stream: Stream, event: a.TaskReminded, at: int) -> None:
    del stream, at
    net.sweep(_REMIND, (to_micros(event.at), event.task))


_REMIND = "UPDATE tasks SET reminders = reminders + 1, reminded_at = ? WHERE tenant_id = ? AND key = ?"


def _copied(net: Net, stream: Stream, event: a.CaseCopied, at: int) -> None:
    process_id = stream.follows[event.key].process_id
    for person in event.people:
        row = {
            "root": stream.root,
            "person": person,
            "process_id": process_id,
            "note": event.note,
            "sent_at": at,
            "read_at": None,
        }
        net.insert(copies, (stream.root, person), row)


def _copy_read(net: Net, stream: Stream, event: a.CopyRead, at: int) -> None:
    del stream
    net.update(copies, (event.key, event.person), {"read_at": at})


def _reopened(net: Net, stream: Stream, event: a.InstanceReopened, at: int) -> None:
    del at
    stream.follows[event.key] = Follows(event.process_id, event.definition)
    net.update(instances, event.key, {"state": "active", "ended_at": None})


STEPS: dict[type, Step] = {
    a.SigningOpened: _signing_opened,
    a.SignersAdded: _signers_added,
    a.SignersRemoved: _signers_removed,
    a.VoteWithdrawn: _vote_withdrawn,
    a.TaskReturned: task_gone,
    a.TaskTransferred: _transferred,
    a.TaskDelegated: _delegated,
    a.DelegationReturned: _delegation_returned,
    a.WorkHandedOver: _handed_over,
    a.TaskReminded: _reminded,
    a.CaseCopied: _copied,
    a.CopyRead: _copy_read,
    a.InstanceReopened: _reopened,
}
