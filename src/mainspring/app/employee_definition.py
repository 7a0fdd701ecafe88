"""Definitions of digital employees in this house: the next version, its text, and what does not fit."""

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import select
from yaml import YAMLError

from mainspring.agents import definition_text
from mainspring.agents.definition import AgentDefinition, Duty
from mainspring.agents.definition_text import Finding, Problem
from mainspring.agents.errors import AgentDefinitionError
from mainspring.agents.models.answer import schema_error
from mainspring.app import measures
from mainspring.app.house import House
from mainspring.packs.lead_to_cash import skills
from mainspring.packs.lead_to_cash.knowhow import Knowhow
from mainspring.services.tables.sheets import sheets
from mainspring.store import Tx


class Writing(NamedTuple):
    """A definition as text and as fields, and what is wrong with it; no fields where the text says none."""

    text: str
    definition: AgentDefinition | None
    findings: list[Finding]


def next_version(house: House, tx: Tx, agent: str) -> AgentDefinition:
    """The live definition with the next number that was never given, to be changed.

    Raises:
        NobodyThere: nobody of that id works here.
    """
    steps = house.roster.history(tx, agent)
    live = house.roster.post(tx, agent).live
    number = max([live.version, *(step.version for step in steps)]) + 1
    return live.model_copy(update={"version": number})


def written(house: House, definition: AgentDefinition) -> Writing:
    """A definition as the text that people edit."""
    text = definition_text.written(definition)
    return Writing(text, definition, definition_text.located(text, problems(house, definition)))


def read(house: House, text: str, agent: str) -> Writing:
    """The definition of an employee that a text says, and what is wrong with it, line by line."""
    try:
        definition, wrong = definition_text.parsed(text)
        if definition is not None and definition.id != agent:
            wrong = [Problem(("id",), f"this is about {definition.id}", f"Write {agent}.")]
        elif definition is not None:
            wrong = list(problems(house, definition))
        return Writing(text, definition, definition_text.located(text, wrong))
    except YAMLError as error:
        return Writing(text, None, [definition_text.not_yaml(error)])


def check(house: House, definition: AgentDefinition) -> None:
    """Hold a definition against this house.

    Raises:
        AgentDefinitionError: the first of its `problems`.
    """
    for one in problems(house, definition):
        where = one.place[1] if one.place[0] == "duties" else one.place[0]
        raise AgentDefinitionError(one.message, where=str(where), mend=one.mend)


def problems(house: House, definition: AgentDefinition) -> Iterator[Problem]:
    """What of a definition does not fit this house: what it names must be there."""
    shipped = house.roster.shipped
    granted = shipped[definition.id].operations if definition.id in shipped else definition.operations
    for number, operation in enumerate(definition.operations):
        if operation not in granted:
            said = f"the policies do not grant {operation} to {definition.id}"
            yield Problem(("operations", number), said, "Leave it out, or let the pack grant it.")
    if definition.output is not None and (wrong := schema_error(definition.output)):
        yield Problem(("output",), f"not a JSON schema: {wrong}", "Draft 2020-12 is what is read.")
    yield from _unknown_tables(house, definition)
    owners = {activity: agent.id for agent in shipped.values() for activity in agent.duties}
    activities = measures.activity_names(house).keys() | owners.keys()
    for activity, duty in definition.duties.items():
        here = ("duties", activity)
        if activity not in activities:
            yield Problem(here, "no process has this activity", "Name a job type.")
        if owners.get(activity, definition.id) != definition.id:
            mend = "An activity is one employee's; hand over through the process."
            yield Problem(here, f"{owners[activity]} does this", mend)
        yield from (Problem((*here, *place), *said) for place, *said in _missing(house, duty))


def _unknown_tables(house: House, definition: AgentDefinition) -> Iterator[Problem]:
    """Tables that it would look things up in and that are not there."""
    if not definition.knowledge:
        return
    with house.store.read() as tx:
        there = {row.sheet for row in tx.all(select(sheets.c.sheet).where(sheets.c.tenant_id == tx.tenant))}
    for number, table in enumerate(definition.knowledge):
        if table not in there:
            mend = f"There are: {', '.join(sorted(there)) or 'none; make one under Tables'}."
            yield Problem(("knowledge", number), f"there is no table {table}", mend)


def _missing(house: House, duty: Duty) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """What a duty names that is not there: the place, the problem, and what there is."""
    known = skills.skills(Knowhow(house.pack.decisions))
    forms = {name.removesuffix(".form") for name in house.pack.files if name.endswith(".form")}
    if duty.skill not in known:
        yield ("skill",), f"there is no skill {duty.skill}", f"There are: {', '.join(sorted(known))}."
    if duty.review and duty.review.form not in forms:
        mend = f"There are: {', '.join(sorted(forms))}."
        yield ("review", "form"), f"there is no form {duty.review.form}", mend
    if duty.model is not None and duty.model not in house.models:
        there = ", ".join(sorted(house.models)) or "none; profiles stand in a file beside the database"
        yield ("model",), f"there is no model profile {duty.model}", f"There are: {there}."
