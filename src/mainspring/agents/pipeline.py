"""The pipeline of a digital employee: retrieve, generate, verify, execute, write back; every step recorded.

A run ends in one of three ways: the job completes; a **review** asks a person to accept or change the draft;
or an **approval** asks people to confirm an operation. When people have answered, the same job comes back
with their answers and the pipeline goes on from the draft it kept, acting for the person who decided.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from time import perf_counter
from typing import Any

from sqlalchemy import select

from mainspring.agents import handing, origin, rules, telling
from mainspring.agents.definition import AgentDefinition, Duty
from mainspring.agents.draft import Draft
from mainspring.agents.errors import SkillError
from mainspring.agents.roster import Post, Roster
from mainspring.agents.skill import Assignment, Skill, first_draft
from mainspring.agents.tables import corrections, runs
from mainspring.agents.trust import Case, Trust
from mainspring.agents.verifying import verified
from mainspring.base.bilingual import both
from mainspring.base.errors import MainspringError
from mainspring.engine.commands import TaskSpec
from mainspring.engine.events import Actor
from mainspring.gateway import Caller, Gateway
from mainspring.gateway.errors import Waiting
from mainspring.gateway.provenance import Provenance
from mainspring.govern.principal import Principal
from mainspring.runtime import Job
from mainspring.runtime.outcomes import Ask, Complete, Fail, Outcome, Work
from mainspring.services.operation import Operation
from mainspring.store import Tx

REVIEWED = frozenset({"accepted", "edited"})
STOPPED = timedelta(minutes=1)
"""A job of a stopped employee that asks nobody is looked at again after this time."""
CONFIRM_FIRST = 70
"""Priority of confirmations in the inbox (50 is usual): money waits for them."""


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Runs one duty of one digital employee; a handler for the runtime's worker.

    Args:
        agent: who does it, as the pack ships it; the roster may say another version.
        activity: the job type.
        skills: how things are done, by name.
        roster: which version works, and whether it is stopped.
        gateway: the only way out.
        keys: fresh 64-bit keys.
        principal_of: the principal behind a person's id, for what a person decided.
    """

    agent: AgentDefinition
    activity: str
    skills: Mapping[str, Skill]
    roster: Roster
    gateway: Gateway
    keys: Callable[[], int]
    principal_of: Callable[[Any, str], Principal]

    @property
    def actor(self) -> Actor:
        """As whom the jobs are completed."""
        return Actor("agent", self.agent.id)

    def __call__(self, job: Job, work: Work) -> Outcome:
        """Do the job, or ask people."""
        return self.run(job, work)

    def run(
        self,
        job: Job,
        work: Work,
        drafted: Draft | None = None,
        *,
        shadow: Draft | None = None,
        once: bool = False,
    ) -> Outcome:
        """Do the job within the transaction of `work`.

        Args:
            job: the job.
            work: with its open transaction.
            drafted: a draft that was made elsewhere, in place of the skill's.
            shadow: likewise, of the candidate in shadow.
            once: calls that change something carry a key, so that a repeated run does nothing twice.
        """
        post = self.roster.post(work.tx, self.agent.id)
        return _Run(self, post, job, work, drafted, shadow=shadow, once=once).outcome()

    def assigned(self, tx: Tx, job: Job) -> tuple[AgentDefinition, Duty]:
        """The version that does this job, with its duty."""
        post = self.roster.post(tx, self.agent.id)
        # A version that leaves out a duty leaves it to the others there are.
        there = [post.doing(job.key), post.live, self.agent, *([post.candidate] if post.candidate else [])]
        agent = next(one for one in there if self.activity in one.duties)
        return agent, agent.duties[self.activity]

    def material(self, job: Job, work: Work) -> Any:
        """What the skill reads for this job."""
        post = self.roster.post(work.tx, self.agent.id)
        return _Run(self, post, job, work, None).material()


