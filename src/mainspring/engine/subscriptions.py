"""Opening what an element instance waits for: timers, messages, signals, conditions."""

from mainspring.engine import events as e
from mainspring.engine.graph import EventSpec, Node
from mainspring.engine.run import Run
from mainspring.engine.state import ElementInstance
from mainspring.engine.timing import schedule

WAITED_FOR = frozenset({"message", "timer", "signal", "conditional"})


def attached(node: Node, record: ElementInstance) -> tuple[Node, ...]:
    """The boundary events and event sub-processes that wait while this element instance lives.

    Of a repeated activity the body has the boundary events, and each inner instance the event sub-processes.
    """
    if node.loop is None:
        return (*node.boundaries, *node.event_starts)
    return node.boundaries if record.loop_counter is None else node.event_starts


def open_events(run: Run, node: Node, record: ElementInstance) -> None:
    """Wait for all of them; after a fault for none."""
    events = attached(node, record)
    if events:
        _open_all(run, record, [(event, spec) for event in events for spec in event.events])


def waits_for(run: Run, record: ElementInstance, node: Node) -> bool:
    """Whether the element instance waits for this event already."""
    state = run.state
    for key in record.waits or ():
        wait = state.timers.get(key) or state.subscriptions.get(key)
        if wait is not None and wait.element == node.id:
            return True
    return False


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
        if isinstance(event, e.SubscriptionOpened) and event.kind == "condition":
            run.fresh.add(event.subscription)


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
