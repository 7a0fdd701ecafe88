"""Changing what runs: suspend, resume, variables, tokens, version of a case; assignee, dates of a task."""

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import AwareDatetime, Field

from mainspring.engine import commands as c
from mainspring.runtime import queries
from mainspring.web.access import Visitor, permits
from mainspring.web.answers import Answer
from mainspring.web.given import Given, given
from mainspring.web.routes.operations import Person, act
from mainspring.web.routes.parts import Key
from mainspring.web.shapes.operations import Done
from mainspring.web.shapes.parts import KeyText

router = APIRouter(tags=["running"])
Changer = Annotated[Visitor, permits("change_run")]
Assigner = Annotated[Visitor, permits("assign_task")]


class Assignment(Given):
    """To whom; None: to nobody."""

    assignee: Person | None = None


class Update(Given):
    """What changes; what is not given stays, null takes a date away."""

    due: AwareDatetime | None = None
    follow_up: AwareDatetime | None = None
    priority: Annotated[int, Field(ge=0, le=100)] = 50
    candidate_users: list[Person] = Field(default_factory=list)
    candidate_groups: list[Person] = Field(default_factory=list)


class Variables(Given):
    """Variables to set; `scope` an element instance, else the case; `local`: exactly there."""

    variables: dict[str, Any]
    scope: KeyText | None = None
    local: bool = False


class Activation(Given):
    """An element to activate; `scope` the instance around it, where there are several."""

    element: Person
    scope: KeyText | None = None


class Modification(Given):
    """Element instances to terminate, elements to activate."""

    terminate: Annotated[list[KeyText], Field(max_length=500)] = Field(default_factory=list)
    activate: Annotated[list[Activation], Field(max_length=500)] = Field(default_factory=list)
    variables: dict[str, Any] = Field(default_factory=dict)


class Migration(Given):
    """The version to follow, and element ids where they changed (old to new)."""

    version: Annotated[int, Field(ge=1)]
    elements: dict[str, str] = Field(default_factory=dict)


@router.post("/tasks/{key}/assign", response_model=Done)
def assign(visitor: Assigner, key: Key, body: Annotated[Assignment, given(Assignment)]) -> Answer:
    """Give the task to a person, or to nobody."""
    return act(visitor, key, c.AssignTask(key, body.assignee))


@router.post("/tasks/{key}/unclaim", response_model=Done)
def unclaim(visitor: Assigner, key: Key) -> Answer:
    """Give a task that I took back to all whom it asks."""
    return act(visitor, key, c.AssignTask(key, None))


@router.post("/tasks/{key}/update", response_model=Done)
def update(visitor: Assigner, key: Key, body: Annotated[Update, given(Update)]) -> Answer:
    """Change due and follow-up dates, priority and candidates of a task."""
    changes = {name: getattr(body, name) for name in body.model_fields_set}
    for name in ("due", "follow_up"):
        if changes.get(name) is not None:
            changes[name] = changes[name].isoformat()
    return act(visitor, key, c.UpdateTask(key, changes))


@router.post("/instances/{key}/suspend", response_model=Done)
def suspend(visitor: Changer, key: Key) -> Answer:
    """Let nothing go on in a case until it is resumed."""
    return act(visitor, key, c.SuspendInstance(key))


@router.post("/instances/{key}/resume", response_model=Done)
def resume(visitor: Changer, key: Key) -> Answer:
    """Let a suspended case go on."""
    return act(visitor, key, c.ResumeInstance(key))


@router.post("/instances/{key}/variables", response_model=Done)
def set_variables(visitor: Changer, key: Key, body: Annotated[Variables, given(Variables)]) -> Answer:
    """Set variables of a case, or of an element instance in it."""
    scope = key if body.scope is None else int(body.scope)
    command = c.SetVariables(scope, body.variables, body.local)
    return act(visitor, key, command, root=key)


@router.post("/instances/{key}/modify", response_model=Done)
def modify(visitor: Changer, key: Key, body: Annotated[Modification, given(Modification)]) -> Answer:
    """Terminate element instances and activate elements, for repairs that no other operation covers."""
    activate = tuple((one.element, None if one.scope is None else int(one.scope)) for one in body.activate)
    terminate = tuple(int(one) for one in body.terminate)
    return act(visitor, key, c.ModifyInstance(key, terminate, activate, body.variables))


@router.post("/instances/{key}/migrate", response_model=Done)
def migrate(visitor: Changer, key: Key, body: Annotated[Migration, given(Migration)]) -> Answer:
    """Follow another version of the process from now on."""
    house = visitor.house
    with house.store.read() as tx:
        process_id = queries.instance(tx, key).process_id
        definition, version = house.runtime.library(tx).version(process_id, body.version)
    return act(visitor, key, c.MigrateInstance(key, definition, body.elements, version))
