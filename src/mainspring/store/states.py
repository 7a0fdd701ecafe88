"""States of streams: read from snapshot and log, kept in memory while they are hot.

A state in memory is only ever a cache of the log. A transaction takes it out, and puts it back when it has
committed: whatever goes wrong in between, the state is simply not there any more. Two transactions never
hold the same one. On SQLite a state is current as long as no other process has written (`data_version`); on
PostgreSQL the row of the stream is locked and its `seq` compared.
"""

from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

from mainspring.base import jsonio
from mainspring.engine import State, decode, evolve, restore, snapshot
from mainspring.engine.snapshot import FORMAT
from mainspring.store import happenings
from mainspring.store.database import Store
from mainspring.store.projections import Follows, Stream
from mainspring.store.transaction import Tx

SNAPSHOT_AFTER = 64
"""A snapshot is written when a load had to read more events than this, and more than the state is large."""
SNAPSHOT_AT_LATEST = 4096
"""And, however hot the state is, when so many events have come since the last."""

_SEQ = "SELECT seq FROM streams WHERE tenant_id = ? AND instance = ?"
_LOCKED_SEQ = _SEQ + " FOR UPDATE"
_LAST_SNAPSHOT = "SELECT seq, data FROM snapshots WHERE tenant_id = ? AND instance = ?"
_SINCE = "SELECT seq, type, body FROM events WHERE tenant_id = ? AND instance = ? AND seq > ? ORDER BY seq"
_STARTED_BY = "SELECT process_id, correlation_key FROM message_starts WHERE tenant_id = ? AND instance = ?"
_SNAPSHOT = (
    "INSERT INTO snapshots (tenant_id, instance, seq, data) VALUES (?, ?, ?, ?) "
    "ON CONFLICT (tenant_id, instance) DO UPDATE SET seq = excluded.seq, data = excluded.data"
)
_FORGET_SNAPSHOT = "DELETE FROM snapshots WHERE tenant_id = ? AND instance = ?"


class Loaded:
    """A stream in memory.

    Attributes:
        state: the engine's state after `seq`.
        stream: what the projections remember.
        seq: of the last event applied.
        snapshot_seq: of the snapshot in the store, 0 when there is none.
        read: how many events were read to load it.
    """

    __slots__ = ("read", "seq", "snapshot_seq", "state", "stream")

    def __init__(self, root: int) -> None:
        self.state = State()
        self.stream = Stream(root)
        self.seq = 0
        self.snapshot_seq = 0
        self.read = 0

    def size(self) -> int:
        """How large the state is, in records."""
        state = self.state
        return len(state.elements) + len(state.jobs) + len(state.timers) + len(state.subscriptions)


class States:
    """The streams in memory, least recently used first out.

    Args:
        store: where the others are.
        capacity: how many streams to keep.
    """

    def __init__(self, store: Store, capacity: int = 5000) -> None:
        self._sqlite = store.dialect == "sqlite"
        self._store = store
        self._capacity = capacity
        self._kept: OrderedDict[int, Loaded] = OrderedDict()
        self._version: int | None = None

    def begin(self, tx: Tx) -> None:
        """Call once a transaction, before the first `take`: notices what other processes have written."""
        if self._sqlite:
            version = self._store.data_version(tx)
            if version != self._version:
                self._kept.clear()
                self._version = version

    def take(self, tx: Tx, root: int, locked_seq: int | None = None) -> Loaded | None:
        """The stream, out of the cache or read, its row locked on PostgreSQL; None when there is none."""
        kept = self._kept.pop(root, None)
        if self._sqlite:
            return kept if kept is not None else load(tx, root)
        if locked_seq is None:
            rows = tx.raw(tx.statements.constant(_LOCKED_SEQ), (tx.tenant, root))
            if not rows:
                return None
            locked_seq = int(rows[0][0])
        return kept if kept is not None and kept.seq == locked_seq else load(tx, root)

    def give(self, loaded: Loaded) -> None:
        """Keep a stream whose transaction has committed, unless it has ended."""
        if loaded.state.outcome is not None:
            return
        self._kept[loaded.stream.root] = loaded
        while len(self._kept) > self._capacity:
            self._kept.popitem(last=False)

    def forget(self) -> None:
        """Drop everything."""
        self._kept.clear()

    def __len__(self) -> int:
        return len(self._kept)


def load(tx: Tx, root: int) -> Loaded | None:
    """Read a stream from its snapshot and the events since; None when it does not exist.

    What this transaction has written to the stream must have been flushed.
    """
    loaded = Loaded(root)
    constant = tx.statements.constant
    kept = tx.raw(constant(_LAST_SNAPSHOT), (tx.tenant, root))
    data = jsonio.loads(kept[0][1]) if kept else {}
    if data.get("format") == FORMAT:
        loaded.seq = loaded.snapshot_seq = int(kept[0][0])
        loaded.state = restore(data)
    lines = tx.raw(constant(_SINCE), (tx.tenant, root, loaded.seq))
    if (not lines and not kept) or (lines and lines[-1][1] == happenings.InstanceDeleted.__name__):
        return None
    fold(loaded.state, [(type_name, body) for _, type_name, body in lines])
    if lines:
        loaded.seq = int(lines[-1][0])
    loaded.read = len(lines)
    remember(loaded)
    begun = tx.raw(constant(_STARTED_BY), (tx.tenant, root))
    if begun:
        loaded.stream.started_by = (begun[0][0], begun[0][1])
    return loaded


def fold(state: State, lines: Sequence[tuple[str, bytes]]) -> None:
    """Advance a state by stored events; happenings are no business of the engine."""
    for type_name, body in lines:
        if type_name not in happenings.NAMES:
            evolve(state, decode(type_name, jsonio.loads(body)))


def remember(loaded: Loaded) -> None:
    """Bring what the projections remember in line with the state."""
    stream, state = loaded.stream, loaded.state
    for key, process in state.instances.items():
        stream.follows[key] = Follows(process.process_id, process.definition)
    for key, record in state.elements.items():
        if key != record.instance:
            stream.living[key] = (record.element, record.instance)
            if record.variables:
                stream.scoped.add(key)
            if record.ballot is not None:
                stream.signed.add(key)


def keep_snapshot(tx: Tx, loaded: Loaded) -> None:
    """Write the snapshot of a stream when it is time to, drop it when the stream has ended."""
    if loaded.state.outcome is not None:
        if loaded.snapshot_seq:
            tx.raw_many(tx.statements.constant(_FORGET_SNAPSHOT), [(tx.tenant, loaded.stream.root)])
        return
    since = loaded.seq - loaded.snapshot_seq
    size = loaded.size()
    long_to_read = loaded.read > max(SNAPSHOT_AFTER, size)
    if long_to_read or since > max(SNAPSHOT_AT_LATEST, 4 * size):
        data: Any = jsonio.dumps(snapshot(loaded.state))
        row = (tx.tenant, loaded.stream.root, loaded.seq, data)
        tx.raw_many(tx.statements.constant(_SNAPSHOT), [row])
        loaded.snapshot_seq = loaded.seq
        loaded.read = 0
