"""Commands of people about tasks and cases beyond answering: return, sign, hand on, remind, jump, reopen.

`by` is the id of the person who acts; the runtime puts it in, whatever the caller says. docs/approvals.md
tells what each of them means in tokens.
"""

from typing import Any, NamedTuple

PREVIOUS, INITIATOR = "@previous", "@initiator"
"""Where a return leads when no element is named; '@' begins no element id."""
FORWARD, BACK = "forward", "back"
"""What follows the step that was returned to: the drawn way, or straight back to the one who returned it."""
PLACES = ("before", "after", "beside")


class ReturnTask(NamedTuple):
    """Send the case from an open task back to a step that was done: an element id, PREVIOUS or INITIATOR.

    `mode` FORWARD goes on from there as drawn, BACK comes straight back to this task.
    """

    task: int
    to: str = PREVIOUS
    mode: str = FORWARD
    reason: str = ""
    by: str | None = None


class WithdrawStep(NamedTuple):
    """Take one's own last step (or that of `element`) back, before the next person acts."""

    instance: int
    element: str | None = None
    reason: str = ""
    by: str | None = None


class RevokeInstance(NamedTuple):
    """The initiator ends the case."""

    instance: int
    reason: str = ""
    by: str | None = None


class AddSigners(NamedTuple):
    """Ask further people to sign: `place` before, after or beside the signer whose task it is."""

    task: int
    people: tuple[str, ...]
    place: str = "beside"
    reason: str = ""
    by: str | None = None


class RemoveSigners(NamedTuple):
    """Ask these people no more; whoever has signed stays. `task` is any open task of the same signing."""

    task: int
    people: tuple[str, ...]
    reason: str = ""
    by: str | None = None


class TransferTask(NamedTuple):
    """The task is `to`'s from now on, with all that it means."""

    task: int
    to: str
    reason: str = ""
    by: str | None = None


class DelegateTask(NamedTuple):
    """`to` prepares the answer; the task comes back to the one who delegated it."""

    task: int
    to: str
    reason: str = ""
    by: str | None = None


class HandOver(NamedTuple):
    """All open work of `person` in this stream is `to`'s: tasks, signatures to come, delegations."""

    instance: int
    person: str
    to: str
    reason: str = ""
    by: str | None = None


class RemindTask(NamedTuple):
    """Ask those whose task it is to act."""

    task: int
    note: str = ""
    by: str | None = None


class CopyCase(NamedTuple):
    """Send people a copy of the case for information; each gets it once."""

    instance: int
    people: tuple[str, ...]
    note: str = ""
    by: str | None = None


class ReadCopy(NamedTuple):
    """The person has read their copy of the case."""

    instance: int
    by: str | None = None


class SaveDraft(NamedTuple):
    """Keep what was entered so far, without answering."""

    task: int
    draft: dict[str, Any]
    by: str | None = None


class JumpTo(NamedTuple):
    """Move the token of the active element instance `source` to another element, forwards or backwards."""

    instance: int
    source: int
    to: str
    reason: str = ""
    by: str | None = None


class ReopenInstance(NamedTuple):
    """Let an ended root instance go on at an element (None: at the last step that a person did)."""

    instance: int
    at: str | None = None
    reason: str = ""
    by: str | None = None
