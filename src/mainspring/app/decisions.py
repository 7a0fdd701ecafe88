"""Automatic decisions about customers: explained, appealed against, compared across groups."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from mainspring.agents.tables import runs
from mainspring.app.errors import QuestionUnfit
from mainspring.app.house import House
from mainspring.govern import appeals, fairness
from mainspring.govern.appeals import Appeal
from mainspring.govern.principal import Principal
from mainspring.govern.tables import approval_steps, calls
from mainspring.runtime import NotFound
from mainspring.services.tables.parties import customers
from mainspring.store import Tx
from mainspring.store import process_tables as t
from mainspring.store.log import events

Shown = dict[str, Any]
ALONE = "done"
_SAYS = {
    "en": "{row.agent} (version {row.version}) did this with the skill {row.skill}, {sure} sure, with "
    "{doubts} doubt(s) and {calls} call(s). You may ask that a person looks at it.",
    "zh": "数字员工 {row.agent}（版本 {row.version}）以技能 {row.skill} 完成此事，置信度 {sure}，"
    "疑点 {doubts} 个，业务调用 {calls} 次。您可以申请由人工复核。",
}
ATTRIBUTES = ("tier", "country", "language")
"""Attributes of customers by which outcomes may be compared, as far as customers have them."""


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


def compared(tx: Tx, attribute: str) -> list[Shown]:
    """The rates of automatic outcomes across groups of customers, for each skill of each digital employee.

    Favourable is what the machine settled at once (`done`); unfavourable, what it put off to a person.

    Raises:
        QuestionUnfit: customers have no such attribute.
    """
    if attribute not in customers.c or attribute not in ATTRIBUTES:
        known = ", ".join(name for name in ATTRIBUTES if name in customers.c)
        raise QuestionUnfit(f"customers have no {attribute}", mend=f"Ask for one of {known}.")
    groups = _groups(tx, attribute)
    query = select(runs.c.instance, runs.c.agent, runs.c.skill, runs.c.outcome).where(
        runs.c.tenant_id == tx.tenant, runs.c.outcome.in_((ALONE, "review"))
    )
    counted: dict[str, dict[str, tuple[int, int]]] = {}
    for row in tx.all(query):
        group = groups.get(row.instance)
        if group is None:
            continue
        by_group = counted.setdefault(f"{row.agent}/{row.skill}", {})
        total, good = by_group.get(group, (0, 0))
        by_group[group] = total + 1, good + (row.outcome == ALONE)
    return [_compared(name, attribute, outcomes) for name, outcomes in sorted(counted.items())]


def _compared(name: str, attribute: str, outcomes: Mapping[str, tuple[int, int]]) -> Shown:
    groups = fairness.compare(outcomes)
    return {
        "decision": name,
        "attribute": attribute,
        "groups": [group._asdict() for group in groups],
        "warning": any(group.warning for group in groups),
    }


def _groups(tx: Tx, attribute: str) -> dict[int, str]:
    """The group of the customer of each case, where the case says whose it is."""
    named = select(customers.c.customer_id, customers.c[attribute].label("group"))
    known = {
        row.customer_id: str(row.group) for row in tx.all(named.where(customers.c.tenant_id == tx.tenant))
    }
    v, i = t.variables.c, t.instances.c
    query = (
        select(i.root, v.value)
        .join(t.instances, (i.tenant_id == v.tenant_id) & (i.key == v.scope))
        .where(v.tenant_id == tx.tenant, v.name == "customer_id")
    )
    return {row.root: known[row.value] for row in tx.all(query) if row.value in known}


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
