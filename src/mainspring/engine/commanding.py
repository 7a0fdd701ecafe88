"""What each command sets going, after a check that it is possible; if not, it is rejected with the reason."""

from collections.abc import Callable
from typing import Any

from mainspring.base.jsonio import normalise
from mainspring.engine import answering, changes
from mainspring.engine import commands as c
from mainspring.engine import events as e
from mainspring.engine.approvals.table import OPERATIONS
from mainspring.engine.behaviour.propagation import throw_error
from mainspring.engine.behaviour.subprocess import activate_inside, answer
from mainspring.engine.behaviour.triggers import start_process, trigger
from mainspring.engine.errors import CommandRejected, Fault
from mainspring.engine.evolve_work import CANCEL_LISTENER, CHANGE_LISTENER, LISTENERS
from mainspring.engine.lifecycle import complete, enter, raise_incident, scope_done, terminate
from mainspring.engine.modification import migrate, modify
from mainspring.engine.run import Run
from mainspring.engine.signals import deliver
from mainspring.engine.state import ElementInstance, Job
from mainspring.engine.subscriptions import open_event_subprocesses
from mainspring.engine.timing import following


def _start(run: Run, command: c.StartInstance) -> None:
    if run.state.root is not None:
        raise CommandRejected("this stream has begun already")
    graph = run.library.definition(command.definition)
    key = run.keys()
    run.emit(
        e.InstanceStarted(
            key,
            graph.process_id,
            command.definition,
            command.version,
            None,
            command.business_key,
            command.initiator,
        )
    )
    for name, value in command.variables.items():
        run.set(key, name, value)
    record = run.state.elements[key]
    record.node = graph.root
    if command.activate:
        open_event_subprocesses(run, graph.root, record)
        modify(run, c.ModifyInstance(key, (), tuple((element, None) for element in command.activate)))
        return
    start = None
    if command.start_element is not None:
        start = graph.nodes.get(command.start_element)
        if start is None:
            raise CommandRejected(f"the process '{graph.process_id}' has no '{command.start_element}'")
    elif not graph.root.starts:
        raise CommandRejected(
            f"the process '{graph.process_id}' has no none start event",
            mend="Start it by its message, signal or timer, or name the start event.",
        )
    start_process(run, record, start)


def _job(run: Run, key: int) -> tuple[Job, ElementInstance]:
    job = run.state.jobs.get(key)
    if job is None:
        raise CommandRejected(f"there is no open job {key}", mend="It was completed or withdrawn meanwhile.")
    _check_running(run)
    return job, run.state.elements[job.element_key]


def _check_running(run: Run) -> None:
    root = run.state.root
    if root is None or run.state.outcome is not None:
        raise CommandRejected("the instance has ended" if root else "the instance has not begun")
    if run.state.instances[root].suspended:
        raise CommandRejected("the instance is suspended", mend="Resume it first.")


def _complete_job(run: Run, command: c.CompleteJob) -> None:
    job, record = _job(run, command.job)
    if job.state == "parked":
        raise CommandRejected(
            f"the job {command.job} waits for people", mend="It resumes when they answered."
        )
    if record.incident is not None:
        run.emit(e.IncidentResolved(record.incident, record.key))
    kind = job.kind
    run.emit(e.JobCompleted(command.job, record.key))
    node = run.node(record)
    if command.variables:
        run.take_results(node, record, command.variables)
    if kind == CANCEL_LISTENER:
        return
    if kind in LISTENERS:
        _after_listener(run, record)
    elif kind == CHANGE_LISTENER:
        changes.answered(run, record, command.result, answering.agreed)
    elif kind == "ad_hoc":
        answer(run, record, command.result)
    else:
        complete(run, node, record)


def _after_listener(run: Run, record: ElementInstance) -> None:
    node = run.node(record)
    if record.listeners <= len(node.start_listeners) and node.start_listeners:
        enter(run, node, record)
    else:
        complete(run, node, record)


