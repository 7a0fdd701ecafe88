"""What the events of people's operations change."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from mainspring.engine import approval_events as a
from mainspring.engine.ballots import Ballot, Slot
from mainspring.engine.past import Past, Step
from mainspring.engine.state import ElementInstance, ProcessInstance, State


def _slot(given: dict[str, Any]) -> Slot:
    after = [int(before) for before in given["after"]]
    return Slot(given["person"], Decimal(given["weight"]), after, counts=given["counts"], by=given["by"])


def _signing_opened(state: State, event: a.SigningOpened) -> None:
    ballot = Ballot(event.mode, event.result, event.passing, event.veto)
    for given in event.slots:
        ballot.slots[int(given["slot"])] = _slot(given)
    record = state.elements[event.key]
    record.ballot = ballot
    if event.task is not None:
        first = next(iter(ballot.slots))
        ballot.slots[first].task = event.task
        state.tasks[event.task].slot = first
        record.task = None


def _signers_added(state: State, event: a.SignersAdded) -> None:
    ballot = _ballot(state, event.key)
    for given in event.slots:
        ballot.slots[int(given["slot"])] = _slot(given)
    for wait in event.waits:
        ballot.slots[int(wait["slot"])].after = [int(before) for before in wait["after"]]


def _signers_removed(state: State, event: a.SignersRemoved) -> None:
    ballot = _ballot(state, event.key)
    for given in event.slots:
        gone = int(given["slot"])
        removed = ballot.slots.pop(gone)
        for slot in ballot.slots.values():
            if gone in slot.after:
                kept = [before for before in slot.after if before != gone]
                slot.after = [*kept, *(before for before in removed.after if before not in kept)]


def _ballot(state: State, key: int) -> Ballot:
    ballot = state.elements[key].ballot
    if ballot is None:
        raise LookupError(f"{key} has no ballot")  # the engine writes the opening first
    return ballot


def _vote_withdrawn(state: State, event: a.VoteWithdrawn) -> None:
    slot = _ballot(state, event.key).slots[event.slot]
    slot.outcome = slot.voter = slot.note = None


def _signing_decided(state: State, event: a.SigningDecided) -> None:
    remember_step(state, state.elements[event.key], event.task, event.person)


def remember_step(state: State, record: ElementInstance, task: int, person: str | None) -> None:
    """A person's step is done: a return may lead here. The scope of an inner instance is its body's."""
    scope = state.elements[record.scope]  # type: ignore[index] # only a root has no scope
    if record.loop_counter is not None and scope.element == record.element and scope.scope is not None:
        scope = state.elements[scope.scope]
    past_of(scope).steps[record.element] = Step(task, person)


def remember_effect(state: State, record: ElementInstance, at: int) -> None:
    """The element acted on the outside."""
    if record.scope is not None:
        scope = state.elements[record.scope]
        if record.loop_counter is not None and scope.element == record.element and scope.scope is not None:
            scope = state.elements[scope.scope]
        past_of(scope).effects[record.element] = at


def past_of(scope: ElementInstance) -> Past:
    """The past of a scope, which begins when something is to be remembered."""
    past = scope.past
    if past is None:
        past = scope.past = Past()
    return past


def inherit(state: State, record: ElementInstance, past: Past) -> None:
    """The scope `record` has ended."""
    scope = state.elements.get(record.scope) if record.scope is not None else None
    if scope is not None:
        past_of(scope).take(past)


def inherit_call(state: State, caller: ElementInstance, past: Past) -> None:
    """A called process has ended: what it did outside, its call activity did; its steps are no way back."""
    for latest, remember in ((past.effects, "effects"), (past.undone, "undone")):
        if latest and caller.scope is not None:
            getattr(past_of(state.elements[caller.scope]), remember)[caller.element] = max(latest.values())


def rename(record: ElementInstance, names: dict[str, str]) -> None:
    """Follow the element ids of another version in what the element instance remembers."""
    if record.past is not None:
        record.past.rename(names)
    if record.course is not None:
        back = record.course["back"]
        record.course["back"] = [[names.get(place[0], place[0]), *place[1:]] for place in back]


def _task_returned(state: State, event: a.TaskReturned) -> None:
    task = state.tasks.pop(event.task)
    record = state.elements[event.key]
    if task.slot is None:
        record.task = None
    else:
        _ballot(state, event.key).slots[task.slot].task = None
    _forget(state, event)


def _forget(state: State, event: a.TaskReturned | a.StepWithdrawn | a.TokenJumped) -> None:
    past = state.elements[event.scope].past
    if past is not None:
        past.forget(event.forgotten)


def _tokens_withdrawn(state: State, event: a.TokensWithdrawn) -> None:
    tokens = state.elements[event.scope].tokens
    for flow in event.flows:
        if tokens:
            tokens.pop(flow, None)


def _step_reopened(state: State, event: a.StepReopened) -> None:
    course = dict(event.course)
    course["back"] = [[element, int(scope), person] for element, scope, person in course.get("back") or ()]
    state.elements[event.key].course = course


def _task_transferred(state: State, event: a.TaskTransferred) -> None:
    task = state.tasks[event.task]
    task.assignee = event.to
    if event.slot is not None:
        _ballot(state, event.key).slots[event.slot].person = event.to


def _task_delegated(state: State, event: a.TaskDelegated) -> None:
    task = state.tasks[event.task]
    task.owners.append(event.owner)
    task.assignee = event.to


def _delegation_returned(state: State, event: a.DelegationReturned) -> None:
    task = state.tasks[event.task]
    task.owners.pop()
    task.assignee = event.owner


def _change_begun(state: State, event: a.TaskChangeBegun) -> None:
    state.elements[event.key].change = {
        "task": event.task,
        "change": event.change,
        "command": event.command,
        "fields": event.fields,
        "done": 0,
    }


def _change_corrected(state: State, event: a.TaskChangeCorrected) -> None:
    change = state.elements[event.key].change
    if change is not None:
        change["fields"] = [change["fields"][0], event.assignee, *change["fields"][2:]]


def _change_settled(state: State, event: a.TaskChangeSettled) -> None:
    state.elements[event.key].change = None


def _handed_over(state: State, event: a.WorkHandedOver) -> None:
    old, new = event.person, event.to
    for task in state.tasks.values():
        task.owners = [new if owner == old else owner for owner in task.owners]
    for record in state.elements.values():
        if record.ballot is not None:
            for slot in record.ballot.slots.values():
                if slot.outcome is None and slot.person == old:
                    slot.person = new
        if record.course is not None:
            _redirect(record.course, old, new)


def _redirect(course: dict[str, Any], old: str, new: str) -> None:
    for role in ("person", "lead"):
        if course.get(role) == old:
            course[role] = new
    course["back"] = [
        [element, scope, new if person == old else person] for element, scope, person in course["back"]
    ]


def _task_reminded(state: State, event: a.TaskReminded) -> None:
    state.tasks[event.task].reminded = event.at


def _case_copied(state: State, event: a.CaseCopied) -> None:
    for person in event.people:
        state.copied[person] = None


def _reopened(state: State, event: a.InstanceReopened) -> None:
    closed, state.closed = state.closed, None
    if closed is None:
        return
    state.outcome = None
    info = ProcessInstance(
        event.definition, event.version, event.process_id, None, event.business_key, closed.info.initiator
    )
    state.instances[event.key] = info
    root = ElementInstance(event.key, event.process_id, None, event.key)
    root.variables, root.past = closed.variables, closed.past
    if root.past is not None:
        root.past.forget(event.forgotten)
    state.elements[event.key] = root


def _nothing(state: State, event: Any) -> None:
    """A fact for readers."""


APPROVALS: dict[type, Callable[[State, Any], None]] = {
    a.SigningOpened: _signing_opened,
    a.SignersAdded: _signers_added,
    a.SignersRemoved: _signers_removed,
    a.VoteWithdrawn: _vote_withdrawn,
    a.SigningDecided: _signing_decided,
    a.TaskReturned: _task_returned,
    a.StepWithdrawn: _forget,
    a.TokenJumped: _forget,
    a.TokensWithdrawn: _tokens_withdrawn,
    a.StepReopened: _step_reopened,
    a.TaskTransferred: _task_transferred,
    a.TaskDelegated: _task_delegated,
    a.DelegationReturned: _delegation_returned,
    a.TaskChangeBegun: _change_begun,
    a.TaskChangeCorrected: _change_corrected,
    a.TaskChangeSettled: _change_settled,
    a.WorkHandedOver: _handed_over,
    a.TaskReminded: _task_reminded,
    a.CaseCopied: _case_copied,
    a.CopyRead: _nothing,
    a.InstanceRevoked: _nothing,
    a.InstanceReopened: _reopened,
}
