"""One transaction holds events, projections, other writes and the answer to the request; or nothing of it."""

import gc
import threading
import weakref
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from sqlalchemy import select

from mainspring.engine import CommandRejected
from mainspring.engine import commands as c
from mainspring.engine.events import Actor, JobCompleted
from mainspring.runtime import Denied, Runtime, queries
from mainspring.store.log import read
from mainspring.store.tables import counters
from mainspring.testing import drawing as d

TWO = d.sequence("p", d.service("a", "work"), d.service("b", "work"))


class Oops(Exception):  # noqa: N818 - only raised here
    pass


def in_one(bench: Any, *, fail: bool) -> int:
    with bench.store.write() as tx:
        root = bench.runtime.start("p", {}, actor=Actor("person", "ann"), tx=tx)
        tx.insert(counters, {"name": "other", "value": 1})
        if fail:
            raise Oops
    return root  # type: ignore[no-any-return]  # a Bench


def test_an_exception_undoes_the_command_and_everything_with_it(bench: Any) -> None:
    bench.deploy(TWO)
    with pytest.raises(Oops):
        in_one(bench, fail=True)
    in_one(bench, fail=False)  # the same row again, so the first is gone
    with bench.store.read() as tx:
        assert len(queries.instances(tx)) == len(queries.jobs(tx)) == 1


@pytest.mark.parametrize("ending", ["committed", "undone"])
def test_what_a_transaction_held_is_free_without_the_collector_of_cycles(bench: Any, ending: str) -> None:
    bench.deploy(TWO)
    held = []
    gc.disable()
    try:
        with suppress(Oops), bench.store.write() as tx:
            bench.runtime.start("p", {}, actor=Actor("person", "ann"), tx=tx)
            held = [weakref.ref(one) for one in (tx, *tx.participants.values())]
            if ending == "undone":
                raise Oops
        del tx
        assert len(held) > 3
        assert [one() for one in held] == [None] * len(held)
    finally:
        gc.enable()


def test_a_state_that_was_changed_in_vain_is_read_again(bench: Any) -> None:
    bench.deploy(TWO)
    root = bench.start("p")
    (job,) = bench.take("work")

    def in_vain() -> None:
        with bench.store.write() as tx:
            bench.runtime.execute(c.CompleteJob(job.key, {}), actor=Actor("person", "ann"), tx=tx)
            raise Oops

    with pytest.raises(Oops):
        in_vain()
    bench.complete(job)
    assert [job.element for job in bench.take("work")] == ["b"]
    with bench.store.read() as tx:
        seqs = [entry.seq for entry in queries.history(tx, root)]
    assert seqs == list(range(1, len(seqs) + 1))


def test_a_failed_savepoint_takes_back_its_command_alone(bench: Any) -> None:
    bench.deploy(TWO)
    one, two = bench.start("p"), bench.start("p")
    jobs = {job.instance: job for job in bench.take("work")}

    def inner(tx: Any) -> None:
        with tx.savepoint():
            for root in (one, two):
                command = c.SetVariables(root, {"done": True})
                bench.runtime.execute(command, actor=Actor("person", "ann"), instance=root, tx=tx)
            tx.flush()
            raise Oops

    with bench.store.write() as tx:
        bench.runtime.execute(c.CompleteJob(jobs[one].key, {}), actor=Actor("person", "ann"), tx=tx)
        with pytest.raises(Oops):
            inner(tx)
    with bench.store.read() as tx:
        assert sorted((job.instance, job.element) for job in queries.jobs(tx)) == [(one, "b"), (two, "a")]
        assert queries.variables(tx, two) == {}


def test_a_rejected_command_leaves_no_trace(bench: Any) -> None:
    bench.deploy(TWO)
    root = bench.start("p")
    with bench.store.read() as tx:
        before = read(tx)
    with pytest.raises(CommandRejected):
        bench.execute(c.CompleteJob(1, {}), instance=root)
    with bench.store.read() as tx:
        assert read(tx) == before


def test_the_same_idempotency_key_starts_one_instance(bench: Any) -> None:
    bench.deploy(TWO)
    keys = {bench.runtime.start("p", {}, actor=Actor("person", "ann"), idempotency_key="k") for _ in range(3)}
    assert len(keys) == 1


def test_a_repeated_request_gets_the_events_of_the_first(bench: Any) -> None:
    bench.deploy(TWO)
    bench.start("p")
    (job,) = bench.take("work")
    first = bench.execute(c.CompleteJob(job.key, {"x": 1}), idempotency_key="k")
    again = bench.execute(c.CompleteJob(job.key, {"x": 1}), idempotency_key="k")
    assert again == first
    assert isinstance(first[0], JobCompleted)


def test_an_idempotency_key_serves_one_kind_of_command(bench: Any) -> None:
    bench.deploy(TWO)
    root = bench.runtime.start("p", {}, actor=Actor("person", "ann"), idempotency_key="k")
    with pytest.raises(CommandRejected, match="used for Start"):
        bench.execute(c.CancelInstance(root), idempotency_key="k")


def test_without_a_guard_everything_is_denied(bench: Any) -> None:
    runtime = Runtime(bench.store, clock=bench.clock, keys=bench.runtime.keys)
    with pytest.raises(Denied):
        runtime.deploy({"p.bpmn": TWO}, Actor("person", "ann"))
    with pytest.raises(Denied):
        runtime.start("p", {}, actor=Actor("person", "ann"))
    with pytest.raises(Denied):
        runtime.publish("m", "k", {}, actor=Actor("person", "ann"))


def test_many_threads_complete_every_job_once(bench: Any) -> None:
    bench.deploy(TWO)
    roots = [bench.start("p") for _ in range(20)]
    problems: list[BaseException] = []

    def work(name: str) -> None:
        try:
            while taken := bench.take("work", limit=2, worker=name):
                for job in taken:
                    bench.complete(job)
        except BaseException as error:  # noqa: BLE001 - shown by the assertion below
            problems.append(error)

    threads = [threading.Thread(target=work, args=(f"w{n}",)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    with bench.store.read() as tx:
        assert {row.state for row in queries.instances(tx)} == {"completed"}
        entries = read(tx, 0, 10_000)
    assert [entry.position for entry in entries] == list(range(1, len(entries) + 1))
    assert sum(entry.type == "JobCompleted" for entry in entries) == 2 * len(roots)


def test_one_threads_mistake_is_not_its_neighbours(bench: Any) -> None:
    bench.deploy(TWO)
    roots = [bench.start("p") for _ in range(8)]
    results: list[str] = []

    def cancel(root: int) -> None:
        try:
            bench.execute(c.CancelInstance(root), instance=root)
            results.append("cancelled")
        except CommandRejected:
            results.append("rejected")
        except LookupError:
            results.append("lost")

    threads = [threading.Thread(target=cancel, args=(root,)) for root in roots * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["cancelled"] * 8 + ["rejected"] * 8


def test_positions_are_dense_and_shared_by_two_processes(new_bench: Callable[..., Any]) -> None:
    one, two = new_bench(), new_bench()
    one.deploy(TWO)
    for bench in (one, two, one, two):
        bench.start("p")
    with one.store.read() as tx:
        positions = [entry.position for entry in read(tx)]
        counted = tx.scalar(
            select(counters.c.value).where(counters.c.tenant_id == tx.tenant, counters.c.name == "log")
        )
    assert positions == list(range(1, counted + 1))
