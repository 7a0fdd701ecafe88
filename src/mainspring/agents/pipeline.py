"""The pipeline of a digital employee: retrieve, generate, verify, execute, write back; every step recorded.

A run ends in one of three ways: the job completes; a **review** asks a person to accept or change the draft;
or an **approval** asks people to confirm an operation. When people have answered, the same job comes back
with their answers and the pipeline goes on from the draft it kept, acting for the person who decided.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from sqlalchemy import select

from mainspring.agents.definition import AgentDefinition, Duty
from mainspring.agents.draft import Draft
from mainspring.agents.errors import SkillError
from mainspring.agents.skill import Assignment, Skill
from mainspring.agents.tables import corrections, runs
from mainspring.engine.commands import TaskSpec
from mainspring.engine.events import Actor
from mainspring.gateway import Caller, Gateway
from mainspring.gateway.errors import Waiting
from mainspring.govern.principal import Principal
from mainspring.runtime import Job
from mainspring.runtime.outcomes import Ask, Complete, Outcome, Work

REVIEWED = frozenset({"accepted", "edited"})
CONFIRM_FIRST = 70
"""Priority of confirmations in the inbox (50 is usual): money waits for them."""


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Runs one duty of one digital employee; a handler for the runtime's worker.

    Args:
        agent, duty: who does it, and how sure it must be.
        skill: how it is done.
        gateway: the only way out.
        keys: fresh 64-bit keys.
        principal_of: the principal behind a person's id, for what a person decided.
    """

    agent: AgentDefinition
    duty: Duty
    skill: Skill
    gateway: Gateway
    keys: Callable[[], int]
    principal_of: Callable[[Any, str], Principal]

    @property
    def actor(self) -> Actor:
        """As whom the jobs are completed."""
        return Actor("agent", self.agent.id)

    def __call__(self, job: Job, work: Work) -> Outcome:
        """Do the job, or ask people."""
        return _Run(self, job, work).outcome()


