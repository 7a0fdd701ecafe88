"""The state of one stream, a root process instance with those it called, as a tree of element instances.

It holds only what the events said (so it can be dropped and folded again) and knows no definitions:
elements are ids here. Every lookup is by key, and counters are kept as they change, so that the cost of a
step does not grow with the size of the instance.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mainspring.engine.ballots import Ballot
    from mainspring.engine.graph import Node
    from mainspring.engine.past import Past

NO_VARIABLES: dict[str, Any] = {}


class ElementInstance:
    """A token's stay in an element, or a process instance (then `key` == `instance`).

    `children` and `tokens` (flow id -> count) are what is still going on inside; both empty: a scope is done.
    `waits` are its open timers and subscriptions; `ballot` who signs it, `past` what people and workers did
    in it that is over, `course` how it came to be done again, `change` what listeners are asked about,
    `aside` jobs that nothing waits for. `node` is a cache of the compiled element, not state.
    """

    __slots__ = (
        "aside",
        "ballot",
        "body",
        "change",
        "children",
        "course",
        "element",
        "incident",
        "instance",
        "job",
        "key",
        "listeners",
        "loop_counter",
        "node",
        "past",
        "scope",
        "task",
        "tokens",
        "variables",
        "waits",
    )

    def __init__(
        self, key: int, element: str, scope: int | None, instance: int, loop_counter: int | None = None
    ) -> None:
        self.key = key
        self.element = element
        self.scope = scope
        self.instance = instance
        self.loop_counter = loop_counter
        self.children: dict[int, None] | None = None
        self.tokens: dict[str, int] | None = None
        self.variables: dict[str, Any] | None = None
        self.job: int | None = None
        self.task: int | None = None
        self.waits: dict[int, str] | None = None
        self.incident: int | None = None
        self.listeners = 0
        self.body: Body | None = None
        self.ballot: Ballot | None = None
        self.past: Past | None = None
        self.course: dict[str, Any] | None = None
        self.change: dict[str, Any] | None = None
        self.aside: dict[int, None] | None = None
        self.node: Node | None = None


class Body:
    """What a repeated activity remembers: instances wanted, begun and ended, items to hand out, results."""

    __slots__ = ("begun", "ended", "items", "results", "size")

    def __init__(self, size: int, items: list[Any] | None) -> None:
        self.size = size
        self.items = items
        self.begun = 0
        self.ended = 0
        self.results: dict[int, Any] = {}


class ProcessInstance:
    """Which definition a process instance follows, who called it, and which person started it."""

    __slots__ = ("business_key", "definition", "initiator", "parent", "process_id", "suspended", "version")

    def __init__(
        self,
        definition: int,
        version: int,
        process_id: str,
        parent: int | None,
        business_key: str | None,
        initiator: str | None = None,
    ) -> None:
        self.definition = definition
        self.version = version
        self.process_id = process_id
        self.parent = parent
        self.business_key = business_key
        self.initiator = initiator
        self.suspended = False


class Closed:
    """What an ended root instance leaves, so that it can be opened again."""

    __slots__ = ("info", "past", "variables")

    def __init__(self, info: ProcessInstance, variables: dict[str, Any] | None, past: "Past | None") -> None:
        self.info = info
        self.variables = variables
        self.past = past


class Job:
    """Work handed out; `state` is ready, parked (people are asked) or failed (no retries left)."""

    __slots__ = ("answers", "element_key", "kind", "retries", "state", "tasks", "type")

    def __init__(self, element_key: int, kind: str, job_type: str, retries: int) -> None:
        self.element_key = element_key
        self.kind = kind
        self.type = job_type
        self.retries = retries
        self.state = "ready"
        self.tasks: dict[int, None] = {}
        self.answers: list[dict[str, Any]] = []


class Task:
    """An open task of a person.

    `slot` is the place in the element's ballot; `owners` those who delegated it, the last on top; `reminded`
    the last reminder. The candidates are kept for whoever asks who may take it.
    """

    __slots__ = (
        "assignee",
        "candidate_groups",
        "candidate_users",
        "element_key",
        "job",
        "kind",
        "name",
        "owners",
        "payload",
        "reminded",
        "slot",
    )

    def __init__(
        self,
        element_key: int,
        kind: str,
        job: int | None,
        name: str,
        assignee: str | None,
        payload: dict[str, Any],
        slot: int | None = None,
        candidate_users: Sequence[str] = (),
        candidate_groups: Sequence[str] = (),
    ) -> None:
        self.element_key = element_key
        self.kind = kind
        self.job = job
        self.name = name
        self.assignee = assignee
        self.payload = payload
        self.slot = slot
        self.candidate_users = tuple(candidate_users)
        self.candidate_groups = tuple(candidate_groups)
        self.owners: list[str] = []
        self.reminded: datetime | None = None


class Timer:
    """A scheduled timer."""

    __slots__ = ("due", "element", "element_key", "interval", "repetitions")

    def __init__(
        self, element_key: int, element: str, due: datetime, repetitions: int, interval: str | None
    ) -> None:
        self.element_key = element_key
        self.element = element
        self.due = due
        self.repetitions = repetitions
        self.interval = interval


class Subscription:
    """An open wait for a message, a signal or a condition."""

    __slots__ = ("correlation_key", "element", "element_key", "kind", "name")

    def __init__(
        self, element_key: int, element: str, kind: str, name: str, correlation_key: str | None
    ) -> None:
        self.element_key = element_key
        self.element = element
        self.kind = kind
        self.name = name
        self.correlation_key = correlation_key


class Incident:
    """An open incident; `phase` says where a retry begins: enter, complete or job."""

    __slots__ = ("element_key", "job", "kind", "message", "phase")

    def __init__(self, element_key: int, kind: str, message: str, job: int | None, phase: str) -> None:
        self.element_key = element_key
        self.kind = kind
        self.message = message
        self.job = job
        self.phase = phase


class Compensation:
    """A completed activity that can be undone."""

    __slots__ = ("element", "handler", "instance", "scope", "variables")

    def __init__(
        self, element: str, scope: int, instance: int, handler: str, variables: dict[str, Any]
    ) -> None:
        self.element = element
        self.scope = scope
        self.instance = instance
        self.handler = handler
        self.variables = variables


class State:
    """Everything about one stream. `root` is None before it starts; `outcome` is set when it has ended."""

    __slots__ = (
        "closed",
        "compensations",
        "conditions",
        "copied",
        "elements",
        "gateways",
        "incidents",
        "instances",
        "jobs",
        "outcome",
        "root",
        "signals",
        "subscriptions",
        "tasks",
        "timers",
        "undoing",
    )

    def __init__(self) -> None:
        self.root: int | None = None
        self.outcome: str | None = None
        self.closed: Closed | None = None
        self.copied: dict[str, None] = {}
        """Who has been sent a copy of this case."""
        self.elements: dict[int, ElementInstance] = {}
        self.instances: dict[int, ProcessInstance] = {}
        self.jobs: dict[int, Job] = {}
        self.tasks: dict[int, Task] = {}
        self.timers: dict[int, Timer] = {}
        self.subscriptions: dict[int, Subscription] = {}
        self.conditions: dict[int, None] = {}
        """The subscriptions of kind condition."""
        self.signals: dict[str, dict[int, None]] = {}
        """Per signal name the subscriptions that wait for it."""
        self.incidents: dict[int, Incident] = {}
        self.compensations: dict[int, Compensation] = {}
        self.undoing: dict[int, int] = {}
        """Running compensation handler -> the element instance that asked for it."""
        self.gateways: dict[tuple[int, str], list[str]] = {}
        """(scope, complex gateway) that has fired and waits for its reset: the flows it took."""

    def variables(self, key: int) -> dict[str, Any]:
        """All variables visible at the element instance `key`."""
        layers = [record.variables for record in self.chain(key) if record.variables]
        visible: dict[str, Any] = {}
        for layer in reversed(layers):
            visible.update(layer)
        return visible

    def chain(self, key: int) -> Iterator[ElementInstance]:
        """The element instance and the scopes around it, up to its process instance."""
        record: ElementInstance | None = self.elements.get(key)
        while record is not None:
            yield record
            if record.key == record.instance or record.scope is None:
                return
            record = self.elements.get(record.scope)
