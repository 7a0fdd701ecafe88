"""The runtime: commands in, events on record, everything of one command in one transaction.

A command is checked by the guard, decided by the engine on the state of its stream, appended to the log,
taken into the projections, and what it throws is delivered: all that is durable together or not at all.
Every method that writes takes `tx` to be part of a transaction at hand; without it, it commits by itself
(together with what other threads want at the same time).
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple, TypeVar

from mainspring.engine import commands as c
from mainspring.engine.events import Actor
from mainspring.runtime import delivery, deploy, jobs, timers
from mainspring.runtime.addresses import address, facts_of
from mainspring.runtime.commit import Answer, GroupCommit
from mainspring.runtime.deploy import Deployment
from mainspring.runtime.directory import Directory, check_named
from mainspring.runtime.guard import Broadcast, DenyAll, Deploy, Facts, Guard, Publish, Start
from mainspring.runtime.jobs import Job
from mainspring.runtime.library import BoundLibrary, Shelf
from mainspring.runtime.requests import answered, remember
from mainspring.runtime.session import Parts, Session
from mainspring.store import Store, Tx
from mainspring.store.keys import Clock, Keys
from mainspring.store.states import States

T = TypeVar("T")
TIME_TO_LIVE = timedelta(hours=1)
Files = Mapping[str, bytes]


class Runtime:
    """Drives the engine over one tenant's store. Safe to use from several threads.

    Args:
        store: the tenant's database.
        clock: gives zone-aware UTC time.
        keys: gives new keys (`store.keys.KeyGenerator`).
        guard: who may send which command; None denies everything.
        directory: knows the people to whom work may be given; None believes every name.
        capacity: how many instances stay in memory while they are hot.
    """

    def __init__(
        self,
        store: Store,
        *,
        clock: Clock,
        keys: Keys,
        guard: Guard | None = None,
        directory: Directory | None = None,
        capacity: int = 5000,
    ) -> None:
        self.store = store
        self.clock = clock
        self.keys = keys
        self.guard: Guard = guard if guard is not None else DenyAll()
        self.directory = directory
        self._parts = Parts(States(store, capacity), Shelf(), clock, keys)
        self._commit = GroupCommit(store, lambda tx, roots: self.session(tx).lock(roots))

    # Commands

    def deploy(self, files: Files, actor: Actor, tx: Tx | None = None) -> Deployment:
        """Deploy `.bpmn`, `.dmn` and `.form` files together; the same bytes again are the same version.

        Raises:
            DeploymentRefused: with every finding; nothing was deployed.
            Denied: the guard says no.
        """

        def work(tx: Tx) -> Deployment:
            self.guard.check(tx, actor, Deploy(tuple(files)), Facts())
            return deploy.deploy(self.session(tx), files, actor, self._parts.shelf)

        return self._within(tx, work)

    def start(
        self,
        process_id: str,
        variables: Mapping[str, Any],
        *,
        actor: Actor,
        business_key: str | None = None,
        version: int | None = None,
        idempotency_key: str | None = None,
        tx: Tx | None = None,
    ) -> int:
        """Start a process (the latest version unless one is named); gives the key of the instance.

        The same `idempotency_key` again gives the same instance and starts nothing.

        Raises:
            NotFound: there is no such process or version.
            CommandRejected: it has no none start event.
            Denied: the guard says no.
        """

        def work(tx: Tx) -> int:
            known = answered(tx, idempotency_key, "Start")
            if known is not None:
                return known.instance
            self.guard.check(
                tx, actor, Start(process_id, variables, business_key), Facts(process_id=process_id)
            )
            session = self.session(tx)
            key, number = session.library(session.now()).version(process_id, version)
            initiator = actor.id if actor.kind == "person" else None
            command = c.StartInstance(
                key, dict(variables), business_key=business_key, version=number, initiator=initiator
            )
            root, events = session.start(command, actor)
            remember(session, idempotency_key, "Start", root, 1, len(events))
            session.settle(delivery.deliver)
            return root

        return self._within(tx, work)

    def execute(
        self,
        command: Any,
        *,
        actor: Actor,
        instance: int | None = None,
        idempotency_key: str | None = None,
        fence: int | None = None,
        facts: Facts | None = None,
        tx: Tx | None = None,
    ) -> list[Any]:
        """Send a command to the instance it is about; gives its events.

        Args:
            command: one of `mainspring.engine.commands`.
            actor: who sends it.
            instance: key of the root instance, when known (it saves a query).
            idempotency_key: the same key again gives the same events and does nothing.
            fence: of the worker's lease, for commands about a job: a stale one is refused.
            facts: what the guard should know, when the caller knows it already.
            tx: the transaction to be part of.

        Raises:
            CommandRejected: it is not possible now, with the reason.
            NotFound: what it is about does not exist.
            StaleLease: the job has passed to another worker.
            Denied: the guard says no.
        """
        request = _Request(command, actor, instance, idempotency_key, fence, facts)
        return self._within(tx, lambda tx: self._execute(tx, request), instance)

    def submit(
        self,
        command: Any,
        *,
        actor: Actor,
        instance: int | None = None,
        idempotency_key: str | None = None,
        fence: int | None = None,
        facts: Facts | None = None,
    ) -> Answer[list[Any]]:
        """Hand in a command as for `execute`, without waiting: one caller may have many on their way.

        Ask for the `result()` of each answer. They are committed together as soon as somebody waits for one;
        each is refused or done by itself.
        """
        request = _Request(command, actor, instance, idempotency_key, fence, facts)
        return self._commit.later(lambda tx: self._execute(tx, request), instance)

    def hand_in(self, work: Callable[[Tx], T], instance: int | None = None) -> Answer[T]:
        """The same for any work in a transaction, such as several commands that belong together."""
        return self._commit.later(work, instance)

    def _execute(self, tx: Tx, request: "_Request") -> list[Any]:
        command, actor = request.command, request.actor
        name = type(command).__name__
        known = answered(tx, request.idempotency_key, name)
        if known is not None:
            return known.events(tx)
        session = self.session(tx)
        if request.fence is not None:
            jobs.check_fence(session, command.job, request.fence)
        root = request.instance if request.instance is not None else address(session, command)
        facts = request.facts if request.facts is not None else facts_of(session, root, command)
        self.guard.check(tx, actor, command, facts)
        check_named(self.directory, tx, command)
        events = session.apply(root, _complete(command, actor), actor)
        if request.idempotency_key is not None:
            last = session.stream(root).seq
            remember(session, request.idempotency_key, name, root, last - len(events) + 1, last)
        session.settle(delivery.deliver)
        return events

    def publish(
        self,
        name: str,
        correlation_key: str,
        variables: Mapping[str, Any],
        *,
        actor: Actor,
        time_to_live: timedelta = TIME_TO_LIVE,
        message_id: str | None = None,
        tx: Tx | None = None,
    ) -> int:
        """Publish a message; it is buffered for its time to live. Gives its key.

        Raises:
            DuplicateMessage: one with this id (and name and key) is still buffered.
            Denied: the guard says no.
        """

        def work(tx: Tx) -> int:
            request = Publish(name, correlation_key, variables, time_to_live, message_id)
            self.guard.check(tx, actor, request, Facts())
            session = self.session(tx)
            key = delivery.publish(session, name, correlation_key, variables, actor, time_to_live, message_id)
            session.settle(delivery.deliver)
            return key

        return self._within(tx, work)

    def broadcast(
        self, name: str, variables: Mapping[str, Any], *, actor: Actor, tx: Tx | None = None
    ) -> int:
        """Broadcast a signal to all who wait for it now, and to signal start events. Gives its key.

        Raises:
            Denied: the guard says no.
        """

        def work(tx: Tx) -> int:
            self.guard.check(tx, actor, Broadcast(name, variables), Facts())
            session = self.session(tx)
            key = delivery.broadcast(session, name, variables, actor)
            session.settle(delivery.deliver)
            return key

        return self._within(tx, work)

    # Workers and time

    def activate(
        self, types: Iterable[str], *, worker: str, lease: timedelta, limit: int, tx: Tx | None = None
    ) -> list[Job]:
        """Lease free jobs of these types; without completion they are free again when the lease ends."""
        wanted = tuple(types)

        def work(tx: Tx) -> list[Job]:
            return jobs.activate(self.session(tx), wanted, worker=worker, lease=lease, limit=limit)

        return self._within(tx, work)

    def tick(self, limit: int = 100, tx: Tx | None = None) -> int:
        """Fire due timers and timer starts, drop expired messages; gives how many timers fired.

        Leases need no tick: a job whose lease has ended is simply free.
        """
        return self._within(tx, lambda tx: timers.tick(self.session(tx), limit))

    def next_due(self) -> datetime | None:
        """The earliest time at which a timer fires, a retry begins or a lease ends, or None."""
        with self.store.read() as tx:
            return timers.next_due(tx, self.clock())

    # The rest

    def session(self, tx: Tx) -> Session:
        """The runtime's part in a transaction."""
        return tx.participant(Session, lambda tx: Session(tx, self._parts))

    def library(self, tx: Tx) -> BoundLibrary:
        """The definitions, as of now."""
        return BoundLibrary(tx, self._parts.shelf, self.clock())

    def forget(self) -> None:
        """Drop every state from memory; the log has them."""
        self._parts.states.forget()

    def _within(self, tx: Tx | None, work: Callable[[Tx], T], instance: int | None = None) -> T:
        return self._commit.submit(work, instance) if tx is None else work(tx)


class _Request(NamedTuple):
    """A command as it was sent; see `Runtime.execute`."""

    command: Any
    actor: Actor
    instance: int | None
    idempotency_key: str | None
    fence: int | None
    facts: Facts | None


def _complete(command: Any, actor: Actor) -> Any:
    """Put in who acts, which only the runtime knows for sure."""
    if type(command) is c.CompleteTask:
        return c.CompleteTask(*command[:-1], actor={"kind": actor.kind, "id": actor.id})
    if "by" in command._fields:
        return command._replace(by=actor.id if actor.kind == "person" else None)
    return command
