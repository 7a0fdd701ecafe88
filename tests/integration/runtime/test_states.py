"""States in memory, snapshots and projections are only ever copies of the log."""

from typing import Any

import pytest
from sqlalchemy import select

from mainspring.base.jsonio import dumps
from mainspring.engine import commands as c
from mainspring.engine import snapshot
from mainspring.engine.snapshot import FORMAT
from mainspring.runtime import queries
from mainspring.store import states
from mainspring.store.log import follow, read, snapshots
from mainspring.store.states import States
from mainspring.testing import drawing as d

LOOP = d.process(
    "p",
    '<startEvent id="start"/><exclusiveGateway id="again"/>'
    + d.service("work", "work")
    + '<exclusiveGateway id="enough" default="back"/><endEvent id="end"/>'
    '<sequenceFlow id="f1" sourceRef="start" targetRef="again"/>'
    '<sequenceFlow id="f2" sourceRef="again" targetRef="work"/>'
    '<sequenceFlow id="f3" sourceRef="work" targetRef="enough"/>'
    '<sequenceFlow id="back" sourceRef="enough" targetRef="again"/>'
    '<sequenceFlow id="f4" sourceRef="enough" targetRef="end">'
    "<conditionExpression>=n &gt; 19</conditionExpression></sequenceFlow>",
)


def kept(bench: Any) -> list[int]:
    with bench.store.read() as tx:
        return [row.seq for row in tx.all(select(snapshots.c.seq).where(snapshots.c.tenant_id == tx.tenant))]


def turn(bench: Any, number: int) -> None:
    bench.complete(bench.take("work")[0], n=number)


def test_a_long_stream_gets_a_snapshot_when_it_had_to_be_read(bench: Any) -> None:
    bench.deploy(LOOP)
    bench.start("p")
    for number in range(15):
        turn(bench, number)
    assert kept(bench) == []
    bench.runtime.forget()
    turn(bench, 15)
    assert len(kept(bench)) == 1


def test_a_state_from_a_snapshot_goes_on_as_the_one_in_memory(
    bench: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(states, "SNAPSHOT_AFTER", 1)
    bench.deploy(LOOP)
    root = bench.start("p")
    for number in range(19):
        bench.runtime.forget()
        turn(bench, number)
    with bench.store.read() as tx:
        whole = [(entry.type, entry.element) for entry in queries.history(tx, root)]
        loaded = states.load(tx, root)
        folded = states.Loaded(root)
        states.fold(
            folded.state,
            [(entry.type, entry.body) for entry in read(tx, 0, 10_000) if entry.instance == root],
        )
    assert loaded is not None
    assert loaded.snapshot_seq > 0
    assert dumps(snapshot(loaded.state)) == dumps(snapshot(folded.state))
    assert loaded.seq == len(whole)


def test_a_snapshot_of_another_format_is_left_aside(bench: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(states, "SNAPSHOT_AFTER", 1)
    bench.deploy(LOOP)
    root = bench.start("p")
    bench.runtime.forget()
    turn(bench, 0)
    assert len(kept(bench)) == 1
    monkeypatch.setattr(states, "FORMAT", FORMAT + 1)
    with bench.store.read() as tx:
        loaded = states.load(tx, root)
    assert loaded is not None
    assert loaded.snapshot_seq == 0
    assert loaded.seq == loaded.read


def test_the_snapshot_goes_with_its_instance(bench: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(states, "SNAPSHOT_AFTER", 1)
    bench.deploy(LOOP)
    root = bench.start("p")
    for number in range(3):
        bench.runtime.forget()
        turn(bench, number)
    assert len(kept(bench)) == 1
    bench.execute(c.CancelInstance(root))
    assert kept(bench) == []


def test_no_more_states_stay_in_memory_than_allowed(bench: Any) -> None:
    cache = States(bench.store, capacity=2)
    for root in range(5):
        cache.give(states.Loaded(root))
    assert len(cache) == 2


def test_the_log_can_be_followed_in_batches(bench: Any) -> None:
    bench.deploy(LOOP)
    for _ in range(3):
        bench.start("p")
    batches = list(follow(bench.store, batch=7))
    with bench.store.read() as tx:
        assert [entry for batch in batches for entry in batch] == read(tx)
    assert all(len(batch) == 7 for batch in batches[:-1])


def test_every_entry_says_where_when_and_who(bench: Any) -> None:
    bench.deploy(LOOP)
    root = bench.start("p")
    turn(bench, 1)
    with bench.store.read() as tx:
        entries = [entry for entry in read(tx) if entry.type == "JobCompleted"]
    (entry,) = entries
    assert (entry.instance, entry.process_instance, entry.element) == (root, root, "work")
    assert (entry.at, entry.actor_kind, entry.actor_id) == (bench.clock(), "person", "ann")


def test_the_live_map_counts_tokens(bench: Any) -> None:
    made = bench.deploy(LOOP)
    for _ in range(3):
        bench.start("p")
    turn(bench, 30)
    with bench.store.read() as tx:
        counts = {one.element: one for one in queries.element_counts(tx, made.processes[0].key)}
    assert (counts["work"].active, counts["work"].completed, counts["end"].completed) == (2, 1, 1)
