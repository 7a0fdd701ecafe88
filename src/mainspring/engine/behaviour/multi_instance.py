"""Repetition: parallel and sequential multi-instance, and the standard loop.

A body instance holds the inner ones; it counts them itself, so an inner end costs the same among 30 or 3,000.
"""

from decimal import Decimal
from typing import Any

from mainspring.base.jsonio import normalise
from mainspring.engine import events as e
from mainspring.engine import inner_events as i
from mainspring.engine.behaviour.triggers import boundary
from mainspring.engine.errors import Fault
from mainspring.engine.formula import Formula
from mainspring.engine.graph import EventSpec, LoopSpec, Node
from mainspring.engine.lifecycle import (
    appear,
    close_waits,
    complete,
    enable_compensation,
    enter,
    terminate_inside,
)
from mainspring.engine.run import Run
from mainspring.engine.state import Body, ElementInstance

MAX_INSTANCES = 100_000
"""Inner instances of one multi-instance activity; more is taken for a fault in the data."""


def repeat(run: Run, node: Node, record: ElementInstance) -> None:
    """The body begins: hand out the items, or test the loop's condition.

    Raises:
        Fault: the collection is no list, or the number of instances none.
    """
    loop = node.loop
    if loop is None or record.body is not None:
        return
    if loop.kind == "standard":
        if loop.maximum is not None and loop.maximum < 0:
            raise Fault("model", f"the loop maximum {loop.maximum} is negative")
        run.emit(i.RepetitionStarted(record.key, record.instance, -1, None))
        if loop.test_before and (loop.maximum == 0 or not _again(run, loop, record)):
            complete(run, node, record)
        else:
            _inner(run, node, record, 0, None)
        return
    items = _items(run, loop, record)
    sequential = loop.kind == "sequential"
    kept = normalise(items) if sequential else None
    run.emit(i.RepetitionStarted(record.key, record.instance, len(items), kept))
    if not items:
        _finish(run, node, record)
    elif sequential:
        _inner(run, node, record, 0, items[0])
    else:
        for index, item in enumerate(items):
            _inner(run, node, record, index, item)
            if record.key not in run.state.elements or record.incident is not None:
                return  # an inner instance ended the whole


def _items(run: Run, loop: LoopSpec, record: ElementInstance) -> list[Any]:
    if loop.collection is not None:
        items = run.evaluate(record, loop.collection)
        if not isinstance(items, list):
            raise Fault("expression", f"the input collection '{loop.collection.text}' is no list")
    else:
        count = None if loop.cardinality is None else run.evaluate(record, loop.cardinality)
        items = [None] * _count(loop.cardinality, count)
    if len(items) > MAX_INSTANCES:
        raise Fault("expression", f"{len(items)} instances are more than the {MAX_INSTANCES} allowed")
    return items


def _count(formula: Formula | None, value: Any) -> int:
    try:
        number = Decimal(str(value))
        if number >= 0 and number == int(number):
            return min(int(number), MAX_INSTANCES + 1)
    except (ArithmeticError, ValueError):
        pass
    text = "" if formula is None else formula.text
    raise Fault("expression", f"the loop cardinality '{text}' gives {value!r:.40}, no whole number from 0")


def _inner(run: Run, node: Node, body: ElementInstance, index: int, item: Any) -> None:
    """One inner instance begins with its item."""
    record = appear(run, node, body, (), index + 1)
    loop = node.loop
    if loop is not None:
        if loop.element:
            run.set(record.key, loop.element, item)
        output = loop.output_element
        if output is not None and output.names == (output.text[1:].strip(),):
            run.set(record.key, output.names[0], None)  # what the work brings stays inside
    enter(run, node, record)


