"""The life of an element instance: reached, activated, entered, completed, left, or terminated.

Behaviours (in `behaviour/`) say what an element does between entering and completing; everything that all
elements share is here: tokens on flows, mappings, listeners, boundary subscriptions, faults that become
incidents.
"""

from typing import Any

from mainspring.base.jsonio import normalise
from mainspring.engine import events as e
from mainspring.engine import inner_events as i
from mainspring.engine.errors import Fault
from mainspring.engine.graph import Flow, JobSpec, Node
from mainspring.engine.routing import choose
from mainspring.engine.run import Run
from mainspring.engine.state import ElementInstance
from mainspring.engine.subscriptions import open_events

MAX_STEPS = 50_000
"""Elements that one command may activate; a process that loops without ever waiting stops here, mendable."""


def take(run: Run, scope: ElementInstance, flow: Flow, source: int | None) -> None:
    """A token leaves along a flow."""
    run.emit(e.SequenceFlowTaken(flow.id, scope.key, scope.instance, source))
    run.work.append((reach, scope.key, flow))


def reach(run: Run, scope_key: int, flow: Flow) -> None:
    """The token on a flow arrives at its target, which activates unless it waits for more tokens."""
    scope = run.state.elements.get(scope_key)
    if scope is None or not scope.tokens or flow.id not in scope.tokens:
        return  # the scope was interrupted meanwhile
    target = flow.target
    if target.gather is not None:
        target.gather(run, target, scope)
    else:
        activate(run, target, scope, (flow.id,))


def activate(
    run: Run,
    node: Node,
    scope: ElementInstance,
    flows: tuple[str, ...] = (),
    loop_counter: int | None = None,
) -> ElementInstance:
    """A new instance of the element begins in the scope, consuming the tokens on `flows`."""
    record = appear(run, node, scope, flows, loop_counter)
    run.steps += 1
    if run.steps > MAX_STEPS:
        fault = Fault("loop", f"{MAX_STEPS} elements were activated without ever waiting; is this a loop?")
        raise_incident(run, record, fault, "enter")
    else:
        enter(run, node, record)
    return record


def appear(
    run: Run,
    node: Node,
    scope: ElementInstance,
    flows: tuple[str, ...] = (),
    loop_counter: int | None = None,
) -> ElementInstance:
    """Only the record of a new element instance; the caller says what happens to it."""
    key = run.keys()
    run.emit(e.ElementActivated(key, node.id, scope.key, scope.instance, loop_counter, flows))
    record = run.state.elements[key]
    record.node = node
    return record


def enter(run: Run, node: Node, record: ElementInstance) -> None:
    """Begin (or after an incident: begin again) what the element does."""
    try:
        if not node.prelude or _prelude(run, node, record):
            node.behave(run, node, record)
    except Fault as fault:
        raise_incident(run, record, fault, "enter")


def _prelude(run: Run, node: Node, record: ElementInstance) -> bool:
    """Mappings, start listeners, repetition and subscriptions; False when the behaviour is not to run now."""
    if node.flaw:
        raise Fault("model", node.flaw)
    body = node.loop is not None and record.loop_counter is None
    if not body:
        if record.listeners == 0:
            if node.inputs:
                run.map_in(record, node.inputs)
            for source, target in node.data_in:
                run.set(record.key, target, run.context(record, (source,)).get(source))
        if record.listeners < len(node.start_listeners):
            create_job(run, record, node.start_listeners[record.listeners])
            return False
    if not record.waits:
        open_events(run, node, record)
    if body and node.repeat is not None:
        node.repeat(run, node, record)
        return False
    return True


def complete(run: Run, node: Node, record: ElementInstance) -> None:
    """The element has done its work: end listeners, output mappings, then it is left."""
    try:
        if node.coda and not _coda(run, node, record):
            return
        if record.loop_counter is not None and node.inner_done is not None:
            node.inner_done(run, node, record)
        else:
            leave(run, node, record)
    except Fault as fault:
        raise_incident(run, record, fault, "complete")


