"""Digital employees: see them, teach them, release and stop them."""

from typing import Annotated, Any, Literal, Self

from fastapi import APIRouter
from pydantic import Field, model_validator

from mainspring.agents import definition as definitions
from mainspring.agents.definition import AgentDefinition
from mainspring.app import (
    employee_comparison,
    employee_definition,
    employee_learning,
    employee_release,
    employees,
)
from mainspring.app.employee_definition import Writing
from mainspring.web.access import Visitor, permits
from mainspring.web.answers import Answer
from mainspring.web.given import Given, given
from mainspring.web.routes.parts import Key
from mainspring.web.shapes.employees import (
    Compared,
    Definition,
    Employees,
    EmployeeShape,
    Learned,
    Released,
)

router = APIRouter(tags=["employees"])
Sees = Annotated[Visitor, permits("see_agents")]
Teaches = Annotated[Visitor, permits("teach_agent")]
Releases = Annotated[Visitor, permits("release_agent")]


class Reason(Given):
    """Why, for the record."""

    reason: str = Field(default="", max_length=1000)


class Version(Given):
    """A definition as docs/agents.md has it."""

    definition: dict[str, Any]


class Edited(Given):
    """A definition as it is edited: its fields, or its text (YAML)."""

    definition: dict[str, Any] | None = None
    text: str | None = Field(default=None, max_length=100_000)

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.definition is None) == (self.text is None):
            raise ValueError("give either the fields or the text")
        return self


class Step(Given):
    """A version and how far it goes; without a definition the candidate there is."""

    definition: dict[str, Any] | None = None
    stage: Literal["shadow", "share", "full"]
    share: float = Field(default=0.1, gt=0, le=1)
    reason: str = Field(default="", max_length=1000)


class Decision(Given):
    """Whether a suggested rule is accepted."""

    accepted: bool


@router.get("/employees", response_model=Employees)
def listed(visitor: Sees) -> Answer:
    """All digital employees in short."""
    return Answer({"items": employees.listed(visitor.house)})


@router.get("/employees/{employee}", response_model=EmployeeShape)
def one(visitor: Sees, employee: str) -> Answer:
    """What an employee does, did, costs and promises, and its releases."""
    return Answer(employees.shown(visitor.house, employee))


@router.get("/employees/{employee}/learned", response_model=Learned)
def learned(visitor: Sees, employee: str) -> Answer:
    """What it learned from whom, with use and effect, and what corrections suggest."""
    house = visitor.house
    with house.store.read() as tx:
        return Answer(employee_learning.learned(house, tx, employee))


@router.post("/employees/{employee}/suggestions/{name}", response_model=Learned)
def decide(visitor: Teaches, employee: str, name: str, body: Annotated[Decision, given(Decision)]) -> Answer:
    """Accept or decline a suggested rule."""
    employee_learning.decide(visitor.house, employee, name, accepted=body.accepted, by=visitor.principal)
    return learned(visitor, employee)


@router.post("/employees/{employee}/rules/{key}/forget", response_model=Learned)
def forget(visitor: Teaches, employee: str, key: Key) -> Answer:
    """Take an accepted rule back."""
    employee_learning.forget_rule(visitor.house, employee, key, by=visitor.principal)
    return learned(visitor, employee)


@router.post("/employees/{employee}/corrections/{key}/withdraw", response_model=Learned)
def withdraw(visitor: Teaches, employee: str, key: Key) -> Answer:
    """Withdraw a correction; it stays on record and teaches nothing more."""
    employee_learning.withdraw(visitor.house, employee, key, by=visitor.principal)
    return learned(visitor, employee)


@router.get("/employees/{employee}/next-version", response_model=Definition)
def next_version(visitor: Releases, employee: str) -> Answer:
    """The live definition with the next version number, to be changed."""
    house = visitor.house
    with house.store.read() as tx:
        made = employee_definition.next_version(house, tx, employee)
    return _written(employee_definition.written(house, made))


@router.post("/employees/{employee}/definition", response_model=Definition)
def definition(visitor: Releases, employee: str, body: Annotated[Edited, given(Edited)]) -> Answer:
    """Turn an edited definition from fields to text or back, and say what is wrong with it; keeps nothing."""
    house = visitor.house
    if body.text is not None:
        return _written(employee_definition.read(house, body.text, employee))
    return _written(employee_definition.written(house, _definition(body.definition or {}, employee)))


@router.post("/employees/{employee}/evaluate", response_model=Compared)
def evaluate(visitor: Releases, employee: str, body: Annotated[Version, given(Version)]) -> Answer:
    """Compare a version with the live one on held-back cases; nothing is released."""
    version = _definition(body.definition, employee)
    return Answer(employee_comparison.evaluate(visitor.house, version).as_dict())


@router.post("/employees/{employee}/release", response_model=Released)
def release(visitor: Releases, employee: str, body: Annotated[Step, given(Step)]) -> Answer:
    """Put a version in shadow, on a share or in full, each after the other."""
    version = None if body.definition is None else _definition(body.definition, employee)
    compared = employee_release.release(
        visitor.house,
        version,
        body.stage,
        agent=employee,
        by=visitor.principal,
        share=body.share,
        reason=body.reason,
    )
    told = compared.as_dict() if compared else None
    return Answer({"employee": employees.shown(visitor.house, employee), "compared": told})


@router.post("/employees/{employee}/rollback", response_model=EmployeeShape)
def rollback(visitor: Releases, employee: str, body: Annotated[Reason, given(Reason)]) -> Answer:
    """Take the newest version back; the one before does the work at once."""
    employee_release.rollback(visitor.house, employee, by=visitor.principal, reason=body.reason)
    return Answer(employees.shown(visitor.house, employee))


@router.post("/employees/{employee}/stop", response_model=EmployeeShape)
def stop(
    visitor: Annotated[Visitor, permits("stop_agent")],
    employee: str,
    body: Annotated[Reason, given(Reason)],
) -> Answer:
    """End automatic work at once: drafts go to people, what asks nobody waits."""
    employee_release.stop(visitor.house, employee, by=visitor.principal, reason=body.reason)
    return Answer(employees.shown(visitor.house, employee))


@router.post("/employees/{employee}/resume", response_model=EmployeeShape)
def resume(visitor: Releases, employee: str, body: Annotated[Reason, given(Reason)]) -> Answer:
    """Let a stopped employee work again."""
    employee_release.resume(visitor.house, employee, by=visitor.principal, reason=body.reason)
    return Answer(employees.shown(visitor.house, employee))


def _definition(fields: dict[str, Any], employee: str) -> AgentDefinition:
    return definitions.checked({**fields, "id": employee}, "the definition")


def _written(one: Writing) -> Answer:
    fields = None if one.definition is None else one.definition.model_dump(mode="json", exclude_none=True)
    findings = [finding._asdict() for finding in one.findings]
    return Answer({"text": one.text, "definition": fields, "findings": findings})
