"""What happens when something that was waited for comes: at catch and boundary events, at scopes."""

from typing import Any

from mainspring.engine import events as e
from mainspring.engine import inner_events as i
from mainspring.engine.errors import Fault
from mainspring.engine.graph import Node
from mainspring.engine.lifecycle import (
    appear,
    close_waits,
    complete,
    enter,
    raise_incident,
    take,
    terminate,
    terminate_inside,
)
from mainspring.engine.run import Run
from mainspring.engine.state import ElementInstance
from mainspring.engine.subscriptions import open_event_subprocesses, waits_for

Variables = dict[str, Any]


def trigger(run: Run, record: ElementInstance, node: Node, wait: int, variables: Variables) -> None:
    """The event of `node`, which `record` waited for by its subscription or timer `wait`, has come."""
    if node.parallel_multiple and not _all_arrived(run, record, node, wait):
        return
    if node.type == "boundaryEvent":
        boundary(run, record, node, variables)
    elif node.type == "startEvent":
        event_subprocess(run, record, node, variables)
    elif record.element == node.id:
        _caught(run, record, node, variables)
    else:
        _decide_gateway(run, record, node, variables)


def _all_arrived(run: Run, record: ElementInstance, node: Node, wait: int) -> bool:
    """A parallel multiple event waits until each of its events has come."""
    if wait in run.state.subscriptions:
        run.emit(e.SubscriptionClosed(wait, record.key))
    return not waits_for(run, record, node)


def _caught(run: Run, record: ElementInstance, node: Node, variables: Variables) -> None:
    """An intermediate catch event or receive task goes on; a repeating timer lets a token go each time."""
    if any(kind == "timer" for kind in (record.waits or {}).values()) and _repeats(run, record, node):
        scope = run.state.elements[record.scope]  # type: ignore[index] # only a root has no scope
        for flow in node.outgoing:
            take(run, scope, flow, record.key)
        return
    run.take_results(node, record, variables)
    complete(run, node, record)


def _repeats(run: Run, record: ElementInstance, node: Node) -> bool:
    timers = (run.state.timers.get(key) for key in record.waits or ())
    return any(timer is not None and timer.element == node.id and timer.interval for timer in timers)


def _decide_gateway(run: Run, gateway: ElementInstance, node: Node, variables: Variables) -> None:
    """The first event behind an event-based gateway decides: the token goes there at once."""
    scope = run.state.elements[gateway.scope]  # type: ignore[index] # only a root has no scope
    close_waits(run, gateway)
    run.emit(e.ElementCompleted(gateway.key, gateway.element, gateway.instance))
    flow = next(flow for flow in node.incoming if flow.source.id == gateway.element)
    run.emit(e.SequenceFlowTaken(flow.id, scope.key, scope.instance, gateway.key))
    _happened(run, node, scope, (flow.id,), variables)


def _happened(
    run: Run, node: Node, scope: ElementInstance, flows: tuple[str, ...], variables: Variables
) -> None:
    """An event element that is complete as soon as it begins."""
    record = appear(run, node, scope, flows)
    run.take_results(node, record, variables)
    complete(run, node, record)


def boundary(run: Run, host: ElementInstance, node: Node, variables: Variables, *, ends: bool = True) -> None:
    """A boundary event goes off; an interrupting one ends its activity first (unless not `ends`)."""
    scope = run.state.elements[host.scope]  # type: ignore[index] # only a root has no scope
    if node.interrupting and ends:
        terminate(run, host)
    _happened(run, node, scope, (), variables)


def event_subprocess(run: Run, scope: ElementInstance, start: Node, variables: Variables) -> None:
    """An event sub-process begins in its scope; an interrupting one takes the scope over."""
    whole = start.parent
    if whole is None:
        return
    if start.interrupting:
        run.emit(i.ScopeInterrupted(scope.key, whole.id))
        close_waits_of_event_subprocesses(run, scope)
        terminate_inside(run, scope)
    record = appear(run, whole, scope)
    try:
        run.map_in(record, whole.inputs)
    except Fault as fault:
        raise_incident(run, record, fault, "enter")
        return
    begin = appear(run, start, record)
    run.take_results(start, begin, variables)
    complete(run, start, begin)


def close_waits_of_event_subprocesses(run: Run, scope: ElementInstance) -> None:
    """No other event sub-process may begin in the scope any more."""
    for start in run.node(scope).event_starts:
        close_waits(run, scope, start.id)


def start_process(run: Run, root: ElementInstance, start: Node | None) -> None:
    """Begin a process instance at its none start event, or at the given one, which has already happened."""
    node = run.node(root)
    if start is None:
        enter(run, node, root)
        return
    try:
        if node.event_starts:
            open_event_subprocesses(run, node, root)
    except Fault as fault:
        raise_incident(run, root, fault, "enter")
        return
    _happened(run, start, root, (), {})
