"""Releasing a version of a digital employee: compared on held-back cases, then step by step, and taken back.

A version goes into shadow, then on a share, then in full; none is skipped. Before the first step it drafts
anew what people have judged (`employee_comparison`): one that has fewer values right, or lets more errors
pass unseen, is refused.
"""

from collections.abc import Mapping
from typing import Any, Literal

from mainspring.agents.comparison import Comparison
from mainspring.agents.definition import AgentDefinition
from mainspring.agents.errors import ReleaseRefused
from mainspring.app import employee_definition
from mainspring.app.employee_comparison import evaluate
from mainspring.app.house import House
from mainspring.govern import acts
from mainspring.govern.principal import Principal
from mainspring.store import Tx

Stage = Literal["shadow", "share", "full"]
_BEFORE: Mapping[str, tuple[str, ...]] = {"share": ("shadow", "share"), "full": ("shadow", "share", "full")}
"""From which stages of the same version a stage is reached."""


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
        ReleaseRefused: it did worse than the live version, its model gave nothing to compare, it skips a
            step, or the roster refuses it.
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
    employee_definition.check(house, version)
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
