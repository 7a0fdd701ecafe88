"""Errors and escalations look for their catcher outwards, across sub-processes and call activities."""

from typing import Any

from mainspring.engine import events as e
from mainspring.engine.behaviour.triggers import boundary, event_subprocess
from mainspring.engine.errors import Fault
from mainspring.engine.graph import Node
from mainspring.engine.run import Run
from mainspring.engine.state import ElementInstance


def throw_error(
    run: Run, record: ElementInstance, code: str, message: str, variables: dict[str, Any]
) -> None:
    """Hand the error to the nearest catcher.

    Raises:
        Fault: nobody catches it.
    """
    found = _catcher(run, record, "error", code)
    if found is None:
        raise Fault("error", f"nobody catches the error '{code}'" + (f": {message}" if message else ""))
    owner, node = found
    run.emit(e.ErrorCaught(record.key, node.id, code))
    _go(
        run,
        owner,
        node,
        {"errorCode": code, "errorMessage": message, **variables} if node.outputs else variables,
    )


def throw_escalation(run: Run, record: ElementInstance, code: str) -> None:
    """Hand the escalation to the nearest catcher; uncaught it passes unnoticed."""
    found = _catcher(run, record, "escalation", code)
    run.emit(e.EscalationCaught(record.key, None if found is None else found[1].id, code))
    if found is not None:
        owner, node = found
        _go(run, owner, node, {"escalationCode": code} if node.outputs else {})


def _go(run: Run, owner: ElementInstance, node: Node, variables: dict[str, Any]) -> None:
    if node.type == "boundaryEvent":
        boundary(run, owner, node, variables)
    else:
        event_subprocess(run, owner, node, variables)


def _catcher(run: Run, record: ElementInstance, kind: str, code: str) -> tuple[ElementInstance, Node] | None:
    """The nearest element instance with an event that catches the code: an exact match before one for all."""
    came_from: Node | None = None
    current: ElementInstance | None = record
    elements = run.state.elements
    while current is not None:
        node = run.node(current)
        body = node.loop is None or current.loop_counter is None
        inside = node.event_starts
        if _taken_over(run, current):
            inside = ()
        elif came_from is not None:
            inside = tuple(start for start in inside if start.parent is not came_from)
        found = _match(run, current, inside, kind, code)
        if found is None and body and node.boundaries:
            found = _match(run, current, node.boundaries, kind, code)
        if found is not None:
            return current, found
        came_from = node
        current = elements.get(current.scope) if current.scope is not None else None
    return None


def _taken_over(run: Run, scope: ElementInstance) -> bool:
    """Whether an interrupting event sub-process runs in the scope: its other handlers are closed then."""
    for key in scope.children or ():
        child = run.state.elements[key]
        node = run.node(child)
        if node.event_subprocess and any(start.interrupting for start in node.starts):
            return True
    return False


def _match(
    run: Run, record: ElementInstance, candidates: tuple[Node, ...], kind: str, code: str
) -> Node | None:
    for_all: Node | None = None
    for node in candidates:
        for spec in node.events:
            if spec.kind != kind:
                continue
            wanted = None if spec.name is None else run.evaluate(record, spec.name)
            if wanted == code and wanted:
                return node
            if not wanted and for_all is None:
                for_all = node
    return for_all
