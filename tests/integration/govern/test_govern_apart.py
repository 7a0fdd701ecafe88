"""Sealing with the hashing in a process of its own gives what sealing in this one gives."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import delete

from mainspring.base import merkle
from mainspring.engine.events import Actor, IncidentResolved
from mainspring.govern import evidence, leaves
from mainspring.govern.apart import Apart
from mainspring.govern.checkpoint import Signer
from mainspring.govern.errors import EvidenceError
from mainspring.govern.evidence import Sealer
from mainspring.govern.record import record
from mainspring.govern.tables import approval_steps
from mainspring.store import Store
from mainspring.store.log import events
from mainspring.store.projections import Stream
from mainspring.store.record import Recorder

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
SIGNER = Signer(bytes(range(32)))
STEP = {
    "approval": 1,
    "at": NOW,
    "step": "requested",
    "actor_kind": "agent",
    "actor_id": "bookkeeper",
    "instance": 7,
    "operation": "pay.refund",
    "digest": "0" * 64,
    "note": "张三",
}


@pytest.fixture
def apart(store: Store) -> Iterator[Apart]:
    found = Apart(store)
    yield found
    found.close()


def fill(store: Store, count: int, instance: int) -> None:
    """Events, and among them confirmations."""
    stream = Stream(instance)
    for number in range(count):
        with store.write() as tx:
            done = IncidentResolved(number, 5)
            Recorder(tx).record(stream, number, [done], 1, Actor("agent", "bookkeeper"))
            record(tx).add(approval_steps, STEP)


def plain_head(store: Store) -> bytes:
    with store.read() as tx:
        return merkle.root([merkle.leaf_hash(leaf.data) for leaf in leaves.after(tx, 0, 10_000)])


def test_events_among_other_rows_are_sealed_as_the_leaves_that_are_proved(store: Store) -> None:
    fill(store, 150, 7)
    sealed = Sealer(store, SIGNER).seal(now=NOW)
    assert sealed is not None
    assert (sealed.size, sealed.root) == (300, plain_head(store))


def test_a_backlog_hashed_apart_has_the_same_head(
    store: Store, apart: Apart, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidence, "WORTH", 1)
    sealer = Sealer(store, SIGNER, apart)
    for instance, count in enumerate((3, 140, 130), start=1):
        fill(store, count, instance)
        sealed = sealer.seal(now=NOW)
        assert sealed is not None
        assert sealed.root == plain_head(store)


def test_sealing_goes_on_when_the_process_was_ended(
    store: Store, apart: Apart, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidence, "WORTH", 1)
    sealer = Sealer(store, SIGNER, apart)
    fill(store, 2, 1)
    sealer.seal(now=NOW)
    assert apart.process is not None
    apart.process.kill()
    apart.process.wait()
    fill(store, 2, 2)
    sealed = sealer.seal(now=NOW)
    assert sealed is not None
    assert sealed.root == plain_head(store)


def test_a_row_removed_before_sealing_stops_the_sealer_there_too(
    store: Store, apart: Apart, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidence, "WORTH", 1)
    fill(store, 3, 7)
    with store.write() as tx:
        tx.execute(delete(events).where(events.c.tenant_id == tx.tenant, events.c.position == 3))
    with pytest.raises(EvidenceError, match="position 3 of the record is missing"):
        Sealer(store, SIGNER, apart).seal(now=NOW)
