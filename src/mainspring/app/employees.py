"""Digital employees as their owner sees them: what each did, cost and learned, and how good it is."""

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from mainspring.agents.definition import AgentDefinition, Duty
from mainspring.agents.promise import Standing, audited, plan, sentence
from mainspring.agents.promise.bounds import upper
from mainspring.agents.promise.statement import by_hand
from mainspring.agents.tables import corrections, judged
from mainspring.agents.trust import Trust
from mainspring.app import measures
from mainspring.app.employee_months import active, months
from mainspring.app.employee_work import MONTH, WEEK, days, doing, present, work
from mainspring.app.house import House
from mainspring.store import Tx

if TYPE_CHECKING:
    from datetime import date

_RISK = 0.05
"""The bound that is drawn beside a measured error is a one-sided one of 95%."""


def standings(house: House, tx: Tx, agent: AgentDefinition) -> dict[str, dict[str, Standing]]:
    """Where the promises of a version stand, by activity and output; a new one stands at its beginning."""
    found = {}
    for activity, duty in agent.duties.items():
        if duty.risk_target is not None:
            first = plan(float(duty.risk_target))
            share = audited(float(agent.audit_share), first.target, settled=False)
            begun = Standing("learning", first.target, agent.version, 0, first.first, share)
            found[activity] = Trust(agent, activity, duty, house.keys).standings(tx) or {"draft": begun}
    return found


def listed(house: House) -> list[dict[str, Any]]:
    """All employees in short, in the order of the pack."""
    with house.store.read() as tx:
        return [_short(house, tx, agent.id) for agent in house.pack.agents]


def _short(house: House, tx: Tx, agent: str) -> dict[str, Any]:
    post = house.roster.post(tx, agent)
    clock = house.clock()
    until = present(tx, agent, clock)
    live = post.live
    now = doing(tx, live)
    return {
        "id": agent,
        "title": dict(live.title),
        "kind": live.kind,
        "version": live.version,
        "stopped": post.stopped,
        "candidate": post.candidate.version if post.candidate else None,
        "stage": post.stage,
        "share": post.share,
        "queued": now["queued"],
        "asking": now["asking"],
        "until": until,
        "current": until == clock,
        "currency": house.pack.costs.currency,
        "week": work(tx, live, until - WEEK).as_dict(),
        "work": work(tx, live, until - MONTH).as_dict(),
    }


def shown(house: House, agent: str) -> dict[str, Any]:
    """All about one employee.

    Raises:
        NobodyThere: nobody of that id works here.
    """
    names, activities = measures.element_names(house), measures.activity_names(house)
    with house.store.read() as tx:
        short = _short(house, tx, agent)
        live = house.roster.post(tx, agent).live
        now = doing(tx, live)
        now["latest"] = [{**one, "name": names.get(one["element"], one["element"])} for one in now["latest"]]
        return {
            **short,
            "instructions": live.instructions,
            "authority": live.authority,
            "audit_share": live.audit_share,
            "operations": list(live.operations),
            "duties": [_duty(name, duty, activities) for name, duty in live.duties.items()],
            "promises": _promises(house, tx, live, activities),
            "now": now,
            "days": days(tx, agent, short["until"]),
            "months": months(tx, live, short["until"], house.pack.costs),
            "users": active(tx, agent, short["until"]),
            "learned_from": learned_from(tx, agent),
            "history": [step._asdict() for step in house.roster.history(tx, agent)],
        }


def _duty(activity: str, duty: Duty, activities: dict[str, str]) -> dict[str, Any]:
    return {
        "activity": activity,
        "name": activities.get(activity, activity),
        "skill": duty.skill,
        "model": duty.model,
        "alone_from": duty.alone_from,
        "target": duty.risk_target,
        "reviewed_by": duty.review.group if duty.review else None,
    }


def _promises(
    house: House, tx: Tx, live: AgentDefinition, activities: dict[str, str]
) -> list[dict[str, Any]]:
    """Each promise as a sentence with its numbers and what was measured day by day; what has none says so."""
    told: list[dict[str, Any]] = []
    for activity, outputs in standings(house, tx, live).items():
        for output, one in outputs.items():
            told.append(
                {
                    "activity": activity,
                    "name": activities.get(activity, activity),
                    "output": output,
                    "state": one.state,
                    "target": one.target,
                    "audited": one.audited,
                    "audit_errors": one.audit_errors,
                    "says": sentence(one),
                    "series": _series(tx, live, activity, output),
                }
            )
    for activity, duty in live.duties.items():
        if duty.risk_target is None and duty.review is not None:
            told.append(
                {
                    "activity": activity,
                    "name": activities.get(activity, activity),
                    "output": "draft",
                    "state": "by_hand",
                    "target": None,
                    "audited": 0,
                    "audit_errors": 0,
                    "says": by_hand(duty.alone_from),
                    "series": [],
                }
            )
    return told


def _series(tx: Tx, agent: AgentDefinition, activity: str, output: str) -> list[dict[str, Any]]:
    """The measured error day by day, all fair cases so far: what was reviewed, and what was audited of it."""
    j = judged.c
    mine = (j.tenant_id == tx.tenant) & (j.agent == agent.id) & (j.version == agent.version)
    where = (mine, j.activity == activity, j.output == output, j.sampled.is_(True))
    by_day: dict[date, list[tuple[bool, bool]]] = {}
    for row in tx.all(select(j.at, j.right, j.trusted).where(*where).order_by(j.case)):
        by_day.setdefault(row.at.date(), []).append((row.right, row.trusted))
    points, reviewed, wrong, audited, audit_wrong = [], 0, 0, 0, 0
    for day, cases in sorted(by_day.items()):
        reviewed += len(cases)
        wrong += sum(not right for right, _ in cases)
        audited += sum(trusted for _, trusted in cases)
        audit_wrong += sum(trusted and not right for right, trusted in cases)
        points.append(
            {
                "day": day,
                "reviewed": reviewed,
                "wrong": wrong,
                "audited": audited,
                "audit_wrong": audit_wrong,
                "bound": upper(audit_wrong, audited, _RISK) if audited else None,
            }
        )
    return points


def learned_from(tx: Tx, agent: str) -> dict[str, int]:
    """How many corrections in force each person gave."""
    c = corrections.c
    mine = (c.tenant_id == tx.tenant) & (c.agent == agent) & c.withdrawn_at.is_(None)
    number = func.count().label("number")
    counted = tx.all(select(c.person, number).where(mine).group_by(c.person).order_by(c.person))
    return {row.person: int(row.number) for row in counted}
