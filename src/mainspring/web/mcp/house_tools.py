"""The tools of the house itself: processes, cases, people's tasks, decisions, measures."""

from datetime import UTC
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from mainspring import dmn
from mainspring.agents.inbox import OUTCOMES, Inbox
from mainspring.app import masking, shown
from mainspring.app.asking import ask as asking
from mainspring.app.measures import measured
from mainspring.base.jsonio import normalise
from mainspring.dmn.trace import plain
from mainspring.runtime import NotFound, queries
from mainspring.web.access import Visitor
from mainspring.web.mcp.tool import ADDS, LOOKS, Effect, Question, Shown, Tool

MOST_KEY = 2**63 - 1


class Arguments(BaseModel):
    """Arguments of a tool; what they do not name is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Nothing(Arguments):
    """No arguments."""


class Cases(Arguments):
    """Which cases."""

    process_id: str | None = Field(default=None, description="only cases of this process")
    state: Literal["active", "suspended", "completed", "terminated"] | None = None
    business_key: str | None = Field(default=None, description="for instance the number of an inquiry")
    limit: int = Field(default=50, ge=1, le=200)


class Case(Arguments):
    """One case, by its key."""

    key: int = Field(ge=1, le=MOST_KEY, description="the key of the case, as process_cases gives it")


class Begin(Arguments):
    """A process to start, with its first variables."""

    process_id: str
    variables: dict[str, Any] = Field(default_factory=dict)
    business_key: str | None = Field(default=None, max_length=200)
    idempotency_key: str | None = Field(
        default=None, max_length=200, description="the same key again starts nothing and gives the same case"
    )


class OneTask(Arguments):
    """One open task."""

    key: int = Field(ge=1, le=MOST_KEY)


class Answered(OneTask):
    """A person's answer to a task."""

    outcome: str | None = Field(default=None, description="accepted, edited, rejected, approved, refused ...")
    answer: dict[str, Any] = Field(default_factory=dict)


class Ask(Arguments):
    """A question to a decision table."""

    decision: str = Field(description="the id of the decision, as decision_list gives it")
    context: dict[str, Any] = Field(default_factory=dict, description="input data by name")


class Plain(Arguments):
    """A question in plain words."""

    question: str = Field(min_length=1, max_length=asking.LONGEST)
    language: Literal["en", "zh"] | None = Field(default=None, description="its own without one")


# -- processes ---------------------------------------------------------------------------------------------


def _processes(visitor: Visitor, _: Nothing) -> Shown:
    with visitor.house.store.read() as tx:
        found = queries.deployed(tx, kind="process")
    return {"items": [shown.definition(one) for one in found if visitor.may("see", one.id)]}


def _start(visitor: Visitor, begin: Begin) -> Shown:
    visitor.demand("start", begin.process_id)
    key = visitor.house.runtime.start(
        begin.process_id,
        normalise(begin.variables),
        actor=visitor.actor,
        business_key=begin.business_key,
        idempotency_key=None
        if begin.idempotency_key is None
        else f"mcp/{visitor.principal.kind}/{visitor.principal.id}/{begin.idempotency_key}",
    )
    return {"key": str(key)}


def _cases(visitor: Visitor, asked: Cases) -> Shown:
    with visitor.house.store.read() as tx:
        found = queries.instances(
            tx,
            process_id=asked.process_id,
            state=asked.state,
            business_key=asked.business_key,
            roots_only=True,
            after=0,
            limit=asked.limit,
        )
    return {"items": [shown.instance(one) for one in found if visitor.may("see", one.process_id)]}