class _Run:
    """One run of a pipeline over one job."""

    def __init__(
        self,
        pipeline: Pipeline,
        post: Post,
        job: Job,
        work: Work,
        drafted: Draft | None,
        *,
        shadow: Draft | None = None,
        once: bool = False,
    ) -> None:
        self.pipeline, self.post, self.job, self.work = pipeline, post, job, work
        self.drafted, self.shadow, self.once, self.changes = drafted, shadow, once, 0
        self.agent, self.duty = pipeline.assigned(work.tx, job)
        self.skill = pipeline.skills[self.duty.skill]
        self.trust = Trust(self.agent, pipeline.activity, self.duty, pipeline.keys)
        self.steps: list[dict[str, Any]] = []
        self.since = perf_counter()
        self.wrote = False
        self.provenance = Provenance()
        self.provenance.hold(job.variables)
        self.traced = self.again = False

    def outcome(self) -> Outcome:
        review = next((a for a in reversed(self.job.answers) if a["kind"] == "review"), None)
        draft = self._kept_draft() if self.job.answers else None
        if draft is None:
            if self.post.stopped and not self.duty.review:
                said = both("{en} is stopped; the work waits", "{zh}已停用，工作等待中", **self.agent.title)
                return Fail(said, retry_in=STOPPED, retries=self.job.retries)
            draft, alone = self._draft()
            if not alone and self.duty.review:
                return self._ask_review(draft, self.duty.review.title)
        actor = self._agent()
        if review:
            person = self.pipeline.principal_of(self.work.tx, review["actor"]["id"])
            if review["outcome"] in REVIEWED:
                draft, actor = self._reviewed(draft, review["answer"], person), person
            else:
                return self._ask_review(draft, self._title())  # rejected without a better answer: ask again
        return self._execute(draft, actor)

    def _agent(self) -> Principal:
        return Principal("agent", self.agent.id, roles=frozenset({"agent"}))

    def _title(self) -> Mapping[str, str]:
        return self.duty.review.title if self.duty.review else self.agent.title

    def material(self) -> Any:
        return self.skill.retrieve(self._assignment(self._agent(), None))

    # -- the steps ----------------------------------------------------------------------------------------

    def _draft(self) -> tuple[Draft, bool]:
        skill, assignment = self.skill, self._assignment(self._agent(), None)
        material = skill.retrieve(assignment)
        self._step("retrieve")
        draft = self._ruled(first_draft(skill, self.drafted, assignment, material))
        if self.duty.model is not None and self.drafted is None:
            draft = draft.doubting(telling.BEGAN_BEFORE)
        self._step("generate")
        if draft.values or self.drafted is None:  # what nobody drafted cannot be verified
            draft = verified(skill, self.duty, assignment, material, draft)
        if self.job.kind == handing.KIND:
            rounds = self.duty.rounds
            draft = draft.doubting(*handing.doubts(self.work.tx, self.job, self.agent.id, draft, rounds))
        self._step("verify")
        if self.post.shadow is not None:
            self._shadow(self.post.shadow)
        if self.post.stopped or draft.doubts:
            return draft, False
        verdict = self.trust.verdict(self.work.tx, draft, self.job.key)
        return draft, verdict.alone

    def _ruled(self, draft: Draft) -> Draft:
        """The draft with the rules followed that people accepted."""
        teaches, tx = self.skill.teaches, self.work.tx
        if teaches is None:
            return draft
        draft, used = rules.apply(draft, rules.in_force(tx, self.agent.id, self.duty.skill), teaches)
        rules.note(tx, used, self.job.key, self.work.now)
        return draft

    def _shadow(self, candidate: AgentDefinition) -> None:
        """Let the candidate draft the same work, without effect; what it costs and says is recorded."""
        duty = candidate.duties.get(self.pipeline.activity)
        if duty is None:
            return
        skill, assignment = self.pipeline.skills[duty.skill], self._assignment(self._agent(), None)
        try:
            material = skill.retrieve(assignment)
            if duty.model is None:
                draft = skill.generate(assignment, material)
            else:
                draft = self.shadow or Draft({}, 0.0, (), (telling.NOT_ASKED,))
            if draft.values:
                draft = verified(skill, duty, assignment, material, draft)
        except MainspringError as error:
            draft = Draft({}, 0.0, (), (telling.failed(error),))
        self._record("shadow", draft, keep=True, agent=candidate, duty=duty)

    def _reviewed(self, draft: Draft, answer: Mapping[str, Any], person: Principal) -> Draft:
        values = {**draft.values, **answer}
        self.provenance.vouch(values)  # the person saw all of it and answers for it
        case = Case(self.job.key, self.work.now, person.id)
        self.trust.judge(self.work.tx, draft, values, case)
        if values != draft.values:
            self._correct(draft, values, person)
        return Draft(values, 1.0, (*draft.evidence, telling.reviewed(person.id)))

    def _execute(self, draft: Draft, actor: Principal) -> Outcome:
        assignment = self._assignment(actor, draft)
        try:
            variables = self.skill.execute(assignment, draft)
        except Waiting as needed:
            if self.wrote:
                raise SkillError(
                    f"{needed.request.operation} needs people, but the skill had written before",
                    where=self.duty.skill,
                    mend="Let a skill move money before it writes anything else.",
                ) from needed
            return self._ask_approval(draft, needed)
        self._step("execute")
        self._write_back(variables)
        self._record("done", draft)
        if actor.kind == "person":
            variables["prepared_by"] = actor.id  # who shaped it may not confirm it later
        chosen = handing.result(draft.values) if self.job.kind == handing.KIND else None
        return Complete(variables, chosen)

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
            grade=self.agent.authority if principal.kind == "agent" else "A5",
        )

        def call(operation: str, /, **arguments: Any) -> Any:
            gateway = self.pipeline.gateway
            registered = gateway.registry.find(operation)
            changes = registered is None or registered.operation.effect != "read"
            by = self._keyed(caller, changes)
            if registered is not None:
                by = replace(by, unvouched=self._unvouched(registered.operation, arguments))
            result = gateway.call(self.work.tx, by, operation, arguments)
            if registered is not None:
                self.provenance.read(registered.operation, result)
            self.wrote = self.wrote or changes
            return result

        return Assignment(dict(job.variables), call, self.work.now, job.element)

    def _unvouched(self, operation: Operation, arguments: Mapping[str, Any]) -> frozenset[str]:
        """The arguments of a call that came from outsiders and that nobody vouched for."""
        if operation.effect == "read" and not operation.steering:
            return frozenset()
        if operation.effect != "write" or operation.steering:
            self._trace()
        found = self.provenance.unvouched(operation, arguments, planned=True)
        if found and self.job.answers and not self.again:
            # The draft was kept while people were asked; what had been read for it is read again.
            self.again = True
            self.material()
            found = self.provenance.unvouched(operation, arguments, planned=True)
        return found

    def _trace(self) -> None:
        """Find out whose words the case holds; once, and only for work that it matters to."""
        if not self.traced:
            self.traced = True
            origin.trace(self.work.tx, self.provenance, self.job, self.pipeline.roster.shipped)

    def _write_back(self, variables: Mapping[str, Any]) -> None:
        """Record which variables hold words of outsiders, for those who work with them next."""
        if self.provenance.repeats(variables):
            self._trace()
        outside = self.provenance.from_outside(variables)
        if outside:
            self._step(origin.STEP)
            self.steps[-1]["outside"] = outside

    def _keyed(self, caller: Caller, changes: bool) -> Caller:  # noqa: FBT001 - what the call does
        if not (self.once and changes):
            return caller
        self.changes += 1
        return replace(caller, idempotency_key=f"{self.job.key}:{len(self.job.answers)}:{self.changes}")

    # -- asking people ------------------------------------------------------------------------------------

    def _ask_review(self, draft: Draft, title: Mapping[str, str]) -> Outcome:
        review = self.duty.review
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
        if registered is not None:
            payload["title"] = dict(registered.operation.title)
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

    def _record(
        self,
        outcome: str,
        draft: Draft,
        *,
        keep: bool = False,
        agent: AgentDefinition | None = None,
        duty: Duty | None = None,
    ) -> None:
        agent, duty, job = agent or self.agent, duty or self.duty, self.job
        row = {
            "run": self.pipeline.keys(),
            "at": self.work.now,
            "job": job.key,
            "instance": job.instance,
            "element": job.element,
            "agent": agent.id,
            "version": agent.version,
            "skill": duty.skill,
            "outcome": outcome,
            "confidence": draft.confidence,
            "doubts": list(draft.doubts),
            "evidence": list(draft.evidence),
            "steps": self.steps,
            "draft": draft.kept() if keep else None,
        }
        self.work.tx.defer(runs, row)

    def _correct(self, draft: Draft, answer: dict[str, Any], person: Principal) -> None:
        row = {
            "correction": self.pipeline.keys(),
            "at": self.work.now,
            "job": self.job.key,
            "instance": self.job.instance,
            "agent": self.agent.id,
            "skill": self.duty.skill,
            "person": person.id,
            "draft": draft.values,
            "answer": answer,
        }
        self.work.tx.defer(corrections, row)
        if self.skill.learn:
            self.skill.learn(self._assignment(person, None), draft, answer)

    def _kept_draft(self) -> Draft | None:
        """The draft that people were asked about, so that what they saw is what is done."""
        mine = (runs.c.tenant_id == self.work.tx.tenant) & (runs.c.job == self.job.key)
        asked = runs.c.outcome.in_(("review", "approval"))
        kept = self.work.tx.all(select(runs.c.draft).where(mine, asked).order_by(runs.c.run.desc()).limit(1))
        return Draft.read(kept[0].draft) if kept else None
