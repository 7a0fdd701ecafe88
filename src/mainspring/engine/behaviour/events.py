"""Events: start, end, intermediate catch and throw."""

from mainspring.engine import events as e
from mainspring.engine import inner_events as i
from mainspring.engine.behaviour.compensation import compensate
from mainspring.engine.behaviour.propagation import throw_error, throw_escalation
from mainspring.engine.behaviour.triggers import boundary
from mainspring.engine.graph import EventSpec, Node
from mainspring.engine.lifecycle import appear, complete, create_job, leave, terminate_inside
from mainspring.engine.run import Run
from mainspring.engine.signals import hear
from mainspring.engine.state import ElementInstance
from mainspring.engine.subscriptions import open_catch, waits_for

MESSAGE_LIFE = 3600
"""Seconds a message thrown by a process is kept for a receiver, unless the model says otherwise."""


def passing(run: Run, node: Node, record: ElementInstance) -> None:
    """An element that only passes the token on: none events, gateways, undefined and manual tasks."""
    complete(run, node, record)


def catching(run: Run, node: Node, record: ElementInstance) -> None:
    """An intermediate catch event or receive task waits."""
    if not waits_for(run, record, node):
        open_catch(run, record, node)


def event_gateway(run: Run, node: Node, record: ElementInstance) -> None:
    """An event-based gateway waits for the first of the events behind it."""
    open_catch(run, record, *(flow.target for flow in node.outgoing))


def throwing(run: Run, node: Node, record: ElementInstance) -> None:
    """An end or intermediate throw event: each of its event definitions happens, then it completes."""
    if node.job is not None:
        create_job(run, record, node.job)
        return
    for spec in node.events:
        if not THROW[spec.kind](run, node, record, spec):
            return  # it ended its surroundings, or waits
    complete(run, node, record)


def publish(run: Run, node: Node, record: ElementInstance, spec: EventSpec) -> bool:
    """Throw a message; its variables are the local ones that input mappings made."""
    del node
    name = "" if spec.name is None else run.text(record, spec.name, "message name")
    correlation = "" if spec.correlation is None else run.text(record, spec.correlation, "correlation key")
    life = MESSAGE_LIFE
    if spec.ttl is not None:
        life = int(run.text(record, spec.ttl, "time to live"))
    message_id = None if spec.message_id is None else run.text(record, spec.message_id, "message id")
    variables = {name: value for name, value in (record.variables or {}).items() if name != "loopCounter"}
    run.emit(e.MessageThrown(record.key, name, correlation, variables, life, message_id))
    return True


def broadcast(run: Run, node: Node, record: ElementInstance, spec: EventSpec) -> bool:
    """Throw a signal: this stream hears it next, the others through the runtime."""
    del node
    name = "" if spec.name is None else run.text(record, spec.name, "signal name")
    variables = dict(record.variables or {})
    run.emit(e.SignalThrown(record.key, name, variables))
    run.work.append((hear, name, variables))
    return True


def escalate(run: Run, node: Node, record: ElementInstance, spec: EventSpec) -> bool:
    """Throw an escalation; False when an interrupting catcher ended this element."""
    del node
    code = "" if spec.name is None else run.text(record, spec.name, "escalation code")
    throw_escalation(run, record, code)
    return record.key in run.state.elements


def fail(run: Run, node: Node, record: ElementInstance, spec: EventSpec) -> bool:
    """Throw an error; uncaught it becomes an incident at this element."""
    del node
    code = "" if spec.name is None else run.text(record, spec.name, "error code")
    throw_error(run, record, code, "", {})
    return False


def end_all(run: Run, node: Node, record: ElementInstance, spec: EventSpec) -> bool:
    """A terminate end event ends everything in its scope, which is complete then."""
    del spec
    scope = run.state.elements[record.scope]  # type: ignore[index] # only a root has no scope
    if scope.tokens:
        run.emit(i.ScopeInterrupted(scope.key, node.id))
    terminate_inside(run, scope, but=record.key)
    return True


def undo(run: Run, node: Node, record: ElementInstance, spec: EventSpec) -> bool:
    """Throw compensation; the event completes when all handlers have."""
    del node
    return compensate(run, record, spec.target)


def cancel(run: Run, node: Node, record: ElementInstance, spec: EventSpec) -> bool:
    """A cancel end event: the transaction stops, is compensated, then ends at its cancel boundary event."""
    del spec
    scope = run.state.elements[record.scope]  # type: ignore[index] # only a root has no scope
    if scope.tokens:
        run.emit(i.ScopeInterrupted(scope.key, node.id))
    if not any(thrower == record.key for thrower in run.state.undoing.values()):
        terminate_inside(run, scope, but=record.key)
    if not compensate(run, record, ""):
        return False
    host = scope
    if scope.loop_counter is not None:
        host = run.state.elements[scope.scope]  # type: ignore[index] # the body around it
    for event in run.node(host).boundaries:
        if any(kind.kind == "cancel" for kind in event.events):
            boundary(run, host, event, {})
            return False
    leave(run, node, record)
    if scope.key in run.state.elements:
        terminate_inside(run, scope)
    return False


def link(run: Run, node: Node, record: ElementInstance, spec: EventSpec) -> bool:
    """A link throw event goes on at the catch event of the same name in its scope."""
    scope = run.state.elements[record.scope]  # type: ignore[index] # only a root has no scope
    parent = node.parent
    target = next((c for c in parent.children if c.id == spec.target), None) if parent else None
    leave(run, node, record)
    if target is not None:
        complete(run, target, appear(run, target, scope))
    return False


def finish_message(run: Run, node: Node, record: ElementInstance) -> None:
    """A send task without a worker publishes its message itself."""
    for spec in node.events:
        publish(run, node, record, spec)
    complete(run, node, record)


def ignored(run: Run, node: Node, record: ElementInstance, spec: EventSpec) -> bool:
    """Nothing to do for this event definition here."""
    del run, node, record, spec
    return True


THROW = {
    "message": publish,
    "signal": broadcast,
    "escalation": escalate,
    "error": fail,
    "terminate": end_all,
    "compensate": undo,
    "cancel": cancel,
    "link": link,
    "none": ignored,
}
