"""Events: the facts of a process instance, in the words a person would use.

The state of an instance is the fold of its events; nothing else is the truth. Who caused them and when is
recorded once for all events of a command (see `Recorded`), so the events themselves hold only what happened.

Keys are 64-bit integers, unique and time-ordered. `key` is the element instance that the event is about (the
instance itself for events of the whole process), `instance` the process instance it belongs to; a called
process is a process instance of its own within the stream of its root.
"""

from datetime import datetime
from typing import Any, NamedTuple


class Actor(NamedTuple):
    """Who acted: `kind` is person, agent, system or customer; `on_behalf_of` who lent the authority."""

    kind: str
    id: str
    on_behalf_of: str | None = None


SYSTEM = Actor("system", "mainspring")


class InstanceStarted(NamedTuple):
    """A process instance began; `parent` is the call activity's element instance, or None for a root.

    `initiator` is the person who started it, if it was one.
    """

    key: int
    process_id: str
    definition: int
    version: int
    parent: int | None
    business_key: str | None
    initiator: str | None = None


class InstanceCompleted(NamedTuple):
    """All tokens were consumed."""

    key: int


class InstanceTerminated(NamedTuple):
    """The instance was cancelled or ended by an interrupting parent."""

    key: int


class InstanceSuspended(NamedTuple):
    """Nothing goes on until it is resumed."""

    key: int


class InstanceResumed(NamedTuple):
    """A suspended instance goes on."""

    key: int


class InstanceMigrated(NamedTuple):
    """The instance now follows another version; `elements` maps old element ids to new ones."""

    key: int
    definition: int
    version: int
    elements: dict[str, str]


class ElementActivated(NamedTuple):
    """A token entered an element; `scope` is the element instance (or process instance) around it.

    A repeated activity has a body instance without `loop_counter` and inner instances, in its scope and with
    the same element, that count from 1; the counter is also their variable loopCounter. `flows` are the
    sequence flows whose tokens were consumed.
    """

    key: int
    element: str
    scope: int
    instance: int
    loop_counter: int | None = None
    flows: tuple[str, ...] = ()


class ElementCompleted(NamedTuple):
    """The element did its work."""

    key: int
    element: str
    instance: int


class ElementTerminated(NamedTuple):
    """The element was ended from outside before its work was done."""

    key: int
    element: str
    instance: int


class SequenceFlowTaken(NamedTuple):
    """A token left along a sequence flow of `scope`; it stays until the target consumes it (`flows`)."""

    flow: str
    scope: int
    instance: int
    source: int | None


class VariableSet(NamedTuple):
    """A variable of a scope has a new value (JSON in normal form)."""

    scope: int
    name: str
    value: Any


class JobCreated(NamedTuple):
    """Work for a worker; `kind`: task, script, decision, send, ad_hoc, or that of a listener.

    Listeners are execution_listener, task_listener (creating), change_listener (asked before a task changes)
    and cancel_listener (told that a task is gone; `key` is the process instance then).
    """

    job: int
    key: int
    element: str
    instance: int
    type: str
    kind: str
    retries: int
    headers: dict[str, str]
    priority: int


class JobCompleted(NamedTuple):
    """A worker finished; its variables follow as VariableSet."""

    job: int
    key: int


class JobFailed(NamedTuple):
    """A worker gave up an attempt; the next may begin at `retry_at`. At 0 retries an incident follows."""

    job: int
    key: int
    retries: int
    message: str
    retry_at: datetime | None


class JobErrorThrown(NamedTuple):
    """A worker threw a BPMN error."""

    job: int
    key: int
    code: str
    message: str


class JobCanceled(NamedTuple):
    """The job's element was left; nobody needs to work on it any more."""

    job: int
    key: int


class JobRetriesSet(NamedTuple):
    """Someone gave the job new attempts."""

    job: int
    key: int
    retries: int


class JobParked(NamedTuple):
    """The job waits for people: a review of its draft or the confirmation of an operation."""

    job: int
    key: int


class JobResumed(NamedTuple):
    """The people asked have answered; the job is for workers again.

    `answers` are those of all rounds so far: {task, kind, outcome, answer, actor: {kind, id}, payload}.
    """

    job: int
    key: int
    answers: list[dict[str, Any]]


