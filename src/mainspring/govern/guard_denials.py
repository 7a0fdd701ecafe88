"""Denied commands are facts too: each is recorded as an act, also when its transaction comes to nothing."""

from collections.abc import Mapping
from typing import Any

from mainspring.govern.record import record
from mainspring.govern.tables import acts
from mainspring.store import Store, Tx


class Denials:
    """The denials of one transaction; written with it, or in one of their own when it is undone."""

    def __init__(self, tx: Tx, store: Store | None) -> None:
        self._tx = tx
        self._store = store
        self._rows: list[Mapping[str, Any]] = []

    def add(self, row: Mapping[str, Any]) -> None:
        """Keep a denial: an act without its position."""
        self._rows.append(row)
        record(self._tx).add(acts, row, keep=True)

    def flush(self) -> None:
        """The record writes them."""

    def mark(self) -> None:
        """A savepoint changes nothing: what was denied stays denied."""

    def restore(self, mark: None) -> None:
        """Likewise."""

    def committed(self) -> None:
        """They are written."""

    def abandoned(self) -> None:
        """Write them in a transaction of their own."""
        if self._rows and self._store is not None:
            with self._store.write() as tx:
                for row in self._rows:
                    record(tx).add(acts, row)


def denials(tx: Tx, store: Store | None) -> Denials:
    """The denials of this transaction."""
    return tx.participant("govern.denials", lambda opened: Denials(opened, store))
