"""The event log: append only, ordered within a stream by `seq` and over all of them by `position`.

Positions are given when the transaction is about to commit, under the lock of one counter row that is held
until the commit. So they have no gaps, and whoever follows the log by position never misses an event of a
transaction that began earlier and committed later.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import Column, Index, LargeBinary, String, UniqueConstraint, select

from mainspring.store.database import Store
from mainspring.store.tables import tenant_table
from mainspring.store.transaction import Tx
from mainspring.store.types import Instant, Key

events = tenant_table(
    "events",
    Column("position", Key),
    Column("instance", Key, nullable=False),
    Column("seq", Key, nullable=False),
    Column("at", Instant, nullable=False),
    Column("actor_kind", String(16), nullable=False),
    Column("actor_id", String(200), nullable=False),
    Column("on_behalf_of", String(200)),
    Column("type", String(40), nullable=False),
    Column("element", String(200)),
    Column("key", Key),
    Column("process_instance", Key),
    Column("body", LargeBinary, nullable=False),
    UniqueConstraint("tenant_id", "instance", "seq", name="uq_events_stream"),
    key=("position",),
)
"""`instance` is the stream (root instance, message or deployment); evidence seals the bytes of `body`."""

streams = tenant_table(
    "streams", Column("instance", Key), Column("seq", Key, nullable=False), key=("instance",)
)
"""The last `seq` of each stream; on PostgreSQL its row is what a command locks."""

snapshots = tenant_table(
    "snapshots",
    Column("instance", Key),
    Column("seq", Key, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Index("ix_snapshots_seq", "tenant_id", "seq"),
    key=("instance",),
    clustered=False,
)
"""The state of a stream as it was at `seq`, so that loading it need not read the whole stream."""

_FIELDS = tuple(column.name for column in events.c)
_WIDTH, _POSITION = len(_FIELDS), _FIELDS.index("position")
_HEAD = ("tenant_id", "instance", "seq")
_BATCH = 1000


class Lines(NamedTuple):
    """What one command adds to a stream.

    Attributes:
        instance: the stream.
        before: `seq` of its last line so far; 0 begins a stream, otherwise the caller holds its row.
        last: `seq` of the last line added.
        values: of the lines, one after the other, each a row of `events` without its position.
    """

    instance: int
    before: int
    last: int
    values: list[Any]


class LogWriter:
    """A participant that keeps the lines of a transaction and appends them at its end, with positions."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx
        self._kept: list[Lines] = []

    def append(self, lines: Lines) -> None:
        """Keep lines until the transaction ends."""
        self._kept.append(lines)

    def flush(self) -> None:
        """Give positions and write."""
        if not self._kept:
            return
        tx, kept = self._tx, self._kept
        self._kept = []
        values = list(chain.from_iterable([lines.values for lines in kept]))
        count = len(values) // _WIDTH
        position = tx.count("log", count) + 1
        values[_POSITION::_WIDTH] = range(position - count, position)
        statements, tenant = tx.statements, tx.tenant
        tx.many_values(statements.insert(events, _FIELDS, plain=True), values)
        begun = {lines.instance for lines in kept if not lines.before}
        last = sorted({lines.instance: lines.last for lines in kept}.items())
        fresh = [(tenant, instance, seq) for instance, seq in last if instance in begun]
        if fresh:
            tx.many_tuples(statements.insert(streams, _HEAD, plain=True), fresh)
        moved = [(seq, tenant, instance) for instance, seq in last if instance not in begun]
        if moved:
            tx.many_tuples(statements.update(streams, _HEAD[:2], _HEAD[2:], plain=True), moved)

    def mark(self) -> tuple[list[Lines], int]:
        """The buffer and its length: a flush leaves this list as long as it is and begins another."""
        return self._kept, len(self._kept)

    def restore(self, mark: tuple[list[Lines], int] | None) -> None:
        """Back to the mark."""
        if mark is None:
            self._kept = []
        else:
            self._kept, length = mark
            del self._kept[length:]

    def committed(self) -> None:
        """Nothing to do."""

    def abandoned(self) -> None:
        """Nothing to do."""


def writer(tx: Tx) -> LogWriter:
    """The log writer of this transaction."""
    return tx.participant(LogWriter, LogWriter)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log. `body` holds the stored bytes."""

    position: int
    instance: int
    seq: int
    at: datetime
    actor_kind: str
    actor_id: str
    on_behalf_of: str | None
    type: str
    element: str | None
    key: int | None
    process_instance: int | None
    body: bytes


_COLUMNS = [events.c[name] for name in Entry.__slots__]


def read(tx: Tx, after_position: int = 0, limit: int = _BATCH) -> list[Entry]:
    """The next entries after a position, for exporters, sealers and measures.

    Args:
        tx: a transaction; what it has itself buffered is seen too.
        after_position: the last position already read; 0 for the beginning.
        limit: how many at most.
    """
    if tx.writable:
        tx.flush()
    query = (
        select(*_COLUMNS)
        .where(events.c.tenant_id == tx.tenant, events.c.position > after_position)
        .order_by(events.c.position)
        .limit(limit)
    )
    return [Entry(*tuple(row)) for row in tx.all(query)]


def read_stream(tx: Tx, instance: int, after_seq: int = 0, limit: int | None = None) -> list[Entry]:
    """The entries of one stream after a `seq`, in order."""
    if tx.writable:
        tx.flush()
    query = (
        select(*_COLUMNS)
        .where(events.c.tenant_id == tx.tenant, events.c.instance == instance, events.c.seq > after_seq)
        .order_by(events.c.seq)
        .limit(limit)
    )
    return [Entry(*tuple(row)) for row in tx.all(query)]


def follow(store: Store, after_position: int = 0, batch: int = _BATCH) -> Iterator[list[Entry]]:
    """All entries after a position in batches, each read in a transaction of its own."""
    while True:
        with store.read() as tx:
            entries = read(tx, after_position, batch)
        if not entries:
            return
        yield entries
        after_position = entries[-1].position


def last_position(tx: Tx) -> int:
    """The position of the last event, 0 when there is none."""
    return int(
        tx.scalar(
            select(events.c.position)
            .where(events.c.tenant_id == tx.tenant)
            .order_by(events.c.position.desc())
            .limit(1)
        )
        or 0
    )
