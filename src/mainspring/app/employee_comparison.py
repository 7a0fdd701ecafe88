"""A version beside the live one on cases that people judged: both draft them anew, and nothing is done.

The cases are corrections that nothing was learned from, and drafts that people saw and left as they were. A
duty that a language model does is compared on the latest of them only: each costs a request for each version.
"""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, NamedTuple, NoReturn

from pydantic import BaseModel
from sqlalchemy import func, select

from mainspring.agents import comparison, looking_up, reviewed, rules, thinking
from mainspring.agents.comparison import Comparison, Sample
from mainspring.agents.definition import AgentDefinition, Duty
from mainspring.agents.draft import Draft
from mainspring.agents.errors import ReleaseRefused
from mainspring.agents.learning import held_back
from mainspring.agents.models import AnswerInvalid, Drafter, ModelError
from mainspring.agents.models.drafter import Asker
from mainspring.agents.models.prompt import Task
from mainspring.agents.reviewed import Golden
from mainspring.agents.skill import Assignment, Skill, first_draft
from mainspring.agents.tables import models_used
from mainspring.agents.verifying import verified
from mainspring.app import employee_definition, models
from mainspring.app.house import House
from mainspring.base.errors import MainspringError
from mainspring.govern.principal import Principal
from mainspring.packs.lead_to_cash import knowhow, skills
from mainspring.services.operation import Context
from mainspring.store import Tx
from mainspring.store.tables import total

ASKED = 20
"""Of the cases of duties that models do, the latest so many are compared."""
_AT_ONCE = 4
"""Requests that are under way at a time."""


class _Pair(NamedTuple):
    """A case, with the duty of either version that it belongs to."""

    case: Golden
    old: Duty
    new: Duty

    @property
    def thinks(self) -> bool:
        return self.old.model is not None or self.new.model is not None


class _Question(NamedTuple):
    """What a model is asked of a case."""

    model: str
    task: Task


def evaluate(house: House, candidate: AgentDefinition) -> Comparison:
    """Let a candidate and the live version draft the cases that people judged.

    Raises:
        AgentDefinitionError: it does not fit this house.
        ReleaseRefused: nobody of that id works here, a model of the candidate does not answer, or its
            tokens are spent.
    """
    employee_definition.check(house, candidate)
    began = house.keys()
    with house.store.read() as tx:
        live = house.roster.post(tx, candidate.id).live
        known = knowhow.load(tx, house.pack.decisions, house.leads, leave_out=held_back)
        able = skills.skills(known)
        pairs = _pairs(tx, live, candidate)
        replay = _Replay(house, tx, able)
        asked = {pair.case.key: replay.questions(live, candidate, pair) for pair in pairs if pair.thinks}
    drafted = _Asking(house, live, candidate).drafts(asked)
    with house.store.read() as tx:
        replay = _Replay(house, tx, able)
        samples, failed = [], 0
        for pair in pairs:
            old, new = drafted.get(pair.case.key, (None, None))
            try:
                drawn = (
                    replay.sample(live, pair.old, pair.case, old),
                    replay.sample(candidate, pair.new, pair.case, new),
                )
            except MainspringError:
                failed += 1  # the case is gone, or reads from outside the house
            else:
                samples.append((pair.case.key, pair.case.corrected, *drawn))
        number, tokens, cost = _spent(tx, candidate.id, began)
    return replace(comparison.compare(samples, failed), asked=number, tokens=tokens, cost=cost)


def _pairs(tx: Tx, live: AgentDefinition, candidate: AgentDefinition) -> list[_Pair]:
    found = []
    cases = (*reviewed.held_back_corrections(tx, live.id), *reviewed.left_as_drafted(tx, live.id))
    for case in cases:
        activity = next((name for name, duty in live.duties.items() if duty.skill == case.skill), "")
        if activity in live.duties and activity in candidate.duties:
            found.append(_Pair(case, live.duties[activity], candidate.duties[activity]))
    latest = sorted((pair for pair in found if pair.thinks), key=lambda pair: pair.case.at)[-ASKED:]
    return [*(pair for pair in found if not pair.thinks), *latest]


def _spent(tx: Tx, agent: str, since: int) -> tuple[int, int, Decimal]:
    """Requests outside of jobs since a key was given, their tokens and their cost."""
    m = models_used.c
    mine = (m.tenant_id == tx.tenant) & (m.agent == agent) & m.job.is_(None) & (m.call > since)
    tokens = func.coalesce(func.sum(m.tokens_in + m.tokens_out), 0)
    number, used = (tx.scalar(select(one).where(mine)) for one in (func.count(m.call), tokens))
    return int(number), int(used), Decimal(tx.scalar(select(total(m.cost)).where(mine)))


