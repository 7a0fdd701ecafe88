"""Confirming: what waits for whom, and answering it, in a task of a process or outside any."""

from typing import Any

from mainspring.agents.inbox import Inbox
from mainspring.app import rights
from mainspring.app.house import House
from mainspring.govern.approval import Approval
from mainspring.govern.principal import Principal
from mainspring.runtime import queries
from mainspring.runtime.queries import Task
from mainspring.store import Tx


def waiting(house: House, tx: Tx, person: Principal) -> list[Approval]:
    """Open requests that ask for a role of this person, without those that they prepared."""
    names = {person.id, person.on_behalf_of}
    return [
        one
        for one in house.approvals.waiting(tx)
        if person.holds(one.requirement.role) and not names & one.preparers and not names & one.counted
    ]


def task_of(tx: Tx, approval: Approval) -> Task | None:
    """The open task in which a request stands, if there is one."""
    if approval.instance is None:
        return None
    found = queries.tasks(tx, instance=approval.instance)
    return next((one for one in found if one.payload.get("approval") == approval.key), None)


def answer(
    house: House, tx: Tx, key: int, person: Principal, *, approved: bool, digest: str, note: str = ""
) -> Approval:
    """Say yes or no. Where the request stands in a task, the task is answered, and its process goes on.

    Raises:
        ApprovalError, Denied, CommandRejected: as they say; nothing was done.
    """
    asked = house.approvals.get(tx, key)
    task = task_of(tx, asked)
    if task is None:
        return house.gateway.answer(tx, key, person, approved=approved, digest=digest, note=note)
    if task.payload.get("digest") != digest:
        # the approval itself says in which words
        return house.gateway.answer(tx, key, person, approved=approved, digest=digest, note=note)
    values = {"note": note} if note else {}
    outcome = "approved" if approved else "refused"
    Inbox(house.runtime, house.gateway).complete(tx, task.key, person, outcome, values)
    return house.approvals.get(tx, key)


def shown(house: House, one: Approval, task: Task | None) -> dict[str, Any]:
    """A request as plain values."""
    payload = one.payload()
    return {
        **payload,
        "title": rights.titles(house).get(one.operation, one.operation),
        "approval": str(one.key),
        "task": str(task.key) if task is not None else None,
        "state": one.state,
        "confirmed_by": list(one.confirmed_by),
        "requested_at": one.requested_at,
    }
