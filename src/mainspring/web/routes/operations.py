"""What people do with a task beyond answering it: return, signers, handing on, reminders, drafts."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter
from pydantic import Field

from mainspring.engine import approval_commands as ac
from mainspring.runtime import approvals
from mainspring.web.access import Visitor, permits
from mainspring.web.answers import Answer
from mainspring.web.given import Given, given
from mainspring.web.routes.parts import Key
from mainspring.web.shapes.operations import Done, HandedOverShape, OptionsShape

router = APIRouter(tags=["operations"])
Text = Annotated[str, Field(max_length=2000)]
Person = Annotated[str, Field(min_length=1, max_length=200)]
People = Annotated[list[Person], Field(min_length=1, max_length=200)]
NAMED = {"previous": ac.PREVIOUS, "initiator": ac.INITIATOR}


class Return(Given):
    """Where to, and what follows: `element` names a step, else `to` the previous person or the initiator."""

    to: Literal["previous", "initiator"] = "previous"
    element: Person | None = None
    mode: Literal["forward", "back"] = "forward"
    reason: Text = ""


class MoreSigners(Given):
    """Who is to sign too."""

    people: People
    place: Literal["before", "after", "beside"] = "beside"
    reason: Text = ""


class FewerSigners(Given):
    """Who need not sign."""

    people: People
    reason: Text = ""


class Handing(Given):
    """To whom."""

    to: Person
    reason: Text = ""


class Note(Given):
    """A word to those whose task it is."""

    note: Text = ""


class Draft(Given):
    """What was entered so far."""

    draft: dict[str, Any]


class Leaving(Given):
    """Whose work goes to whom."""

    person: Person
    to: Person
    reason: Text = ""


def act(visitor: Visitor, key: int, command: Any, root: int | None = None) -> Answer:
    """Send the command; the policies are asked about this very task or case."""
    events = visitor.house.runtime.execute(command, actor=visitor.actor, instance=root)
    return Answer({"key": str(key), "events": [type(event).__name__ for event in events]})


@router.get("/tasks/{key}/options", response_model=OptionsShape)
def options(visitor: Annotated[Visitor, permits("do_task")], key: Key) -> Answer:
    """What I may do with a task now, with the reason for what I may not, and where a return may lead."""
    house = visitor.house
    with house.store.read() as tx:
        told = approvals.options_of(house.runtime, tx, key, visitor.actor)
    operations = [
        {name: getattr(one, name) for name in ("operation", "possible", "reason", "mend")}
        for one in told.operations
    ]
    destinations = [
        {"element": one.element, "person": one.person, "forward": one.forward, "back": one.back}
        for one in told.destinations
    ]
    return Answer({"task": str(key), "operations": operations, "destinations": destinations})


@router.post("/tasks/{key}/return", response_model=Done)
def send_back(
    visitor: Annotated[Visitor, permits("return_task")], key: Key, body: Annotated[Return, given(Return)]
) -> Answer:
    """Send the case back to an earlier step."""
    to = body.element or NAMED[body.to]
    return act(visitor, key, ac.ReturnTask(key, to, body.mode, body.reason))


@router.post("/tasks/{key}/signers", response_model=Done)
def add_signers(
    visitor: Annotated[Visitor, permits("add_signers")],
    key: Key,
    body: Annotated[MoreSigners, given(MoreSigners)],
) -> Answer:
    """Ask further people to sign, before me, after me or beside me."""
    return act(visitor, key, ac.AddSigners(key, tuple(body.people), body.place, body.reason))


@router.post("/tasks/{key}/signers/remove", response_model=Done)
def remove_signers(
    visitor: Annotated[Visitor, permits("remove_signers")],
    key: Key,
    body: Annotated[FewerSigners, given(FewerSigners)],
) -> Answer:
    """Ask these people no more; `key` is any open task of the same signing."""
    return act(visitor, key, ac.RemoveSigners(key, tuple(body.people), body.reason))


@router.post("/tasks/{key}/transfer", response_model=Done)
def transfer(
    visitor: Annotated[Visitor, permits("transfer_task")],
    key: Key,
    body: Annotated[Handing, given(Handing)],
) -> Answer:
    """Give the task to another person for good."""
    return act(visitor, key, ac.TransferTask(key, body.to, body.reason))


@router.post("/tasks/{key}/delegate", response_model=Done)
def delegate(
    visitor: Annotated[Visitor, permits("delegate_task")],
    key: Key,
    body: Annotated[Handing, given(Handing)],
) -> Answer:
    """Let another person prepare the answer; the task comes back to me."""
    return act(visitor, key, ac.DelegateTask(key, body.to, body.reason))


@router.post("/tasks/{key}/remind", response_model=Done)
def remind(
    visitor: Annotated[Visitor, permits("remind")], key: Key, body: Annotated[Note, given(Note)]
) -> Answer:
    """Ask those whose task it is to act."""
    return act(visitor, key, ac.RemindTask(key, body.note))


@router.post("/tasks/{key}/draft", response_model=Done)
def save_draft(
    visitor: Annotated[Visitor, permits("save_draft")], key: Key, body: Annotated[Draft, given(Draft)]
) -> Answer:
    """Keep what was entered so far, without answering."""
    return act(visitor, key, ac.SaveDraft(key, body.draft))


@router.post("/hand-over", response_model=HandedOverShape)
def hand_over(
    visitor: Annotated[Visitor, permits("hand_over")], body: Annotated[Leaving, given(Leaving)]
) -> Answer:
    """Give all open work of one who leaves to another, case by case."""
    result = approvals.hand_over(
        visitor.house.runtime, body.person, body.to, actor=visitor.actor, reason=body.reason
    )
    refused = {str(key): why for key, why in result.refused.items()}
    return Answer({"done": [str(key) for key in result.done], "refused": refused})
