"""Answers and journals go when they are old; what a job still needs stays."""

from datetime import timedelta

import pytest
from sqlalchemy import Table, func, select

from mainspring.engine.events import Actor
from mainspring.runtime import AllowAll, Runtime, retention
from mainspring.runtime.jobs import Job
from mainspring.runtime.outcomes import Complete, Fail, Outcome, Work
from mainspring.runtime.tables import journal_steps, requests
from mainspring.runtime.worker import Worker
from mainspring.simulation import VirtualClock
from mainspring.store import Store
from mainspring.store.keys import KeyGenerator
from mainspring.testing import drawing as d

ANN = Actor("person", "ann")
YEAR = timedelta(days=365)


class Thinking:
    """A costly handler of one step; `finishes` says whether the job is done after it."""

    costly = True
    finishes = True

    def __call__(self, job: Job, work: Work) -> Outcome:
        work.step("think", lambda: job.element, repeatable=True)
        return Complete() if self.finishes else Fail("not yet", timedelta(days=3000), retries=3)


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock()


@pytest.fixture
def runtime(store: Store, clock: VirtualClock) -> Runtime:
    made = Runtime(store, clock=clock, keys=KeyGenerator(clock, store.node()), guard=AllowAll())
    made.deploy({"p.bpmn": d.sequence("p", d.service("a", "think"))}, ANN)
    return made


def count(store: Store, table: Table) -> int:
    with store.read() as tx:
        query = select(func.count()).select_from(table).where(table.c.tenant_id == tx.tenant)
        return int(tx.scalar(query))


def forget(runtime: Runtime) -> int:
    with runtime.store.write() as tx:
        return retention.forget(tx, now=runtime.clock(), kept=timedelta(days=90))


def test_an_old_answer_is_forgotten_and_a_young_one_kept(
    store: Store, runtime: Runtime, clock: VirtualClock
) -> None:
    runtime.start("p", {}, actor=ANN, idempotency_key="old")
    clock.set(clock() + YEAR)
    young = runtime.start("p", {}, actor=ANN, idempotency_key="young")
    assert (forget(runtime), forget(runtime)) == (1, 0)
    assert count(store, requests) == 1
    assert runtime.start("p", {}, actor=ANN, idempotency_key="young") == young


def test_the_journal_of_a_finished_job_is_forgotten(
    store: Store, runtime: Runtime, clock: VirtualClock
) -> None:
    runtime.start("p", {}, actor=ANN)
    Worker(runtime, {"think": Thinking()}, "w").run_once()
    assert forget(runtime) == 0
    clock.set(clock() + YEAR)
    assert forget(runtime) == 1
    assert count(store, journal_steps) == 0


def test_the_journal_of_a_job_that_goes_on_is_kept_however_old(
    store: Store, runtime: Runtime, clock: VirtualClock
) -> None:
    runtime.start("p", {}, actor=ANN)
    thinking = Thinking()
    thinking.finishes = False
    Worker(runtime, {"think": thinking}, "w").run_once()
    clock.set(clock() + YEAR)
    assert forget(runtime) == 0
    assert count(store, journal_steps) == 1