def _fail_job(run: Run, command: c.FailJob) -> None:
    job, record = _job(run, command.job)
    if job.state == "parked":
        raise CommandRejected(f"the job {command.job} waits for people; nobody works on it")
    retries = max(command.retries, 0)
    run.emit(e.JobFailed(command.job, record.key, retries, command.message, command.retry_at))
    if retries == 0:
        raise_incident(run, record, Fault("job", command.message or "no retries left"), "job", command.job)


def _throw_job_error(run: Run, command: c.ThrowJobError) -> None:
    _, record = _job(run, command.job)
    for task in list(run.state.jobs[command.job].tasks):
        run.emit(e.TaskCanceled(task, record.key))
    if record.incident is not None:
        run.emit(e.IncidentResolved(record.incident, record.key))
    run.emit(e.JobErrorThrown(command.job, record.key, command.code, command.message))
    try:
        throw_error(run, record, command.code, command.message, command.variables)
    except Fault as fault:
        raise_incident(run, record, fault, "enter")


def _ask_people(run: Run, command: c.AskPeople) -> None:
    job, record = _job(run, command.job)
    if job.state == "parked":
        raise CommandRejected(f"the job {command.job} waits for people already")
    if not command.tasks:
        raise CommandRejected("nobody is asked anything")
    run.emit(e.JobParked(command.job, record.key))
    for spec in command.tasks:
        run.emit(
            e.TaskCreated(
                run.keys(),
                record.key,
                record.element,
                record.instance,
                command.kind,
                command.job,
                spec.name,
                None,
                list(spec.candidate_users),
                list(spec.candidate_groups),
                spec.due,
                None,
                spec.priority,
                spec.form,
                normalise(spec.payload),
            )
        )


def _set_job_retries(run: Run, command: c.SetJobRetries) -> None:
    _, record = _job(run, command.job)
    if command.retries < 1:
        raise CommandRejected("a job needs at least one attempt")
    run.emit(e.JobRetriesSet(command.job, record.key, command.retries))


def _fire_timer(run: Run, command: c.FireTimer) -> None:
    timer = run.state.timers.get(command.timer)
    if timer is None:
        raise CommandRejected(f"there is no open timer {command.timer}")
    _check_running(run)
    record = run.state.elements[timer.element_key]
    node = run.graph(record.instance).nodes[timer.element]
    run.emit(e.TimerFired(command.timer, record.key))
    stays = timer.interval is not None and (node.type == "intermediateCatchEvent" or not node.interrupting)
    if stays and timer.interval is not None and timer.repetitions != 1:
        left = timer.repetitions - 1 if timer.repetitions > 0 else timer.repetitions
        due = following(timer.due, timer.interval)
        run.emit(
            e.TimerScheduled(
                run.keys(), record.key, timer.element, record.instance, due, left, timer.interval
            )
        )
    _trigger(run, record, timer.element, command.timer, {})


def _correlate(run: Run, command: c.Correlate) -> None:
    subscription = run.state.subscriptions.get(command.subscription)
    if subscription is None:
        raise CommandRejected(f"there is no open subscription {command.subscription}")
    _check_running(run)
    record = run.state.elements[subscription.element_key]
    run.emit(e.MessageCorrelated(command.subscription, record.key, command.message, command.name))
    _trigger(run, record, subscription.element, command.subscription, command.variables)


def _trigger(run: Run, record: ElementInstance, element: str, wait: int, variables: dict[str, Any]) -> None:
    node = run.graph(record.instance).nodes[element]
    try:
        trigger(run, record, node, wait, variables)
    except Fault as fault:
        raise_incident(run, record, fault, "enter")


def _receive_signal(run: Run, command: c.ReceiveSignal) -> None:
    if command.subscription not in run.state.subscriptions:
        raise CommandRejected(f"there is no open subscription {command.subscription}")
    _check_running(run)
    deliver(run, command.subscription, command.name, command.variables)


