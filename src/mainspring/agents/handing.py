"""Handing over: an employee that leads a team chooses who goes on, within bounds, in an ad-hoc sub-process.

Each inner activity is another employee's duty, or a person's task. The leader is asked again whenever one has
ended: one activity after the other, several beside each other, or another one depending on what came back.
After `rounds` hand-overs it chooses no more alone: a person decides whether to go on.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from mainspring.agents.draft import Draft
from mainspring.agents.skill import Assignment, Skill
from mainspring.agents.tables import runs
from mainspring.base.bilingual import both
from mainspring.runtime import Job
from mainspring.store import Tx

KIND = "ad_hoc"
"""The kind of job in which somebody chooses what goes on."""
_NOBODY = both(
    "it chose nobody to go on, and did not say that the work is finished",
    "它没有选定由谁继续，也没有说明工作已完成",
)


def doubts(tx: Tx, job: Job, agent: str, draft: Draft, most: int) -> tuple[str, ...]:
    """Why a choice must be a person's: it names nothing, or the bound of hand-overs is reached."""
    if draft.values.get("finished"):
        return ()
    if not _chosen(draft.values):
        return (_NOBODY,)
    r = runs.c
    mine = (r.tenant_id == tx.tenant) & (r.instance == job.instance) & (r.element == job.element)
    before = tx.scalar(
        select(func.count()).select_from(runs).where(mine, r.agent == agent, r.outcome == "done")
    )
    if int(before) < most:
        return ()
    said = both(
        "handed over {before} times already; it may {most} times",
        "已移交 {before} 次；最多可移交 {most} 次",
        before=before,
        most=most,
    )
    return (said,)


def result(values: Mapping[str, Any]) -> dict[str, Any]:
    """The choice as the engine takes it: what begins, and whether the sub-process is complete."""
    chosen = [{"element": name, "variables": {}} for name in _chosen(values)]
    return {"activate": chosen, "complete": bool(values.get("finished"))}


def _chosen(values: Mapping[str, Any]) -> Sequence[str]:
    named = values.get("next") or ()
    return [str(name) for name in ([named] if isinstance(named, str) else named)]


def _undecided(_: Assignment, __: Any) -> Draft:
    """Without a model nobody is chosen: a person is asked."""
    return Draft({"next": [], "finished": False}, 0.0)


def _nothing(_: Assignment, __: Draft) -> dict[str, Any]:
    return {}


HAND_OVER = Skill(_nothing, generate=_undecided)
"""The skill of a leader; its choices come from a model, or from people."""
