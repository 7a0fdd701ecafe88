"""Hashing of a long backlog in a process of its own, so that a busy house seals on another core.

The process only reads: it hashes rows that are committed and gives back the tiles that they make; the sealer
writes them. It begins with the first long backlog and ends with the process that began it.
"""

import os
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from multiprocessing import get_context, parent_process

from mainspring.govern import leaves, tiles
from mainspring.store import Store, Tx, open_store

WORTH = 2048
"""Rows; fewer are hashed sooner than they are asked for."""


class Apart:
    """A process that hashes the record of a store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._pool: ProcessPoolExecutor | None = None

    def grown(self, before: int, last: int) -> list[tiles.Tile]:
        """What `tiles.grown` gives for the rows after `before` up to `last`, whose salts are committed."""
        if self._pool is None:
            context = get_context("spawn")  # a fork would copy locks that other threads hold
            self._pool = ProcessPoolExecutor(1, context, initializer=_end_with_parent)
        address = self._store.url.render_as_string(hide_password=False)
        try:
            return self._pool.submit(_grown, address, self._store.tenant, before, last).result()
        except BrokenProcessPool:  # somebody ended the process: the next backlog gets a new one
            self.close()
            with self._store.read() as tx:
                return _read(tx, before, last)

    def close(self) -> None:
        """End the process."""
        if self._pool is not None:
            self._pool.shutdown()
            self._pool = None


def _end_with_parent() -> None:
    """A parent that was killed closes nothing."""
    threading.Thread(target=_outlive_nobody, daemon=True).start()


def _outlive_nobody() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)


@cache
def _opened(address: str, tenant: str) -> Store:
    return open_store(address, tenant, create=False)


def _grown(address: str, tenant: str, before: int, last: int) -> list[tiles.Tile]:
    with _opened(address, tenant).read() as tx:
        return _read(tx, before, last)


def _read(tx: Tx, before: int, last: int) -> list[tiles.Tile]:
    return tiles.grown(tx, before, leaves.hashes(tx, before + 1, last))