def _set_variables(run: Run, command: c.SetVariables) -> None:
    record = run.state.elements.get(command.scope)
    if record is None:
        raise CommandRejected(f"there is no active element instance {command.scope}")
    for name, value in command.variables.items():
        if command.local:
            run.set(record.key, name, value)
        else:
            run.propagate(record, name, value)


def _resolve_incident(run: Run, command: c.ResolveIncident) -> None:
    incident = run.state.incidents.get(command.incident)
    if incident is None:
        raise CommandRejected(f"there is no open incident {command.incident}")
    _check_running(run)
    record = run.state.elements[incident.element_key]
    run.emit(e.IncidentResolved(command.incident, record.key))
    node = run.node(record)
    if incident.phase == "job" and incident.job is not None:
        job = run.state.jobs.get(incident.job)
        if job is not None and job.retries < 1:
            run.emit(e.JobRetriesSet(incident.job, record.key, 1))
    elif incident.phase == "settle":
        run.work.append((scope_done, record.key, None))
    elif incident.phase == "complete":
        complete(run, node, record)
    elif record.key == record.instance and (record.children or record.tokens):
        run.work.append((scope_done, record.key, None))
    else:
        enter(run, node, record)


def _cancel(run: Run, command: c.CancelInstance) -> None:
    record = run.state.elements.get(command.instance)
    if record is None or record.key != record.instance:
        raise CommandRejected(f"there is no active process instance {command.instance}")
    if command.instance != run.state.root:
        raise CommandRejected(
            "a called process ends with its caller", mend=f"Cancel the root instance {run.state.root}."
        )
    terminate(run, record)


def _suspend(run: Run, command: c.SuspendInstance) -> None:
    info = run.state.instances.get(command.instance)
    if info is None or command.instance != run.state.root:
        raise CommandRejected(f"there is no active root instance {command.instance}")
    if info.suspended:
        raise CommandRejected("the instance is suspended already")
    run.emit(e.InstanceSuspended(command.instance))


def _resume(run: Run, command: c.ResumeInstance) -> None:
    info = run.state.instances.get(command.instance)
    if info is None or not info.suspended:
        raise CommandRejected(f"the instance {command.instance} is not suspended")
    run.emit(e.InstanceResumed(command.instance))


def _activate_ad_hoc(run: Run, command: c.ActivateAdHoc) -> None:
    record = run.state.elements.get(command.key)
    if record is None or run.node(record).ad_hoc is None:
        raise CommandRejected(f"there is no active ad-hoc sub-process {command.key}")
    _check_running(run)
    result = {
        "activate": [{"element": name, "variables": values} for name, values in command.elements],
        "cancel_remaining": command.cancel_remaining,
        "complete": command.complete,
    }
    inner = {child.id for child in run.node(record).children}
    unknown = [name for name, _ in command.elements if name not in inner]
    if unknown:
        raise CommandRejected(f"the ad-hoc sub-process has no activity {', '.join(unknown)}")
    if command.complete:
        answer(run, record, result)
    else:
        activate_inside(run, record, list(command.elements))


Act = Callable[[Run, Any], None]
COMMANDS: dict[type, Act] = {
    c.StartInstance: _start,
    c.CompleteJob: _complete_job,
    c.FailJob: _fail_job,
    c.ThrowJobError: _throw_job_error,
    c.AskPeople: _ask_people,
    c.SetJobRetries: _set_job_retries,
    c.CompleteTask: answering.complete_task,
    c.AssignTask: answering.assign_task,
    c.ClaimTask: answering.claim_task,
    c.UpdateTask: answering.update_task,
    c.FireTimer: _fire_timer,
    c.Correlate: _correlate,
    c.ReceiveSignal: _receive_signal,
    c.SetVariables: _set_variables,
    c.ResolveIncident: _resolve_incident,
    c.CancelInstance: _cancel,
    c.SuspendInstance: _suspend,
    c.ResumeInstance: _resume,
    c.ModifyInstance: modify,
    c.MigrateInstance: migrate,
    c.ActivateAdHoc: _activate_ad_hoc,
    **OPERATIONS,
}
