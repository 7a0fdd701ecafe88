"""Messages and signals, as Camunda 8 delivers them."""

import threading
from collections.abc import Callable
from typing import Any

import pytest

from mainspring.engine import commands as c
from mainspring.engine.events import SYSTEM
from mainspring.runtime import DuplicateMessage, queries
from mainspring.testing import drawing as d

PAID = d.message("m", "paid", "=order")
WAITS = d.sequence("p", d.catch_message("wait", "m"), d.service("work", "work"), tops=PAID)
STARTED = d.sequence("s", d.service("work", "work"), tops=d.message("m", "paid"), start=d.on_message("m"))


def states(bench: Any) -> list[str]:
    with bench.store.read() as tx:
        return [row.state for row in queries.instances(tx, roots_only=True)]


def jobs(bench: Any) -> int:
    with bench.store.read() as tx:
        return len(queries.jobs(tx))


def test_a_message_reaches_the_instance_with_its_key(bench: Any) -> None:
    bench.deploy(WAITS)
    one, two = bench.start("p", order="A"), bench.start("p", order="B")
    bench.publish("paid", "B", amount=5)
    (job,) = bench.take("work")
    assert (job.instance, job.variables) == (two, {"order": "B", "amount": 5})
    with bench.store.read() as tx:
        assert [waiting.instance for waiting in queries.subscriptions(tx)] == [one]


def test_a_buffered_message_waits_for_its_time_to_live(bench: Any) -> None:
    bench.deploy(WAITS)
    bench.publish("paid", "A", 60)
    bench.publish("paid", "B", 60)
    bench.clock.advance(59)
    bench.start("p", order="A")
    assert jobs(bench) == 1
    bench.clock.advance(1)
    bench.start("p", order="B")
    assert jobs(bench) == 1


def test_a_message_without_time_to_live_is_not_buffered(bench: Any) -> None:
    bench.deploy(WAITS)
    bench.publish("paid", "A", 0)
    bench.start("p", order="A")
    assert jobs(bench) == 0


def test_the_oldest_buffered_message_comes_first_and_each_once(bench: Any) -> None:
    bench.deploy(WAITS)
    for amount in (1, 2):
        bench.publish("paid", "A", amount=amount)
    for _ in range(3):
        bench.start("p", order="A")
    assert [job.variables["amount"] for job in bench.take("work")] == [1, 2]


def test_a_message_reaches_one_instance_of_a_process(bench: Any) -> None:
    bench.deploy(WAITS)
    for _ in range(2):
        bench.start("p", order="A")
    bench.publish("paid", "A")
    assert jobs(bench) == 1


def test_a_message_reaches_every_process_once(bench: Any) -> None:
    bench.deploy(WAITS)
    bench.deploy(
        d.sequence("q", d.catch_message("wait", "m"), d.service("work", "work"), tops=PAID), "q.bpmn"
    )
    bench.start("p", order="A")
    bench.publish("paid", "A")
    bench.start("q", order="A")
    bench.start("p", order="A")
    assert sorted(job.process_id for job in bench.take("work")) == ["p", "q"]


def test_a_message_id_is_taken_once_while_it_lives(bench: Any) -> None:
    bench.publish("paid", "A", 60, "id-1")
    with pytest.raises(DuplicateMessage):
        bench.publish("paid", "A", 60, "id-1")
    bench.publish("paid", "B", 60, "id-1")
    bench.clock.advance(60)
    bench.publish("paid", "A", 60, "id-1")


def test_expired_messages_are_dropped_by_the_tick(bench: Any) -> None:
    bench.publish("paid", "A", 60, "id-1")
    bench.clock.advance(60)
    bench.runtime.tick()
    bench.clock.advance(-30)  # were it still there, it would count again
    bench.publish("paid", "A", 60, "id-1")


def test_a_message_starts_one_instance_for_a_key_at_a_time(bench: Any) -> None:
    bench.deploy(STARTED)
    for number in (1, 2, 3):
        bench.publish("paid", "A", n=number)
    bench.publish("paid", "B", n=9)
    assert sorted(job.variables["n"] for job in bench.take("work")) == [1, 9]


def test_the_next_message_with_the_key_starts_when_the_instance_has_ended(bench: Any) -> None:
    bench.deploy(STARTED)
    for number in (1, 2):
        bench.publish("paid", "A", n=number)
    (first,) = bench.take("work")
    bench.complete(first)
    (second,) = bench.take("work")
    assert second.variables["n"] == 2
    bench.complete(second)
    assert states(bench) == ["completed", "completed"]
    bench.publish("paid", "A", n=3)
    assert [job.variables["n"] for job in bench.take("work")] == [3]


def test_a_message_without_key_always_starts(bench: Any) -> None:
    bench.deploy(STARTED)
    for _ in range(3):
        bench.publish("paid", "")
    assert states(bench) == ["active"] * 3


def test_only_the_latest_version_is_started_by_a_message(bench: Any) -> None:
    bench.deploy(STARTED)
    bench.deploy(STARTED.replace(b'"work"', b'"other"'))
    bench.publish("paid", "A")
    assert len(bench.take("other")) == 1
    assert bench.take("work") == []


def test_a_signal_reaches_all_who_wait_and_starts_what_it_starts(bench: Any) -> None:
    top = d.signal("g", "go")
    bench.deploy(d.sequence("p", d.catch_signal("wait", "g"), d.service("work", "work"), tops=top))
    bench.deploy(d.sequence("s", d.service("work", "work"), tops=top, start=d.on_signal("g")), "s.bpmn")
    for _ in range(2):
        bench.start("p")
    bench.runtime.broadcast("go", {"x": 1}, actor=SYSTEM)
    assert sorted(job.process_id for job in bench.take("work")) == ["p", "p", "s"]


def test_a_cancelled_instance_takes_no_message(bench: Any) -> None:
    bench.deploy(WAITS)
    root = bench.start("p", order="A")
    bench.execute(c.CancelInstance(root))
    bench.publish("paid", "A")
    assert states(bench) == ["terminated"]
    with bench.store.read() as tx:
        assert queries.subscriptions(tx) == []


def test_a_message_and_the_one_who_waits_for_it_cannot_miss_each_other(new_bench: Callable[..., Any]) -> None:
    one, two = new_bench(), new_bench()
    one.deploy(WAITS)
    starting = threading.Thread(target=lambda: two.start("p", order="A"))
    with one.store.write() as tx:
        one.runtime.publish("paid", "A", {}, actor=SYSTEM, tx=tx)
        tx.flush()
        starting.start()
        starting.join(
            0.2
        )  # it waits for this transaction, or has not come so far: either way it must not miss
    starting.join()
    assert jobs(one) == 1