class _Run:
    """One run of a pipeline over one job."""

    def __init__(self, pipeline: Pipeline, job: Job, work: Work) -> None:
        self.pipeline, self.job, self.work = pipeline, job, work
        self.steps: list[dict[str, Any]] = []
        self.since = perf_counter()
        self.wrote = False

    def outcome(self) -> Outcome:
        review = next((a for a in reversed(self.job.answers) if a["kind"] == "review"), None)
        draft = self._kept_draft() if self.job.answers else None
        if draft is None:
            draft, doubtful = self._draft()
            if doubtful and self.pipeline.duty.review:
                return self._ask_review(draft, self.pipeline.duty.review.title)
        actor = self._agent()
        if review:
            person = self.pipeline.principal_of(self.work.tx, review["actor"]["id"])
            if review["outcome"] in REVIEWED:
                draft, actor = self._reviewed(draft, review["answer"], person), person
            else:
                return self._ask_review(draft, self._title())  # rejected without a better answer: ask again
        return self._execute(draft, actor)

    def _agent(self) -> Principal:
        return Principal("agent", self.pipeline.agent.id, roles=frozenset({"agent"}))

    def _title(self) -> Mapping[str, str]:
        review = self.pipeline.duty.review
        return review.title if review else self.pipeline.agent.title

    # -- the steps ----------------------------------------------------------------------------------------

    def _draft(self) -> tuple[Draft, bool]:
        skill, assignment = self.pipeline.skill, self._assignment(self._agent(), None)
        material = skill.retrieve(assignment)
        self._step("retrieve")
        draft = skill.generate(assignment, material)
        self._step("generate")
        draft = draft.doubting(*skill.verify(assignment, material, draft))
        self._step("verify")
        return draft, bool(draft.doubts) or draft.confidence < self.pipeline.duty.alone_from

    def _reviewed(self, draft: Draft, answer: Mapping[str, Any], person: Principal) -> Draft:
        values = {**draft.values, **answer}
        if values != draft.values:
            self._correct(draft, values, person)
        return Draft(values, 1.0, (*draft.evidence, f"reviewed by {person.id}"))

    def _execute(self, draft: Draft, actor: Principal) -> Outcome:
        assignment = self._assignment(actor, draft)
        try:
            variables = self.pipeline.skill.execute(assignment, draft)
        except Waiting as needed:
            if self.wrote:
                raise SkillError(
                    f"{needed.request.operation} needs people, but the skill had written before",
                    where=self.pipeline.duty.skill,
                    mend="Let a skill move money before it writes anything else.",
                ) from needed
            return self._ask_approval(draft, needed)
        self._step("execute")
        self._record("done", draft)
        if actor.kind == "person":
            variables["prepared_by"] = actor.id  # who shaped it may not confirm it later
        return Complete(variables)

    def _assignment(self, principal: Principal, draft: Draft | None) -> Assignment:
        job = self.job
        caller = Caller(
            principal=principal,
            process_id=job.process_id,
            instance=job.instance,
            process_instance=job.process_instance,
            element=job.element,
            element_key=job.element_key,
            job=job.key,
            confidence=draft.confidence if draft else None,
            preparer=job.variables.get("prepared_by"),
        )

        def call(operation: str, /, **arguments: Any) -> Any:
            gateway = self.pipeline.gateway
            result = gateway.call(self.work.tx, caller, operation, arguments)
            registered = gateway.registry.find(operation)
            self.wrote = self.wrote or registered is None or registered.operation.effect != "read"
            return result

        return Assignment(dict(job.variables), call, self.work.now, job.element)

    # -- asking people ------------------------------------------------------------------------------------

    def _ask_review(self, draft: Draft, title: Mapping[str, str]) -> Outcome:
        review = self.pipeline.duty.review
        if review is None:
            raise AssertionError("a review is asked only of a duty that names one")
        self._record("review", draft, keep=True)
        payload = {
            "title": dict(title),
            "values": draft.values,
            "confidence": draft.confidence,
            "doubts": list(draft.doubts),
            "evidence": list(draft.evidence),
            "seen": draft.seen,
        }
        task = TaskSpec(title["en"], candidate_groups=(review.group,), payload=payload, form=review.form)
        return Ask("review", (task,))

    def _ask_approval(self, draft: Draft, needed: Waiting) -> Outcome:
        self._record("approval", draft, keep=True)
        request = needed.request
        payload = {**request.payload(), "evidence": list(draft.evidence), "seen": draft.seen}
        registered = self.pipeline.gateway.registry.find(request.operation)
        name = registered.operation.title["en"] if registered else request.operation
        group = request.requirement.role
        task = TaskSpec(
            name, candidate_groups=(group,), payload=payload, form="confirm", priority=CONFIRM_FIRST
        )
        return Ask("approval", (task,) * request.missing)

    # -- the record ---------------------------------------------------------------------------------------

    def _step(self, name: str) -> None:
        now = perf_counter()
        self.steps.append({"step": name, "us": int((now - self.since) * 1e6)})
        self.since = now

    def _record(self, outcome: str, draft: Draft, *, keep: bool = False) -> None:
        agent, job = self.pipeline.agent, self.job
        kept = None
        if keep:
            kept = {"values": draft.values, "confidence": draft.confidence, "evidence": list(draft.evidence)}
        row = {
            "run": self.pipeline.keys(),
            "at": self.work.now,
            "job": job.key,
            "instance": job.instance,
            "element": job.element,
            "agent": agent.id,
            "version": agent.version,
            "skill": self.pipeline.duty.skill,
            "outcome": outcome,
            "confidence": draft.confidence,
            "doubts": list(draft.doubts),
            "evidence": list(draft.evidence),
            "steps": self.steps,
            "draft": kept,
        }
        self.work.tx.defer(runs, row)

    def _correct(self, draft: Draft, answer: dict[str, Any], person: Principal) -> None:
        row = {
            "correction": self.pipeline.keys(),
            "at": self.work.now,
            "job": self.job.key,
            "instance": self.job.instance,
            "agent": self.pipeline.agent.id,
            "skill": self.pipeline.duty.skill,
            "person": person.id,
            "draft": draft.values,
            "answer": answer,
        }
        self.work.tx.defer(corrections, row)
        if self.pipeline.skill.learn:
            self.pipeline.skill.learn(self._assignment(person, None), draft, answer)

    def _kept_draft(self) -> Draft | None:
        """The draft that people were asked about, so that what they saw is what is done."""
        mine = (runs.c.tenant_id == self.work.tx.tenant) & (runs.c.job == self.job.key)
        kept = self.work.tx.all(
            select(runs.c.draft).where(mine, runs.c.draft.is_not(None)).order_by(runs.c.run.desc()).limit(1)
        )
        if not kept:
            return None
        draft = kept[0].draft
        return Draft(draft["values"], float(draft["confidence"]), tuple(draft["evidence"]))
