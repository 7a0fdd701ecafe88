"""The compiled process: nodes and flows with everything that running needs looked up beforehand.

Built once by `compile`, never changed afterwards, shared by all instances of a version.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from mainspring.engine.formula import Formula

if TYPE_CHECKING:
    from mainspring.engine.run import Run
    from mainspring.engine.state import ElementInstance

Behaviour = Callable[["Run", "Node", "ElementInstance"], None]


class Mapping(NamedTuple):
    """An input or output mapping: the path of the target variable and the source expression."""

    target: tuple[str, ...]
    source: Formula


class JobSpec(NamedTuple):
    """A job to create: its type and retries (expressions), headers, and the kind of work."""

    type: Formula
    retries: Formula
    headers: dict[str, str]
    kind: str
    priority: Formula | None = None


class TaskForm(NamedTuple):
    """What a user task says about who does it, until when and with which form."""

    assignee: Formula | None
    candidate_users: Formula | None
    candidate_groups: Formula | None
    due: Formula | None
    follow_up: Formula | None
    priority: Formula | None
    form: Formula | None


class SignSpec(NamedTuple):
    """How several people sign a user task; see `ballots`. `result` names the variable of the outcome."""

    mode: str
    approvers: Formula
    weights: Formula | None
    passing: Formula | None
    veto: Formula | None
    result: str


class EventSpec(NamedTuple):
    """One event definition: `kind` message, timer, signal, error, escalation, condition, link, ...

    `name` is the message's or signal's name, or the error's or escalation's code (None catches all);
    `correlation` the message's correlation key; `timer` date, duration or cycle with `formula`.
    """

    kind: str
    name: Formula | None = None
    correlation: Formula | None = None
    timer: str = ""
    formula: Formula | None = None
    target: str = ""
    ttl: Formula | None = None
    message_id: Formula | None = None


class LoopSpec(NamedTuple):
    """Repetition: multi-instance (parallel or sequential) or the standard loop.

    `behaviour` and `event` are BPMN's: which event a completing instance throws (None, One, Complex).
    """

    kind: str
    collection: Formula | None = None
    element: str = ""
    cardinality: Formula | None = None
    output_collection: str = ""
    output_element: Formula | None = None
    completion: Formula | None = None
    condition: Formula | None = None
    test_before: bool = False
    maximum: int | None = None
    behaviour: str = "All"
    event: EventSpec | None = None
    complex: tuple[tuple[Formula, EventSpec | None], ...] = ()


class CallSpec(NamedTuple):
    """A called process: which, which version of it, and what is handed over."""

    process: Formula
    binding: str
    version_tag: str | None
    propagate_parent: bool
    propagate_child: bool


class DecisionSpec(NamedTuple):
    """A called decision and the variable that takes its result."""

    decision: Formula
    binding: str
    version_tag: str | None
    result: str


class ScriptSpec(NamedTuple):
    """A FEEL script and the variable that takes its result."""

    expression: Formula
    result: str


class AdHocSpec(NamedTuple):
    """An ad-hoc sub-process: what starts inside, when it ends, what it hands out.

    `everything`: without Zeebe's extension each inner activity runs once, one after the other if
    `sequential`.
    """

    active: Formula | None
    completion: Formula | None
    cancel_remaining: bool
    output_collection: str
    output_element: Formula | None
    everything: bool = False
    sequential: bool = False


@dataclass(slots=True, eq=False)
class Flow:
    """A sequence flow; `condition` is None where it is unconditional."""

    id: str
    source: "Node"
    target: "Node"
    condition: Formula | None


@dataclass(slots=True, eq=False)
class Node:
    """A flow node or scope. `index` numbers the nodes of a definition; `parent` is the scope around it."""

    id: str
    name: str
    type: str
    index: int
    parent: "Node | None"
    behave: Behaviour
    incoming: tuple[Flow, ...] = ()
    outgoing: tuple[Flow, ...] = ()
    default: Flow | None = None
    plain_out: bool = True
    """No outgoing flow has a condition."""
    exclusive: bool = False
    """Takes one outgoing flow only (exclusive gateway)."""
    gather: Behaviour | None = None
    """How an arriving token waits for others in the scope given; None: it does not."""
    repeat: Behaviour | None = None
    """How the body of a repeated activity begins."""
    inner_done: Behaviour | None = None
    """What its body does when an inner instance has ended."""
    settle: Behaviour | None = None
    """What an ad-hoc sub-process does when nothing goes on inside."""
    start_quantity: int = 1
    completion_quantity: int = 1
    inputs: tuple[Mapping, ...] = ()
    outputs: tuple[Mapping, ...] = ()
    events: tuple[EventSpec, ...] = ()
    parallel_multiple: bool = False
    interrupting: bool = True
    attached_to: "Node | None" = None
    boundaries: tuple["Node", ...] = ()
    handler: "Node | None" = None
    """The compensation handler of this activity: an activity, or a compensation event sub-process."""
    for_compensation: bool = False
    loop: LoopSpec | None = None
    job: JobSpec | None = None
    task: TaskForm | None = None
    sign: SignSpec | None = None
    come_back: Behaviour | None = None
    """How the token of a step that was returned to goes straight back."""
    repeatable: bool | None = None
    """Whether what it did outside may be done again by a return (`return.allowed`); None: nobody said."""
    call: CallSpec | None = None
    decision: DecisionSpec | None = None
    script: ScriptSpec | None = None
    ad_hoc: AdHocSpec | None = None
    activation: Formula | None = None
    """The activation condition of a complex gateway."""
    starts: tuple["Node", ...] = ()
    """What a scope begins with: its none start event, or every node without incoming flows."""
    event_starts: tuple["Node", ...] = ()
    """The start events of the scope's event sub-processes."""
    event_subprocess: bool = False
    children: tuple["Node", ...] = ()
    joins: tuple["Node", ...] = ()
    """The inclusive and complex gateways of this scope, which wait by reachability."""
    reach: dict[str, int] = field(default_factory=dict)
    """Of such a gateway: per incoming flow the bit set of nodes that can still reach it."""
    task_listeners: dict[str, tuple[JobSpec, ...]] = field(default_factory=dict)
    """Asked before a user task is assigned, updated or completed, by the kind of change."""
    start_listeners: tuple[JobSpec, ...] = ()
    end_listeners: tuple[JobSpec, ...] = ()
    data_in: tuple[tuple[str, str], ...] = ()
    data_out: tuple[tuple[str, str], ...] = ()
    flaw: str = ""
    """What makes it impossible to run; an instance raises it as an incident."""
    prelude: bool = False
    """There is something to do before the behaviour (mappings, listeners, boundary events)."""
    coda: bool = False
    """There is something to do after it (mappings, listeners, compensation)."""


class StartEvent(NamedTuple):
    """How a process can begin, for the one who keeps subscriptions and timers: `kind` none, message, signal,
    timer or condition; `name` of the message or signal; `timer` date, duration or cycle with its expression.
    """  # noqa: D205 - one sentence

    element: str
    kind: str
    name: Formula | None = None
    correlation: Formula | None = None
    timer: str = ""
    formula: Formula | None = None


class ElementInfo(NamedTuple):
    """What a reader wants to know of an element."""

    id: str
    name: str
    type: str
    documentation: str
    properties: dict[str, str]


@dataclass(slots=True, eq=False)
class Definition:
    """A compiled process, shared by all instances of this version."""

    process_id: str
    name: str
    version_tag: str | None
    root: Node
    nodes: dict[str, Node]
    flows: dict[str, Flow]
    start_events: tuple[StartEvent, ...]
    elements: dict[str, ElementInfo]
    job_types: frozenset[str]
    outputs: Any = None
