"""What may be done with a task now, and where a return may lead: by trying it on a copy of the state."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from mainspring.engine import approval_commands as ac
from mainspring.engine.approvals.moving import Move
from mainspring.engine.approvals.returning import steps_before
from mainspring.engine.errors import CommandRejected
from mainspring.engine.run import Library, Run
from mainspring.engine.state import State

SOMEBODY = "@somebody"
"""Stands for a person yet to be chosen."""


class Destination(NamedTuple):
    """A step that was done before a task: who did it, and why a return to it is not possible (None: it is).

    `forward` and `back` are the reasons for the two modes.
    """

    element: str
    name: str
    person: str | None
    forward: str | None
    back: str | None


def candidates(state: State, task: int, by: str) -> dict[str, Any]:
    """The operations on a task, each as the command that stands for it."""
    root = state.root or 0
    source = state.tasks[task].element_key
    return {
        "return": ac.ReturnTask(task, by=by),
        "return_to_initiator": ac.ReturnTask(task, ac.INITIATOR, by=by),
        "withdraw": ac.WithdrawStep(root, by=by),
        "revoke": ac.RevokeInstance(root, by=by),
        "add_signers": ac.AddSigners(task, (SOMEBODY,), by=by),
        "remove_signers": ac.RemoveSigners(task, _removable(state, task, by), by=by),
        "transfer": ac.TransferTask(task, SOMEBODY, by=by),
        "delegate": ac.DelegateTask(task, SOMEBODY, by=by),
        "remind": ac.RemindTask(task, by=by),
        "copy": ac.CopyCase(root, (SOMEBODY,), by=by),
        "save_draft": ac.SaveDraft(task, {}, by=by),
        "jump": ac.JumpTo(root, source, state.elements[source].element, by=by),
    }


def _removable(state: State, task: int, by: str) -> tuple[str, ...]:
    """Someone whose signature might be removed: best one whom this person added."""
    ballot = state.elements[state.tasks[task].element_key].ballot
    waiting = [slot for slot in ballot.slots.values() if slot.outcome is None] if ballot is not None else []
    own = [slot.person for slot in waiting if slot.by == by and slot.person is not None]
    others = [slot.person for slot in waiting if slot.person is not None]
    return tuple((own or others or [SOMEBODY])[:1])


def destinations(
    state: State, task: int, *, library: Library, now: datetime, keys: Callable[[], int]
) -> list[Destination]:
    """The steps that a return of the task might lead to, latest first; the state is not changed."""
    run = Run(state, library, now, keys)
    record = state.elements[state.tasks[task].element_key]
    forward = {element: (step, why) for step, element, why in steps_before(run, record, ac.FORWARD)}
    back = {element: why for _, element, why in steps_before(run, record, ac.BACK)}
    return [
        Destination(element, element, step.person, _reason(why), _reason(back[element]))
        for element, (step, why) in forward.items()
    ]


def _reason(found: Move | CommandRejected) -> str | None:
    return found.message if isinstance(found, CommandRejected) else None
