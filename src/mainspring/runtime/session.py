"""The runtime's part in a transaction: the streams it holds, and what has to follow from its events."""

from collections import deque
from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from mainspring.engine import decide
from mainspring.engine import events as e
from mainspring.engine.commands import StartInstance
from mainspring.engine.events import Actor
from mainspring.runtime.errors import EndlessError, NotFound
from mainspring.runtime.library import BoundLibrary, Latest, Shelf
from mainspring.store import Tx
from mainspring.store.keys import Clock, Keys
from mainspring.store.net import net
from mainspring.store.projections import Stream
from mainspring.store.record import Recorder
from mainspring.store.states import Loaded, States, keep_snapshot
from mainspring.store.types import to_micros

MAX_FOLLOWING = 10_000
_ECHOING = frozenset(
    {
        e.MessageThrown,
        e.SignalThrown,
        e.SubscriptionOpened,
        e.InstanceCompleted,
        e.InstanceTerminated,
        e.InstanceResumed,
    }
)


_LOCK_STREAMS = (
    "SELECT instance, seq FROM streams WHERE tenant_id = %s AND instance = ANY(%s) "
    "ORDER BY instance FOR UPDATE"
)
_LOCK_MESSAGE = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 7))"


class Echo(NamedTuple):
    """An event that others must hear of, and who caused it."""

    root: int
    event: Any
    actor: Actor


class Parts(NamedTuple):
    """What all sessions of a runtime share."""

    states: States
    shelf: Shelf
    clock: Clock
    keys: Keys


class Session:
    """A participant of the transaction: its states go back to the cache on commit, else they are dropped."""

    def __init__(self, tx: Tx, parts: Parts) -> None:
        self.tx = tx
        self._parts = parts
        self._loaded: dict[int, Loaded] = {}
        self._changed: list[int] = []
        self.locked: dict[int, int] = {}
        """Root instances whose row is locked already (PostgreSQL), with the `seq` that it had."""
        self.echoes: deque[Echo] = deque()
        self.latest: Latest = {}
        self._recorder = Recorder(tx)
        self.net = net(tx)
        parts.states.begin(tx)

    # Commands

    def now(self) -> datetime:
        """The present."""
        return self._parts.clock()

    def key(self) -> int:
        """A new key."""
        return self._parts.keys()

    def library(self, now: datetime) -> BoundLibrary:
        """The definitions, for decisions made now."""
        return BoundLibrary(self.tx, self._parts.shelf, now, self.latest)

    def stream(self, root: int) -> Loaded:
        """A stream, locked for this transaction.

        Raises:
            NotFound: there is no such root instance.
        """
        loaded = self._loaded.get(root)
        if loaded is None:
            if root in self._changed:
                self.tx.flush()  # it was dropped within this transaction; what stays of it may be buffered
            loaded = self._parts.states.take(self.tx, root, self.locked.get(root))
            if loaded is None:
                raise NotFound(f"there is no process instance {root}", mend="Name the root instance.")
            self._loaded[root] = loaded
        return loaded

    def lock(self, roots: list[int]) -> None:
        """Lock streams that work is about, all at once and in one order (PostgreSQL).

        One that is not there is left out: the work finds that out by itself.
        """
        if roots and self.tx.dialect == "postgresql":
            self.locked.update(self.tx.raw(_LOCK_STREAMS, (self.tx.tenant, roots)))

    def lock_message(self, name: str, correlation_key: str) -> None:
        """Keep others from publishing or awaiting the same message until the commit.

        Otherwise, on PostgreSQL, a message and the subscription it is for could miss each other, each written
        while the other was not yet committed.
        """
        if self.tx.dialect == "postgresql":
            self.tx.raw(_LOCK_MESSAGE, (f"{self.tx.tenant}/{name}/{correlation_key}",))

    def start(self, command: StartInstance, actor: Actor) -> tuple[int, list[Any]]:
        """Begin a stream; gives its key and events."""
        loaded = Loaded(0)
        now = self.now()
        events = decide(loaded.state, command, library=self.library(now), now=now, keys=self._parts.keys)
        root = loaded.state.root
        if root is None:
            raise NotFound("the process did not start")
        loaded.stream = Stream(root)
        self._loaded[root] = loaded
        self._keep(loaded, events, now, actor)
        return root, events

    def apply(self, root: int, command: Any, actor: Actor) -> list[Any]:
        """Decide a command on a stream and record its events."""
        loaded = self.stream(root)
        now = self.now()
        try:
            events = decide(loaded.state, command, library=self.library(now), now=now, keys=self._parts.keys)
        except BaseException:
            del self._loaded[root]  # half changed
            raise
        self._keep(loaded, events, now, actor)
        return events

    def note(self, stream: int, seq: int, event: Any, actor: Actor) -> None:
        """Record a happening in a stream of its own, after `seq`."""
        self._recorder.record(Stream(stream), seq, [event], to_micros(self.now()), actor)

    def note_in(self, root: int, event: Any, actor: Actor) -> None:
        """Record a happening in the stream of an instance."""
        self._keep(self.stream(root), [event], self.now(), actor)

    def _keep(self, loaded: Loaded, events: list[Any], now: datetime, actor: Actor) -> None:
        root = loaded.stream.root
        self._changed.append(root)
        loaded.seq = self._recorder.record(loaded.stream, loaded.seq, events, to_micros(now), actor)
        if not _ECHOING.isdisjoint(map(type, events)):
            self.echoes.extend(Echo(root, event, actor) for event in events if type(event) in _ECHOING)

    def settle(self, deliver: Callable[["Session", Echo], None]) -> None:
        """Deliver what the events threw, and what follows from that, until nothing does.

        Raises:
            EndlessError: it does not come to an end.
        """
        count = 0
        while self.echoes:
            count += 1
            if count > MAX_FOLLOWING:
                self.echoes.clear()
                raise EndlessError(
                    f"one command led to more than {MAX_FOLLOWING} messages and signals",
                    mend="Two processes seem to answer each other for ever.",
                )
            deliver(self, self.echoes.popleft())

    # Participant

    def flush(self) -> None:
        """Write snapshots that are due."""
        for loaded in self._loaded.values():
            keep_snapshot(self.tx, loaded)

    def mark(self) -> int:
        """How many changes there were."""
        return len(self._changed)

    def restore(self, mark: int | None) -> None:
        """Drop every state that was changed since the mark: it is read again when it is needed."""
        for root in self._changed[mark or 0 :]:
            self._loaded.pop(root, None)
        self.echoes.clear()
        self.latest.clear()

    def committed(self) -> None:
        """Give the states back to the cache."""
        for loaded in self._loaded.values():
            self._parts.states.give(loaded)

    def abandoned(self) -> None:
        """Drop the states."""
        self._loaded.clear()
