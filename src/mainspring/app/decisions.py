"""Automatic decisions about customers: explained, and appealed against."""

from typing import Any

from sqlalchemy import select

from mainspring.agents.tables import runs
from mainspring.app.house import House
from mainspring.govern import appeals
from mainspring.govern.appeals import Appeal
from mainspring.govern.principal import Principal
from mainspring.govern.tables import approval_steps, calls
from mainspring.runtime import NotFound
from mainspring.store import Tx
from mainspring.store.log import events

Shown = dict[str, Any]
ALONE = "done"
"""The outcome of a run that was settled at once."""
_SAYS = {
    "en": "{row.agent} (version {row.version}) did this with the skill {row.skill}, {sure} sure, with "
    "{doubts} doubt(s) and {calls} call(s). You may ask that a person looks at it.",
    "zh": "数字员工 {row.agent}（版本 {row.version}）以技能 {row.skill} 完成此事，置信度 {sure}，"
    "疑点 {doubts} 个，业务调用 {calls} 次。您可以申请由人工复核。",
}


def explained(tx: Tx, run: int) -> Shown:
    """Why a digital employee decided as it did: what it saw, how sure it was, which rules let it act.

    Raises:
        NotFound: there is no such run.
    """
    row = _run(tx, run)
    called = tx.all(
        select(calls.c.operation, calls.c.effect, calls.c.outcome, calls.c.rule, calls.c.at)
        .where(
            calls.c.tenant_id == tx.tenant,
            calls.c.instance == row.instance,
            calls.c.job == row.job,
        )
        .order_by(calls.c.position)
    )
    ways = [one._asdict() for one in called]
    sure = f"{row.confidence:.2f}"
    doubts = row.doubts or []
    return {
        "run": str(row.run),
        "instance": str(row.instance),
        "at": row.at,
        "agent": row.agent,
        "version": row.version,
        "skill": row.skill,
        "element": row.element,
        "outcome": row.outcome,
        "confidence": row.confidence,
        "doubts": doubts,
        "evidence": row.evidence,
        "calls": ways,
        "text": {
            name: text.format(row=row, sure=sure, doubts=len(doubts), calls=len(ways))
            for name, text in _SAYS.items()
        },
    }


def appeal(house: House, tx: Tx, run: int, by: Principal, text: str) -> Appeal:
    """Appeal against what a digital employee did.

    Raises:
        NotFound: there is no such run.
        AppealError: see `govern.appeals`.
    """
    row = _run(tx, run)
    return appeals.raise_(
        tx,
        run=run,
        instance=row.instance,
        decided_by=row.agent,
        involved=_involved(tx, row),
        by=by,
        text=text,
        now=house.clock(),
        keys=house.keys,
    )


def of_case(tx: Tx, root: int) -> list[Shown]:
    """What digital employees decided in a case, the oldest first, and the latest appeal against each.

    Args:
        tx: a transaction.
        root: the key of the case.
    """
    c = runs.c
    query = (
        select(c.run, c.at, c.agent, c.version, c.skill, c.element, c.outcome, c.confidence)
        .where(c.tenant_id == tx.tenant, c.instance == root)
        .order_by(c.run)
    )
    against = {one.run: one for one in appeals.every(tx, instance=root)}  # the latest stands for them all
    return [
        {
            **row._asdict(),
            "run": str(row.run),
            "alone": row.outcome == ALONE,
            "appeal": against[row.run].state if row.run in against else None,
            "answer": against[row.run].answer if row.run in against else None,
        }
        for row in tx.all(query)
    ]


def _run(tx: Tx, run: int) -> Any:
    row = tx.one(select(runs).where(runs.c.tenant_id == tx.tenant, runs.c.run == run))
    if row is None:
        raise NotFound(f"there is no decision {run}", mend="The case lists its decisions.")
    return row


def _involved(tx: Tx, row: Any) -> set[str]:
    """People who answered a task of the element, confirmed one of its calls, or lent their authority."""
    answered = select(events.c.actor_id, events.c.on_behalf_of).where(
        events.c.tenant_id == tx.tenant,
        events.c.instance == row.instance,
        events.c.element == row.element,
        events.c.type == "TaskCompleted",
    )
    confirmed = select(approval_steps.c.actor_id, approval_steps.c.on_behalf_of).where(
        approval_steps.c.tenant_id == tx.tenant,
        approval_steps.c.instance == row.instance,
        approval_steps.c.step.in_(("approved", "refused")),
    )
    found = [*tx.all(answered), *tx.all(confirmed)]
    return {name for each in found for name in (each.actor_id, each.on_behalf_of) if name}
