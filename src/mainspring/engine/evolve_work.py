"""What the events of jobs and of tasks for people change."""

from collections.abc import Callable
from typing import Any

from mainspring.engine import events as e
from mainspring.engine.state import Job, State, Task

LISTENERS = frozenset({"execution_listener", "task_listener"})


def _job_created(state: State, event: e.JobCreated) -> None:
    state.jobs[event.job] = Job(event.key, event.kind, event.type, event.retries)
    state.elements[event.key].job = event.job


def _job_completed(state: State, event: e.JobCompleted) -> None:
    job = state.jobs.pop(event.job)
    record = state.elements[event.key]
    record.job = None
    if job.kind in LISTENERS:
        record.listeners += 1


def _job_failed(state: State, event: e.JobFailed) -> None:
    job = state.jobs[event.job]
    job.retries = event.retries
    job.state = "ready" if event.retries > 0 else "failed"


def _job_gone(state: State, event: e.JobErrorThrown | e.JobCanceled) -> None:
    del state.jobs[event.job]
    state.elements[event.key].job = None


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
        event.key, event.kind, event.job, event.name, event.assignee, event.payload
    )
    if event.job is None:
        state.elements[event.key].task = event.task
    else:
        state.jobs[event.job].tasks[event.task] = None


def _task_assigned(state: State, event: e.TaskAssigned) -> None:
    state.tasks[event.task].assignee = event.assignee


def _task_updated(state: State, event: e.TaskUpdated) -> None:
    del state, event  # dates, priority and drafts are read from the projections, never by the engine


def _task_completed(state: State, event: e.TaskCompleted) -> None:
    task = state.tasks.pop(event.task)
    if task.job is None:
        state.elements[event.key].task = None
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


def _task_canceled(state: State, event: e.TaskCanceled) -> None:
    task = state.tasks.pop(event.task)
    if task.job is None:
        state.elements[event.key].task = None
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
