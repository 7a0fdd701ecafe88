"""Tasks that other agents send to a digital employee: each is a case, and only its sender may ask about it.

There is no second record of how a task stands: it is read from the case, so that a task outlives a restart,
moves between servers, and says what the log says.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import select

from mainspring.agents.definition import AgentDefinition
from mainspring.app import inquiries, masking
from mainspring.app.errors import DocumentRefused
from mainspring.app.house import House
from mainspring.app.partner_skills import Skill, deploy_duty, skills_of
from mainspring.app.partner_tables import partner_tasks
from mainspring.base.jsonio import normalise
from mainspring.engine.commands import CancelInstance
from mainspring.engine.events import Actor
from mainspring.govern.principal import Principal
from mainspring.govern.resources import process
from mainspring.runtime import NotFound, queries
from mainspring.store import Tx

State = Literal["working", "waiting", "stuck", "done", "ended"]
PAGE = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """What a message asks for.

    Attributes:
        skill: an id of `skills_of`; None where the content says it: a document goes to the first process.
        variables: values for a process or a duty.
        document, file_name, media_type: a document or a text, for a process that begins with one.
        context_id, message_id: the sender's own names; the same message again is the same task.
    """

    skill: str | None
    variables: Mapping[str, Any]
    document: bytes | None
    file_name: str
    media_type: str
    context_id: str
    message_id: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How a task stands.

    Attributes:
        state: working; waiting (for a person of this company); stuck (an incident); done; ended (cancelled).
        note: what it waits for, in words.
        answer: what came of it, as far as the sender may see it.
        at: when it began or ended.
    """

    instance: int
    agent: str
    context_id: str
    state: State
    note: str
    answer: Mapping[str, Any]
    at: datetime


def send(house: House, tx: Tx, agent: AgentDefinition, principal: Principal, asked: Asked) -> int:
    """Turn a message into a case, or find the one that it became before; gives its key.

    Raises:
        NotFound: this employee has no such skill.
        DocumentRefused: the process needs a document and none came, or it is unfit.
        Denied: the policies do not let this sender start it.
    """
    known = _row(tx, principal, agent.id, partner_tasks.c.message_id == asked.message_id)
    if known is not None:
        return int(known.instance)
    skill = _skill(tx, agent, asked)
    deploy_duty(house, tx, skill)
    instance = _started(house, tx, skill, principal, asked)
    row = {
        "instance": instance,
        "agent": agent.id,
        "skill": skill.id,
        "client_kind": principal.kind,
        "client_id": principal.id,
        "context_id": asked.context_id,
        "message_id": asked.message_id,
        "at": house.clock(),
    }
    if tx.one(_of(tx, partner_tasks.c.instance == instance)) is None:  # the same document came before
        tx.insert(partner_tasks, row)
    return instance


def standing(house: House, tx: Tx, agent: AgentDefinition, principal: Principal, instance: int) -> Standing:
    """How a task stands.

    Raises:
        NotFound: this sender has sent no such task to this employee.
    """
    row = _row(tx, principal, agent.id, partner_tasks.c.instance == instance)
    if row is None:
        raise NotFound(f"there is no task {instance}", mend="Ask with the account that sent it.")
    return _standing(house, tx, principal, row)


def listed(
    house: House,
    tx: Tx,
    agent: AgentDefinition,
    principal: Principal,
    context_id: str,
    after: int,
    limit: int,
) -> list[Standing]:
    """The tasks that this sender has sent to this employee, oldest first, of one context if named."""
    table = partner_tasks.c
    query = _of(tx, table.client_kind == principal.kind, table.client_id == principal.id)
    query = query.where(table.agent == agent.id, table.instance > after)
    if context_id:
        query = query.where(table.context_id == context_id)
    rows = tx.all(query.order_by(table.instance).limit(min(limit, PAGE)))
    return [_standing(house, tx, principal, row) for row in rows]


def cancel(house: House, tx: Tx, agent: AgentDefinition, principal: Principal, instance: int) -> None:
    """End the case of a task.

    Raises:
        NotFound: this sender has sent no such task.
        Denied: the policies leave the end of a case to others.
        CommandRejected: it has ended already.
    """
    standing(house, tx, agent, principal, instance)
    house.runtime.execute(CancelInstance(instance), actor=_actor(principal), instance=instance, tx=tx)


def _skill(tx: Tx, agent: AgentDefinition, asked: Asked) -> Skill:
    skills = skills_of(tx, agent)
    if asked.skill is None and asked.document is not None:
        for skill in skills:
            if skill.process_id == inquiries.PROCESS:
                return skill
    found = next((each for each in skills if each.id == asked.skill), None)
    if found is None:
        names = ", ".join(each.id for each in skills)
        raise NotFound(f"{agent.id} has no skill {asked.skill!r}", mend=f"Name one of {names} as `skill`.")
    return found


def _started(house: House, tx: Tx, skill: Skill, principal: Principal, asked: Asked) -> int:
    if skill.process_id == inquiries.PROCESS:
        if asked.document is None:
            raise DocumentRefused("this process begins with a document", mend="Send a text or a file.")
        received = inquiries.receive(
            house,
            tx,
            principal,
            asked.document,
            file_name=asked.file_name,
            media_type=asked.media_type,
            sender=principal.id,
            channel="a2a",
        )
        return received.instance
    return house.runtime.start(
        skill.process_id, normalise(dict(asked.variables)), actor=_actor(principal), tx=tx
    )


def _standing(house: House, tx: Tx, principal: Principal, row: Any) -> Standing:
    found = queries.instance(tx, row.instance)
    state, note = _state(tx, found)
    answer: dict[str, Any] = {"case": str(found.key), "business_key": found.business_key}
    if state == "done" and house.policies.decide(principal, "see", process(found.process_id)).allowed:
        variables = queries.variables(tx, found.key)
        answer["variables"] = masking.values(house, principal, variables, found.process_id)
    return Standing(
        found.key, row.agent, row.context_id, state, note, answer, found.ended_at or found.started_at
    )


def _state(tx: Tx, found: queries.Instance) -> tuple[State, str]:
    if found.state == "completed":
        return "done", "done"
    if found.state == "terminated":
        return "ended", "cancelled"
    if queries.incidents(tx, instance=found.root, limit=1):
        return "stuck", "a person is looking at a difficulty"
    waiting = queries.tasks(tx, instance=found.root, limit=1)
    if waiting:
        return "waiting", f"waits for a person: {waiting[0].kind}"
    return "working", "in work"


def _row(tx: Tx, principal: Principal, agent: str, condition: Any) -> Any:
    table = partner_tasks.c
    mine = (table.client_kind == principal.kind, table.client_id == principal.id, table.agent == agent)
    return tx.one(_of(tx, *mine, condition))


def _of(tx: Tx, *conditions: Any) -> Any:
    return select(partner_tasks).where(partner_tasks.c.tenant_id == tx.tenant, *conditions)


def _actor(principal: Principal) -> Actor:
    return Actor(principal.kind, principal.id, principal.on_behalf_of)
