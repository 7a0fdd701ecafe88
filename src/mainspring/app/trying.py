"""Trying a model out: one case of it on a virtual clock, in memory, apart from everything that is real.

Jobs and tasks are answered at once, with what the caller gives for their element or with nothing; timers are
jumped to. No operation is called, nothing leaves, and nothing of it is kept.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mainspring.app.errors import QuestionUnfit
from mainspring.engine import commands as c
from mainspring.engine.events import Actor
from mainspring.runtime import AllowAll, Job, Runtime, queries
from mainspring.runtime.outcomes import Complete, Outcome, Work
from mainspring.runtime.worker import Worker
from mainspring.simulation import VirtualClock
from mainspring.store import Store, Tx, open_store
from mainspring.store.keys import KeyGenerator

MOST_STEPS = 500
MOST_EVENTS = 5_000
SECONDS = 5.0
TESTER = Actor("person", "trial")
_STEPS = frozenset({"ElementActivated", "ElementCompleted", "ElementTerminated", "IncidentRaised"})
Shown = dict[str, Any]
Answers = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Trial:
    """What to try: a process of these files, its variables, and answers for jobs and tasks by element."""

    files: Mapping[str, bytes]
    process: str
    variables: Mapping[str, Any] = field(default_factory=dict)
    answers: Answers = field(default_factory=dict)


def beside(tx: Tx, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The newest deployed files, where none of the same name is given."""
    found: dict[str, bytes] = {}
    for one in queries.deployed(tx):
        if one.file not in files and one.file not in found:
            found[one.file] = queries.source(tx, one.key)
    return found


def tried(trial: Trial, others: Mapping[str, bytes]) -> Shown:
    """What became of one case.

    Args:
        trial: what is tried.
        others: files that the process may call upon.

    Raises:
        DeploymentRefused: the files cannot be used.
        CommandRejected: the process has no start event that a person may begin with.
    """
    store = open_store("sqlite://", "trial")
    try:
        return _run(store, trial, others)
    finally:
        store.close()


def _run(store: Store, trial: Trial, others: Mapping[str, bytes]) -> Shown:
    clock = VirtualClock()
    runtime = Runtime(store, clock=clock, keys=KeyGenerator(clock, store.node()), guard=AllowAll())
    made = runtime.deploy({**others, **trial.files}, TESTER)
    mine = {one.id for one in made.processes if one.file in trial.files}
    if trial.process not in mine:
        raise QuestionUnfit(
            f"there is no executable process {trial.process!r} in the files",
            where="process",
            mend=f"Name one of these: {', '.join(sorted(mine)) or 'none is executable'}.",
        )
    root = runtime.start(trial.process, trial.variables, actor=TESTER)
    stopped = _drive(runtime, clock, root, trial.answers)
    with store.read() as tx:
        return _shown(tx, root, stopped)


def _drive(runtime: Runtime, clock: VirtualClock, root: int, answers: Answers) -> str | None:
    """Go on until nothing can; gives why it was stopped before that."""
    latest = time.monotonic() + SECONDS
    for _ in range(MOST_STEPS):
        if time.monotonic() > latest:
            return "time"
        if _work(runtime, answers) or runtime.tick() or _answer(runtime, root, answers):
            continue
        due = runtime.next_due()
        if due is None or due <= clock():
            return None
        clock.set(due)
    return "steps"


def _work(runtime: Runtime, answers: Answers) -> int:
    with runtime.store.read() as tx:
        types = {one.type for one in queries.jobs(tx, state="open")}

    def run(job: Job, work: Work) -> Outcome:
        del work
        return Complete(dict(answers.get(job.element, {})))

    return Worker(runtime, dict.fromkeys(types, run), "trial").run_once() if types else 0


def _answer(runtime: Runtime, root: int, answers: Answers) -> int:
    with runtime.store.read() as tx:
        open_tasks = queries.tasks(tx, instance=root)
    for task in open_tasks:
        command = c.CompleteTask(task.key, dict(answers.get(task.element, {})), "completed")
        runtime.execute(command, actor=TESTER)
    return len(open_tasks)


def _shown(tx: Tx, root: int, stopped: str | None) -> Shown:
    case = queries.instance(tx, root)
    events = queries.history(tx, root, limit=MOST_EVENTS)
    found = queries.incidents(tx, instance=root)
    waits = queries.subscriptions(tx, instance=root)
    elements = {
        one.element: {"active": one.active, "completed": one.completed, "terminated": one.terminated}
        for one in queries.element_counts(tx, case.definition)
    }
    return {
        "state": case.state,
        "stopped": stopped,
        "variables": queries.variables(tx, root),
        "elements": elements,
        "steps": [
            {"at": one.at, "type": one.type, "element": one.element}
            for one in events
            if one.type in _STEPS and one.element is not None
        ],
        "incidents": [{"element": one.element, "message": one.message} for one in found],
        "waits_for": [{"element": one.element, "message": one.name} for one in waits],
    }
