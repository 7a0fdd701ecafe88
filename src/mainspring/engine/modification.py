"""Changing a running instance: activating and terminating elements, and moving to another version."""

from mainspring.engine import commands as c
from mainspring.engine import events as e
from mainspring.engine.errors import CommandRejected
from mainspring.engine.graph import Definition, Node
from mainspring.engine.lifecycle import activate, appear, close_waits, scope_done, terminate
from mainspring.engine.run import Run
from mainspring.engine.state import ElementInstance
from mainspring.engine.subscriptions import attached, open_catch, open_events, waits_for


def modify(run: Run, command: c.ModifyInstance) -> None:
    """Activate first, so that a scope that is emptied meanwhile does not end; then terminate."""
    root = run.state.elements.get(command.instance)
    if root is None or root.key != root.instance:
        raise CommandRejected(f"there is no active process instance {command.instance}")
    for key in command.terminate:
        record = run.state.elements.get(key)
        if record is None or key == root.key or record.instance != root.key:
            raise CommandRejected(f"the instance has no active element instance {key}")
    nodes = [(_target(run, root, element), scope) for element, scope in command.activate]
    targets = [(node, _scope_for(run, root, node, scope)) for node, scope in nodes]
    for name, value in command.variables.items():
        run.propagate(root, name, value)
    for node, around in targets:
        activate(run, node, around)
    for key in command.terminate:
        record = run.state.elements.get(key)
        if record is not None:
            scope_key = record.scope
            terminate(run, record)
            run.work.append((scope_done, scope_key, None))


def _target(run: Run, root: ElementInstance, element: str) -> Node:
    graph = run.graph(root.key)
    node = graph.nodes.get(element)
    if node is None:
        raise CommandRejected(f"the process '{graph.process_id}' has no element '{element}'")
    if node.type in {"startEvent", "boundaryEvent"}:
        raise CommandRejected(f"'{element}' is an event that happens; it cannot be activated")
    return node


def _scope_for(run: Run, root: ElementInstance, node: Node, given: int | None) -> ElementInstance:
    """The scope instance to activate in: the given one, the only one there is, or a new one."""
    parent = node.parent
    if parent is None:
        raise CommandRejected(f"'{node.id}' is the process itself")
    if given is not None:
        record = run.state.elements.get(given)
        if record is None or run.node(record) is not parent:
            raise CommandRejected(
                f"{given} is no active instance of '{parent.id}', which is around '{node.id}'"
            )
        return record
    if parent is run.node(root):
        return root
    found = [
        record
        for record in run.state.elements.values()
        if record.instance == root.key and record.body is None and run.node(record) is parent
    ]
    if len(found) > 1:
        raise CommandRejected(
            f"there are {len(found)} active instances of '{parent.id}' around '{node.id}'",
            mend="Name the one to activate it in.",
        )
    if found:
        return found[0]
    if parent.loop is not None:
        raise CommandRejected(f"'{parent.id}' is repeated; activate the whole of it instead")
    record = appear(run, parent, _scope_for(run, root, parent, None))
    run.map_in(record, parent.inputs)
    open_events(run, parent, record)
    return record


def migrate(run: Run, command: c.MigrateInstance) -> None:
    """Follow another version; each active element must stand in it, of the same type and scope."""
    root = run.state.elements.get(command.instance)
    if root is None or root.key != root.instance:
        raise CommandRejected(f"there is no active process instance {command.instance}")
    target = run.library.definition(command.definition)
    now = run.graph(root.key)
    for record in run.state.elements.values():
        if record.instance == root.key and record.key != root.key:
            _check_counterpart(now.nodes[record.element], target, command.elements)
    _check_tokens(run, root, target)
    _check_handlers(run, root, target, command.elements)
    _drop_waits(run, root, target, command.elements)
    run.emit(e.InstanceMigrated(root.key, command.definition, command.version, command.elements))
    run.graphs.clear()
    _add_waits(run, root)


def _check_counterpart(old: Node, target: Definition, names: dict[str, str]) -> None:
    new = target.nodes.get(names.get(old.id, old.id))
    if new is None:
        raise CommandRejected(
            f"the active element '{old.id}' has no counterpart in the new version",
            mend="Map it to an element of the new version.",
        )
    if new.type != old.type or (new.loop is None) != (old.loop is None):
        raise CommandRejected(f"'{old.id}' ({old.type}) cannot become '{new.id}' ({new.type})")
    if not _same_scope(old, new, names):
        raise CommandRejected(f"'{old.id}' would move into another scope as '{new.id}'")


def _check_tokens(run: Run, root: ElementInstance, target: Definition) -> None:
    for record in run.state.elements.values():
        lost = [flow for flow in record.tokens or () if flow not in target.flows]
        if record.instance == root.key and lost:
            raise CommandRejected(f"tokens wait on the flow '{lost[0]}', which the new version lacks")


def _check_handlers(run: Run, root: ElementInstance, target: Definition, names: dict[str, str]) -> None:
    for kept in run.state.compensations.values():
        if kept.instance == root.key and names.get(kept.handler, kept.handler) not in target.nodes:
            raise CommandRejected(f"the new version lacks '{kept.handler}', which undoes '{kept.element}'")
    for scope, element in run.state.gateways:
        if run.state.elements[scope].instance == root.key and element not in target.nodes:
            raise CommandRejected(f"the new version lacks the gateway '{element}', which has fired")


def _drop_waits(run: Run, root: ElementInstance, target: Definition, names: dict[str, str]) -> None:
    """Nobody waits any more for events that the new version lacks."""
    for record in list(run.state.elements.values()):
        if record.instance != root.key:
            continue
        waits = [run.state.timers.get(key) or run.state.subscriptions.get(key) for key in record.waits or ()]
        for element in {wait.element for wait in waits if wait is not None}:
            if names.get(element, element) not in target.nodes:
                close_waits(run, record, element)


def _add_waits(run: Run, root: ElementInstance) -> None:
    """Wait for the boundary events and event sub-processes that are new in this version."""
    for record in list(run.state.elements.values()):
        if record.instance != root.key:
            continue
        node = run.node(record)
        new = [event for event in attached(node, record) if not waits_for(run, record, event)]
        if new:
            open_catch(run, record, *new)


def _same_scope(old: Node, new: Node, names: dict[str, str]) -> bool:
    above, target = old.parent, new.parent
    if above is None or target is None:
        return above is target
    if above.type == "process":
        return target.type == "process"
    return names.get(above.id, above.id) == target.id
