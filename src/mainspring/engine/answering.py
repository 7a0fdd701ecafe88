"""Commands about open tasks: answer, assign, claim, update; where there are listeners, after they agreed."""

from collections.abc import Callable
from typing import Any

from mainspring.base.jsonio import normalise
from mainspring.engine import commands as c
from mainspring.engine import events as e
from mainspring.engine.approvals import handing, signing
from mainspring.engine.approvals.asking import open_task
from mainspring.engine.changes import asked
from mainspring.engine.errors import CommandRejected
from mainspring.engine.lifecycle import complete
from mainspring.engine.run import Run
from mainspring.engine.state import ElementInstance, Task

CHANGEABLE = frozenset({"due", "follow_up", "priority", "candidate_users", "candidate_groups", "draft"})


def complete_task(run: Run, command: c.CompleteTask) -> None:
    """A person answers a task; a delegate's answer goes back to the owner."""
    task, record = open_task(run, command.task)
    if handing.come_back(run, task, command):
        return
    if task.job is None:
        signing.check_vote(record.ballot, command.outcome)
    if not asked(run, task, command):
        _complete(run, command)


def _complete(run: Run, command: c.CompleteTask) -> None:
    task = run.state.tasks[command.task]
    record = run.state.elements[task.element_key]
    kept = normalise(command.answer)
    run.emit(e.TaskCompleted(command.task, record.key, command.outcome, kept, command.actor, task.slot))
    if task.job is None:
        _answered(run, command, record, kept)
        return
    job = run.state.jobs[task.job]
    if task.kind == "approval" and command.outcome == "refused":
        for other in list(job.tasks):
            run.emit(e.TaskCanceled(other, record.key))
    if not job.tasks:
        run.emit(e.JobResumed(task.job, record.key, job.answers))


def _answered(run: Run, command: c.CompleteTask, record: ElementInstance, kept: dict[str, Any]) -> None:
    if record.incident is not None:
        run.emit(e.IncidentResolved(record.incident, record.key))
    node = run.node(record)
    run.take_results(node, record, kept)
    if record.ballot is None:
        complete(run, node, record)
    else:
        person = command.actor["id"] if command.actor is not None else None
        signing.settle(run, record, command.task, person)


def assign_task(run: Run, command: c.AssignTask) -> None:
    """Give the task to a person, or to nobody."""
    task, _ = open_task(run, command.task)
    if task.slot is not None or task.owners:
        raise CommandRejected("the task is one of a signing or delegated", mend="Transfer it instead.")
    if not asked(run, task, command):
        _assign(run, command)


def claim_task(run: Run, command: c.ClaimTask) -> None:
    """Take an unassigned task for oneself."""
    task, _ = open_task(run, command.task)
    if task.assignee not in {None, command.assignee}:
        raise CommandRejected(f"the task is {task.assignee}'s already")
    if not asked(run, task, command):
        _assign(run, command)


def _assign(run: Run, command: c.AssignTask | c.ClaimTask) -> None:
    run.emit(e.TaskAssigned(command.task, run.state.tasks[command.task].element_key, command.assignee))


def update_task(run: Run, command: c.UpdateTask) -> None:
    """Change dates, priority, candidates or the draft; a draft alone asks no listener."""
    task, _ = open_task(run, command.task)
    unknown = sorted(set(command.changes) - CHANGEABLE)
    if unknown:
        raise CommandRejected(
            f"a task has no changeable {', '.join(unknown)}", mend=f"Use {', '.join(sorted(CHANGEABLE))}."
        )
    if set(command.changes) == {"draft"} or not asked(run, task, command):
        _update(run, command)


def _update(run: Run, command: c.UpdateTask) -> None:
    task: Task = run.state.tasks[command.task]
    run.emit(e.TaskUpdated(command.task, task.element_key, normalise(command.changes)))


_AGREED: dict[type, Callable[[Run, Any], None]] = {
    c.CompleteTask: _complete,
    c.AssignTask: _assign,
    c.ClaimTask: _assign,
    c.UpdateTask: _update,
}


def agreed(run: Run, command: Any) -> None:
    """Do a change to which its listeners have agreed."""
    _AGREED[type(command)](run, command)
