"""The record of calls and approval steps: rows only ever added, numbered in the order of commit.

Events, calls and approval steps share one counter. Numbers are taken just before the commit, in one statement
that locks the counter's row until then: together they have no gaps, none is visible before a smaller one, and
whoever follows them misses nothing.

What was done goes with its savepoint: when a job is rolled back, so is the record that it did something.
What was refused or failed is a fact of its own and outlives the savepoint.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import Table

from mainspring.store import Tx

_COUNTER = "log"  # the one that numbers events


class _Entry(NamedTuple):
    table: Table
    row: Mapping[str, Any]
    kept: bool


class Record:
    """The rows of one transaction; a participant of it (see `store.transaction`)."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx
        self._entries: list[_Entry] = []
        self._written = 0

    def add(self, table: Table, row: Mapping[str, Any], *, keep: bool = False) -> None:
        """Add a row without its position; `keep` lets it outlive the rollback of a savepoint."""
        self._entries.append(_Entry(table, row, keep))

    def waiting(self, table: Table) -> list[Mapping[str, Any]]:
        """Rows of this transaction that no statement can see yet."""
        return [entry.row for entry in self._entries[self._written :] if entry.table is table]

    def flush(self) -> None:
        """Number and write what is not yet written."""
        waiting = self._entries[self._written :]
        if not waiting:
            return
        position = self._tx.count(_COUNTER, len(waiting)) - len(waiting) + 1
        by_table: dict[Table, list[dict[str, Any]]] = {}
        for entry in waiting:
            by_table.setdefault(entry.table, []).append({"position": position, **entry.row})
            position += 1
        for table, rows in by_table.items():
            self._tx.insert(table, rows)
        self._written = len(self._entries)

    def mark(self) -> tuple[int, int]:
        """How many rows there are, and how many of them are written."""
        return len(self._entries), self._written

    def restore(self, mark: tuple[int, int] | None) -> None:
        """Forget what came after the mark but for what is kept; what the rollback unwrote is due again."""
        length, written = mark or (0, 0)
        kept = [entry for entry in self._entries[length:] if entry.kept]
        self._entries[length:] = kept
        self._written = min(self._written, written)

    def committed(self) -> None:
        """Nothing is left to write."""

    def abandoned(self) -> None:
        """Nothing was written."""


def record(tx: Tx) -> Record:
    """The record of this transaction."""
    return tx.participant("govern.record", Record)
