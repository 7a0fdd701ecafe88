"""Evidence: leaves sealed a second, and a proof in a log of ten million leaves.

    python bench/evidence.py [--rows 200000] [--leaves 10000000] [--database URL]

Sealing reads real rows of the record (approval steps with a note) from the database, hashes them with their
salted commitments and writes the tiles; signing is included. The large tree is made of tiles as the sealer
writes them, over leaves that were hashed beforehand; one real row at its end is then proved against the
signed head.
"""

import argparse
import hashlib
import json
import os
import statistics
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from mainspring.base import merkle
from mainspring.govern import evidence, tiles
from mainspring.govern.checkpoint import Signer
from mainspring.govern.evidence import Sealer
from mainspring.govern.record import record
from mainspring.govern.tables import approval_steps
from mainspring.store import Store, open_store

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
SIGNER = Signer(bytes(range(32)))
BATCH = 20_000
CHUNK = 1_000_000
PROOFS = 200


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--leaves", type=int, default=10_000_000)
    parser.add_argument("--database", help="of its own and empty; by default an SQLite file that is removed")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mainspring-evidence-") as folder:
        print(f"fsync of 4 KB: {fsync(Path(folder)) * 1e3:.2f} ms (median of 50)")
        address = given.database or f"sqlite:///{folder}/sealing.db"
        sealing(open_store(address, "bench-sealing"), given.rows)
        proving(open_store(given.database or f"sqlite:///{folder}/proving.db", "bench-proving"), given.leaves)


def fsync(folder: Path) -> float:
    """Seconds that the disk takes to keep 4 KB."""
    times = []
    with (folder / "fsync").open("wb") as file:
        for _ in range(50):
            began = time.perf_counter()
            file.write(bytes(4096))
            file.flush()
            os.fsync(file.fileno())
            times.append(time.perf_counter() - began)
    return statistics.median(times)


def fill(store: Store, count: int) -> None:
    """Rows as the confirmations of a case leave them."""
    with store.write() as tx:
        for number in range(count):
            row = {
                "approval": number,
                "at": NOW,
                "step": "approved",
                "actor_kind": "person",
                "actor_id": f"person-{number % 40}",
                "instance": number // 8,
                "operation": "refunds.approve",
                "digest": hashlib.sha256(number.to_bytes(8, "big")).hexdigest(),
                "note": "checked against the delivery note",
                "on_behalf_of": None,
            }
            record(tx).add(approval_steps, row)


class Watch:
    """Seconds on the wall and of this process's own work: on a busy machine they differ."""

    def __enter__(self) -> Self:
        self._wall, self._own = time.perf_counter(), time.process_time()
        return self

    def __exit__(self, *_: object) -> None:
        self.wall, self.own = time.perf_counter() - self._wall, time.process_time() - self._own


def sealing(store: Store, rows: int) -> None:
    """Seal rows that are there already."""
    for start in range(0, rows, BATCH):
        fill(store, min(BATCH, rows - start))
    sealer = Sealer(store, SIGNER)
    with Watch() as sealed:
        sealer.seal(now=NOW)
    with store.read() as tx, Watch() as audited:
        evidence.audit(tx)
    print(f"\nsealing on {store.dialect}, {rows:,} leaves    leaves/s    of own time    target")
    print(f"append and sign         {rows / sealed.wall:>18,.0f} {rows / sealed.own:>14,.0f}    >= 20,000")
    print(f"audit (hash all again)  {rows / audited.wall:>18,.0f} {rows / audited.own:>14,.0f}")
    store.close()


def proving(store: Store, leaves: int) -> None:
    """A proof in a large log."""
    fill(store, 1)
    with store.write() as tx:  # the numbering goes on after the leaves that are made here
        tx.count("log", leaves - 2)
    for start in range(0, leaves - 1, CHUNK):
        made = [hashed(at) for at in range(start, min(start + CHUNK, leaves - 1))]
        with store.write() as tx:
            tiles.append(tx, start, made)
    fill(store, 1)
    sealed = Sealer(store, SIGNER).seal(now=NOW)
    if sealed is None or sealed.size != leaves:
        raise SystemExit("the large tree has another size than it should")
    taken, sizes = [], []
    for number in range(PROOFS):
        with store.read() as tx, Watch() as watch:
            (proof,) = evidence.prove(tx, [leaves], sealed)
        taken.append(watch)
        sizes.append(len(proof.leaf.data) + size_of(proof.leaf_index, proof.path))
        index = number * (leaves // PROOFS)
        with store.read() as tx, Watch() as watch:
            path = merkle.inclusion_proof(index, sealed.size, tiles.Tree(tx).subtree)
        taken.append(watch)
        sizes.append(size_of(index, path))
        if not merkle.verify_inclusion(hashed(index), index, sealed.size, path, sealed.root):
            raise SystemExit(f"the proof of leaf {index} does not hold")
    print(f"\na proof in {leaves:,} leaves     median        p95       most    target")
    for name, times in (
        ("ms on the wall", [one.wall for one in taken]),
        ("ms of own time", [one.own for one in taken]),
    ):
        ranked = [seconds * 1e3 for seconds in sorted(times)]
        late = ranked[int(len(ranked) * 0.95)]
        print(
            f"{name}            {statistics.median(ranked):>14.2f} {late:>10.2f} {ranked[-1]:>10.2f}    < 5"
        )
    print(
        f"bytes                     {statistics.median(sizes):>14,.0f} {'':>10} {max(sizes):>10,}    < 3,000"
    )
    store.close()


def hashed(number: int) -> bytes:
    """A leaf's hash, for leaves without a row."""
    return hashlib.sha256(number.to_bytes(8, "big")).digest()


def size_of(index: int, path: Sequence[bytes]) -> int:
    """The bytes of a proof as it is handed over."""
    return len(json.dumps({"index": index, "path": [each.hex() for each in path]}))


if __name__ == "__main__":
    main()