def inner_done(run: Run, node: Node, record: ElementInstance) -> None:
    """An inner instance has done its work: collect its result, then go on, begin the next, or end the body.

    Raises:
        Fault: an expression about the result or the end gives nothing usable.
    """
    loop = node.loop
    scope = run.state.elements[record.scope]  # type: ignore[index] # the body
    body = scope.body
    if loop is None or body is None:
        return
    value = None
    if loop.output_element is not None:
        value = normalise(run.evaluate(record, loop.output_element))
    over = loop.completion is not None and _over(run, loop.completion, record, scope, body)
    thrown = _behaviour_events(run, loop, record, body)
    over = over or (loop.behaviour == "Complex" and bool(thrown))
    going = loop.kind == "standard" and body.begun != loop.maximum and _again(run, loop, record)
    if record.waits:
        close_waits(run, record)
    if node.handler is not None:
        enable_compensation(run, node, record)
    if loop.output_element is not None:
        run.emit(i.ItemCollected(scope.key, int(record.loop_counter or 1) - 1, value))
    run.emit(e.ElementCompleted(record.key, record.element, record.instance))
    for spec in thrown:
        _notify(run, node, scope, spec)
    if over:
        terminate_inside(run, scope)
        _finish(run, node, scope)
    elif going:
        _inner(run, node, scope, body.begun, None)
    else:
        _go_on(run, node, scope, body)


def _go_on(run: Run, node: Node, scope: ElementInstance, body: Body) -> None:
    """The next of a sequence begins, or the body is done, or others still run."""
    loop = node.loop
    if loop is None or loop.kind == "standard" or body.ended >= body.size:
        _finish(run, node, scope)
    elif loop.kind == "sequential" and body.items is not None:
        _inner(run, node, scope, body.begun, body.items[body.begun])


def _again(run: Run, loop: LoopSpec, record: ElementInstance) -> bool:
    """Whether the loop's condition asks for one more turn; without one only the maximum ends it."""
    if loop.condition is None:
        return loop.maximum is not None
    return run.truth(record, loop.condition)


def _over(run: Run, condition: Formula, record: ElementInstance, scope: ElementInstance, body: Body) -> bool:
    context = run.context(record, condition.names)
    active = len(scope.children or ())
    counts = {
        "numberOfInstances": body.size,
        "numberOfActiveInstances": active - 1,
        "numberOfCompletedInstances": body.ended + 1,
        "numberOfTerminatedInstances": 0,
    }
    for name, count in counts.items():
        context[name] = Decimal(count)
    value = condition.evaluate(context, run.now)
    if value is True or value is False:
        return bool(value)
    raise Fault("condition", f"the completion condition '{condition.text}' is neither true nor false")


def _behaviour_events(run: Run, loop: LoopSpec, record: ElementInstance, body: Body) -> tuple[EventSpec, ...]:
    """The events that a completing instance throws by the `behavior` attribute (BPMN 2.0, 10.3.8)."""
    if loop.behaviour == "All":
        return ()
    if loop.behaviour == "Complex":
        held = (event for condition, event in loop.complex if run.truth(record, condition))
        return tuple(event for event in held if event is not None)
    if loop.event is None or (loop.behaviour == "One" and body.ended > 0):
        return ()
    return (loop.event,)


def _notify(run: Run, node: Node, scope: ElementInstance, spec: EventSpec) -> None:
    """Boundary events of the activity hear what its instances throw; only the loop decides when it ends."""
    name = None if spec.name is None else run.evaluate(scope, spec.name)
    for event in node.boundaries:
        for caught in event.events:
            if caught.kind != spec.kind:
                continue
            if caught.name is None or run.evaluate(scope, caught.name) == name:
                boundary(run, scope, event, {}, ends=False)


def _finish(run: Run, node: Node, record: ElementInstance) -> None:
    """The body is done: its results become the output collection outside."""
    loop, body = node.loop, record.body
    if loop is not None and body is not None and loop.output_collection:
        outside = run.state.elements[record.scope]  # type: ignore[index] # only a root has no scope
        size = body.size if body.size >= 0 else body.begun
        run.propagate(outside, loop.output_collection, [body.results.get(n) for n in range(size)])
    complete(run, node, record)
