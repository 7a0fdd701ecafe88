"""Compensation: undoing completed activities by their handlers, latest first, one after the other."""

from mainspring.engine import inner_events as i
from mainspring.engine.graph import Node
from mainspring.engine.lifecycle import appear, complete, enter
from mainspring.engine.run import Run
from mainspring.engine.state import ElementInstance


def compensate(run: Run, record: ElementInstance, activity: str) -> bool:
    """Start the next handler for the thrower `record`; True when none is left to run or to wait for.

    `activity` limits it to one activity of the thrower's scope.
    """
    state = run.state
    if any(thrower == record.key for thrower in state.undoing.values()):
        return False
    scope = record.scope
    token = _latest(run, scope, activity)
    if token is None and not activity and scope is not None:
        around = state.elements[scope]
        if run.node(around).event_subprocess:  # it speaks for the scope that it belongs to
            scope = around.scope
            token = _latest(run, scope, activity)
    if token is None or scope is None:
        return True
    kept = state.compensations[token]
    handler = run.graph(record.instance).nodes[kept.handler]
    instance = appear(run, handler, state.elements[scope])
    run.emit(i.CompensationTriggered(token, record.key, kept.handler, instance.key))
    for name, value in kept.variables.items():
        run.set(instance.key, name, value)
    if handler.event_subprocess:
        _enter_event_subprocess(run, handler, instance)
    else:
        enter(run, handler, instance)
    return False


def _latest(run: Run, scope: int | None, activity: str) -> int | None:
    tokens = [
        token
        for token, kept in run.state.compensations.items()
        if kept.scope == scope and (not activity or kept.element == activity)
    ]
    return max(tokens, default=None)


def _enter_event_subprocess(run: Run, node: Node, record: ElementInstance) -> None:
    for start in node.starts:
        complete(run, start, appear(run, start, record))
