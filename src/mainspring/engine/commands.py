"""Commands: what people, workers, timers and other systems may ask of a process instance.

A command is addressed to a stream (a root instance and the processes it called) and either yields events or
is rejected with the reason; it never does half of what it was asked.
"""

from datetime import datetime
from typing import Any, NamedTuple


class StartInstance(NamedTuple):
    """Start a process.

    `start_element` picks a message, timer or signal start event, None the none start event; `activate` starts
    at these elements instead (modification at creation). `version` is the definition's, for the record, and
    `initiator` the person who starts it.
    """

    definition: int
    variables: dict[str, Any]
    start_element: str | None = None
    business_key: str | None = None
    activate: tuple[str, ...] = ()
    version: int = 1
    initiator: str | None = None


class CompleteJob(NamedTuple):
    """A worker finished the job with these variables.

    `result` answers the job of an ad-hoc sub-process: {"activate": [{"element", "variables"}], "complete":
    bool, "cancel_remaining": bool}.
    """

    job: int
    variables: dict[str, Any]
    result: dict[str, Any] | None = None


class FailJob(NamedTuple):
    """A worker gave up this attempt; `retries` are left, the next may begin at `retry_at`."""

    job: int
    retries: int
    message: str
    retry_at: datetime | None = None


class ThrowJobError(NamedTuple):
    """A worker throws a BPMN error that a boundary event or event sub-process may catch."""

    job: int
    code: str
    message: str = ""
    variables: dict[str, Any] = {}  # noqa: RUF012 - NamedTuple default, never changed


class TaskSpec(NamedTuple):
    """A task for people that a job asks for: its name, who may take it, what they see (JSON), its form."""

    name: str
    candidate_users: tuple[str, ...] = ()
    candidate_groups: tuple[str, ...] = ()
    payload: dict[str, Any] = {}  # noqa: RUF012 - NamedTuple default, never changed
    form: str | None = None
    due: datetime | None = None
    priority: int = 50


class AskPeople(NamedTuple):
    """Park the job until people answered all `tasks`; `kind` is review or approval.

    When the last one is answered the job resumes with all answers; a refused approval resumes it at once.
    """

    job: int
    kind: str
    tasks: tuple[TaskSpec, ...]


class SetJobRetries(NamedTuple):
    """Give a job new attempts."""

    job: int
    retries: int


class CompleteTask(NamedTuple):
    """A person answers a task; `answer` holds the values (variables of a drawn task).

    `outcome` is completed for drawn tasks; accepted, edited, rejected for reviews; approved or refused for
    approvals.
    """

    task: int
    answer: dict[str, Any]
    outcome: str = "completed"
    actor: dict[str, str] | None = None


class AssignTask(NamedTuple):
    """Give the task to a person, or to nobody (None)."""

    task: int
    assignee: str | None


class ClaimTask(NamedTuple):
    """Take an unassigned task for oneself."""

    task: int
    assignee: str


class UpdateTask(NamedTuple):
    """Change due, follow_up, priority, candidate_users, candidate_groups or draft."""

    task: int
    changes: dict[str, Any]


class FireTimer(NamedTuple):
    """The time of a timer has come."""

    timer: int


class Correlate(NamedTuple):
    """Deliver a message to an open subscription."""

    subscription: int
    message: int | None
    name: str
    variables: dict[str, Any]


class ReceiveSignal(NamedTuple):
    """Deliver a broadcast to an open subscription."""

    subscription: int
    name: str
    variables: dict[str, Any]


class SetVariables(NamedTuple):
    """Set variables at a scope; not `local`: each goes to the nearest scope that has it, as in Camunda 8."""

    scope: int
    variables: dict[str, Any]
    local: bool = False


class ResolveIncident(NamedTuple):
    """A person mended the cause; the element is tried again."""

    incident: int


class CancelInstance(NamedTuple):
    """End the root instance and all it holds."""

    instance: int


class SuspendInstance(NamedTuple):
    """Nothing goes on until it is resumed."""

    instance: int


class ResumeInstance(NamedTuple):
    """Let a suspended instance go on."""

    instance: int


class ModifyInstance(NamedTuple):
    """Terminate element instances and activate elements, each in its scope (None: the natural one)."""

    instance: int
    terminate: tuple[int, ...] = ()
    activate: tuple[tuple[str, int | None], ...] = ()
    variables: dict[str, Any] = {}  # noqa: RUF012 - NamedTuple default, never changed


class MigrateInstance(NamedTuple):
    """Follow another version from now on; `elements` maps element ids where they changed."""

    instance: int
    definition: int
    elements: dict[str, str]
    version: int = 1


class ActivateAdHoc(NamedTuple):
    """Activate inner activities of a running ad-hoc sub-process: (element, local variables) each."""

    key: int
    elements: tuple[tuple[str, dict[str, Any]], ...]
    cancel_remaining: bool = False
    complete: bool = False