def _coda(run: Run, node: Node, record: ElementInstance) -> bool:
    """What follows the behaviour; False while an end listener works."""
    if node.loop is not None and record.loop_counter is None:
        return True
    done = record.listeners - len(node.start_listeners)
    if 0 <= done < len(node.end_listeners):
        create_job(run, record, node.end_listeners[done])
        return False
    if node.outputs and record.key != record.instance:
        run.map_out(record, node.outputs)
    for source, target in node.data_out:
        value = run.context(record, (source,))
        if source in value:
            run.propagate(record, target, value[source])
    return True


def leave(run: Run, node: Node, record: ElementInstance) -> None:
    """The token goes on along the outgoing flows, or is consumed."""
    if record.key == record.instance:
        _finish_process(run, record)
        return
    if record.course is not None and record.course["back"] and node.come_back is not None:
        node.come_back(run, node, record)
        return
    state = run.state
    key = record.key
    flows = node.outgoing if node.plain_out else choose(run, node, record)
    if record.waits:
        close_waits(run, record)
    if node.handler is not None:
        enable_compensation(run, node, record)
    thrower = state.undoing.get(key) if state.undoing else None
    scope = state.elements[record.scope]  # type: ignore[index] # only a root has no scope
    if scope.body is not None and not flows:
        _collect(run, scope, record)
    run.emit(e.ElementCompleted(key, record.element, record.instance))
    for flow in flows:
        for _ in range(node.completion_quantity):
            take(run, scope, flow, key)
    if not flows:
        run.work.append((scope_done, scope.key, None))
    touch(run, node, scope.key)
    if thrower is not None:
        run.work.append((again, thrower, None))


def scope_done(run: Run, key: int, _: Any) -> None:
    """A scope in which nothing goes on any more has done its work."""
    scope = run.state.elements.get(key)
    if scope is None or scope.incident is not None:
        return
    node = run.node(scope)
    if node.settle is not None and (node.loop is None or scope.loop_counter is not None):
        node.settle(run, node, scope)
    elif scope.body is not None:
        return  # a repetition ends by its own count
    elif not scope.children and not scope.tokens:
        complete(run, node, scope)


def again(run: Run, key: int, _: Any) -> None:
    """Run the behaviour of an element instance once more: something it waits for has ended."""
    record = run.state.elements.get(key)
    if record is not None:
        node = run.node(record)
        try:
            node.behave(run, node, record)
        except Fault as fault:
            raise_incident(run, record, fault, "enter")


def _finish_process(run: Run, record: ElementInstance) -> None:
    """A process instance ends; a called one hands its variables to the call activity, which completes."""
    info = run.state.instances[record.key]
    results = dict(record.variables or {})
    if record.waits:
        close_waits(run, record)
    for job in list(record.aside or ()):
        run.emit(e.JobCanceled(job, record.key))
    run.emit(e.InstanceCompleted(record.key))
    caller = run.state.elements.get(info.parent) if info.parent is not None else None
    if caller is None:
        return
    node = run.node(caller)
    if node.call is not None and (node.outputs or node.call.propagate_child):
        run.take_results(node, caller, results)
    complete(run, node, caller)


def _collect(run: Run, scope: ElementInstance, record: ElementInstance) -> None:
    """An activity of an ad-hoc sub-process hands its result to the output collection."""
    spec, body = run.node(scope).ad_hoc, scope.body
    if spec is not None and body is not None:
        value = None if spec.output_element is None else run.evaluate(record, spec.output_element)
        run.emit(i.ItemCollected(scope.key, len(body.results), normalise(value)))


def enable_compensation(run: Run, node: Node, record: ElementInstance) -> None:
    """The completed activity can be undone by its handler from now on."""
    handler = node.handler
    if handler is None or record.scope is None or record.body is not None:
        return
    own = dict(record.variables) if record.variables else {}
    run.emit(
        i.CompensationEnabled(run.keys(), record.key, node.id, record.scope, record.instance, handler.id, own)
    )


def terminate(run: Run, record: ElementInstance) -> None:
    """End the element instance and all it holds from outside, innermost first."""
    elements = run.state.elements
    if record.children:
        for key in list(record.children):
            child = elements.get(key)
            if child is not None:
                terminate(run, child)
    clear(run, record)
    if record.key == record.instance:
        run.emit(e.InstanceTerminated(record.key))
        return
    thrower = run.state.undoing.get(record.key)
    run.emit(e.ElementTerminated(record.key, record.element, record.instance))
    if record.scope is not None:
        touch(run, run.node(record), record.scope)
    if thrower is not None:  # a handler that was interrupted is not waited for any more
        run.work.append((again, thrower, None))


