"""Projections of timers, subscriptions, messages and incidents."""

from mainspring.engine import events as e
from mainspring.store import happenings as h
from mainspring.store.message_tables import message_receivers, message_starts, messages
from mainspring.store.net import Net
from mainspring.store.process_tables import incidents, subscriptions, timers
from mainspring.store.projections.stream import Step, Stream, json_text
from mainspring.store.types import to_micros


def _timer_scheduled(net: Net, stream: Stream, event: e.TimerScheduled, at: int) -> None:
    del at
    row = {
        "key": event.timer,
        "root": stream.root,
        "process_instance": event.instance,
        "element_key": event.key,
        "element": event.element,
        "due": to_micros(event.due),
        "repetitions": event.repetitions,
        "interval": event.interval,
        "suspended": False,
    }
    net.insert(timers, event.timer, row)


def _timer_gone(net: Net, stream: Stream, event: e.TimerFired | e.TimerCanceled, at: int) -> None:
    del stream, at
    net.delete(timers, event.timer)


def _subscription_opened(net: Net, stream: Stream, event: e.SubscriptionOpened, at: int) -> None:
    del at
    if event.kind not in {"message", "signal"}:
        return  # conditions are the engine's own business
    row = {
        "key": event.subscription,
        "root": stream.root,
        "process_instance": event.instance,
        "process_id": stream.follows[event.instance].process_id,
        "element_key": event.key,
        "element": event.element,
        "kind": event.kind,
        "name": event.name,
        "correlation_key": event.correlation_key,
    }
    net.insert(subscriptions, event.subscription, row)


def _subscription_closed(net: Net, stream: Stream, event: e.SubscriptionClosed, at: int) -> None:
    del stream, at
    net.delete(subscriptions, event.subscription)


def _message_correlated(net: Net, stream: Stream, event: e.MessageCorrelated, at: int) -> None:
    del at
    if event.message is not None:
        place = stream.living.get(event.key)
        instance = stream.root if place is None else place[1]
        _received(net, event.message, stream.follows[instance].process_id)


def _received(net: Net, message: int, process_id: str) -> None:
    key = (message, process_id)
    net.insert(message_receivers, key, {"message": message, "process_id": process_id})


def _incident_raised(net: Net, stream: Stream, event: e.IncidentRaised, at: int) -> None:
    process = stream.follows[event.instance]
    row = {
        "key": event.incident,
        "root": stream.root,
        "process_instance": event.instance,
        "process_id": process.process_id,
        "definition": process.definition,
        "element_key": event.key,
        "element": event.element,
        "kind": event.kind,
        "message": event.message,
        "job": event.job,
        "raised_at": at,
    }
    net.insert(incidents, event.incident, row)


def _incident_resolved(net: Net, stream: Stream, event: e.IncidentResolved, at: int) -> None:
    del stream, at
    net.delete(incidents, event.incident)


def _message_published(net: Net, stream: Stream, event: h.MessagePublished, at: int) -> None:
    del stream
    if event.expires_at <= at:
        return
    row = {
        "key": event.message,
        "name": event.name,
        "correlation_key": event.correlation_key,
        "message_id": event.message_id,
        "variables": json_text(event.variables),
        "published_at": at,
        "expires_at": event.expires_at,
    }
    net.insert(messages, event.message, row)


def _message_expired(net: Net, stream: Stream, event: h.MessageExpired, at: int) -> None:
    del stream, at
    net.delete(messages, event.message)
    net.sweep("DELETE FROM message_receivers WHERE tenant_id = ? AND message = ?", (event.message,))


def _started_by_message(net: Net, stream: Stream, event: h.InstanceStartedByMessage, at: int) -> None:
    del at
    _received(net, event.message, event.process_id)
    if event.correlation_key:
        stream.started_by = (event.process_id, event.correlation_key)
        key = (event.process_id, event.correlation_key)
        row = {
            "process_id": event.process_id,
            "correlation_key": event.correlation_key,
            "instance": event.instance,
        }
        net.insert(message_starts, key, row)


def _deleted(net: Net, stream: Stream, event: h.InstanceDeleted, at: int) -> None:
    del stream, at
    for sql in _DELETED:
        net.sweep(sql, (event.instance,))


_DELETED = tuple(
    f"DELETE FROM {table} WHERE tenant_id = ? AND root = ?"  # noqa: S608 - constants
    for table in ("instances", "variables")
)

STEPS: dict[type, Step] = {
    e.TimerScheduled: _timer_scheduled,
    e.TimerFired: _timer_gone,
    e.TimerCanceled: _timer_gone,
    e.SubscriptionOpened: _subscription_opened,
    e.SubscriptionClosed: _subscription_closed,
    e.MessageCorrelated: _message_correlated,
    e.IncidentRaised: _incident_raised,
    e.IncidentResolved: _incident_resolved,
    h.InstanceDeleted: _deleted,
    h.MessagePublished: _message_published,
    h.MessageExpired: _message_expired,
    h.InstanceStartedByMessage: _started_by_message,
}
