"""A duty whose draft comes from a language model, durable through the step journal.

Outside of any transaction, in two steps: **draft** asks the model, which may be asked again after a crash;
**act** goes through the usual pipeline with that draft in one transaction. Every call that changes something
carries a key made of job and number, so that doing the step again after a crash does nothing twice.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import Any

from sqlalchemy import select

from mainspring.agents import looking_up, telling
from mainspring.agents.definition import AgentDefinition, Duty
from mainspring.agents.draft import Draft
from mainspring.agents.errors import Unfinished
from mainspring.agents.looking_up import Found, RowsOf, no_tables
from mainspring.agents.models import Drafted, Drafter, ModelError
from mainspring.agents.models.drafter import Asker
from mainspring.agents.models.prompt import Similar, Task
from mainspring.agents.pipeline import Pipeline
from mainspring.base.bilingual import both
from mainspring.base.jsonio import normalise
from mainspring.engine.commands import TaskSpec
from mainspring.engine.events import Actor
from mainspring.runtime import Job
from mainspring.runtime.outcomes import Ask, Complete, Fail, Outcome, Work
from mainspring.runtime.worker import InTransaction
from mainspring.store import Store, Tx
from mainspring.store import process_tables as t

_UNTOLD = 0.5
"""The confidence of a draft whose model states none."""
_LOOK = 500_000_000
"""Nanoseconds between two looks whether a request has become needless."""

Remember = Callable[[Tx, str, Mapping[str, Any]], Sequence[Similar]]
Mark = Callable[[Mapping[str, Any]], Mapping[str, Sequence[str]]]


def nothing_marked(_: Mapping[str, Any]) -> Mapping[str, Sequence[str]]:
    """The company marks nothing beyond what is found by its form."""
    return {}


def no_memory(_: Tx, __: str, ___: Mapping[str, Any]) -> Sequence[Similar]:
    """No corrections are remembered."""
    return ()


@dataclass(frozen=True, slots=True)
class Thinking:
    """A handler for the runtime's worker, run outside of transactions.

    Args:
        pipeline: of the same duty: what it reads, verifies and does stays the skill's.
        store: of the tenant.
        drafter: asks the models.
        remember: corrections of like cases: (tx, skill, variables) to few-shot examples.
        rows_of: the tables that an employee may look things up in.
        mark: values of a case that the company marks as confidential, by kind.
    """

    pipeline: Pipeline
    store: Store
    drafter: Drafter
    remember: Remember = no_memory
    rows_of: RowsOf = no_tables
    mark: Mark = nothing_marked
    costly: bool = True

    @property
    def actor(self) -> Actor:
        """As whom the jobs are completed."""
        return self.pipeline.actor

    def __call__(self, job: Job, work: Work) -> Outcome:
        """Do the job, or ask people.

        Each time people have answered, the job comes back for another round of the two steps; earlier rounds
        are given again by the journal.
        """
        while True:
            drafted = work.step("draft", lambda: self._draft(job, work), repeatable=True)
            shadow = work.step("shadow", lambda: self._shadow(job, work), repeatable=True)
            kept = work.step("act", partial(self._act, job, work, drafted, shadow), repeatable=True)
            if int(kept["answers"]) == len(job.answers):
                return _outcome(kept)

    def _draft(self, job: Job, work: Work) -> dict[str, Any] | None:
        """The model's draft as JSON; None where the version that does this job asks no model."""
        with self.store.read() as tx:
            agent, _ = self.pipeline.assigned(tx, job)
        return self._drafted(agent, job, work)

    def _shadow(self, job: Job, work: Work) -> dict[str, Any] | None:
        """Likewise of the candidate in shadow; None where there is none."""
        with self.store.read() as tx:
            candidate = self.pipeline.roster.post(tx, self.pipeline.agent.id).shadow
        return None if candidate is None else self._drafted(candidate, job, work)

    def _drafted(self, agent: AgentDefinition, job: Job, work: Work) -> dict[str, Any] | None:
        duty = agent.duties.get(self.pipeline.activity)
        if job.answers or duty is None or duty.model is None or agent.output is None:
            return None
        with self.store.write() as tx:
            material = self.pipeline.material(job, InTransaction(tx, work.now, work.keys))
            similar = self.remember(tx, duty.skill, job.variables)
        with self.store.read() as tx:
            found = looking_up.look_up(tx, self.rows_of, agent.knowledge, [job.variables, material])
        made = self._asked(agent, duty, job, task(agent, job.variables, material, similar, found))
        return replace(made, evidence=(*made.evidence, *looking_up.evidence(found))).kept()

    def _asked(self, agent: AgentDefinition, duty: Duty, job: Job, task: Task) -> Draft:
        asker = Asker(agent.id, job.key, agent.budget)
        needless = self._needless(job)
        if needless():
            return _nothing(telling.STOPPED)
        try:
            drafted = self.drafter.draft(
                task,
                str(duty.model),
                asker,
                marked=self.mark(job.variables),
                called_off=needless,
            )
        except ModelError as error:
            return _nothing(telling.no_draft(error))
        return draft(drafted)

    def _needless(self, job: Job) -> Callable[[], bool]:
        """Whether the draft is wanted no more: the employee was stopped, or the case ended meanwhile."""
        timer = self.drafter.timer
        looked = timer() - _LOOK

        def needless() -> bool:
            nonlocal looked
            if timer() - looked < _LOOK:
                return False
            looked = timer()
            with self.store.read() as tx:
                if self.pipeline.roster.post(tx, self.pipeline.agent.id).stopped:
                    return True
                j = t.jobs.c
                there = select(j.key).where(j.tenant_id == tx.tenant, j.key == job.key)
                return tx.one(there) is None

        return needless

    def _act(
        self, job: Job, work: Work, drafted: Mapping[str, Any] | None, shadow: Mapping[str, Any] | None
    ) -> dict[str, Any]:
        with self.store.write() as tx:
            doing = InTransaction(tx, work.now, work.keys)
            outcome = self.pipeline.run(job, doing, _read(drafted), shadow=_read(shadow), once=True)
            return {"answers": len(job.answers), **_json(outcome)}


