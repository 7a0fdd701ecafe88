"""Approvals that were used, remembered outside the database: a restored backup does not revive them.

A backup holds approvals that were given and not yet used. Restored after they were used, it would allow each
a second time. So the key of every used approval also goes to a file beside the database, which a restore of
the database leaves alone. A key is noted right after the commit that used it.
"""

import secrets
import threading
from pathlib import Path
from typing import Protocol

from mainspring.store import Store, Tx

_NUMBER = "database"


class Spent(Protocol):
    """Where used approvals are remembered."""

    def holds(self, tenant: str, key: int) -> bool:
        """Whether this approval was used."""
        ...

    def add(self, tenant: str, keys: list[int]) -> None:
        """These were used."""
        ...


class NowhereSpent:
    """Remembers nothing: for databases in memory, which nobody restores."""

    def holds(self, tenant: str, key: int) -> bool:  # noqa: ARG002 - the port
        """Never."""
        return False

    def add(self, tenant: str, keys: list[int]) -> None:
        """Forget them."""


class SpentFile:
    """A text file of lines ``database tenant key``, only ever appended to; safe to use from several threads.

    Several processes may append to one file: each line is one write, and what others wrote is read before an
    answer.

    Args:
        file: the file; made when it is missing.
        database: the number of the database (see `number_of`), which its backups share and no other has.
    """

    def __init__(self, file: Path, database: int) -> None:
        self._file = file
        self._database = str(database)
        self._lock = threading.Lock()
        self._known: set[tuple[str, int]] = set()
        self._read = 0

    def holds(self, tenant: str, key: int) -> bool:
        """Whether this approval was used."""
        with self._lock:
            self._catch_up()
            return (tenant, key) in self._known

    def add(self, tenant: str, keys: list[int]) -> None:
        """These were used."""
        with self._lock:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with self._file.open("ab") as file:
                file.write("".join(f"{self._database} {tenant} {key}\n" for key in keys).encode())

    def _catch_up(self) -> None:
        try:
            size = self._file.stat().st_size
        except FileNotFoundError:
            size = 0
        if size == self._read:
            return
        if size < self._read:
            self._known.clear()
            self._read = 0
        with self._file.open("rb") as file:
            file.seek(self._read)
            data = file.read()
        whole = data.rpartition(b"\n")[0]
        self._read += len(whole) + bool(whole)
        for line in whole.decode().splitlines():
            database, _, rest = line.partition(" ")
            tenant, _, key = rest.rpartition(" ")
            if database == self._database and key.isdecimal():
                self._known.add((tenant, int(key)))


def number_of(store: Store) -> int:
    """A number drawn once for each database, and kept in it."""
    with store.write() as tx:
        known = tx.count(_NUMBER, 0)
        return known or tx.count(_NUMBER, secrets.randbits(62) + 1)


class _Spending:
    """The approvals that a transaction used; noted once it is durable."""

    def __init__(self, tx: Tx, spent: Spent) -> None:
        self._tenant = tx.tenant
        self._spent = spent
        self._keys: list[int] = []

    def add(self, key: int) -> None:
        """One was used."""
        self._keys.append(key)

    def flush(self) -> None:
        """Nothing to write in the database."""

    def mark(self) -> int:
        """How many there are."""
        return len(self._keys)

    def restore(self, mark: int | None) -> None:
        """Forget those since the mark."""
        del self._keys[mark or 0 :]

    def committed(self) -> None:
        """Note them."""
        if self._keys:
            self._spent.add(self._tenant, self._keys)

    def abandoned(self) -> None:
        """None was used."""


def spending(tx: Tx, spent: Spent) -> _Spending:
    """The approvals that this transaction uses."""
    return tx.participant("govern.spent", lambda opened: _Spending(opened, spent))
