"""Projections of jobs and of tasks for people."""

from datetime import datetime
from typing import Any

from mainspring.engine import events as e
from mainspring.engine.ballots import OUTCOMES
from mainspring.store.net import Net
from mainspring.store.process_tables import jobs, signers, task_candidates, tasks
from mainspring.store.projections.stream import Step, Stream, json_text, micros
from mainspring.store.types import to_micros

FREE = 0
"""The due time of a job that is free at once, wherever the clock is set."""


def _job_created(net: Net, stream: Stream, event: e.JobCreated, at: int) -> None:
    process = stream.follows[event.instance]
    row = {
        "key": event.job,
        "root": stream.root,
        "process_instance": event.instance,
        "process_id": process.process_id,
        "definition": process.definition,
        "element_key": event.key,
        "element": event.element,
        "type": event.type,
        "kind": event.kind,
        "headers": json_text(event.headers),
        "rank": -event.priority,
        "created_at": at,
        "retries": event.retries,
        "message": None,
        "answers": None,
        "state": "open" if event.retries > 0 else "failed",
        "suspended": False,
        "due": FREE,
        "worker": None,
        "fence": 0,
    }
    net.insert(jobs, event.job, row)


def _job_gone(
    net: Net, stream: Stream, event: e.JobCompleted | e.JobCanceled | e.JobErrorThrown, at: int
) -> None:
    del stream, at
    net.delete(jobs, event.job)


def _job_failed(net: Net, stream: Stream, event: e.JobFailed, at: int) -> None:
    del stream, at
    changes = {
        "retries": event.retries,
        "message": event.message,
        "state": "open" if event.retries > 0 else "failed",
        "due": FREE if event.retry_at is None else to_micros(event.retry_at),
        "worker": None,
    }
    net.update(jobs, event.job, changes)


def _job_retries_set(net: Net, stream: Stream, event: e.JobRetriesSet, at: int) -> None:
    del stream, at
    net.update(jobs, event.job, {"retries": event.retries, "state": "open", "due": FREE, "worker": None})


def _job_parked(net: Net, stream: Stream, event: e.JobParked, at: int) -> None:
    del stream, at
    net.update(jobs, event.job, {"state": "parked", "worker": None})


def _job_resumed(net: Net, stream: Stream, event: e.JobResumed, at: int) -> None:
    del stream, at
    net.update(
        jobs, event.job, {"state": "open", "due": FREE, "worker": None, "answers": json_text(event.answers)}
    )


def _task_created(net: Net, stream: Stream, event: e.TaskCreated, at: int) -> None:
    process = stream.follows[event.instance]
    row = {
        "key": event.task,
        "root": stream.root,
        "process_instance": event.instance,
        "process_id": process.process_id,
        "definition": process.definition,
        "element_key": event.key,
        "element": event.element,
        "kind": event.kind,
        "job": event.job,
        "name": event.name,
        "assignee": event.assignee,
        "candidate_users": json_text(event.candidate_users),
        "candidate_groups": json_text(event.candidate_groups),
        "due": micros(event.due),
        "follow_up": micros(event.follow_up),
        "priority": event.priority,
        "form": event.form,
        "payload": json_text(event.payload),
        "draft": None,
        "created_at": at,
        "slot": event.slot,
        "owner": None,
        "reminders": 0,
        "reminded_at": None,
    }
    net.insert(tasks, event.task, row)
    if event.slot is not None:
        net.update(signers, (event.key, event.slot), {"task": event.task})
    _candidates(net, event.task, "user", event.candidate_users)
    _candidates(net, event.task, "group", event.candidate_groups)


def _candidates(net: Net, task: int, kind: str, names: list[str]) -> None:
    for name in dict.fromkeys(names):
        net.insert(task_candidates, (task, kind, name), {"task": task, "kind": kind, "name": name})


def _task_assigned(net: Net, stream: Stream, event: e.TaskAssigned, at: int) -> None:
    del stream, at
    net.update(tasks, event.task, {"assignee": event.assignee})


def _task_updated(net: Net, stream: Stream, event: e.TaskUpdated, at: int) -> None:
    del stream, at
    changes: dict[str, Any] = {}
    for name, value in event.changes.items():
        if name in {"due", "follow_up"}:
            changes[name] = None if value is None else to_micros(datetime.fromisoformat(value))
        elif name == "priority":
            changes[name] = int(value)
        else:
            changes[name] = json_text(value)
        if name in {"candidate_users", "candidate_groups"}:
            kind = name.removeprefix("candidate_").removesuffix("s")
            net.sweep(_DROP_CANDIDATES_OF_KIND, (kind, event.task))
            for one in dict.fromkeys(value):
                net.sweep(_ADD_CANDIDATE, (kind, one, event.task))
    net.update(tasks, event.task, changes)


_DROP_CANDIDATES_OF_KIND = "DELETE FROM task_candidates WHERE kind = ? AND tenant_id = ? AND task = ?"
_ADD_CANDIDATE = "INSERT INTO task_candidates (kind, name, tenant_id, task) VALUES (?, ?, ?, ?)"
_DROP_CANDIDATES = "DELETE FROM task_candidates WHERE tenant_id = ? AND task = ?"


def _task_completed(net: Net, stream: Stream, event: e.TaskCompleted, at: int) -> None:
    task_gone(net, stream, event, at)
    if event.slot is not None:
        voter = event.actor["id"] if event.actor is not None else None
        answered = {
            "task": None,
            "outcome": OUTCOMES.get(event.outcome, event.outcome),
            "voter": voter,
            "answered_at": at,
        }
        net.update(signers, (event.key, event.slot), answered)


def task_gone(net: Net, stream: Stream, event: Any, at: int) -> None:
    """The task is nobody's any more; `event` says which."""
    del stream, at
    net.delete(tasks, event.task)
    net.sweep(_DROP_CANDIDATES, (event.task,))


STEPS: dict[type, Step] = {
    e.JobCreated: _job_created,
    e.JobCompleted: _job_gone,
    e.JobCanceled: _job_gone,
    e.JobErrorThrown: _job_gone,
    e.JobFailed: _job_failed,
    e.JobRetriesSet: _job_retries_set,
    e.JobParked: _job_parked,
    e.JobResumed: _job_resumed,
    e.TaskCreated: _task_created,
    e.TaskAssigned: _task_assigned,
    e.TaskUpdated: _task_updated,
    e.TaskCompleted: _task_completed,
    e.TaskCanceled: task_gone,
}
