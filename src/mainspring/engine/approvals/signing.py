"""Several people sign one user task: answering, adding and removing signers, taking a signature back."""

from typing import Any

from mainspring.engine import approval_commands as ac
from mainspring.engine import approval_events as a
from mainspring.engine import events as e
from mainspring.engine.approvals.asking import drawn_task, some_people
from mainspring.engine.ballots import ABSTAINED, APPROVED, OUTCOMES, Ballot, Slot, seat
from mainspring.engine.behaviour.user_tasks import MAX_SIGNERS, open_slots
from mainspring.engine.errors import CommandRejected, Fault
from mainspring.engine.lifecycle import complete, raise_incident
from mainspring.engine.run import Run
from mainspring.engine.state import ElementInstance, Task


def check_vote(ballot: Ballot | None, outcome: str) -> None:
    """The answer is one that this signing knows; a task of one person is completed or approved.

    Raises:
        CommandRejected: it is not.
    """
    counted = OUTCOMES.get(outcome)
    if ballot is None:
        if counted != APPROVED:
            raise CommandRejected(
                f"'{outcome}' is no answer to a task of one person",
                mend="Complete it with variables that say so, or return it.",
            )
        return
    if counted is None or (counted == ABSTAINED and ballot.mode != "vote"):
        known = "approved, rejected" + (", abstained" if ballot.mode == "vote" else "")
        raise CommandRejected(f"'{outcome}' is no answer to a signing", mend=f"Answer one of {known}.")


def settle(run: Run, record: ElementInstance, task: int, person: str | None) -> None:
    """After an answer or a change of signers: decide if it is certain, else let the next ones sign."""
    ballot = record.ballot
    if ballot is None:
        return
    node = run.node(record)
    verdict = ballot.verdict()
    if verdict is None:
        try:
            open_slots(run, node, record)
        except Fault as fault:
            raise_incident(run, record, fault, "enter")
        return
    for slot in list(ballot.slots.values()):
        if slot.task is not None:
            run.emit(e.TaskCanceled(slot.task, record.key))
    votes = ballot.votes()
    run.emit(a.SigningDecided(record.key, verdict, task, person))
    run.take_results(node, record, {ballot.result: {"outcome": verdict, "votes": votes}})
    complete(run, node, record)


def add(run: Run, command: ac.AddSigners) -> None:
    """Further people sign, before, after or beside the signer of the task."""
    if command.place not in ac.PLACES:
        raise CommandRejected(f"signers are added {', '.join(ac.PLACES)}, not '{command.place}'")
    task, record = drawn_task(run, command.task)
    people = some_people(command.people)
    ballot = record.ballot
    known = ballot.people() if ballot is not None else {task.assignee}
    twice = [person for person in people if person in known]
    if twice:
        raise CommandRejected(f"{', '.join(twice)} sign already", mend="A person signs once.")
    if len(people) + (len(ballot.slots) if ballot is not None else 1) > MAX_SIGNERS:
        raise CommandRejected(f"more than {MAX_SIGNERS} people cannot sign one task")
    _insert(run, command, task, record, people)
    try:
        open_slots(run, run.node(record), record)
    except Fault as fault:
        raise CommandRejected(fault.message) from fault


def _insert(run: Run, command: ac.AddSigners, task: Task, record: ElementInstance, people: list[str]) -> None:
    place = command.place
    number = _as_slot(run, command.task, task, record, command.by)
    ballot = record.ballot
    if ballot is None:
        return
    anchor = ballot.slots[number]
    following = [each for each, slot in ballot.slots.items() if number in slot.after]
    first = max(ballot.slots) + 1
    fresh = list(range(first, first + len(people)))
    after = [number] if place == "after" else list(anchor.after)
    slots = [seat(each, person, after, by=command.by) for each, person in zip(fresh, people, strict=True)]
    if place == "before":
        waits = [{"slot": number, "after": fresh}]
        if anchor.task is not None:
            run.emit(e.TaskCanceled(anchor.task, record.key))
    elif place == "after":
        waits = [{"slot": each, "after": _instead(ballot.slots[each], number, fresh)} for each in following]
    else:
        waits = [{"slot": each, "after": [*ballot.slots[each].after, *fresh]} for each in following]
    run.emit(a.SignersAdded(record.key, place, command.reason, slots, waits))


def _instead(slot: Slot, number: int, fresh: list[int]) -> list[int]:
    return [*(before for before in slot.after if before != number), *fresh]


