"""Workers: what a handler writes and the completion of its job are one."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select

from mainspring.engine import commands as c
from mainspring.runtime import Job, queries
from mainspring.runtime.journal import StepInDoubt
from mainspring.runtime.outcomes import Ask, Complete, Fail, Outcome, ThrowError, Work
from mainspring.runtime.worker import Worker
from mainspring.store.log import read
from mainspring.store.tables import counters
from mainspring.testing import drawing as d

THREE = d.sequence("p", *(d.service(f"t{n}", "work", retries=2) for n in range(3)))
COSTLY = d.sequence("p", d.service("think", "think", retries=2))


def values(bench: Any) -> dict[str, int]:
    with bench.store.read() as tx:
        mine = counters.c.tenant_id == tx.tenant
        rows = tx.all(select(counters.c.name, counters.c.value).where(mine))
        return {row.name: row.value for row in rows if row.name not in {"log", "nodes"}}


def done(bench: Any) -> list[str]:
    with bench.store.read() as tx:
        return [row.state for row in queries.instances(tx)]


def test_a_worker_carries_an_instance_through_in_one_transaction(bench: Any) -> None:
    bench.deploy(THREE)
    bench.start("p")
    worker = Worker(bench.runtime, {"work": lambda job, _: Complete({job.element: 1})}, "w")
    assert worker.run_once() == 3
    assert worker.run_once() == 0
    assert done(bench) == ["completed"]


def test_a_batch_is_no_larger_than_asked(bench: Any) -> None:
    bench.deploy(THREE)
    for _ in range(2):
        bench.start("p")
    worker = Worker(bench.runtime, {"work": lambda *_: Complete()}, "w", batch=4)
    assert [worker.run_once() for _ in range(3)] == [4, 2, 0]


def test_what_a_failing_handler_wrote_is_undone_and_its_neighbours_work_stands(bench: Any) -> None:
    def handler(job: Job, work: Work) -> Outcome:
        work.tx.count(f"{job.variables['name']}-{job.element}", 1)
        if job.variables["name"] == "bad" and job.element == "t1":
            raise RuntimeError("no such product")
        return Complete()

    bench.deploy(THREE)
    bench.start("p", name="good")
    bad = bench.start("p", name="bad")
    worker = Worker(bench.runtime, {"work": handler}, "w")
    while worker.run_once():
        pass
    assert values(bench) == {"good-t0": 1, "good-t1": 1, "good-t2": 1, "bad-t0": 1}
    with bench.store.read() as tx:
        (incident,) = queries.incidents(tx)
    assert (incident.instance, incident.message) == (bad, "RuntimeError: no such product")


def test_every_outcome_does_what_it_says(bench: Any) -> None:
    boundary = (
        '<boundaryEvent id="caught" attachedToRef="t"><errorEventDefinition errorRef="e"/></boundaryEvent>'
        '<endEvent id="after"/><sequenceFlow id="c" sourceRef="caught" targetRef="after"/>'
    )
    model = d.sequence("p", d.service("t", "work"), tops='<error id="e" errorCode="E1"/>')
    bench.deploy(model.replace(b'<endEvent id="end"/>', b'<endEvent id="end"/>' + boundary.encode()))
    outcomes: dict[str, Outcome] = {
        "ask": Ask("review", (c.TaskSpec("Check"),)),
        "fail": Fail("later", timedelta(hours=1)),
        "throw": ThrowError("E1"),
        "complete": Complete({"x": 1}),
    }
    roots = {name: bench.start("p", name=name) for name in outcomes}
    Worker(bench.runtime, {"work": lambda job, _: outcomes[job.variables["name"]]}, "w").run_once()
    with bench.store.read() as tx:
        (task,) = queries.tasks(tx)
        states = {name: queries.instance(tx, root).state for name, root in roots.items()}
        types = {entry.element for entry in queries.history(tx, roots["throw"])}
        retries = {job.instance: job.retries for job in queries.jobs(tx)}
    assert task.instance == roots["ask"]
    assert states == {"ask": "active", "fail": "active", "throw": "completed", "complete": "completed"}
    assert "after" in types
    assert retries[roots["fail"]] == 2


def test_a_job_that_asks_goes_on_with_the_answer(bench: Any) -> None:
    def handler(job: Job, _: Work) -> Outcome:
        if not job.answers:
            return Ask("review", (c.TaskSpec("Check"),))
        return Complete(job.answers[-1]["answer"])

    bench.deploy(d.sequence("p", d.service("t", "work")))
    root = bench.start("p")
    worker = Worker(bench.runtime, {"work": handler}, "w")
    worker.run_once()
    with bench.store.read() as tx:
        (task,) = queries.tasks(tx)
    bench.execute(c.CompleteTask(task.key, {"price": 7}, "accepted"))
    worker.run_once()
    with bench.store.read() as tx:
        assert queries.variables(tx, root) == {"price": 7}


class Thinker:
    """A costly handler of two steps that may crash between intent and outcome."""

    costly = True

    def __init__(self, *, repeatable: bool) -> None:
        self.repeatable = repeatable
        self.calls: list[str] = []
        self.crash_in: str | None = None

    def __call__(self, job: Job, work: Work) -> Outcome:
        del job
        steps = {name: partial(self.do, name) for name in ("one", "two")}
        answers = [work.step(name, do, repeatable=self.repeatable) for name, do in steps.items()]
        return Complete({"answers": answers})

    def do(self, name: str) -> str:
        self.calls.append(name)
        if self.crash_in == name:
            raise KeyboardInterrupt  # as a process that is killed: no outcome, no failure on record
        return name.upper()


def crash(worker: Worker) -> None:
    with pytest.raises(KeyboardInterrupt):
        worker.run_once()


def test_a_finished_step_never_runs_again(bench: Any) -> None:
    bench.deploy(COSTLY)
    root = bench.start("p")
    thinker = Thinker(repeatable=True)
    worker = Worker(bench.runtime, {"think": thinker}, "w")
    thinker.crash_in = "two"
    crash(worker)
    thinker.crash_in = None
    bench.clock.advance(600)
    worker.run_once()
    assert thinker.calls == ["one", "two", "two"]
    with bench.store.read() as tx:
        assert queries.variables(tx, root) == {"answers": ["ONE", "TWO"]}


def test_a_step_in_doubt_that_must_not_be_repeated_goes_to_a_person(bench: Any) -> None:
    bench.deploy(COSTLY)
    bench.start("p")
    thinker = Thinker(repeatable=False)
    worker = Worker(bench.runtime, {"think": thinker}, "w")
    thinker.crash_in = "two"
    crash(worker)
    thinker.crash_in = None
    bench.clock.advance(600)
    while worker.run_once():
        pass
    assert thinker.calls == ["one", "two"]
    with bench.store.read() as tx:
        (incident,) = queries.incidents(tx)
    assert StepInDoubt.__name__ in incident.message


def test_a_stale_lease_writes_no_outcome(bench: Any) -> None:
    bench.deploy(COSTLY)
    bench.start("p")
    second = Worker(bench.runtime, {"think": Thinker(repeatable=True)}, "second")

    class Slow(Thinker):
        def do(self, name: str) -> str:
            if name == "one":
                bench.clock.advance(600)
                assert second.run_once() == 1
            return super().do(name)

    slow = Slow(repeatable=True)
    Worker(bench.runtime, {"think": slow}, "first").run_once()
    assert slow.calls == ["one"]
    with bench.store.read() as tx:
        assert sum(entry.type == "JobCompleted" for entry in read(tx)) == 1