def touch(run: Run, node: Node, scope: int) -> None:
    """A token of the scope moved: its inclusive and complex gateways are to be looked at."""
    if node.parent is not None and node.parent.joins:
        run.touched[scope] = None


def terminate_inside(run: Run, scope: ElementInstance, but: int | None = None) -> None:
    """End everything in a scope, except the child `but`."""
    for key in list(scope.children or ()):
        child = run.state.elements.get(key)
        if key != but and child is not None:
            terminate(run, child)


def clear(run: Run, record: ElementInstance) -> None:
    """Withdraw job, task, timers, subscriptions and incident of an element instance that ends early."""
    if record.job is not None:
        withdraw_job(run, record, record.job)
    for job in list(record.aside or ()):
        run.emit(e.JobCanceled(job, record.key))
    if record.task is not None or record.ballot is not None:
        tell_of_cancelling(run, record)
    if record.task is not None:
        run.emit(e.TaskCanceled(record.task, record.key))
    if record.ballot is not None:
        for slot in list(record.ballot.slots.values()):
            if slot.task is not None:
                run.emit(e.TaskCanceled(slot.task, record.key))
    if record.waits:
        close_waits(run, record)
    if record.incident is not None:
        run.emit(e.IncidentResolved(record.incident, record.key))


def tell_of_cancelling(run: Run, record: ElementInstance) -> None:
    """Listeners of the task's cancelling get a job that nothing waits for, beside the process instance."""
    for spec in run.node(record).task_listeners.get("canceling", ()):
        root = run.state.elements[record.instance]
        try:
            job_type = run.text(record, spec.type, "job type")
        except Fault:
            continue  # the task is gone all the same
        headers = {**spec.headers, "eventType": "canceling", "elementInstance": str(record.key)}
        run.emit(
            e.JobCreated(
                run.keys(), root.key, record.element, record.instance, job_type, spec.kind, 3, headers, 0
            )
        )


def withdraw_job(run: Run, record: ElementInstance, job: int) -> None:
    """Nobody needs to work on the job any more, nor to answer for it."""
    for task in list(run.state.jobs[job].tasks):
        run.emit(e.TaskCanceled(task, record.key))
    run.emit(e.JobCanceled(job, record.key))


def close_waits(run: Run, record: ElementInstance, element: str | None = None) -> None:
    """Close the timers and subscriptions of an element instance, or only those for one event `element`."""
    state = run.state
    for key, kind in list((record.waits or {}).items()):
        if kind == "timer":
            if element is None or state.timers[key].element == element:
                run.emit(e.TimerCanceled(key, record.key))
        elif element is None or state.subscriptions[key].element == element:
            run.emit(e.SubscriptionClosed(key, record.key))


def create_job(run: Run, record: ElementInstance, spec: JobSpec) -> None:
    """Hand work to the workers.

    Raises:
        Fault: its type or number of retries is none.
    """
    job_type = run.text(record, spec.type, "job type")
    retries = spec.retries.value
    if not spec.retries.static:
        retries = run.evaluate(record, spec.retries)
    priority = 0 if spec.priority is None else run.evaluate(record, spec.priority)
    try:
        count, rank = int(retries), int(priority)
    except (TypeError, ValueError):
        raise Fault("expression", f"retries '{retries}' or priority '{priority}' is no number") from None
    run.emit(
        e.JobCreated(
            run.keys(),
            record.key,
            record.element,
            record.instance,
            job_type,
            spec.kind,
            count,
            spec.headers,
            rank,
        )
    )


def raise_incident(
    run: Run, record: ElementInstance, fault: Fault, phase: str, job: int | None = None
) -> None:
    """The element stays where it is until a person has mended the cause."""
    if record.incident is None:
        run.emit(
            e.IncidentRaised(
                run.keys(),
                record.key,
                record.element,
                record.instance,
                fault.kind,
                fault.message,
                job,
                phase,
            )
        )
