"""Scopes: processes, embedded and ad-hoc sub-processes, transactions."""

from typing import Any

from mainspring.engine import inner_events as i
from mainspring.engine.errors import Fault
from mainspring.engine.graph import AdHocSpec, Node
from mainspring.engine.lifecycle import (
    activate,
    complete,
    create_job,
    raise_incident,
    scope_done,
    terminate_inside,
    withdraw_job,
)
from mainspring.engine.run import Run
from mainspring.engine.state import Body, ElementInstance


def scope(run: Run, node: Node, record: ElementInstance) -> None:
    """A process or embedded sub-process begins at its start."""
    for start in node.starts:
        run.work.append((_begin, record.key, start))
    if not node.starts:
        run.work.append((scope_done, record.key, None))


def _begin(run: Run, key: int, start: Node) -> None:
    """A step of the queue, so that deep nesting never nests calls."""
    record = run.state.elements.get(key)
    if record is not None and not _interrupted(run, record):
        activate(run, start, record)


def _interrupted(run: Run, record: ElementInstance) -> bool:
    """Whether an interrupting event sub-process took the scope over before it even began."""
    elements = run.state.elements
    inside = (run.node(elements[key]) for key in record.children or ())
    return any(node.event_subprocess and node.starts[0].interrupting for node in inside)


def ad_hoc(run: Run, node: Node, record: ElementInstance) -> None:
    """An ad-hoc sub-process starts what its collection names, asks its worker, or runs everything inside.

    Raises:
        Fault: the collection names no inner activity.
    """
    spec = node.ad_hoc
    if spec is None:
        return
    if record.body is None and (spec.output_collection or spec.sequential):
        run.emit(i.RepetitionStarted(record.key, record.instance, -1, None))
    if node.job is not None:
        create_job(run, record, node.job)
    elif spec.active is not None:
        names = run.evaluate(record, spec.active)
        if not isinstance(names, list):
            raise Fault("expression", f"the active elements must be a list, not {names!r:.60}")
        for inner in [_inner(node, name) for name in names]:
            activate(run, inner, record)
        run.work.append((scope_done, record.key, None))
    elif spec.everything:
        for start in node.starts[:1] if spec.sequential else node.starts:
            activate(run, start, record)


def _inner(node: Node, name: Any) -> Node:
    found = next((child for child in node.children if child.id == name), None)
    if found is None:
        raise Fault("expression", f"there is no activity '{name}' in the ad-hoc sub-process '{node.id}'")
    return found


def activate_inside(run: Run, record: ElementInstance, elements: list[tuple[str, dict[str, Any]]]) -> None:
    """Start inner activities of an ad-hoc sub-process, each with local variables.

    Raises:
        Fault: there is no such activity; none of them has begun.
    """
    node = run.node(record)
    chosen = [(_inner(node, name), variables) for name, variables in elements]
    for inner, variables in chosen:
        begun = activate(run, inner, record)
        if begun.key in run.state.elements:
            for name, value in variables.items():
                run.set(begun.key, name, value)


def answer(run: Run, record: ElementInstance, result: dict[str, Any] | None) -> None:
    """The worker of an ad-hoc sub-process said what to activate, or that it is finished."""
    given = result or {}
    node = run.node(record)
    chosen = [(str(item.get("element")), item.get("variables") or {}) for item in given.get("activate", ())]
    try:
        if given.get("cancel_remaining"):
            terminate_inside(run, record)
        activate_inside(run, record, chosen)
    except Fault as fault:
        raise_incident(run, record, fault, "enter")
        return
    if given.get("complete") or not (chosen or record.children):
        _finish(run, node, record)


def settle(run: Run, node: Node, record: ElementInstance) -> None:
    """Something inside an ad-hoc sub-process has ended: it may be complete, or its worker is asked again."""
    spec = node.ad_hoc
    if spec is None:
        return
    try:
        fulfilled = spec.completion is not None and run.truth(record, spec.completion)
    except Fault as fault:
        raise_incident(run, record, fault, "settle")
        return
    idle = not record.children and not record.tokens
    if fulfilled and (idle or spec.cancel_remaining):
        _finish(run, node, record)
    elif node.job is not None:
        if record.job is None:
            create_job(run, record, node.job)
    elif idle and spec.completion is None:
        _next(run, node, record, spec)


def _next(run: Run, node: Node, record: ElementInstance, spec: AdHocSpec) -> None:
    """The next of a sequential ad-hoc sub-process, or its end."""
    done = 0 if record.body is None else len(record.body.results)
    if spec.everything and spec.sequential and done < len(node.starts):
        activate(run, node.starts[done], record)
    else:
        _finish(run, node, record)


def _finish(run: Run, node: Node, record: ElementInstance) -> None:
    if record.tokens:
        run.emit(i.ScopeInterrupted(record.key, node.id))
    terminate_inside(run, record)
    if record.job is not None:
        withdraw_job(run, record, record.job)
    spec = node.ad_hoc
    body = record.body
    if spec is not None and body is not None and spec.output_collection:
        outside = run.state.elements[record.scope]  # type: ignore[index] # only a root has no scope
        run.propagate(outside, spec.output_collection, _results(body))
    complete(run, node, record)


def _results(body: Body) -> list[Any]:
    return [body.results[index] for index in sorted(body.results)]
