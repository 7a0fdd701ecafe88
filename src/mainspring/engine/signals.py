"""A signal within its own stream: everyone in it who waits for the name hears it."""

from typing import Any

from mainspring.engine import events as e
from mainspring.engine.behaviour.triggers import trigger
from mainspring.engine.run import Run


def hear(run: Run, name: str, variables: dict[str, Any]) -> None:
    """Deliver a signal to all open subscriptions of this stream."""
    for key in list(run.state.signals.get(name, ())):
        deliver(run, key, name, variables)


def deliver(run: Run, key: int, name: str, variables: dict[str, Any]) -> None:
    """Deliver a signal to one open subscription, if it is still there."""
    subscription = run.state.subscriptions.get(key)
    if subscription is None:
        return
    record = run.state.elements[subscription.element_key]
    run.emit(e.SignalReceived(key, record.key, name))
    node = run.graph(record.instance).nodes[subscription.element]
    trigger(run, record, node, key, variables)
