"""Task listeners that are asked before a user task changes: assigning, updating, completing.

Such a change waits: the command is kept with the element, a job goes to each listener in turn, and when the
last has agreed the command is done. A listener may deny it, or correct the task (`CompleteJob.result` as in
Camunda 8: {"denied", "deniedReason", "corrections"}).
"""

from collections.abc import Callable
from typing import Any

from mainspring.base.jsonio import dumps, normalise
from mainspring.engine import approval_events as a
from mainspring.engine import commands as c
from mainspring.engine import events as e
from mainspring.engine.errors import CommandRejected, Fault
from mainspring.engine.lifecycle import create_job, raise_incident
from mainspring.engine.run import Run
from mainspring.engine.state import ElementInstance, Task

KINDS: dict[type, str] = {
    c.AssignTask: "assigning",
    c.ClaimTask: "assigning",
    c.UpdateTask: "updating",
    c.CompleteTask: "completing",
}
_BY_NAME = {kind.__name__: kind for kind in KINDS}
_CORRECTED = {
    "dueDate": "due",
    "followUpDate": "follow_up",
    "priority": "priority",
    "candidateUsers": "candidate_users",
    "candidateGroups": "candidate_groups",
}


def asked(run: Run, task: Task, command: Any) -> bool:
    """Begin asking the listeners of a change; False when it has none, and may be done at once."""
    record = run.state.elements[task.element_key]
    change = KINDS[type(command)]
    if task.job is not None or not run.node(record).task_listeners.get(change):
        return False
    run.emit(
        a.TaskChangeBegun(command.task, record.key, change, type(command).__name__, normalise(list(command)))
    )
    _ask(run, record)
    return True


def check_settled(record: ElementInstance) -> None:
    """No change of the task waits for its listeners.

    Raises:
        CommandRejected: one does.
    """
    if record.change is not None:
        raise CommandRejected(
            f"the task is {record.change['change']}: its listeners are at work", mend="Try again shortly."
        )


def answered(
    run: Run, record: ElementInstance, result: dict[str, Any] | None, do: Callable[[Run, Any], None]
) -> None:
    """A listener is done: the next is asked, or the change is done, or it was denied."""
    pending = record.change
    if pending is None:
        return
    given, task = result or {}, int(pending["task"])
    if given.get("denied"):
        reason = str(given.get("deniedReason") or "")
        run.emit(a.TaskChangeSettled(task, record.key, pending["change"], denied=True, reason=reason))
        return
    _correct(run, record, task, given.get("corrections") or {})
    if pending["done"] < len(run.node(record).task_listeners[pending["change"]]):
        _ask(run, record)
        return
    kind, fields = _BY_NAME[pending["command"]], list(pending["fields"])
    fields[0] = task
    run.emit(a.TaskChangeSettled(task, record.key, pending["change"], denied=False, reason=""))
    do(run, kind(*fields))


def _ask(run: Run, record: ElementInstance) -> None:
    pending = record.change or {}
    spec = run.node(record).task_listeners[pending["change"]][pending["done"]]
    shown = dumps(dict(zip(_BY_NAME[pending["command"]]._fields, pending["fields"], strict=True)))  # type: ignore[attr-defined] # commands are named tuples
    headers = {**spec.headers, "eventType": pending["change"], "change": shown.decode()}
    try:
        create_job(run, record, spec._replace(headers=headers))
    except Fault as fault:
        raise_incident(run, record, fault, "enter")


def _correct(run: Run, record: ElementInstance, task: int, corrections: dict[str, Any]) -> None:
    changes = {_CORRECTED[name]: value for name, value in corrections.items() if name in _CORRECTED}
    if changes:
        run.emit(e.TaskUpdated(task, record.key, normalise(changes)))
    if "assignee" in corrections:
        assignee = corrections["assignee"]
        if record.change is not None and record.change["change"] == "assigning":
            run.emit(a.TaskChangeCorrected(task, record.key, assignee))
        else:
            run.emit(e.TaskAssigned(task, record.key, assignee))
