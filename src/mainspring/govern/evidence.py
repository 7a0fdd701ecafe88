"""Evidence: a Merkle tree (RFC 9162) over everything that was done, sealed by signed checkpoints.

Events, calls and approval steps are numbered together without gaps in the order of commit (see `record`).
The row at position p is leaf p - 1; so nothing can be left out, put in or moved without changing every later
head. A leaf is the bytes that are stored, never a re-formatted form of them; where they may hold something
personal, a salted commitment to them (see `leaves`).

Hashes are kept in tiles of 256. The sealer follows the positions; a checkpoint says in text, signed with
Ed25519, which tree of what size and head existed when.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from mainspring.base import merkle
from mainspring.govern import leaves, salts, tiles
from mainspring.govern.apart import WORTH, Apart
from mainspring.govern.checkpoint import Checkpoint, Signer, latest, store_checkpoint
from mainspring.govern.errors import EvidenceError
from mainspring.govern.leaves import Leaf
from mainspring.govern.tables import acts, evidence_erased
from mainspring.store import Store, Tx

_BATCH = 4096
_APART = 65_536
"""Leaves at once: here, where others wait for the lock meanwhile, and in a process of its own."""


class Proof(NamedTuple):
    """That a leaf is in the tree of a checkpoint: its bytes, its index there, and the path to the head."""

    leaf: Leaf
    leaf_index: int
    path: tuple[bytes, ...]


class Sealer:
    """Follows the record of one tenant. Run it by one process at a time; a second finds nothing left to do.

    Args:
        store: the tenant's store.
        signer: signs checkpoints.
        apart: hashes long backlogs in a process of its own; None hashes all here.
    """

    def __init__(self, store: Store, signer: Signer, apart: Apart | None = None) -> None:
        self._store = store
        self._signer = signer
        self._apart = apart

    def seal(self, *, now: datetime) -> Checkpoint | None:
        """Take in all that is committed now and sign the new head; None when there is nothing at all yet.

        What comes meanwhile is left to the next time, so that a busy house is not held up again and again.

        Raises:
            EvidenceError: a position is missing, so that something was removed from the record.
        """
        with self._store.read() as tx:
            newest = leaves.newest(tx)
        while self._take_in(newest):
            pass
        with self._store.write() as tx:
            last = latest(tx)
            size = tiles.size(tx)
            if size == 0 or (last is not None and last.size == size):
                return last
            tree = tiles.Tree(tx)
            checkpoint = self._signer.checkpoint(tx.tenant, size, tree.root(size), now)
            store_checkpoint(tx, checkpoint)
            return checkpoint

    def _take_in(self, newest: int) -> bool:
        """One batch of leaves up to that position; whether there are more."""
        with self._store.write() as tx:
            size = tiles.size(tx)
            if newest <= size:
                return False
            salts.provide(tx, newest)
            if self._apart is None or newest - size < WORTH:
                last = min(size + _BATCH, newest)
                tiles.append(tx, size, leaves.hashes(tx, size + 1, last))
                return last < newest
        last = min(size + _APART, newest)
        grown = self._apart.grown(size, last)
        with self._store.write() as tx:
            if tiles.size(tx) == size:  # else another sealer was quicker
                tiles.write(tx, grown)
        return last < newest


def prove(tx: Tx, positions: Iterable[int], checkpoint: Checkpoint) -> list[Proof]:
    """Inclusion proofs for rows of the record in the tree of a checkpoint.

    Raises:
        EvidenceError: a row is not sealed in that tree yet, or no longer what was sealed.
    """
    tree = tiles.Tree(tx)
    proofs = []
    for leaf in leaves.at(tx, positions):
        index = leaf.position - 1
        if index >= checkpoint.size:
            raise EvidenceError(
                f"position {leaf.position} is not sealed yet", mend="Run the sealer and try again."
            )
        path = merkle.inclusion_proof(index, checkpoint.size, tree.subtree)
        if not merkle.verify_inclusion(
            merkle.leaf_hash(leaf.data), index, checkpoint.size, path, checkpoint.root
        ):
            raise EvidenceError(f"position {leaf.position} is not what was sealed", where=leaf.source)
        proofs.append(Proof(leaf, index, tuple(path)))
    return proofs


def consistency(tx: Tx, old: Checkpoint, new: Checkpoint) -> list[bytes]:
    """The proof that the older tree is the beginning of the newer: nothing sealed was changed since."""
    return merkle.consistency_proof(old.size, new.size, tiles.Tree(tx).subtree)


def audit(tx: Tx) -> int:
    """Hash everything sealed again and compare; gives how many leaves were checked.

    Raises:
        EvidenceError: names the first position that is missing or is not what was sealed.
    """
    tree = tiles.Tree(tx)
    size = tiles.size(tx)
    checked = 0
    while checked < size:
        found = leaves.after(tx, checked, _BATCH)
        for leaf in found:
            if checked == size:
                break
            if leaf.position != checked + 1:
                raise EvidenceError(f"position {checked + 1} of the record is missing")
            if merkle.leaf_hash(leaf.data) != tree.leaf(checked):
                raise EvidenceError(f"position {leaf.position} is not what was sealed", where=leaf.source)
            checked += 1
        if not found:
            raise EvidenceError(f"position {checked + 1} of the record is missing")
    _accounted(tx)
    return checked


def _accounted(tx: Tx) -> None:
    """Return when a recorded act says of everything erased that it was.

    Raises:
        EvidenceError: something was erased of which no act says so.
    """
    named = tx.all(select(acts.c.detail).where(acts.c.tenant_id == tx.tenant, acts.c.act == "data_erased"))
    said = {int(position) for row in named for position in row.detail["positions"]}
    erased = tx.all(select(evidence_erased.c.position).where(evidence_erased.c.tenant_id == tx.tenant))
    unsaid = {row.position for row in erased} - said
    if unsaid:
        raise EvidenceError(f"position {min(unsaid)} was erased, and no act says so")
