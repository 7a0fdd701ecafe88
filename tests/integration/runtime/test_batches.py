"""Operations on many cases: each item is done or refused by itself; what is deleted stays as proof."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mainspring.engine import CommandRejected
from mainspring.engine import commands as c
from mainspring.engine.events import Actor
from mainspring.runtime import AllowAll, Runtime, queries
from mainspring.runtime.batch import (
    Filter,
    cancel_instances,
    delete_instances,
    portion,
    retry_incidents,
)
from mainspring.runtime.deletion import delete_instance
from mainspring.runtime.errors import Denied, NotFound
from mainspring.runtime.guard import Facts
from mainspring.runtime.outcomes import Complete, Fail
from mainspring.runtime.worker import Worker
from mainspring.simulation import VirtualClock
from mainspring.store import Store, Tx
from mainspring.store.keys import KeyGenerator
from mainspring.store.log import read_stream
from mainspring.store.rebuild import PROJECTIONS, rebuild
from mainspring.testing import drawing as d

ANN = Actor("person", "ann")
WORK = d.sequence("p", d.service("a", "work", retries=1))
PERSON = d.sequence("q", d.user("check", groups="sales"))


@pytest.fixture
def runtime(store: Store) -> Runtime:
    clock = VirtualClock()
    made = Runtime(store, clock=clock, keys=KeyGenerator(clock, store.node()), guard=AllowAll())
    made.deploy({"p.bpmn": WORK, "q.bpmn": PERSON}, ANN)
    return made


def started(runtime: Runtime, process: str, count: int) -> list[int]:
    return [runtime.start(process, {"n": number}, actor=ANN) for number in range(count)]


def work_off(runtime: Runtime, outcome: Any) -> None:
    worker = Worker(runtime, {"work": lambda _job, _work: outcome}, "w")
    while worker.run_once():
        pass


def states(store: Store) -> list[str]:
    with store.read() as tx:
        return [one.state for one in queries.instances(tx, limit=1000)]


def test_all_incidents_that_fit_go_on_where_they_stopped(store: Store, runtime: Runtime) -> None:
    started(runtime, "p", 70)
    work_off(runtime, Fail("no answer"))
    made = retry_incidents(runtime, Filter(process_id="p", element="a"), actor=ANN, retries=2)
    assert made.total == 70
    assert [one.done for one in made.run()] == [True] * 70
    with store.read() as tx:
        assert queries.incidents(tx) == []
        assert {job.retries for job in queries.jobs(tx)} == {2}
    work_off(runtime, Complete())
    assert states(store) == ["completed"] * 70


def test_a_filter_that_fits_nothing_touches_nothing(store: Store, runtime: Runtime) -> None:
    started(runtime, "p", 2)
    work_off(runtime, Fail("no answer"))
    made = retry_incidents(runtime, Filter(element="b"), actor=ANN)
    assert (made.total, list(made.run())) == (0, [])
    with store.read() as tx:
        assert len(queries.incidents(tx)) == 2


def test_cases_are_cancelled_by_process_and_others_go_on(store: Store, runtime: Runtime) -> None:
    started(runtime, "p", 3)
    started(runtime, "q", 2)
    items = list(cancel_instances(runtime, Filter(process_id="q"), actor=ANN).run())
    assert [one.done for one in items] == [True, True]
    assert states(store) == ["active"] * 3 + ["terminated"] * 2


def test_a_refused_item_says_why_and_leaves_the_others_done(store: Store, runtime: Runtime) -> None:
    keys = started(runtime, "q", 3)

    class OnlyOthers(AllowAll):
        def check(self, tx: Tx, actor: Actor, command: Any, facts: Facts) -> None:
            super().check(tx, actor, command, facts)
            if facts.instance == keys[1]:
                raise Denied("that case is another department's")

    runtime.guard = OnlyOthers()
    items = list(cancel_instances(runtime, Filter(process_id="q"), actor=ANN).run())
    assert [(one.key, one.done) for one in items] == [(keys[0], True), (keys[1], False), (keys[2], True)]
    assert items[1].why == "that case is another department's"
    assert states(store) == ["terminated", "active", "terminated"]


def test_portions_follow_each_other_and_end(runtime: Runtime) -> None:
    keys = started(runtime, "q", 5)
    made = cancel_instances(runtime, Filter(process_id="q"), actor=ANN)
    first, after = portion(made, after=0, limit=3)
    assert ([one.key for one in first], after) == (keys[:3], keys[2])
    rest, after = portion(made, after=keys[2], limit=3)
    assert ([one.key for one in rest], after) == (keys[3:], None)


def test_only_what_began_before_a_time_is_cancelled(store: Store, runtime: Runtime) -> None:
    clock = runtime.clock
    assert isinstance(clock, VirtualClock)
    started(runtime, "q", 1)
    clock.advance(3600)
    started(runtime, "q", 1)
    before = clock() - timedelta(minutes=1)
    assert len(list(cancel_instances(runtime, Filter(before=before), actor=ANN).run())) == 1
    assert states(store) == ["terminated", "active"]


def test_a_case_that_goes_on_is_not_deleted(store: Store, runtime: Runtime) -> None:
    [key] = started(runtime, "q", 1)
    with store.write() as tx, pytest.raises(CommandRejected, match="is active"):
        delete_instance(runtime, key, actor=ANN, tx=tx)
    assert states(store) == ["active"]


def test_what_is_deleted_is_found_no_more_and_its_events_stay(store: Store, runtime: Runtime) -> None:
    [key] = started(runtime, "q", 1)
    runtime.execute(c.CancelInstance(key), actor=ANN)
    with store.read() as tx:
        before = len(read_stream(tx, key))
    with store.write() as tx:
        delete_instance(runtime, key, actor=Actor("person", "bob"), tx=tx)
    with store.read() as tx:
        assert queries.instances(tx) == []
        with pytest.raises(NotFound):
            queries.instance(tx, key)
        entries = read_stream(tx, key)
    assert len(entries) == before + 1
    assert (entries[-1].type, entries[-1].actor_id) == ("InstanceDeleted", "bob")
    with pytest.raises(NotFound):
        runtime.execute(c.ResumeInstance(key), actor=ANN, instance=key)


def test_a_deletion_outlives_a_rebuild_of_the_projections(store: Store, runtime: Runtime) -> None:
    kept, gone = started(runtime, "q", 2)
    runtime.execute(c.CancelInstance(gone), actor=ANN)
    assert [one.done for one in delete_instances(runtime, Filter(keys=(gone,)), actor=ANN).run()] == [True]
    with store.write() as tx:
        before = projected(tx)
        rebuild(tx)
        assert projected(tx) == before
        assert [one.key for one in queries.instances(tx)] == [kept]


def test_a_case_is_deleted_once(store: Store, runtime: Runtime) -> None:
    [key] = started(runtime, "q", 1)
    runtime.execute(c.CancelInstance(key), actor=ANN)
    with store.write() as tx:
        delete_instance(runtime, key, actor=ANN, tx=tx)
    with store.write() as tx, pytest.raises(NotFound):
        delete_instance(runtime, key, actor=ANN, tx=tx)


def projected(tx: Tx) -> dict[str, list[str]]:
    tx.flush()
    return {
        table.name: sorted(
            repr(tuple(row)) for row in tx.all(table.select().where(table.c.tenant_id == tx.tenant))
        )
        for table in PROJECTIONS
        if table.name != "jobs"
    }


def test_only_what_ended_before_a_time_is_deleted(store: Store, runtime: Runtime) -> None:
    [key] = started(runtime, "q", 1)
    runtime.execute(c.CancelInstance(key), actor=ANN)
    old = Filter(before=datetime(2000, 1, 1, tzinfo=UTC))
    assert list(delete_instances(runtime, old, actor=ANN).run()) == []
    assert states(store) == ["terminated"]
