"""Tasks: work for workers, scripts, decisions, and calls of other processes."""

from mainspring.base.jsonio import normalise
from mainspring.engine import events as e
from mainspring.engine.behaviour.triggers import start_process
from mainspring.engine.errors import Fault
from mainspring.engine.graph import Node
from mainspring.engine.lifecycle import complete, create_job
from mainspring.engine.run import Run
from mainspring.engine.state import ElementInstance

MAX_CALL_DEPTH = 50
"""Process instances inside each other; a process that calls itself for ever stops here, mendable."""


def job_task(run: Run, node: Node, record: ElementInstance) -> None:
    """A task that a worker does."""
    if record.job is None and node.job is not None:
        create_job(run, record, node.job)


def script_task(run: Run, node: Node, record: ElementInstance) -> None:
    """A FEEL script puts its result into a variable."""
    script = node.script
    if script is not None:
        value = run.evaluate(record, script.expression)
        run.take_results(node, record, {script.result: value} if script.result else {})
    complete(run, node, record)


def decision_task(run: Run, node: Node, record: ElementInstance) -> None:
    """A decision is taken, with its trace in the log.

    Raises:
        Fault: there is no such decision, or it cannot be taken with these variables.
    """
    spec = node.decision
    if spec is None:
        return
    decision = run.text(record, spec.decision, "decision id")
    definition = run.state.instances[record.instance].definition
    take = run.library.decision(decision, spec.binding, spec.version_tag, definition)
    if take is None:
        raise Fault("decision", f"there is no decision '{decision}' ({spec.binding})")
    result = take(run.state.variables(record.key))
    faults = [str(message) for message in result.errors if message.severity == "error"]
    if faults:
        raise Fault("decision", f"the decision '{decision}' failed: {'; '.join(faults)}")
    value = normalise(result.value)
    run.emit(e.DecisionEvaluated(record.key, decision, value, normalise(result.trace.as_dict()["steps"])))
    run.take_results(node, record, {spec.result: value} if spec.result else {})
    complete(run, node, record)


def call_activity(run: Run, node: Node, record: ElementInstance) -> None:
    """Another process runs as part of this stream, and this element waits for its end.

    Raises:
        Fault: there is no such process, or calls are nested too deeply.
    """
    spec = node.call
    if spec is None or record.children:
        return
    process_id = run.text(record, spec.process, "called process")
    if _depth(run, record) > MAX_CALL_DEPTH:
        raise Fault("called_element", f"processes call each other more than {MAX_CALL_DEPTH} deep")
    caller = run.state.instances[record.instance]
    found = run.library.process(process_id, spec.binding, spec.version_tag, caller.definition)
    if found is None:
        raise Fault("called_element", f"there is no process '{process_id}' ({spec.binding})")
    definition, version, graph = found
    variables = run.state.variables(record.key) if spec.propagate_parent else dict(record.variables or {})
    variables.pop("loopCounter", None)
    key = run.keys()
    run.emit(e.InstanceStarted(key, graph.process_id, definition, version, record.key, None))
    for name, value in variables.items():
        run.set(key, name, value)
    root = run.state.elements[key]
    root.node = graph.root
    start_process(run, root, None)


def _depth(run: Run, record: ElementInstance) -> int:
    depth = 0
    current: int | None = record.instance
    while current is not None:
        parent = run.state.instances[current].parent
        current = None if parent is None else run.state.elements[parent].instance
        depth += 1
    return depth
