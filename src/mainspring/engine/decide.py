"""decide(state, command): the engine.

Theory. A process instance is a tree of element instances with tokens on sequence flows; what it knows is
the fold of its events, and `evolve` is the only thing that changes it. A command puts one cause in (a job
is done, a timer has fired, a message came); the behaviours in `behaviour/table.py` say what follows, each
consequence being an event that is applied as it is emitted or one more step in a queue. The queue is worked
off first in, first out; when it is empty the conditions and inclusive joins that may be affected are looked
at; when that adds nothing, the instance stands still: a fixed point. Whatever affects the state lives in
`state.py` and is set by `evolve.py`, nowhere else.

A fault in the model or the data never escapes: it becomes an incident at its element, where a person mends
it.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from mainspring.engine.behaviour.gateways import look_again
from mainspring.engine.behaviour.triggers import trigger
from mainspring.engine.commanding import COMMANDS
from mainspring.engine.errors import CommandRejected, Fault
from mainspring.engine.lifecycle import raise_incident
from mainspring.engine.run import Library, Run
from mainspring.engine.state import State


def decide(
    state: State, command: Any, *, library: Library, now: datetime, keys: Callable[[], int]
) -> list[Any]:
    """The events that follow from a command; the state has them applied when this returns.

    Args:
        state: of the stream; an empty one for StartInstance. Throw it away when this raises.
        command: one of `commands`.
        library: where definitions and decisions are found.
        now: the present, zone-aware.
        keys: gives the next unique 64-bit key.

    Raises:
        CommandRejected: the command is not possible now, with the reason.
    """
    run = Run(state, library, now, keys)
    act = COMMANDS.get(type(command))
    if act is None:
        raise CommandRejected(f"{type(command).__name__} is no command of the engine")
    try:
        act(run, command)
    except Fault as fault:  # the caller's own data, before any element was touched
        raise CommandRejected(fault.message) from fault
    _work_off(run)
    return run.events


def _work_off(run: Run) -> None:
    """Follow all consequences to a fixed point."""
    work = run.work
    while True:
        while work:
            step, first, second = work.popleft()
            step(run, first, second)
        if run.changed or run.fresh:
            _check_conditions(run)
        elif run.touched:
            _look_at_joins(run)
        else:
            return


def _look_at_joins(run: Run) -> None:
    scopes, run.touched = run.touched, {}
    for scope in scopes:
        look_again(run, scope)


def _check_conditions(run: Run) -> None:
    """Trigger the conditional events that hold, if they are new or a variable they look at was set."""
    state = run.state
    changed, run.changed = run.changed, set()
    fresh, run.fresh = run.fresh, set()
    for key in list(state.conditions):
        subscription = state.subscriptions.get(key)
        if subscription is None:
            continue
        record = state.elements[subscription.element_key]
        node = run.graph(record.instance).nodes[subscription.element]
        formula = next((spec.formula for spec in node.events if spec.kind == "conditional"), None)
        if formula is None or (key not in fresh and not changed.intersection(formula.names)):
            continue
        if run.evaluate(record, formula) is True:
            try:
                trigger(run, record, node, key, {})
            except Fault as fault:
                raise_incident(run, record, fault, "enter")
