"""Gateways that gather: parallel, inclusive and complex joins, and activities that want several tokens."""

from decimal import Decimal

from mainspring.engine import inner_events as i
from mainspring.engine.errors import Fault
from mainspring.engine.graph import Node
from mainspring.engine.lifecycle import activate, appear, complete, raise_incident, scope_done, take
from mainspring.engine.run import Run
from mainspring.engine.state import ElementInstance


def gather_all(run: Run, node: Node, scope: ElementInstance) -> None:
    """A parallel join waits for a token on each incoming flow."""
    tokens = scope.tokens or {}
    flows = tuple(flow.id for flow in node.incoming)
    if all(flow in tokens for flow in flows):
        activate(run, node, scope, flows)


def gather_quantity(run: Run, node: Node, scope: ElementInstance) -> None:
    """An activity with a start quantity waits for that many tokens, whichever way they come."""
    tokens = scope.tokens or {}
    flows = [flow.id for flow in node.incoming for _ in range(tokens.get(flow.id, 0))]
    if len(flows) >= node.start_quantity:
        activate(run, node, scope, tuple(flows[: node.start_quantity]))


def gather_later(run: Run, node: Node, scope: ElementInstance) -> None:
    """An inclusive join is looked at when everything else stands still."""
    del node
    run.touched[scope.key] = None


def gather_complex(run: Run, node: Node, scope: ElementInstance) -> None:
    """A complex gateway fires as soon as its activation condition holds."""
    run.touched[scope.key] = None
    if (scope.key, node.id) in run.state.gateways:
        return  # it has fired; the late tokens wait for the reset
    tokens = scope.tokens or {}
    flows = tuple(flow.id for flow in node.incoming if flow.id in tokens)
    try:
        if node.activation is not None and not _activated(run, node, scope):
            return
    except Fault as fault:
        raise_incident(run, appear(run, node, scope, flows), fault, "enter")
        return
    if len(node.incoming) > 1:
        run.emit(i.GatewayReset(scope.key, node.id, waiting=False, flows=flows))
    activate(run, node, scope, flows)


def _activated(run: Run, node: Node, scope: ElementInstance) -> bool:
    condition = node.activation
    if condition is None:
        return True
    tokens = scope.tokens or {}
    context = run.context(scope, condition.names)
    context["activationCount"] = Decimal(sum(tokens.get(flow.id, 0) for flow in node.incoming))
    for flow in node.incoming:
        context[flow.id] = Decimal(tokens.get(flow.id, 0))
    value = condition.evaluate(context, run.now)
    if value is True or value is False:
        return bool(value)
    raise Fault("condition", f"the activation condition '{condition.text}' is neither true nor false")


def look_again(run: Run, scope_key: int) -> bool:
    """Fire the waiting inclusive joins of a scope, and reset its complex gateways; True when one did."""
    scope = run.state.elements.get(scope_key)
    if scope is None:
        return False
    fired = False
    for node in run.node(scope).joins:
        if node.type == "inclusiveGateway":
            flows = _ready(run, node, scope, None)
            if flows:
                activate(run, node, scope, flows)
                fired = True
        elif (scope_key, node.id) in run.state.gateways:
            fired = _reset(run, node, scope) or fired
    return fired


def _ready(run: Run, node: Node, scope: ElementInstance, already: list[str] | None) -> tuple[str, ...] | None:
    """The flows whose tokens an inclusive join may take now, or None while it must wait.

    BPMN 2.0, 13.4.3: it waits while a token elsewhere can reach an empty incoming flow without passing the
    join, unless that token can also reach a flow that has one already. `already`: flows a complex gateway
    was fired by.
    """
    tokens = scope.tokens or {}
    full = [flow.id for flow in node.incoming if flow.id in tokens]
    if not full and already is None:
        return None
    have = set(full) | set(already or ())
    to_empty = to_full = 0
    for flow in node.incoming:
        if flow.id in have:
            to_full |= node.reach[flow.id]
        else:
            to_empty |= node.reach[flow.id]
    blocking = to_empty & ~to_full
    if blocking and blocking & _positions(run, node, scope):
        return None
    return tuple(full)


def _positions(run: Run, join: Node, scope: ElementInstance) -> int:
    """The bit set of nodes where tokens of the scope are; a token on a flow is at the flow's target."""
    found = 0
    for key in scope.children or ():
        found |= 1 << run.node(run.state.elements[key]).index
    flows = run.graph(scope.instance).flows
    for flow in scope.tokens or ():
        target = flows[flow].target
        if target is not join:
            found |= 1 << target.index
    return found


def _reset(run: Run, node: Node, scope: ElementInstance) -> bool:
    """A complex gateway that fired takes the late tokens once no more can come, and starts over.

    Its outgoing flows with a condition are looked at once more, with waitingForStart false.
    """
    flows = _ready(run, node, scope, run.state.gateways[scope.key, node.id])
    if flows is None:
        return False
    run.emit(i.GatewayReset(scope.key, node.id, waiting=True, flows=flows))
    for flow in node.outgoing:
        condition = flow.condition
        if condition is not None and "waitingForStart" in condition.names:
            context = run.context(scope, condition.names)
            context["waitingForStart"] = False
            if condition.evaluate(context, run.now) is True:
                take(run, scope, flow, None)
    run.work.append((scope_done, scope.key, None))
    return bool(flows)


def complex_gateway(run: Run, node: Node, record: ElementInstance) -> None:
    """A complex gateway that fires goes on along the flows that hold."""
    run.set(record.key, "waitingForStart", value=True)
    complete(run, node, record)
