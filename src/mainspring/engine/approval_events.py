"""Events of people's operations on user tasks and cases, beyond answering; see docs/approvals.md."""

from datetime import datetime
from typing import Any, NamedTuple


class SigningOpened(NamedTuple):
    """The user task `key` is signed by several: `slots` are {slot, person, weight, after, counts, by}.

    `mode` is all, any, vote or order; `passing` and `veto` rule a vote; `result` names the variable.
    `task` is the open task that becomes the first slot's, when the signing began by adding a signer.
    """

    key: int
    element: str
    instance: int
    mode: str
    result: str
    passing: str
    veto: int
    slots: list[dict[str, Any]]
    task: int | None = None


class SignersAdded(NamedTuple):
    """Further signers: `slots` as in SigningOpened, `waits` slot -> the slots it now waits for."""

    key: int
    place: str
    reason: str
    slots: list[dict[str, Any]]
    waits: list[dict[str, Any]]


class SignersRemoved(NamedTuple):
    """These slots are gone; whoever waited for them waits for those that they waited for."""

    key: int
    people: list[str]
    reason: str
    slots: list[dict[str, Any]]


class VoteWithdrawn(NamedTuple):
    """The signer of the slot took the answer back, before the signing was decided."""

    key: int
    slot: int
    person: str


class SigningDecided(NamedTuple):
    """The answers are enough: approved or rejected. `person` gave the last, to the task `task`."""

    key: int
    outcome: str
    task: int
    person: str | None


class TaskReturned(NamedTuple):
    """The case was sent back from `task` to the element `target`; the mode is forward or back.

    `scope` is the one in which it goes on; `forgotten` the elements that will be done again.
    """

    task: int
    key: int
    target: str
    scope: int
    mode: str
    reason: str
    forgotten: list[str]


class StepWithdrawn(NamedTuple):
    """`person` took the step `target` back; `forgotten` are the elements that will be done again."""

    key: int
    target: str
    scope: int
    person: str
    reason: str
    forgotten: list[str]


class TokenJumped(NamedTuple):
    """Someone moved the token of the element instance `key` to the element `target`."""

    key: int
    target: str
    scope: int
    reason: str
    forgotten: list[str]


class TokensWithdrawn(NamedTuple):
    """Tokens that waited on flows of the scope are gone: that part will be gone through again."""

    scope: int
    instance: int
    flows: list[str]


class StepReopened(NamedTuple):
    """The element instance `key` is a step that is done again.

    `course`: `person` who gets the task, `lead` who is asked first, `back` [[element, scope, person], ...]
    where it goes when it is done.
    """

    key: int
    course: dict[str, Any]


class TaskTransferred(NamedTuple):
    """The task has passed to `to` for good; where several sign, with the place `slot` among them."""

    task: int
    key: int
    to: str
    reason: str
    slot: int | None = None


class TaskDelegated(NamedTuple):
    """`to` prepares the answer for `owner`."""

    task: int
    key: int
    owner: str
    to: str
    reason: str


class DelegationReturned(NamedTuple):
    """The delegate is done: the task is `owner`'s again, with the answer as its draft.

    `outer` is the one who delegated it to `owner`, if it was delegated on.
    """

    task: int
    key: int
    owner: str
    answer: dict[str, Any]
    outer: str | None = None


class TaskChangeBegun(NamedTuple):
    """The listeners of a change (assigning, updating, completing) are asked; the command waits."""

    task: int
    key: int
    change: str
    command: str
    fields: list[Any]


class TaskChangeCorrected(NamedTuple):
    """A listener has named another assignee for the assignment that waits."""

    task: int
    key: int
    assignee: str | None


class TaskChangeSettled(NamedTuple):
    """The listeners have agreed, and the change follows; or one has denied it, and the task stays."""

    task: int
    key: int
    change: str
    denied: bool
    reason: str


class WorkHandedOver(NamedTuple):
    """What is still to come of `person`'s work in this stream is `to`'s; open tasks were transferred before.

    `slots` are {key, slot} of signatures not asked for yet, `owned` {task} of delegated tasks.
    """

    key: int
    person: str
    to: str
    reason: str
    slots: list[dict[str, Any]]
    owned: list[dict[str, Any]]


class TaskReminded(NamedTuple):
    """Those whose task it is were asked to act."""

    task: int
    key: int
    note: str
    at: datetime


class CaseCopied(NamedTuple):
    """These people were sent a copy of the case for information."""

    key: int
    people: list[str]
    note: str


class CopyRead(NamedTuple):
    """The person has read the copy."""

    key: int
    person: str


class InstanceRevoked(NamedTuple):
    """The initiator ended the case; its termination follows."""

    key: int
    reason: str


class InstanceReopened(NamedTuple):
    """An ended root instance goes on, with the variables it ended with."""

    key: int
    process_id: str
    definition: int
    version: int
    business_key: str | None
    reason: str
    forgotten: list[str]
