"""A state as JSON and back, so that a long stream need not be folded from its beginning.

Records are written as lists in the order of their slots; a restored state equals the one that was written.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from mainspring.engine.ballots import Ballot
from mainspring.engine.past import Past
from mainspring.engine.state import (
    Body,
    Closed,
    Compensation,
    ElementInstance,
    Incident,
    Job,
    ProcessInstance,
    State,
    Subscription,
    Task,
    Timer,
)

FORMAT = 3
"""Of what is written; a snapshot of another format is left aside, and the state folded from the log."""


def snapshot(state: State) -> dict[str, Any]:
    """The state in JSON form."""
    return {
        "format": FORMAT,
        "root": state.root,
        "outcome": state.outcome,
        "elements": [_element(record) for record in state.elements.values()],
        "instances": _table(state.instances),
        "jobs": [[key, _fields(job, skip={"tasks"}), list(job.tasks)] for key, job in state.jobs.items()],
        "tasks": [[key, _task(task)] for key, task in state.tasks.items()],
        "closed": _closed(state.closed),
        "copied": list(state.copied),
        "timers": [
            [key, {**_fields(timer), "due": timer.due.isoformat()}] for key, timer in state.timers.items()
        ],
        "subscriptions": _table(state.subscriptions),
        "incidents": _table(state.incidents),
        "compensations": _table(state.compensations),
        "undoing": [list(pair) for pair in state.undoing.items()],
        "gateways": [[scope, element, flows] for (scope, element), flows in state.gateways.items()],
    }


def _fields(record: Any, skip: frozenset[str] | set[str] = frozenset()) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__slots__ if name not in skip}


def _table(records: dict[int, Any]) -> list[list[Any]]:
    return [[key, _fields(record)] for key, record in records.items()]


def _task(task: Task) -> dict[str, Any]:
    fields = _fields(task)
    reminded = task.reminded
    return {**fields, "reminded": None if reminded is None else reminded.isoformat()}


def _closed(closed: Closed | None) -> dict[str, Any] | None:
    if closed is None:
        return None
    past = None if closed.past is None else closed.past.as_json()
    return {"info": _fields(closed.info), "variables": closed.variables, "past": past}


_OWN = {"node", "children", "tokens", "waits", "body", "key", "element", "scope", "instance"}


def _element(record: ElementInstance) -> list[Any]:
    body = record.body
    rest = {name: value for name, value in _fields(record, _OWN).items() if value is not None and value != 0}
    if record.past is not None:
        rest["past"] = record.past.as_json()
    if record.aside is not None:
        rest["aside"] = list(record.aside)
    if record.ballot is not None:
        rest["ballot"] = record.ballot.as_json()
    return [
        record.key,
        record.element,
        record.scope,
        record.instance,
        None if record.children is None else list(record.children),
        None if record.tokens is None else [list(pair) for pair in record.tokens.items()],
        None if record.waits is None else [list(pair) for pair in record.waits.items()],
        None
        if body is None
        else [body.size, body.begun, body.ended, body.items, [list(pair) for pair in body.results.items()]],
        rest,
    ]


def restore(data: dict[str, Any]) -> State:
    """The state that `snapshot` wrote; numbers may have become Decimal on the way through JSON."""
    state = State()
    state.root = _int(data["root"])
    state.outcome = data["outcome"]
    for entry in data["elements"]:
        record = _restored_element(entry)
        state.elements[record.key] = record
    for key, fields in data["instances"]:
        state.instances[int(key)] = _fill(ProcessInstance, fields, ("definition", "version", "parent"))
    for key, fields, tasks in data["jobs"]:
        job = _fill(Job, fields, ("element_key", "retries"))
        job.tasks = {int(task): None for task in tasks}
        state.jobs[int(key)] = job
    for key, fields in data["tasks"]:
        state.tasks[int(key)] = task = _fill(Task, fields, ("element_key", "job", "slot"))
        task.candidate_users = tuple(fields["candidate_users"])
        task.candidate_groups = tuple(fields["candidate_groups"])
        task.reminded = None if task.reminded is None else datetime.fromisoformat(fields["reminded"])
    state.closed = _reclosed(data["closed"])
    state.copied = dict.fromkeys(data["copied"])
    for key, fields in data["timers"]:
        timer = _fill(Timer, fields, ("element_key", "repetitions"))
        timer.due = datetime.fromisoformat(fields["due"])
        state.timers[int(key)] = timer
    _restore_subscriptions(state, data["subscriptions"])
    for key, fields in data["incidents"]:
        state.incidents[int(key)] = _fill(Incident, fields, ("element_key", "job"))
    for key, fields in data["compensations"]:
        state.compensations[int(key)] = _fill(Compensation, fields, ("scope", "instance"))
    state.undoing = {int(key): int(thrower) for key, thrower in data["undoing"]}
    state.gateways = {(int(scope), element): list(flows) for scope, element, flows in data["gateways"]}
    return state


def _restore_subscriptions(state: State, entries: list[Any]) -> None:
    for key, fields in entries:
        subscription = _fill(Subscription, fields, ("element_key",))
        state.subscriptions[int(key)] = subscription
        if subscription.kind == "condition":
            state.conditions[int(key)] = None
        elif subscription.kind == "signal":
            state.signals.setdefault(subscription.name, {})[int(key)] = None


def _reclosed(data: dict[str, Any] | None) -> Closed | None:
    if data is None:
        return None
    info = _fill(ProcessInstance, data["info"], ("definition", "version", "parent"))
    past = data["past"]
    return Closed(info, data["variables"], None if past is None else Past.of_json(past))


def _int(value: Any) -> int | None:
    return None if value is None else int(value)


def _fill(kind: type, fields: dict[str, Any], integers: tuple[str, ...]) -> Any:
    record: Any = object.__new__(kind)
    for name, value in fields.items():
        setattr(record, name, _int(value) if name in integers else value)
    return record


def _restored_element(entry: list[Any]) -> ElementInstance:
    key, element, scope, instance, children, tokens, waits, body, rest = entry
    record = ElementInstance(int(key), element, _int(scope), int(instance))
    record.children = None if children is None else {int(child): None for child in children}
    record.tokens = None if tokens is None else {flow: int(count) for flow, count in tokens}
    record.waits = None if waits is None else {int(wait): kind for wait, kind in waits}
    if body is not None:
        record.body = Body(int(body[0]), body[3])
        record.body.begun, record.body.ended = int(body[1]), int(body[2])
        record.body.results = {int(index): value for index, value in body[4]}
    for name, value in rest.items():
        reader = _READERS.get(name)
        setattr(record, name, int(value) if reader is None else reader(value))
    return record


def _course(data: dict[str, Any]) -> dict[str, Any]:
    return {**data, "back": [[element, int(scope), person] for element, scope, person in data["back"]]}


def _change(data: dict[str, Any]) -> dict[str, Any]:
    return {**data, "task": int(data["task"]), "done": int(data["done"])}


_READERS: dict[str, Callable[[Any], Any]] = {
    "variables": dict,
    "past": Past.of_json,
    "ballot": Ballot.of_json,
    "course": _course,
    "change": _change,
    "aside": lambda data: {int(job): None for job in data},
}