def case_of(visitor: Visitor, key: int) -> Shown:
    """A case with its variables, open incidents and latest events.

    Raises:
        NotFound: there is none, or it is of a process that the visitor may not see.
    """
    with visitor.house.store.read() as tx:
        found = queries.instance(tx, key)
        root = found if found.root == key else queries.instance(tx, found.root)
        if not (visitor.may("see", found.process_id) and visitor.may("see", root.process_id)):
            raise NotFound(
                f"there is no process instance {key}", mend="process_cases lists those you may see."
            )
        variables = masking.values(
            visitor.house, visitor.principal, queries.variables(tx, key), found.process_id
        )
        incidents = [shown.incident(one) for one in queries.incidents(tx, instance=found.root)]
        events = [shown.event(one) for one in queries.history(tx, found.root)[-50:]]
    return shown.instance(found) | {"variables": variables, "incidents": incidents, "events": events}


# -- tasks -------------------------------------------------------------------------------------------------


def _inbox(visitor: Visitor) -> Inbox:
    return Inbox(visitor.house.runtime, visitor.house.gateway)


def _tasks(visitor: Visitor, _: Nothing) -> Shown:
    with visitor.house.store.read() as tx:
        found = _inbox(visitor).waiting(tx, visitor.principal)
        cases = shown.cases(tx, (one.instance for one in found))
    return {"items": [shown.brief_task(one, cases.get(one.instance)) for one in found]}


def task_of(visitor: Visitor, key: int) -> Shown:
    """One open task, for those whom it asks and those who may see its process.

    Raises:
        NotFound: there is none that concerns this visitor.
    """
    with visitor.house.store.read() as tx:
        inbox = _inbox(visitor)
        found = inbox.task(tx, key)
        me = visitor.principal
        asked = found.assignee == me.id or (
            found.assignee is None
            and (me.id in found.candidate_users or any(me.holds(each) for each in found.candidate_groups))
        )
        if not asked and not visitor.may("see", found.process_id):
            raise NotFound(f"there is no open task {key}", mend="task_list lists those that ask for you.")
        case = shown.cases(tx, [found.instance]).get(found.instance)
    seen = shown.task(found, case)
    about = {"payload": seen["payload"], "draft": seen["draft"]}
    hidden: Shown = masking.values(visitor.house, visitor.principal, about, found.process_id, asked=asked)
    return seen | hidden


def _claim(visitor: Visitor, asked: OneTask) -> Shown:
    with visitor.house.store.write() as tx:
        _inbox(visitor).claim(tx, asked.key, visitor.principal)
    return {"key": str(asked.key), "assignee": visitor.principal.id}


def _answer_question(visitor: Visitor, answered: Answered) -> Question:
    """An answer to a task is a person's own: whatever a model proposes, its person says yes to it first."""
    task = task_of(visitor, answered.key)
    outcome = answered.outcome or OUTCOMES[task["kind"]][0]
    payload = task["payload"] if isinstance(task["payload"], dict) else {}
    about = {
        "task": task["name"],
        "key": str(answered.key),
        "case": task["case"],
        "kind": task["kind"],
        "answer": {"outcome": outcome, **answered.answer},
        **{name: payload[name] for name in ("operation", "arguments", "amount", "reason") if name in payload},
    }
    return Question(f"Answer the task '{task['name']}' with '{outcome}'?", about)


def _complete(visitor: Visitor, answered: Answered) -> Shown:
    with visitor.house.store.write() as tx:
        _inbox(visitor).complete(
            tx, answered.key, visitor.principal, answered.outcome, normalise(answered.answer)
        )
    return {"key": str(answered.key), "completed": True}


# -- decisions and measures --------------------------------------------------------------------------------


def decisions_of(visitor: Visitor) -> dict[str, int]:
    """The deployed decisions by id, with the key of the latest version."""
    with visitor.house.store.read() as tx:
        return {one.id: one.key for one in queries.deployed(tx, kind="decision")}


def _decisions(visitor: Visitor, _: Nothing) -> Shown:
    with visitor.house.store.read() as tx:
        return {"items": [shown.definition(one) for one in queries.deployed(tx, kind="decision")]}


