"""Moving a token back: what has to be withdrawn for it, what forbids it, and doing it.

All checks come first and raise; nothing is emitted before the whole move is known to be possible.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from mainspring.engine import approval_events as a
from mainspring.engine import events as e
from mainspring.engine import inner_events as i
from mainspring.engine.approvals.layout import Layout, lifted
from mainspring.engine.errors import CommandRejected, Fault
from mainspring.engine.graph import Node
from mainspring.engine.lifecycle import appear, close_waits, enable_compensation, enter, terminate
from mainspring.engine.run import Run
from mainspring.engine.state import ElementInstance
from mainspring.engine.subscriptions import open_events


class Move(NamedTuple):
    """A token goes to `target`, inside `scope`: these element instances and tokens on flows are withdrawn."""

    scope: ElementInstance
    target: Node
    withdrawn: tuple[ElementInstance, ...]
    flows: tuple[str, ...]
    gateways: tuple[str, ...]
    forgotten: tuple[str, ...]


def scopes(run: Run, record: ElementInstance) -> Iterator[tuple[ElementInstance, ElementInstance]]:
    """The scopes around an element instance, from inside out, each with its child on the way.

    Bodies of repetitions are no scopes: what lies in them belongs to one of their items. A calling process is
    a scope around the called one.
    """
    child = record
    while child.scope is not None:
        scope = run.state.elements[child.scope]
        whole = run.node(scope)
        if whole.children and is_scope(whole, scope):
            yield scope, child
        child = scope


def is_scope(node: Node, record: ElementInstance) -> bool:
    """Whether the element instance is a scope, not the body of a repetition."""
    return record.key == record.instance or node.loop is None or record.loop_counter is not None


def named(node: Node) -> str:
    """The element as people know it."""
    return f"'{node.name or node.id}'"


def check_scopes(around: Node, target: Node) -> Node:
    """The child of `around` that leads to `target`; what ended around the target must be fit to begin anew.

    Raises:
        CommandRejected: it is not.
    """
    top = lifted(target, around)
    if top is None:
        raise CommandRejected(f"{named(target)} does not lie in {named(around)}")
    node = target
    while node.parent is not None and node.parent is not around:
        inside, node = Layout(node.parent), node.parent
        if node.type != "subProcess" or node.loop is not None or node.event_subprocess:
            raise CommandRejected(
                f"{named(target)} lies inside {named(node)}, which has ended and cannot begin in its middle"
            )
        for join, other in inside.joins(target, inside.downstream(target)):
            raise CommandRejected(
                f"{named(join)} inside {named(node)} would wait for {named(other)}, whose branch has ended"
            )
        target = node
    return top


def back(run: Run, scope: ElementInstance, sources: list[Node], target: Node, since: int) -> Move:
    """The move to `target`, done at `since`, for tokens that are now at `sources`, children of `scope`.

    Everything after the target is withdrawn, and gone through again.

    Raises:
        CommandRejected: it is not possible, with the reason.
    """
    top, downstream = _before(run, scope, sources, target)
    move = _withdrawal(run, scope, top, target, downstream)
    flows = run.graph(scope.instance).flows
    places = [run.node(record) for record in move.withdrawn] + [flows[flow].source for flow in move.flows]
    _check_joined(Layout(run.node(scope)), target, top, downstream, places)
    inside = {top} if top is not target else set()
    check_effects(run, scope, downstream | inside, since)
    for record in move.withdrawn:
        check_inside(run, record)
    _check_undone(run, scope, {top, *downstream})
    return move


def visit(run: Run, scope: ElementInstance, record: ElementInstance, target: Node, since: int) -> Move:
    """The move of one token to `target` alone, from which it comes straight back to `record`.

    Nothing else is touched: what lies between is not gone through again, and branches beside go on.

    Raises:
        CommandRejected: it is not possible, with the reason.
    """
    child = record
    while child.scope != scope.key:
        child = run.state.elements[child.scope]  # type: ignore[index] # the scope lies around the record
    top, _ = _before(run, scope, [run.node(child)], target)
    check_undoing(run, scope)
    living = [run.state.elements[key] for key in scope.children or ()]
    if any(run.node(other) is top for other in living):
        raise CommandRejected(f"{named(top)} is being worked on already")
    _check_undone(run, scope, {top})
    _check_return_ticket(run, scope, record)
    if any(event.interrupting for event in target.boundaries):
        move = back(run, scope, [run.node(child)], target, since)
        if move.flows or len(move.withdrawn) > 1:
            raise CommandRejected(
                f"{named(target)} can be left by an event, and other branches would be gone through twice",
                mend="Return it to go on forward.",
            )
    return Move(scope, target, (child,), (), (), ())


def _check_return_ticket(run: Run, scope: ElementInstance, record: ElementInstance) -> None:
    """The element can begin again by itself, in new instances of the sub-processes around it."""
    inner = record
    while inner.key != scope.key:
        around = run.state.elements[inner.scope]  # type: ignore[index] # the scope lies around the record
        alone = around.key == scope.key or (len(around.children or ()) == 1 and not around.tokens)
        if inner.loop_counter is not None or inner.key == inner.instance or not alone:
            raise CommandRejected(
                f"{named(run.node(record))} is withdrawn together with others; nobody can come straight back",
                mend="Return it to go on forward.",
            )
        inner = around
    check_scopes(run.node(scope), run.node(record))


def _before(run: Run, scope: ElementInstance, sources: list[Node], target: Node) -> tuple[Node, set[Node]]:
    """The target's place in the scope and what comes after it, which must be where the tokens are.

    Raises:
        CommandRejected: it does not come before them, or lies in a branch that has joined.
    """
    top = check_scopes(run.node(scope), target)
    layout = Layout(run.node(scope))
    downstream = layout.downstream(top)
    for source in sources:
        if source not in downstream:
            raise CommandRejected(f"{named(target)} does not come before {named(source)}")
    _check_joined(layout, target, top, downstream, sources)
    return top, downstream


def _check_joined(layout: Layout, target: Node, top: Node, downstream: set[Node], places: list[Node]) -> None:
    """No token at these places has passed a join that also waits for a branch beside the target.

    Raises:
        CommandRejected: one has.
    """
    for join, other in layout.joins(top, downstream):
        if any(layout.leads(join, place, downstream) for place in places):
            raise CommandRejected(
                f"{named(target)} lies in a branch that has joined: {named(join)} would wait for the "
                f"branch of {named(other)}, which is over",
                mend="Go back to a step before the branches part, or to one behind the join.",
            )


def _check_undone(run: Run, scope: ElementInstance, where: set[Node]) -> None:
    for element in scope.past.undone if scope.past is not None else ():
        if lifted(run.graph(scope.instance).nodes[element], run.node(scope)) in where:
            raise CommandRejected(
                f"'{element}' has been compensated; what was undone cannot be gone through again"
            )


def _withdrawal(run: Run, scope: ElementInstance, top: Node, target: Node, downstream: set[Node]) -> Move:
    state = run.state
    check_undoing(run, scope)
    living = [state.elements[key] for key in scope.children or ()]
    if any(run.node(record) is top for record in living):
        raise CommandRejected(f"{named(top)} is being worked on already")
    flows = run.graph(scope.instance).flows
    waiting = [flow for flow in scope.tokens or () if flows[flow].source in {top, *downstream}]
    fired = [gateway for key, gateway in state.gateways if key == scope.key]
    past = scope.past
    nodes = run.graph(scope.instance).nodes
    known = {*past.steps, *past.effects} if past is not None else set()
    again = {top, *downstream}
    return Move(
        scope,
        target,
        tuple(record for record in living if run.node(record) in downstream),
        tuple(waiting),
        tuple(gateway for gateway in fired if nodes[gateway] in downstream),
        tuple(sorted(one for one in known if _falls(nodes[one], run.node(scope), again, target))),
    )


def _falls(node: Node, scope: Node, again: set[Node], target: Node) -> bool:
    """Whether the element is done again; of a sub-process that begins in its middle not what is before."""
    top = lifted(node, scope)
    if top not in again:
        return False
    if target.parent is scope or node.parent is not target.parent or node is target:
        return True
    return node in Layout(target.parent).downstream(target) if target.parent is not None else True


def check_undoing(run: Run, scope: ElementInstance) -> None:
    """Nothing moves in a scope in which work is being undone right now.

    Raises:
        CommandRejected: it is.
    """
    handlers = [run.state.elements.get(key) for key in run.state.undoing]
    if any(handler is not None and handler.scope == scope.key for handler in handlers):
        raise CommandRejected("work in this scope is being compensated", mend="Wait until that is done.")


def check_effects(run: Run, scope: ElementInstance, where: set[Node], since: int) -> None:
    """What acted outside is passed only if the model allows to do it again.

    Raises:
        CommandRejected: it does not.
    """
    past = scope.past
    if past is None:
        return
    nodes, around = run.graph(scope.instance).nodes, run.node(scope)
    for element, at in past.effects.items():
        node = nodes[element]
        if at > since and lifted(node, around) in where and not repeatable(run, scope, node):
            raise passed(node)


def passed(node: Node) -> CommandRejected:
    """The refusal to pass an element that acted outside."""
    return CommandRejected(
        f"{named(node)} has acted on the outside and may not be done again",
        mend=f"Set the property return.allowed to true on '{node.id}', if doing it again does no harm.",
    )


def check_inside(run: Run, record: ElementInstance) -> None:
    """A living element instance may be withdrawn: nothing inside has acted outside, or it may again.

    Raises:
        CommandRejected: something has.
    """
    past = record.past
    for element in past.effects if past is not None else ():
        node = run.graph(record.instance).nodes[element]
        if not repeatable(run, record, node):
            raise passed(node)
    for key in record.children or ():
        check_inside(run, run.state.elements[key])


def repeatable(run: Run, scope: ElementInstance, node: Node) -> bool:
    """Whether the model allows to do the element again: `return.allowed` of it, else of its process."""
    said = node.repeatable
    return bool(run.graph(scope.instance).root.repeatable if said is None else said)


def carry_out(run: Run, move: Move, course: dict[str, Any] | None) -> ElementInstance:
    """Withdraw, then let the token begin at its target."""
    scope = move.scope
    for record in move.withdrawn:
        if record.key in run.state.elements:
            terminate(run, record)
    if move.flows:
        run.emit(a.TokensWithdrawn(scope.key, scope.instance, list(move.flows)))
    for gateway in move.gateways:
        run.emit(i.GatewayReset(scope.key, gateway, waiting=True, flows=()))
    return begin(run, scope, move.target, course)


def begin(run: Run, scope: ElementInstance, target: Node, course: dict[str, Any] | None) -> ElementInstance:
    """A token begins at an element of `scope`, inside new instances of the sub-processes around it.

    Raises:
        Fault: an input mapping of such a sub-process gives nothing usable.
    """
    record = appear(run, target, _within(run, scope, target))
    if course is not None:
        run.emit(a.StepReopened(record.key, course))
    if run.node(scope).joins:
        run.touched[scope.key] = None
    enter(run, target, record)
    return record


def _within(run: Run, scope: ElementInstance, node: Node) -> ElementInstance:
    parent = node.parent
    if parent is None or parent is run.node(scope):
        return scope
    record = appear(run, parent, _within(run, scope, parent))
    run.map_in(record, parent.inputs)
    open_events(run, parent, record)
    return record


def come_back(run: Run, node: Node, record: ElementInstance) -> None:
    """The step that was returned to is done: its token goes straight back to the one who returned it.

    Raises:
        Fault: that element is not there any more, in another version.
    """
    course = record.course or {"back": []}
    (element, scope_key, person), *rest = course["back"]
    scope = run.state.elements[scope_key]
    target = run.graph(scope.instance).nodes.get(element)
    if target is None:
        raise Fault("model", f"'{element}', which this step goes back to, is not in this version")
    if record.waits:
        close_waits(run, record)
    if node.handler is not None:
        enable_compensation(run, node, record)
    outer = record
    while outer.scope is not None and outer.scope != scope_key:
        outer = run.state.elements[outer.scope]
    run.emit(e.ElementCompleted(record.key, record.element, record.instance))
    if outer is not record:
        terminate(run, outer)
    begin(run, scope, target, {"person": person, "back": rest})