def _as_slot(run: Run, key: int, task: Task, record: ElementInstance, by: str | None) -> int:
    """The task's place in the ballot; a task of one person becomes the first place of a new one."""
    if task.slot is not None:
        return task.slot
    person = task.assignee or by
    slots = [seat(0, person, [])]
    spec = run.node(record).sign
    result = "approval" if spec is None else spec.result
    opened = a.SigningOpened(record.key, record.element, record.instance, "all", result, "", 1, slots, key)
    run.emit(opened)
    return 0


def ask_first(run: Run, command: ac.ReturnTask, task: Task, record: ElementInstance, initiator: str) -> None:
    """The initiator amends the case before this very task goes on; that is no signature.

    Raises:
        CommandRejected: it is the initiator's own task, or the initiator is asked already.
    """
    ballot = record.ballot
    asked = [slot.person for slot in ballot.slots.values() if slot.outcome is None] if ballot else []
    if task.assignee == initiator or initiator in asked:
        raise CommandRejected(f"{initiator}, who began this case, has a task here already")
    number = _as_slot(run, command.task, task, record, command.by)
    ballot = record.ballot
    if ballot is None:
        return
    open_ = [each for each, slot in ballot.slots.items() if slot.task is not None]
    scope = record.scope if record.scope is not None else record.instance
    run.emit(
        a.TaskReturned(command.task, record.key, record.element, scope, command.mode, command.reason, [])
    )
    for each in open_:
        other = ballot.slots[each].task
        if other is not None:
            run.emit(e.TaskCanceled(other, record.key))
    lead = max(ballot.slots) + 1
    slot = seat(lead, initiator, list(ballot.slots[number].after), counts=False, by=command.by)
    waits = [{"slot": each, "after": [*ballot.slots[each].after, lead]} for each in open_]
    run.emit(a.SignersAdded(record.key, "before", command.reason, [slot], waits))
    open_slots(run, run.node(record), record)


def remove(run: Run, command: ac.RemoveSigners) -> None:
    """These people need not sign."""
    _, record = drawn_task(run, command.task)
    people = some_people(command.people)
    ballot = record.ballot
    if ballot is None:
        raise CommandRejected("one person does this task; nobody else signs it", mend="Transfer it instead.")
    chosen = {person: number for number, slot in ballot.slots.items() if (person := slot.person) in people}
    for person in people:
        if person not in chosen:
            raise CommandRejected(f"{person} does not sign this task")
        if ballot.slots[chosen[person]].outcome is not None:
            raise CommandRejected(f"{person} has signed; a signature is not removed")
    if all(number in chosen.values() for number, slot in ballot.slots.items() if slot.counts):
        raise CommandRejected("nobody would be left to sign", mend="Transfer the task, or revoke the case.")
    for number in chosen.values():
        task = ballot.slots[number].task
        if task is not None:
            run.emit(e.TaskCanceled(task, record.key))
    gone: list[dict[str, Any]] = [{"slot": number, "person": person} for person, number in chosen.items()]
    run.emit(a.SignersRemoved(record.key, people, command.reason, gone))
    last = [slot.voter for slot in ballot.slots.values() if slot.outcome is not None]
    settle(run, record, command.task, last[-1] if last else None)


def take_vote_back(run: Run, command: ac.WithdrawStep) -> bool:
    """Take a signature back while the signing is undecided; False when there is none of this person.

    Raises:
        CommandRejected: the next signer has answered already.
    """
    for record in run.state.elements.values():
        ballot = record.ballot
        if ballot is None or command.element not in {None, record.element}:
            continue
        for number, slot in ballot.slots.items():
            if slot.outcome is not None and slot.voter == command.by:
                _take_vote_back(run, record, ballot, number)
                return True
    return False


def _take_vote_back(run: Run, record: ElementInstance, ballot: Ballot, number: int) -> None:
    waiting = [slot for slot in ballot.slots.values() if number in slot.after]
    answered = next((slot for slot in waiting if slot.outcome is not None), None)
    if answered is not None:
        raise CommandRejected(f"it is too late: {answered.voter}, who comes next, has signed")
    for slot in waiting:
        if slot.task is not None:
            run.emit(e.TaskCanceled(slot.task, record.key))
    run.emit(a.VoteWithdrawn(record.key, number, ballot.slots[number].voter or ""))
    open_slots(run, run.node(record), record)