def _evaluate(visitor: Visitor, asked: Ask) -> Shown:
    key = decisions_of(visitor).get(asked.decision)
    if key is None:
        raise NotFound(f"there is no decision {asked.decision!r}", mend="decision_list lists them.")
    with visitor.house.store.read() as tx:
        model = dmn.load(queries.source(tx, key))
    now = visitor.house.clock().astimezone(UTC)
    result = model.evaluate(asked.decision, normalise(asked.context), now=now)
    return {
        "value": plain(result.value),
        "trace": str(result.trace),
        "errors": [str(error) for error in result.errors],
    }


def _measures(visitor: Visitor, _: Nothing) -> Shown:
    return measured(visitor.house)


# -- knowledge ---------------------------------------------------------------------------------------------


def _known(visitor: Visitor, plain: Plain) -> Shown:
    question = asking.Question(plain.question, {}, plain.language)
    found = asking.ask(
        visitor.house, visitor.principal, question, lambda process: visitor.may("see", process)
    )
    return found.model_dump(mode="json")


# -- the list ----------------------------------------------------------------------------------------------

STARTS = Effect(reads_only=False, destructive=False, idempotent=False, open_world=True)
ANSWERS = Effect(reads_only=False, destructive=True, idempotent=False, open_world=True)


def _tool(
    name: str, title: str, permission: str, effect: Effect, takes: type[Any], run: Any, **more: Any
) -> Tool:
    def visible(visitor: Visitor) -> bool:
        with visitor.house.store.read() as tx:
            return visitor.may_at_all(tx, permission)

    description = (more.pop("description", "") or title).strip()
    return Tool(name, title, description, permission, effect, takes, run, visible, **more)


HOUSE_TOOLS: tuple[Tool, ...] = (
    _tool("process_list", "List the processes", "see", LOOKS, Nothing, _processes),
    _tool(
        "process_start",
        "Start a process",
        "start",
        STARTS,
        Begin,
        _start,
        description="Start a case of a process. What it does then is up to its model and its people.",
    ),
    _tool("process_cases", "List cases", "see", LOOKS, Cases, _cases),
    _tool(
        "process_case",
        "Look at a case",
        "see",
        LOOKS,
        Case,
        lambda visitor, asked: case_of(visitor, asked.key),
        description="A case with its variables, its open incidents and its latest events.",
    ),
    _tool("task_list", "List my tasks", "do_task", LOOKS, Nothing, _tasks),
    _tool(
        "task_get",
        "Look at a task",
        "do_task",
        LOOKS,
        OneTask,
        lambda visitor, asked: task_of(visitor, asked.key),
    ),
    _tool("task_claim", "Take a task", "assign_task", ADDS, OneTask, _claim),
    _tool(
        "task_complete",
        "Answer a task",
        "do_task",
        ANSWERS,
        Answered,
        _complete,
        asks=_answer_question,
        description="Give a person's answer to a task, a review or a confirmation. "
        "The person is asked in the client before it counts.",
    ),
    _tool("decision_list", "List the decisions", "see", LOOKS, Nothing, _decisions),
    _tool(
        "decision_evaluate",
        "Ask a decision",
        "see",
        LOOKS,
        Ask,
        _evaluate,
        description="Evaluate a decision table; shows the rules that matched. Changes nothing.",
    ),
    _tool(
        "knowledge_ask",
        "Ask what the company knows",
        "see",
        LOOKS,
        Plain,
        _known,
        description="Answer a question in English or Chinese from the company's own records: cases, tasks, "
        "customers, goods, figures, what digital employees learned. Says how it was understood and links to "
        "its sources; what it does not understand it says, and names what could be asked instead.",
        whole=True,
    ),
    _tool(
        "measures",
        "Look at the measures",
        "measure",
        LOOKS,
        Nothing,
        _measures,
        description="AI penetration, straight-through rate, cost to serve, cycle time, per activity.",
    ),
)
