"""Messages and signals: who gets them, as Camunda 8 does it.

A message reaches at most one waiting instance of each process. What nobody takes waits in the buffer for
its time to live. A message start event starts one instance for a correlation key at a time; when that ends,
the next buffered message with the key starts the next. A signal reaches everyone who waits for it now.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import exists, select

from mainspring.engine import CommandRejected
from mainspring.engine import events as e
from mainspring.engine.commands import Correlate, ReceiveSignal, StartInstance
from mainspring.engine.events import Actor
from mainspring.runtime.errors import DuplicateMessage
from mainspring.runtime.session import Echo, Session
from mainspring.store.deployment_tables import definitions, start_events
from mainspring.store.happenings import InstanceStartedByMessage, MessagePublished, SignalBroadcast
from mainspring.store.message_tables import message_receivers, message_starts, messages
from mainspring.store.process_tables import subscriptions
from mainspring.store.types import to_micros

_ANY_BUFFERED = "SELECT 1 FROM messages WHERE tenant_id = ? AND name = ? AND correlation_key = ? LIMIT 1"


def deliver(session: Session, echo: Echo) -> None:
    """Let others hear of an event."""
    root, event, actor = echo
    if type(event) is e.MessageThrown:
        ttl = timedelta(seconds=event.time_to_live)
        try:
            publish(session, event.name, event.correlation_key, event.variables, actor, ttl, event.message_id)
        except DuplicateMessage:
            return  # thrown once already, which is what the id is for
    elif type(event) is e.SignalThrown:
        broadcast(session, event.name, event.variables, actor, but=root)
    elif type(event) is e.SubscriptionOpened:
        if event.kind == "message":
            _look_into_buffer(session, root, event.subscription, actor)
    elif type(event) is e.InstanceResumed:
        for subscription, waiting in list(session.stream(root).state.subscriptions.items()):
            if waiting.kind == "message":
                _look_into_buffer(session, root, subscription, actor)
    elif event.key == root:
        _start_next(session, root, actor)


def publish(
    session: Session,
    name: str,
    correlation_key: str,
    variables: Mapping[str, Any],
    actor: Actor,
    time_to_live: timedelta,
    message_id: str | None,
) -> int:
    """Publish a message and correlate it; gives its key.

    Raises:
        DuplicateMessage: one with this id, name and correlation key is buffered.
    """
    tx = session.tx
    session.lock_message(name, correlation_key)
    tx.flush()
    now = session.now()
    if message_id is not None:
        same = select(messages.c.key).where(
            messages.c.tenant_id == tx.tenant,
            messages.c.name == name,
            messages.c.correlation_key == correlation_key,
            messages.c.message_id == message_id,
            messages.c.expires_at > now,
        )
        if tx.scalar(same.limit(1)) is not None:
            raise DuplicateMessage(f"the message '{name}' with id '{message_id}' was published already")
    key = session.key()
    kept = dict(variables)
    expires = to_micros(now + time_to_live)
    session.note(key, 0, MessagePublished(key, name, correlation_key, message_id, kept, expires), actor)
    message = key if expires > to_micros(now) else None
    served = _correlate(session, name, correlation_key, kept, actor, message)
    for start in _starts(session, "message", name):
        if start.process_id not in served and not _taken(session, start.process_id, correlation_key):
            _start(session, start, kept, actor, (key, correlation_key))
    return key


def _correlate(
    session: Session,
    name: str,
    correlation_key: str,
    variables: dict[str, Any],
    actor: Actor,
    message: int | None,
) -> set[str]:
    """Hand the message to the oldest subscription of each process; gives the processes that took it."""
    tx = session.tx
    waiting = select(subscriptions.c.key, subscriptions.c.root, subscriptions.c.process_id).where(
        subscriptions.c.tenant_id == tx.tenant,
        subscriptions.c.kind == "message",
        subscriptions.c.name == name,
        subscriptions.c.correlation_key == correlation_key,
    )
    served: set[str] = set()
    for row in tx.all(waiting.order_by(subscriptions.c.key)):
        if row.process_id in served:
            continue
        command = Correlate(int(row.key), message, name, variables)
        if _send(session, int(row.root), int(row.key), command, actor):
            served.add(row.process_id)
    return served


def _send(session: Session, root: int, subscription: int, command: Any, actor: Actor) -> bool:
    """Send to a subscription if it is still open; False when it is not, or its instance takes nothing now."""
    if subscription not in session.stream(root).state.subscriptions:
        return False
    try:
        session.apply(root, command, actor)
    except CommandRejected:
        return False
    return True


def _taken(session: Session, process_id: str, correlation_key: str) -> bool:
    if not correlation_key:
        return False
    tx = session.tx
    if (process_id, correlation_key) in session.net.pending(message_starts):
        return True
    running = select(message_starts.c.instance).where(
        message_starts.c.tenant_id == tx.tenant,
        message_starts.c.process_id == process_id,
        message_starts.c.correlation_key == correlation_key,
    )
    return tx.scalar(running) is not None


def _starts(session: Session, kind: str, name: str, process_id: str | None = None) -> list[Any]:
    query = (
        select(
            start_events.c.process_id,
            start_events.c.definition,
            start_events.c.element,
            definitions.c.version,
        )
        .join(
            definitions,
            (definitions.c.tenant_id == start_events.c.tenant_id)
            & (definitions.c.key == start_events.c.definition),
        )
        .where(
            start_events.c.tenant_id == session.tx.tenant,
            start_events.c.kind == kind,
            start_events.c.name == name,
        )
        .order_by(start_events.c.definition, start_events.c.element)
    )
    if process_id is not None:
        query = query.where(start_events.c.process_id == process_id)
    return list(session.tx.all(query))


def _start(
    session: Session, start: Any, variables: dict[str, Any], actor: Actor, by: tuple[int, str] | None = None
) -> None:
    command = StartInstance(int(start.definition), variables, start.element, version=int(start.version))
    root, _ = session.start(command, actor)
    if by is not None:
        session.note_in(root, InstanceStartedByMessage(by[0], start.process_id, by[1], root), actor)


def _look_into_buffer(session: Session, root: int, subscription: int, actor: Actor) -> None:
    """Hand a buffered message to a subscription that has just opened, or goes on."""
    tx = session.tx
    loaded = session.stream(root)
    waiting = loaded.state.subscriptions.get(subscription)
    if waiting is None:
        return
    name, correlation_key = waiting.name, waiting.correlation_key or ""
    session.lock_message(name, correlation_key)
    if not session.net.pending(messages):
        found = tx.raw(tx.statements.constant(_ANY_BUFFERED), (tx.tenant, name, correlation_key))
        if not found:
            return
    record = loaded.state.elements[waiting.element_key]
    process_id = loaded.stream.follows[record.instance].process_id
    message = _next_buffered(session, [name], correlation_key, process_id)
    if message is not None:
        command = Correlate(subscription, int(message.key), name, message.variables)
        _send(session, root, subscription, command, actor)


def _next_buffered(session: Session, names: list[str], correlation_key: str, process_id: str) -> Any:
    """The oldest living message of these names and this key that the process has not had."""
    tx = session.tx
    tx.flush()
    had = exists().where(
        message_receivers.c.tenant_id == messages.c.tenant_id,
        message_receivers.c.message == messages.c.key,
        message_receivers.c.process_id == process_id,
    )
    rows = tx.all(
        select(messages.c.key, messages.c.name, messages.c.variables)
        .where(
            messages.c.tenant_id == tx.tenant,
            messages.c.name.in_(names),
            messages.c.correlation_key == correlation_key,
            messages.c.expires_at > session.now(),
            ~had,
        )
        .order_by(messages.c.key)
        .limit(1)
    )
    return rows[0] if rows else None


def _start_next(session: Session, root: int, actor: Actor) -> None:
    """The instance that a message started has ended: the next message with its key may start the next."""
    started_by = session.stream(root).stream.started_by
    if started_by is None:
        return
    process_id, correlation_key = started_by
    tx = session.tx
    named = select(start_events.c.name).where(
        start_events.c.tenant_id == tx.tenant,
        start_events.c.kind == "message",
        start_events.c.process_id == process_id,
    )
    names = [row.name for row in tx.all(named)]
    for name in names:
        session.lock_message(name, correlation_key)
    message = _next_buffered(session, names, correlation_key, process_id)
    if message is None or _taken(session, process_id, correlation_key):
        return
    start = _starts(session, "message", message.name, process_id)[0]
    _start(session, start, message.variables, actor, (int(message.key), correlation_key))


def broadcast(
    session: Session, name: str, variables: Mapping[str, Any], actor: Actor, *, but: int | None = None
) -> int:
    """Send a signal to all who wait for it, but for one stream that has heard it already; gives its key."""
    tx = session.tx
    tx.flush()
    key = session.key()
    kept = dict(variables)
    session.note(key, 0, SignalBroadcast(key, name, kept), actor)
    waiting = select(subscriptions.c.key, subscriptions.c.root).where(
        subscriptions.c.tenant_id == tx.tenant, subscriptions.c.kind == "signal", subscriptions.c.name == name
    )
    for row in tx.all(waiting.order_by(subscriptions.c.key)):
        if row.root != but:
            command = ReceiveSignal(int(row.key), name, kept)
            _send(session, int(row.root), int(row.key), command, actor)
    for start in _starts(session, "signal", name):
        _start(session, start, kept, actor)
    return key