def task(
    agent: AgentDefinition,
    variables: Mapping[str, Any],
    material: Any,
    similar: Sequence[Similar],
    found: Sequence[Found],
) -> Task:
    """What a model is told of a case: its variables, what was read and looked up for it, like corrections."""
    known = {"knowledge": looking_up.told(found)} if found else {}
    data = normalise({"variables": dict(variables), "material": material, **known})
    return Task(agent.instructions, agent.output or {}, data, similar)


def draft(drafted: Drafted) -> Draft:
    """A model's answer as a draft; the confidence that it states is not one of the values."""
    values = dict(drafted.values)
    confidence = _share(values.pop("confidence", _UNTOLD))
    said = both(
        "drafted by {profile}, {tokens} tokens, cost {cost}",
        "由 {profile} 起草，用了 {tokens} 个词元，花费 {cost}",
        profile=drafted.profile,
        tokens=drafted.tokens,
        cost=drafted.cost,
    )
    doubts = (telling.REPAIRED,) if drafted.repaired else ()
    return Draft(values, confidence, (said,), doubts)


def _nothing(why: str) -> Draft:
    return Draft({}, 0.0, (), (why,))


def _read(drafted: Mapping[str, Any] | None) -> Draft | None:
    return None if drafted is None else Draft.read(drafted)


def _share(value: Any) -> float:
    """A stated confidence; what is none counts as unsure."""
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool) and 0 <= value <= 1:
        return float(value)
    return 0.0


def _json(outcome: Outcome) -> dict[str, Any]:
    """An outcome as the journal keeps it.

    Raises:
        Unfinished: it is a failure, which is no outcome to keep: the attempt is made again.
    """
    match outcome:
        case Complete(variables, result):
            chosen = {} if result is None else {"result": normalise(dict(result))}
            return {"complete": normalise(dict(variables)), **chosen}
        case Ask(kind, tasks):
            return {"ask": kind, "tasks": [normalise(task._asdict()) for task in tasks]}
        case Fail(message):
            raise Unfinished(message)
    raise Unfinished(f"{type(outcome).__name__} is no outcome of an employee")


def _outcome(kept: Mapping[str, Any]) -> Outcome:
    if "complete" in kept:
        return Complete(kept["complete"], kept.get("result"))
    return Ask(kept["ask"], tuple(_task(task) for task in kept["tasks"]))


def _task(kept: Mapping[str, Any]) -> TaskSpec:
    return TaskSpec(
        kept["name"],
        tuple(kept["candidate_users"]),
        tuple(kept["candidate_groups"]),
        kept["payload"],
        kept["form"],
        priority=int(kept["priority"]),
    )