@dataclass(frozen=True, slots=True)
class _Asking:
    """Asks the models of both versions, a few at a time and outside of any transaction."""

    house: House
    live: AgentDefinition
    candidate: AgentDefinition

    def drafts(
        self, asked: Mapping[int, tuple[_Question | None, _Question | None]]
    ) -> dict[int, tuple[Draft | None, Draft | None]]:
        """The drafts of either version by the key of the case; None where it asks no model."""
        if not asked:
            return {}
        house = self.house
        drafter = models.drafter(house.store, house.outside, house.models, house.clock, house.keys)
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            told = pool.map(lambda each: self._both(drafter, *each), asked.values())
            return dict(zip(asked, told, strict=True))

    def _both(
        self, drafter: Drafter, old: _Question | None, new: _Question | None
    ) -> tuple[Draft | None, Draft | None]:
        try:
            drafted = None if new is None else _draft(drafter, self.candidate, new)
        except ModelError as error:
            raise ReleaseRefused(
                f"there is nothing to compare, as its model gave no draft: {error.message}",
                where=f"{self.candidate.id}, version {self.candidate.version}",
                mend=error.mend or "Try again when the model answers.",
            ) from error
        if old is None or old == new:  # asked the same, they would differ by chance alone
            return (None if old is None else drafted), drafted
        try:
            return _draft(drafter, self.live, old), drafted
        except ModelError as error:  # a candidate may be the cure
            return Draft({}, 0.0, (), (f"no draft by a model: {error}",)), drafted


def _draft(drafter: Drafter, agent: AgentDefinition, asked: _Question) -> Draft:
    try:
        return thinking.draft(drafter.draft(asked.task, asked.model, Asker(agent.id, None, agent.budget)))
    except AnswerInvalid as error:
        return Draft({}, 0.0, (), (f"no draft by a model: {error}",))


@dataclass(frozen=True, slots=True)
class _Replay:
    """Drafts cases anew; operations that change anything are refused."""

    house: House
    tx: Tx
    skills: Mapping[str, Skill]

    def questions(
        self, live: AgentDefinition, candidate: AgentDefinition, pair: _Pair
    ) -> tuple[_Question | None, _Question | None]:
        """What the models of both versions are asked of a case; nothing where it cannot be read any more."""
        try:
            return self._question(live, pair.old, pair.case), self._question(candidate, pair.new, pair.case)
        except MainspringError:
            return None, None

    def _question(self, agent: AgentDefinition, duty: Duty, case: Golden) -> _Question | None:
        if duty.model is None:
            return None
        work = self._assignment(agent, case)
        remember = models.remembering(self.house.keys, agent.id, leave_out=held_back)
        similar = remember(self.tx, duty.skill, work.variables)
        material = self.skills[duty.skill].retrieve(work)
        found = looking_up.look_up(self.tx, models.rows_of, agent.knowledge, [work.variables, material])
        return _Question(duty.model, thinking.task(agent, work.variables, material, similar, found))

    def sample(self, agent: AgentDefinition, duty: Duty, case: Golden, given: Draft | None) -> Sample:
        """One case as one version drafts it; `given` is what its model said."""
        skill, work = self.skills[duty.skill], self._assignment(agent, case)
        material = skill.retrieve(work)
        draft = first_draft(skill, given, work, material)
        if skill.teaches is not None:
            draft = rules.apply(draft, rules.in_force(self.tx, agent.id, duty.skill), skill.teaches)[0]
        draft = verified(skill, duty, work, material, draft)
        return comparison.sample(draft, case.answer, duty.alone_from)

    def _assignment(self, agent: AgentDefinition, case: Golden) -> Assignment:
        then = reviewed.variables_then(self.tx, case)
        return Assignment(then, self._calls(agent, case), case.at, case.element)

    def _calls(self, agent: AgentDefinition, case: Golden) -> Callable[..., Any]:
        allowed = frozenset(agent.operations)
        actor = Principal("agent", agent.id, roles=frozenset({"agent"}))

        def call(operation: str, /, **arguments: Any) -> BaseModel:
            registered = self.house.gateway.registry.find(operation)
            if registered is None or operation not in allowed or registered.operation.effect != "read":
                raise ReleaseRefused("a comparison only reads what the employee may read", where=operation)
            one = registered.operation
            context = Context(self.tx, case.at, _no_keys, actor)
            answer: BaseModel = one.handler(context, one.input.model_validate(arguments))
            return answer

        return call


def _no_keys() -> NoReturn:
    raise ReleaseRefused("a comparison makes nothing new")
