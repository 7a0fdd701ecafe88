"""The evidence tree over stored rows: sealing, proofs, consistency, and what tampering does."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from mainspring.base import merkle
from mainspring.govern import checkpoint, evidence, leaves, tiles
from mainspring.govern.checkpoint import Signer
from mainspring.govern.errors import EvidenceError
from mainspring.govern.evidence import Sealer
from mainspring.govern.record import record
from mainspring.govern.tables import approval_steps
from mainspring.store import Store

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
SIGNER = Signer(bytes(range(32)))
OTHER = Signer(bytes(range(1, 33)))


def fill(store: Store, count: int, instance: int = 7) -> None:
    with store.write() as tx:
        for number in range(count):
            row = {
                "approval": number,
                "at": NOW,
                "step": "requested",
                "actor_kind": "agent",
                "actor_id": "bookkeeper",
                "instance": instance,
                "operation": "pay.refund",
                "digest": "0" * 64,
                "note": "张三",
            }
            record(tx).add(approval_steps, row)


def test_an_empty_record_has_no_checkpoint(store: Store) -> None:
    assert Sealer(store, SIGNER).seal(now=NOW) is None


@pytest.mark.parametrize("count", [1, 255, 256, 257, 700])
def test_the_sealed_head_is_that_of_the_plain_tree(store: Store, count: int) -> None:
    fill(store, count)
    sealed = Sealer(store, SIGNER).seal(now=NOW)
    with store.read() as tx:
        hashes = [merkle.leaf_hash(leaf.data) for leaf in leaves.after(tx, 0, count + 1)]
    assert sealed is not None
    assert (sealed.size, sealed.root) == (count, merkle.root(hashes))


def test_sealing_in_steps_gives_the_same_head_as_at_once(store: Store) -> None:
    sealer = Sealer(store, SIGNER)
    for step in (3, 250, 4, 300, 256):
        fill(store, step)
        sealed = sealer.seal(now=NOW)
    with store.read() as tx:
        hashes = [merkle.leaf_hash(leaf.data) for leaf in leaves.after(tx, 0, 2000)]
    assert sealed is not None
    assert sealed.root == merkle.root(hashes)


def test_sealing_again_without_news_gives_the_same_checkpoint(store: Store) -> None:
    fill(store, 5)
    sealer = Sealer(store, SIGNER)
    assert sealer.seal(now=NOW) == sealer.seal(now=NOW + timedelta(hours=1))


def test_every_row_of_a_case_is_proved(store: Store) -> None:
    fill(store, 300, instance=1)
    fill(store, 40, instance=2)
    sealed = Sealer(store, SIGNER).seal(now=NOW)
    assert sealed is not None
    with store.read() as tx:
        positions = leaves.of_instance(tx, 2)
        proofs = evidence.prove(tx, positions, sealed)
    assert len(proofs) == 40
    assert all(
        merkle.verify_inclusion(
            merkle.leaf_hash(proof.leaf.data), proof.leaf_index, sealed.size, proof.path, sealed.root
        )
        for proof in proofs
    )


def test_a_row_that_is_not_sealed_yet_has_no_proof(store: Store) -> None:
    fill(store, 3)
    sealed = Sealer(store, SIGNER).seal(now=NOW)
    assert sealed is not None
    fill(store, 1)
    with store.read() as tx, pytest.raises(EvidenceError, match="not sealed yet"):
        evidence.prove(tx, [4], sealed)


def test_an_older_checkpoint_is_consistent_with_a_newer(store: Store) -> None:
    sealer = Sealer(store, SIGNER)
    fill(store, 300)
    old = sealer.seal(now=NOW)
    fill(store, 500)
    new = sealer.seal(now=NOW)
    assert old is not None
    assert new is not None
    with store.read() as tx:
        path = evidence.consistency(tx, old, new)
    assert merkle.verify_consistency(old.size, new.size, old.root, new.root, path)


def test_an_untouched_record_passes_the_audit(store: Store) -> None:
    fill(store, 600)
    Sealer(store, SIGNER).seal(now=NOW)
    with store.read() as tx:
        assert evidence.audit(tx) == 600


@pytest.mark.parametrize(
    ("column", "value"), [("actor_id", "someone"), ("step", "approved"), ("at", NOW + timedelta(seconds=1))]
)
def test_a_changed_row_is_found_by_the_audit_and_has_no_proof(
    store: Store, column: str, value: object
) -> None:
    fill(store, 20)
    sealed = Sealer(store, SIGNER).seal(now=NOW)
    assert sealed is not None
    table = approval_steps
    with store.write() as tx:
        tx.execute(
            update(table).where(table.c.tenant_id == tx.tenant, table.c.position == 8).values({column: value})
        )
    with store.read() as tx:
        with pytest.raises(EvidenceError, match="position 8 is not what was sealed"):
            evidence.audit(tx)
        with pytest.raises(EvidenceError, match="position 8 is not what was sealed"):
            evidence.prove(tx, [7, 8], sealed)


def test_a_removed_row_is_found_by_the_audit(store: Store) -> None:
    fill(store, 20)
    Sealer(store, SIGNER).seal(now=NOW)
    table = approval_steps
    with store.write() as tx:
        tx.execute(table.delete().where(table.c.tenant_id == tx.tenant, table.c.position == 20))
    with store.read() as tx, pytest.raises(EvidenceError, match="position 20 of the record is missing"):
        evidence.audit(tx)


def test_a_row_removed_before_sealing_stops_the_sealer(store: Store) -> None:
    fill(store, 20)
    table = approval_steps
    with store.write() as tx:
        tx.execute(table.delete().where(table.c.tenant_id == tx.tenant, table.c.position == 5))
    with pytest.raises(EvidenceError, match="position 5 of the record is missing"):
        Sealer(store, SIGNER).seal(now=NOW)


def test_a_checkpoint_is_believed_only_with_the_trusted_key(store: Store) -> None:
    fill(store, 2)
    sealed = Sealer(store, SIGNER).seal(now=NOW)
    assert sealed is not None
    assert checkpoint.verify(sealed.note, SIGNER.public_key) == (sealed.size, sealed.root)
    with pytest.raises(EvidenceError):
        checkpoint.verify(sealed.note, OTHER.public_key)


def test_a_checkpoint_with_one_changed_byte_is_not_believed(store: Store) -> None:
    fill(store, 2)
    sealed = Sealer(store, SIGNER).seal(now=NOW)
    assert sealed is not None
    head = sealed.note.index(b"\n") + 1
    changed = sealed.note[:head] + b"3" + sealed.note[head + 1 :]
    with pytest.raises(EvidenceError):
        checkpoint.verify(changed, SIGNER.public_key)


def test_the_size_of_the_tree_is_read_from_its_last_tile(store: Store) -> None:
    fill(store, 513)
    Sealer(store, SIGNER).seal(now=NOW)
    with store.read() as tx:
        assert tiles.size(tx) == 513
