"""Opening what an element instance waits for: timers, messages, signals, conditions."""

from mainspring.engine import events as e
from mainspring.engine.graph import EventSpec, Node
from mainspring.engine.run import Run
from mainspring.engine.state import ElementInstance
from mainspring.engine.timing import schedule

WAITED_FOR = frozenset({"message", "timer", "signal", "conditional"})


def open_boundaries(run: Run, node: Node, record: ElementInstance) -> None:
    """Wait for the boundary events of an activity."""
    if node.boundaries:
        _open_all(run, record, [(b, spec) for b in node.boundaries for spec in b.events])


def open_event_subprocesses(run: Run, node: Node, record: ElementInstance) -> None:
    """Wait for the start events of the event sub-processes of a scope."""
    _open_all(run, record, [(start, spec) for start in node.event_starts for spec in start.events])


def open_catch(run: Run, record: ElementInstance, *catching: Node) -> None:
    """Wait for the events of intermediate catch events, receive tasks, or those behind an event gateway."""
    _open_all(run, record, [(node, spec) for node in catching for spec in node.events])


def _open_all(run: Run, record: ElementInstance, wanted: list[tuple[Node, EventSpec]]) -> None:
    """All expressions first: after a fault nothing of it must have happened."""
    opened = [_opening(run, record, node, spec) for node, spec in wanted if spec.kind in WAITED_FOR]
    for event in opened:
        run.emit(event)
    if run.state.conditions:
        run.changed.add("")


def _opening(
    run: Run, record: ElementInstance, node: Node, spec: EventSpec
) -> e.TimerScheduled | e.SubscriptionOpened:
    if spec.kind == "timer" and spec.formula is not None:
        plan = schedule(spec.timer, run.evaluate(record, spec.formula), run.now)
        return e.TimerScheduled(
            run.keys(),
            record.key,
            node.id,
            record.instance,
            plan.due,
            plan.repetitions,
            plan.interval,
        )
    name = "" if spec.name is None else run.text(record, spec.name, f"{spec.kind} name")
    correlation = None
    kind = spec.kind
    if kind == "message":
        correlation = ""
        if spec.correlation is not None:
            correlation = run.text(record, spec.correlation, "correlation key")
    elif kind == "conditional":
        kind = "condition"
    return e.SubscriptionOpened(run.keys(), record.key, node.id, record.instance, kind, name, correlation)