class TaskCreated(NamedTuple):
    """A task for a person; `kind` is task (drawn in the model), or review or approval of the job `job`.

    `slot` is the signer's place where several sign (see SigningOpened).
    """

    task: int
    key: int
    element: str
    instance: int
    kind: str
    job: int | None
    name: str
    assignee: str | None
    candidate_users: list[str]
    candidate_groups: list[str]
    due: datetime | None
    follow_up: datetime | None
    priority: int
    form: str | None
    payload: dict[str, Any]
    slot: int | None = None


class TaskAssigned(NamedTuple):
    """The task is one person's now, or nobody's (None)."""

    task: int
    key: int
    assignee: str | None


class TaskUpdated(NamedTuple):
    """Dates, priority, candidates or the kept draft changed; only the changed attributes are named."""

    task: int
    key: int
    changes: dict[str, Any]


class TaskCompleted(NamedTuple):
    """A person answered. `outcome` is e.g. completed, accepted, edited, rejected, approved, refused.

    `actor` is {"kind", "id"} of who answered, `slot` the signer's place.
    """

    task: int
    key: int
    outcome: str
    answer: dict[str, Any]
    actor: dict[str, str] | None = None
    slot: int | None = None


class TaskCanceled(NamedTuple):
    """The task's element was left before anyone answered."""

    task: int
    key: int


class TimerScheduled(NamedTuple):
    """The timer of `element` fires at `due`; `key` waits for it. `repetitions` left, -1 for endless."""

    timer: int
    key: int
    element: str
    instance: int
    due: datetime
    repetitions: int
    interval: str | None


class TimerFired(NamedTuple):
    """The timer went off."""

    timer: int
    key: int


class TimerCanceled(NamedTuple):
    """Nobody waits for the timer any more."""

    timer: int
    key: int


class SubscriptionOpened(NamedTuple):
    """`key` waits at `element`; `kind`: message (with correlation key), signal or condition (engine only)."""

    subscription: int
    key: int
    element: str
    instance: int
    kind: str
    name: str
    correlation_key: str | None


class SubscriptionClosed(NamedTuple):
    """Nobody waits for it any more."""

    subscription: int
    key: int


class MessageCorrelated(NamedTuple):
    """A message reached the one who waited for it."""

    subscription: int
    key: int
    message: int | None
    name: str


class SignalReceived(NamedTuple):
    """A broadcast reached a subscription."""

    subscription: int
    key: int
    name: str


class MessageThrown(NamedTuple):
    """The process publishes a message; the runtime delivers it after this command."""

    key: int
    name: str
    correlation_key: str
    variables: dict[str, Any]
    time_to_live: int
    message_id: str | None


class SignalThrown(NamedTuple):
    """The process broadcasts a signal; its own stream has heard it, the runtime tells all others."""

    key: int
    name: str
    variables: dict[str, Any]


class ErrorCaught(NamedTuple):
    """An error was caught by the boundary event or event sub-process `catcher`; `key` is where it arose."""

    key: int
    catcher: str
    code: str


class EscalationCaught(NamedTuple):
    """An escalation was caught by `catcher`, or passed unnoticed (None)."""

    key: int
    catcher: str | None
    code: str


class DecisionEvaluated(NamedTuple):
    """A decision was taken for the element; `trace`: which rules matched, with each input's value."""

    key: int
    decision: str
    result: Any
    trace: list[dict[str, Any]]


class IncidentRaised(NamedTuple):
    """Something a person must mend; the element stays where it is.

    `job` is set when a job ran out of retries; `phase` says where a retry begins:
    enter, complete, settle or job.
    """

    incident: int
    key: int
    element: str
    instance: int
    kind: str
    message: str
    job: int | None
    phase: str = "enter"


class IncidentResolved(NamedTuple):
    """The incident is mended, or its element was left."""

    incident: int
    key: int


class Recorded(NamedTuple):
    """An event as the log holds it: its place in the stream, when, by whom."""

    seq: int
    at: datetime
    actor: Actor
    event: Any
