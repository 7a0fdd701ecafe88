"""What the events of jobs and of tasks for people change."""

from collections.abc import Callable
from typing import Any

from mainspring.engine import events as e
from mainspring.engine.ballots import OUTCOMES
from mainspring.engine.evolve_approvals import remember_effect, remember_step
from mainspring.engine.state import ElementInstance, Job, State, Task

LISTENERS = frozenset({"execution_listener", "task_listener"})
CHANGE_LISTENER, CANCEL_LISTENER = "change_listener", "cancel_listener"
EFFECTS = frozenset({"task", "send"})
"""Kinds of jobs that may act on the world outside."""


def _job_created(state: State, event: e.JobCreated) -> None:
    state.jobs[event.job] = Job(event.key, event.kind, event.type, event.retries)
    record = state.elements[event.key]
    if event.kind == CANCEL_LISTENER:
        record.aside = {**(record.aside or {}), event.job: None}
    else:
        record.job = event.job


def _job_completed(state: State, event: e.JobCompleted) -> None:
    job = state.jobs.pop(event.job)
    record = state.elements[event.key]
    if job.kind == CANCEL_LISTENER:
        _drop_aside(record, event.job)
        return
    record.job = None
    if job.kind in EFFECTS:
        remember_effect(state, record, event.job)
    elif job.kind in LISTENERS:
        record.listeners += 1
    elif job.kind == CHANGE_LISTENER and record.change is not None:
        record.change["done"] += 1


def _drop_aside(record: ElementInstance, job: int) -> None:
    if record.aside is not None:
        record.aside.pop(job, None)


def _job_failed(state: State, event: e.JobFailed) -> None:
    job = state.jobs[event.job]
    job.retries = event.retries
    job.state = "ready" if event.retries > 0 else "failed"


def _job_gone(state: State, event: e.JobErrorThrown | e.JobCanceled) -> None:
    job = state.jobs.pop(event.job)
    record = state.elements[event.key]
    if job.kind == CANCEL_LISTENER:
        _drop_aside(record, event.job)
        return
    record.job = None
    if job.kind == CHANGE_LISTENER:
        record.change = None


def _job_retries_set(state: State, event: e.JobRetriesSet) -> None:
    job = state.jobs[event.job]
    job.retries = event.retries
    if job.state == "failed" and event.retries > 0:
        job.state = "ready"


def _job_parked(state: State, event: e.JobParked) -> None:
    job = state.jobs[event.job]
    job.state = "parked"


def _job_resumed(state: State, event: e.JobResumed) -> None:
    job = state.jobs[event.job]
    job.state, job.answers = "ready", event.answers


def _task_created(state: State, event: e.TaskCreated) -> None:
    state.tasks[event.task] = Task(
        event.key,
        event.kind,
        event.job,
        event.name,
        event.assignee,
        event.payload,
        event.slot,
        event.candidate_users,
        event.candidate_groups,
    )
    if event.job is None:
        _hold(state.elements[event.key], event.slot, event.task)
    else:
        state.jobs[event.job].tasks[event.task] = None


def _hold(record: ElementInstance, slot: int | None, task: int | None) -> None:
    """The element, or the slot of its ballot, has this task."""
    if slot is None or record.ballot is None:
        record.task = task
    elif slot in record.ballot.slots:
        record.ballot.slots[slot].task = task


def _task_assigned(state: State, event: e.TaskAssigned) -> None:
    state.tasks[event.task].assignee = event.assignee


def _task_updated(state: State, event: e.TaskUpdated) -> None:
    """Dates, priority and drafts are read from the projections."""
    task, changes = state.tasks[event.task], event.changes
    if "candidate_users" in changes:
        task.candidate_users = tuple(changes["candidate_users"])
    if "candidate_groups" in changes:
        task.candidate_groups = tuple(changes["candidate_groups"])


def _task_completed(state: State, event: e.TaskCompleted) -> None:
    task = state.tasks.pop(event.task)
    if task.job is None:
        _answered(state, task, event)
        return
    job = state.jobs[task.job]
    job.tasks.pop(event.task, None)
    job.answers = [
        *job.answers,
        {
            "task": task.name,
            "kind": task.kind,
            "outcome": event.outcome,
            "answer": event.answer,
            "actor": event.actor,
            "payload": task.payload,
        },
    ]


def _answered(state: State, task: Task, event: e.TaskCompleted) -> None:
    record = state.elements[event.key]
    _hold(record, task.slot, None)
    person = event.actor.get("id") if event.actor else None
    if task.slot is None or record.ballot is None:
        remember_step(state, record, event.task, person)
        return
    slot = record.ballot.slots[task.slot]
    slot.outcome, slot.voter = OUTCOMES.get(event.outcome, event.outcome), person
    note = event.answer.get("note")
    slot.note = note if isinstance(note, str) else None


def _task_canceled(state: State, event: e.TaskCanceled) -> None:
    task = state.tasks.pop(event.task)
    if task.job is None:
        _hold(state.elements[event.key], task.slot, None)
    elif task.job in state.jobs:
        state.jobs[task.job].tasks.pop(event.task, None)


WORK: dict[type, Callable[[State, Any], None]] = {
    e.JobCreated: _job_created,
    e.JobCompleted: _job_completed,
    e.JobFailed: _job_failed,
    e.JobErrorThrown: _job_gone,
    e.JobCanceled: _job_gone,
    e.JobRetriesSet: _job_retries_set,
    e.JobParked: _job_parked,
    e.JobResumed: _job_resumed,
    e.TaskCreated: _task_created,
    e.TaskAssigned: _task_assigned,
    e.TaskUpdated: _task_updated,
    e.TaskCompleted: _task_completed,
    e.TaskCanceled: _task_canceled,
}
