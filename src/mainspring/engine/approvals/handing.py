"""Handing work on: transfer, delegation, all work of one who leaves; reminders, copies, drafts."""

from datetime import timedelta

from mainspring.base.jsonio import normalise
from mainspring.engine import approval_commands as ac
from mainspring.engine import approval_events as a
from mainspring.engine import commands as c
from mainspring.engine import events as e
from mainspring.engine.approvals.asking import open_task, root_of, some_people
from mainspring.engine.errors import CommandRejected
from mainspring.engine.run import Run
from mainspring.engine.state import ElementInstance, Task

REST = timedelta(minutes=10)
"""How long a task is left in peace after a reminder."""


def transfer(run: Run, command: ac.TransferTask) -> None:
    """The task is another person's for good."""
    task, record = open_task(run, command.task)
    [to] = some_people((command.to,))
    if task.assignee == to:
        raise CommandRejected(f"the task is {to}'s already")
    if to in task.owners:
        raise CommandRejected(f"the task comes back to {to} anyway", mend="Let the delegate answer.")
    if not task.owners:
        _check_once(record, task, to)
    _transfer(run, command.task, task, to, command.reason)


def _transfer(run: Run, key: int, task: Task, to: str, reason: str) -> None:
    """What a delegate has passes on; the place among signers stays its owner's."""
    slot = None if task.owners else task.slot
    run.emit(a.TaskTransferred(key, task.element_key, to, reason, slot))


def _check_once(record: ElementInstance, task: Task, to: str) -> None:
    ballot = record.ballot
    if ballot is not None and task.slot is not None and to in ballot.people():
        raise CommandRejected(f"{to} signs this already", mend="A person signs once; name someone else.")


def delegate(run: Run, command: ac.DelegateTask) -> None:
    """Another person prepares the answer; then the task comes back."""
    task, record = open_task(run, command.task)
    [to] = some_people((command.to,))
    if task.job is not None:
        raise CommandRejected(f"a {task.kind} is answered by whom it asks, not by a delegate")
    owner = task.assignee or command.by
    if owner is None:
        raise CommandRejected("nobody has this task", mend="Claim it first.")
    if to == owner or to in task.owners:
        raise CommandRejected(f"the task is {to}'s own", mend="Name someone else.")
    run.emit(a.TaskDelegated(command.task, record.key, owner, to, command.reason))


def come_back(run: Run, task: Task, command: c.CompleteTask) -> bool:
    """The delegate has answered: the task is its owner's again, the answer its draft. False: no delegate."""
    if not task.owners:
        return False
    outer = task.owners[-2] if len(task.owners) > 1 else None
    answer = normalise(command.answer)
    run.emit(a.DelegationReturned(command.task, task.element_key, task.owners[-1], answer, outer))
    return True


def hand_over(run: Run, command: ac.HandOver) -> None:
    """All open work of a person in this stream is another's."""
    root_of(run)
    [to] = some_people((command.to,))
    if to == command.person:
        raise CommandRejected(f"{to} cannot hand work over to themselves")
    if command.instance != run.state.root:
        raise CommandRejected("work is handed over by root instance", mend=f"Name {run.state.root}.")
    for record in run.state.elements.values():
        if record.ballot is not None and {to, command.person} <= record.ballot.people():
            raise CommandRejected(
                f"{to} and {command.person} both sign '{record.element}' of the case {run.state.root}",
                mend=f"Remove the signature of {command.person} there, or transfer it to someone else.",
            )
    for key, task in list(run.state.tasks.items()):
        if task.assignee == command.person:
            _transfer(run, key, task, to, command.reason)
    slots = [
        {"key": record.key, "slot": number}
        for record in run.state.elements.values()
        if record.ballot is not None
        for number, slot in record.ballot.slots.items()
        if slot.outcome is None and slot.person == command.person
    ]
    owned = [
        {"task": key}
        for key, task in run.state.tasks.items()
        if task.owners and task.owners[-1] == command.person
    ]
    run.emit(a.WorkHandedOver(command.instance, command.person, to, command.reason, slots, owned))


def remind(run: Run, command: ac.RemindTask) -> None:
    """Ask those whose task it is to act."""
    task, record = open_task(run, command.task)
    if task.reminded is not None and run.now < task.reminded + REST:
        raise CommandRejected(
            f"a reminder was sent at {task.reminded.isoformat(timespec='minutes')}",
            mend=f"Wait {int(REST.total_seconds()) // 60} minutes between reminders.",
        )
    run.emit(a.TaskReminded(command.task, record.key, command.note, run.now))


def copy(run: Run, command: ac.CopyCase) -> None:
    """Send a copy of the case, to each person once."""
    root_of(run)
    if command.instance != run.state.root:
        raise CommandRejected("a copy is of the whole case", mend=f"Name the root instance {run.state.root}.")
    fresh = [person for person in some_people(command.people) if person not in run.state.copied]
    if not fresh:
        raise CommandRejected("all of them have a copy of this case already")
    run.emit(a.CaseCopied(command.instance, fresh, command.note))


def read_copy(run: Run, command: ac.ReadCopy) -> None:
    """The person has read the copy of the case, which may have ended."""
    if command.by is None or command.by not in run.state.copied:
        raise CommandRejected(f"{command.by} was sent no copy of this case")
    run.emit(a.CopyRead(command.instance, command.by))


def save_draft(run: Run, command: ac.SaveDraft) -> None:
    """Keep what was entered so far."""
    _, record = open_task(run, command.task)
    run.emit(e.TaskUpdated(command.task, record.key, {"draft": normalise(command.draft)}))
