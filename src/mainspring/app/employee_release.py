"""Releasing a version of a digital employee: compared on held-back cases, then step by step, and taken back.

A version goes into shadow, then on a share, then in full; none is skipped. Before the first step it drafts
anew what people have judged: corrections that nothing was learned from, and drafts that they left as they
were. One that has fewer values right, or lets more errors pass unseen, is refused.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NoReturn

from pydantic import BaseModel

from mainspring.agents import comparison, reviewed, rules
from mainspring.agents.comparison import Comparison, Sample
from mainspring.agents.definition import AgentDefinition, Duty
from mainspring.agents.draft import Draft
from mainspring.agents.errors import ReleaseRefused
from mainspring.agents.learning import held_back
from mainspring.agents.reviewed import Golden
from mainspring.agents.skill import Assignment, Skill
from mainspring.app import employees
from mainspring.app.house import House
from mainspring.base.errors import MainspringError
from mainspring.govern import acts
from mainspring.govern.principal import Principal
from mainspring.packs.lead_to_cash import knowhow, skills
from mainspring.runtime import queries
from mainspring.services.operation import Context
from mainspring.store import Tx

Stage = Literal["shadow", "share", "full"]
_BEFORE: Mapping[str, tuple[str, ...]] = {"share": ("shadow", "share"), "full": ("shadow", "share", "full")}
"""From which stages of the same version a stage is reached."""


def next_version(house: House, tx: Tx, agent: str) -> AgentDefinition:
    """The live definition with the next number that was never given, to be changed."""
    steps = house.roster.history(tx, agent)
    live = house.roster.post(tx, agent).live
    number = max([live.version, *(step.version for step in steps)]) + 1
    return live.model_copy(update={"version": number})


def evaluate(house: House, candidate: AgentDefinition) -> Comparison:
    """Let a candidate and the live version draft the cases that people judged; nothing is done.

    A duty that a model does is not compared: its drafts cost money and are watched in shadow instead.

    Raises:
        ReleaseRefused: nobody of that id works here.
        AgentDefinitionError: it does not fit this house.
    """
    employees.check(house, candidate)
    with house.store.read() as tx:
        live = house.roster.post(tx, candidate.id).live
        known = knowhow.load(tx, house.pack.decisions, house.leads, leave_out=held_back)
        replay = _Replay(house, tx, skills.skills(known))
        cases = [
            *reviewed.held_back_corrections(tx, candidate.id),
            *reviewed.left_as_drafted(tx, candidate.id),
        ]
        pairs, failed = [], 0
        for case in cases:
            activity = _activity(live, case)
            old, new = live.duties.get(activity), candidate.duties.get(activity)
            if old is None or new is None or old.model is not None or new.model is not None:
                continue
            try:
                drawn = replay.sample(live, old, case), replay.sample(candidate, new, case)
            except MainspringError:
                failed += 1  # the case is gone, or reads from outside the house
            else:
                pairs.append((case.key, case.corrected, *drawn))
    return comparison.compare(pairs, failed)


def _activity(agent: AgentDefinition, case: Golden) -> str:
    return next((name for name, duty in agent.duties.items() if duty.skill == case.skill), "")


@dataclass(frozen=True, slots=True)
class _Replay:
    """Drafts cases anew; operations that change anything are refused."""

    house: House
    tx: Tx
    skills: Mapping[str, Skill]

    def sample(self, agent: AgentDefinition, duty: Duty, case: Golden) -> Sample:
        """One case as one version drafts it."""
        skill = self.skills[duty.skill]
        work = Assignment(
            queries.variables(self.tx, case.instance), self._calls(agent, case), case.at, case.element
        )
        material = skill.retrieve(work)
        draft = skill.generate(work, material)
        if skill.teaches is not None:
            draft = self._ruled(draft, agent, duty, skill)
        draft = draft.doubting(*skill.verify(work, material, draft))
        return comparison.sample(draft, case.answer, duty.alone_from)

    def _ruled(self, draft: Draft, agent: AgentDefinition, duty: Duty, skill: Skill) -> Draft:
        if skill.teaches is None:
            return draft
        return rules.apply(draft, rules.in_force(self.tx, agent.id, duty.skill), skill.teaches)[0]

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


def release(
    house: House,
    definition: AgentDefinition | None,
    stage: Stage,
    *,
    agent: str,
    by: Principal,
    share: float = 1.0,
    reason: str = "",
) -> Comparison | None:
    """Put a version to work, or the candidate a step further.

    Args:
        house: where.
        definition: the version; None for the candidate there is.
        stage: the step.
        agent: whose version it is.
        by: who releases it.
        share: for the stage share, the part of the cases in (0, 1).
        reason: for the record.

    Returns:
        How it did on held-back cases; None where it was compared at an earlier step.

    Raises:
        ReleaseRefused: it did worse than the live version, skips a step, or the roster refuses it.
        AgentDefinitionError: it does not fit this house.
    """
    with house.store.read() as tx:
        post = house.roster.post(tx, agent)
        version = definition or post.candidate
        steps = house.roster.history(tx, agent)
    if version is None or version.id != agent:
        raise ReleaseRefused(
            "there is no version to release", where=agent, mend="Give a definition of this employee."
        )
    last = next((one.stage for one in reversed(steps) if one.version == version.version), None)
    if stage in _BEFORE and last not in _BEFORE[stage]:
        mend = "Release it in shadow first." if last not in {"shadow", "share"} else "Go step by step."
        raise ReleaseRefused(
            f"version {version.version} was not seen in shadow or on a share yet", where=agent, mend=mend
        )
    compared = evaluate(house, version) if stage == "shadow" else None
    if compared is not None and compared.loses:
        raise ReleaseRefused(
            f"on {compared.cases} held-back cases it drafts {compared.candidate_right} of {compared.values} "
            f"values right, the live version {compared.live_right}; errors that would pass unseen: "
            f"{compared.candidate_unseen} against {compared.live_unseen}",
            where=f"{agent}, version {version.version}",
            mend="Mend what became worse, or withdraw the corrections that are wrong.",
        )
    employees.check(house, version)
    with house.store.write() as tx:
        now = house.clock()
        house.roster.release(
            tx,
            version,
            stage,
            person=by.id,
            now=now,
            share=share,
            reason=reason,
            evaluation=compared.as_dict() if compared else None,
        )
        _note(house, tx, "agent.release", by, agent, version=version.version, stage=stage, reason=reason)
    return compared


def rollback(house: House, agent: str, *, by: Principal, reason: str = "") -> AgentDefinition:
    """Take the newest version back; gives the one that works from now on.

    Raises:
        ReleaseRefused: only the shipped version works, or nobody of that id does.
    """
    with house.store.write() as tx:
        live = house.roster.rollback(tx, agent, person=by.id, now=house.clock(), reason=reason)
        _note(house, tx, "agent.rollback", by, agent, version=live.version, reason=reason)
    return live


def stop(house: House, agent: str, *, by: Principal, reason: str = "") -> None:
    """End automatic work with the next transaction.

    Raises:
        ReleaseRefused: nobody of that id works here.
    """
    with house.store.write() as tx:
        house.roster.stop(tx, agent, person=by.id, now=house.clock(), reason=reason)
        _note(house, tx, "agent.stop", by, agent, reason=reason)


def resume(house: House, agent: str, *, by: Principal, reason: str = "") -> None:
    """Let a stopped employee work again.

    Raises:
        ReleaseRefused: nobody of that id works here.
    """
    with house.store.write() as tx:
        house.roster.resume(tx, agent, person=by.id, now=house.clock(), reason=reason)
        _note(house, tx, "agent.resume", by, agent, reason=reason)


def _note(house: House, tx: Tx, act: str, by: Principal, agent: str, **detail: Any) -> None:
    acts.note(tx, act, by, agent, now=house.clock(), detail=detail)
