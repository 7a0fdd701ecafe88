"""User tasks: the task of one person, or the signing by several, each with a task of their own."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from mainspring.engine import approval_events as a
from mainspring.engine import events as e
from mainspring.engine.ballots import needed, seat
from mainspring.engine.errors import Fault
from mainspring.engine.formula import Formula
from mainspring.engine.graph import Node, SignSpec
from mainspring.engine.run import Run
from mainspring.engine.state import ElementInstance
from mainspring.engine.timing import instant

DEFAULT_PRIORITY = 50
MAX_SIGNERS = 1000


def user_task(run: Run, node: Node, record: ElementInstance) -> None:
    """A task that a person does, or that several sign.

    Raises:
        Fault: an expression about who, when or how urgent gives no such thing.
    """
    if record.task is not None or node.task is None:
        return
    if record.ballot is None:
        lead = record.course.get("lead") if record.course is not None else None
        if node.sign is None and lead is None:
            create_task(run, node, record, None)
            return
        _open_signing(run, node, record, lead)
    open_slots(run, node, record)


def open_slots(run: Run, node: Node, record: ElementInstance) -> None:
    """A task for each signer whose turn it is.

    Raises:
        Fault: an expression about when or how urgent gives no such thing.
    """
    ballot = record.ballot
    if ballot is not None:
        for number in ballot.openable():
            create_task(run, node, record, number)


def create_task(run: Run, node: Node, record: ElementInstance, number: int | None) -> None:
    """A task as drawn, or for the signer of a slot."""
    form = node.task
    if form is None:
        return
    slot = record.ballot.slots[number] if record.ballot is not None and number is not None else None
    person = slot.person if slot is not None else None
    users: list[str] = []
    groups: list[str] = []
    if person is None:
        person = record.course.get("person") if record.course is not None else None
        person = person or _optional(run, record, form.assignee)
        users, groups = _names(run, record, form.candidate_users), _names(run, record, form.candidate_groups)
    priority = DEFAULT_PRIORITY if form.priority is None else run.evaluate(record, form.priority)
    try:
        rank = int(priority)
    except (TypeError, ValueError):
        raise Fault("expression", f"the priority {priority!r:.40} is no number") from None
    run.emit(
        e.TaskCreated(
            run.keys(),
            record.key,
            record.element,
            record.instance,
            "task",
            None,
            node.name or node.id,
            person,
            users,
            groups,
            _moment(run, record, form.due),
            _moment(run, record, form.follow_up),
            rank,
            _optional(run, record, form.form),
            {},
            number,
        )
    )


def _open_signing(run: Run, node: Node, record: ElementInstance, lead: str | None) -> None:
    """The signers as the model names them; before them, after a return, the one who is to amend the case."""
    spec = node.sign
    slots = [] if lead is None else [seat(0, lead, [], counts=False, by=lead)]
    if spec is None:
        slots.append(seat(1, None, [0]))
        opened = a.SigningOpened(record.key, record.element, record.instance, "all", "approval", "", 1, slots)
        run.emit(opened)
        return
    people = _approvers(run, record, spec)
    weights = _weights(run, record, spec, people)
    for number, person in enumerate(people, len(slots)):
        in_order = [number - 1] if number else []
        after = in_order if spec.mode == "order" else [] if lead is None else [0]
        slots.append(seat(number, person, after, weight=weights[person]))
    run.emit(
        a.SigningOpened(
            record.key,
            record.element,
            record.instance,
            spec.mode,
            spec.result,
            _passing(run, record, spec),
            _veto(run, record, spec),
            slots,
        )
    )


def _approvers(run: Run, record: ElementInstance, spec: SignSpec) -> list[str]:
    people = list(dict.fromkeys(_names(run, record, spec.approvers)))
    if not people or len(people) > MAX_SIGNERS or "" in people:
        raise Fault("expression", f"'{spec.approvers.text}' names {len(people)} people to sign")
    return people


def _weights(run: Run, record: ElementInstance, spec: SignSpec, people: list[str]) -> dict[str, Decimal]:
    value = None if spec.weights is None else run.evaluate(record, spec.weights)
    if value is None:
        return dict.fromkeys(people, Decimal(1))
    given = dict(zip(people, value, strict=False)) if isinstance(value, list) else value
    if not isinstance(given, dict):
        raise Fault("expression", f"sign.weights must be a list or a context, not {value!r:.60}")
    weights = {}
    for person in people:
        weight = given.get(person, Decimal(1))
        if isinstance(weight, bool) or not isinstance(weight, (int, Decimal)) or not weight > 0:
            raise Fault("expression", f"the weight of {person} is {weight!r:.40}, no number above 0")
        weights[person] = Decimal(weight)
    return weights


def _passing(run: Run, record: ElementInstance, spec: SignSpec) -> str:
    value = None if spec.passing is None else run.evaluate(record, spec.passing)
    try:
        return needed(value)
    except ValueError:
        raise Fault("expression", f"sign.pass gives {value!r:.40}, no share (60%) or weight") from None


def _veto(run: Run, record: ElementInstance, spec: SignSpec) -> int:
    if spec.mode != "vote":
        return 1
    value = None if spec.veto is None else run.evaluate(record, spec.veto)
    try:
        veto = 0 if value is None or value == "" else int(value)
    except (TypeError, ValueError, ArithmeticError):
        veto = -1
    if veto < 0:
        raise Fault("expression", f"sign.veto gives {value!r:.40}, no number of rejections")
    return veto


def _optional(run: Run, record: ElementInstance, formula: Formula | None) -> str | None:
    value = None if formula is None else run.evaluate(record, formula)
    return None if value is None or value == "" else str(value)


def _names(run: Run, record: ElementInstance, formula: Formula | None) -> list[str]:
    value: Any = None if formula is None else run.evaluate(record, formula)
    if isinstance(value, str):
        return [name.strip() for name in value.split(",") if name.strip()]
    if isinstance(value, list):
        return [str(name) for name in value]
    if value is None:
        return []
    raise Fault("expression", f"candidates must be a list of names, not {value!r:.60}")


def _moment(run: Run, record: ElementInstance, formula: Formula | None) -> datetime | None:
    value = None if formula is None else run.evaluate(record, formula)
    return None if value is None or value == "" else instant(value)
