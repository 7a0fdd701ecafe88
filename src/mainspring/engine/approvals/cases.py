"""Operations on a whole case: jump, revoke, reopen."""

from mainspring.engine import approval_commands as ac
from mainspring.engine import approval_events as a
from mainspring.engine.approvals.asking import root_of
from mainspring.engine.approvals.layout import Layout, lifted
from mainspring.engine.approvals.moving import (
    Move,
    back,
    begin,
    carry_out,
    check_inside,
    check_scopes,
    check_undoing,
    named,
    passed,
    scopes,
)
from mainspring.engine.errors import CommandRejected
from mainspring.engine.graph import Definition, Node
from mainspring.engine.lifecycle import terminate
from mainspring.engine.past import Past
from mainspring.engine.run import Run
from mainspring.engine.state import ElementInstance
from mainspring.engine.subscriptions import open_event_subprocesses

NOT_ENTERED = frozenset({"startEvent", "boundaryEvent"})


def jump(run: Run, command: ac.JumpTo) -> None:
    """Move a token to another element of its scope, or of one around it."""
    root_of(run)
    record = run.state.elements.get(command.source)
    if record is None or record.key == record.instance:
        raise CommandRejected(f"there is no active element instance {command.source}")
    if record.course is not None and record.course["back"]:
        raise CommandRejected("the token goes straight back to the one who returned it; it cannot jump")
    scope, child, target = _destination(run, record, command.to)
    source = run.node(child)
    if source is target:
        raise CommandRejected(f"the token is at {named(target)} already")
    top = check_scopes(run.node(scope), target)
    layout = Layout(run.node(scope))
    if source in layout.downstream(top):
        move = back(run, scope, [source], target, 0)
    else:
        move = _ahead(run, layout, scope, child, target)
    run.emit(a.TokenJumped(record.key, target.id, scope.key, command.reason, list(move.forgotten)))
    carry_out(run, move, None)


def _destination(run: Run, record: ElementInstance, to: str) -> tuple[ElementInstance, ElementInstance, Node]:
    """The nearest scope around the token that has the element inside, its child on the way, the element."""
    for scope, child in scopes(run, record):
        node = run.graph(scope.instance).nodes.get(to)
        if node is not None and lifted(node, run.node(scope)) is not None:
            check_target(node)
            return scope, child, node
    raise CommandRejected(f"'{to}' lies in no scope around the token", mend="Name an element around it.")


def check_target(node: Node) -> None:
    """A token may begin at the element.

    Raises:
        CommandRejected: it is an event that happens, a join, or runs only when something calls for it.
    """
    if node.type in NOT_ENTERED:
        raise CommandRejected(f"{named(node)} is an event that happens; no token can be put there")
    if node.gather is not None:
        raise CommandRejected(f"{named(node)} waits for several tokens; one cannot be put there")
    if node.event_subprocess or node.for_compensation:
        raise CommandRejected(f"{named(node)} begins only when its event comes; no token can be put there")


def _ahead(run: Run, layout: Layout, scope: ElementInstance, child: ElementInstance, target: Node) -> Move:
    """Forwards, or to another way of a choice: both places must be waited for by the same joins."""
    check_undoing(run, scope)
    top = lifted(target, layout.scope)
    source = run.node(child)
    if top is None:
        raise CommandRejected(f"{named(target)} lies elsewhere")
    here, there = layout.downstream(source), layout.downstream(top)
    then = dict(layout.joins(top, there))
    for join, other in layout.joins(source, here):
        if join not in then or layout.feeds(join, source, here) != layout.feeds(join, top, there):
            raise CommandRejected(
                f"{named(join)} would wait for ever for the branch of {named(source)}; it also waits for "
                f"{named(other)}"
            )
        del then[join]
    for join, other in then.items():
        raise CommandRejected(
            f"{named(target)} lies in a branch: {named(join)} would wait for the branch of {named(other)}"
        )
    return Move(scope, target, (child,), (), (), ())


def revoke(run: Run, command: ac.RevokeInstance) -> None:
    """The initiator ends the case, unless it has acted on the outside for good."""
    info = root_of(run)
    root = run.state.elements[command.instance] if command.instance == run.state.root else None
    if root is None:
        raise CommandRejected("a called process ends with its caller", mend=f"Name {run.state.root}.")
    if info.initiator is None or info.initiator != command.by:
        raise CommandRejected(
            f"only who began the case may revoke it: {info.initiator or 'no person did'}",
            mend="Someone with the right to cancel may end it.",
        )
    check_inside(run, root)
    run.emit(a.InstanceRevoked(command.instance, command.reason))
    terminate(run, root)


def reopen(run: Run, command: ac.ReopenInstance) -> None:
    """Let an ended case go on at a step that was done, or any other element."""
    state = run.state
    closed = state.closed
    if command.instance != state.root:
        raise CommandRejected(
            f"{command.instance} was called by another process and ended with its call",
            mend=f"Reopen the root instance {state.root}.",
        )
    if closed is None:
        raise CommandRejected("the instance has not ended")
    info, past = closed.info, closed.past or Past()
    graph = run.library.definition(info.definition)
    target, since = _resumption(graph, past, command.at)
    if past.undone:
        raise CommandRejected(
            f"'{next(iter(past.undone))}' has been compensated; what was undone stays undone"
        )
    around = graph.root
    top = check_scopes(around, target)
    layout = Layout(around)
    downstream = layout.downstream(top)
    for join, other in layout.joins(top, downstream):
        raise CommandRejected(
            f"{named(target)} lies in a branch: {named(join)} would wait for the branch of {named(other)}",
            mend="Reopen it before the branches part, or behind the join.",
        )
    again = {top, *downstream}
    for element, at in past.effects.items():
        node = graph.nodes[element]
        if at > since and lifted(node, around) in again and node is not target:
            said = graph.root.repeatable if node.repeatable is None else node.repeatable
            if not said:
                raise passed(node)
    forgotten = [name for name in (*past.steps, *past.effects) if lifted(graph.nodes[name], around) in again]
    person = past.steps[target.id].person if target.id in past.steps else None
    run.emit(
        a.InstanceReopened(
            command.instance,
            info.process_id,
            info.definition,
            info.version,
            info.business_key,
            command.reason,
            sorted(set(forgotten)),
        )
    )
    root = state.elements[command.instance]
    open_event_subprocesses(run, graph.root, root)
    begin(run, root, target, {"person": person, "back": []} if target.task is not None else None)


def _resumption(graph: Definition, past: Past, at: str | None) -> tuple[Node, int]:
    """Where to go on, and since when what follows it is to be looked at."""
    if at is not None:
        node = graph.nodes.get(at)
        if node is None:
            raise CommandRejected(f"the process '{graph.process_id}' has no element '{at}'")
        check_target(node)
        step = past.steps.get(at)
        return node, 0 if step is None else step.task
    known = [name for name in past.steps if name in graph.nodes]
    if not known:
        raise CommandRejected("no person did a step in this case", mend="Name the element to go on at.")
    latest = max(known, key=lambda name: past.steps[name].task)
    return graph.nodes[latest], past.steps[latest].task
