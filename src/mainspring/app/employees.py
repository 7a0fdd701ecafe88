"""Digital employees as their owner sees them: what each did, cost and learned, and how good it is."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Table, func, select

from mainspring.agents.definition import AgentDefinition
from mainspring.agents.errors import AgentDefinitionError
from mainspring.agents.promise import Standing, sentence
from mainspring.agents.tables import corrections, judged, models_used, runs
from mainspring.agents.trust import Trust
from mainspring.app.house import House
from mainspring.packs.lead_to_cash import skills
from mainspring.packs.lead_to_cash.knowhow import Knowhow
from mainspring.store import Tx
from mainspring.store.tables import total

MONTH = timedelta(days=30)
_RIGHT, _ACCEPTED, _ALONE = 0.5, 0.3, 0.2
"""Weights of the score: right where people looked, drafts left as they were, work done without anyone."""


@dataclass(frozen=True, slots=True)
class Work:
    """What an employee did since a moment.

    Attributes:
        done: jobs completed.
        reviewed, corrected: drafts that people were asked about, and those that they changed.
        audited, audited_wrong: cases under a promise that were drawn at random, and those found wrong.
        tokens, cost: of models.
    """

    done: int
    reviewed: int
    corrected: int
    audited: int
    audited_wrong: int
    tokens: int
    cost: Decimal

    @property
    def score(self) -> float | None:
        """From 0 to 100; None where nothing was done. Parts without a case leave their weight to others."""
        if not self.done and not self.reviewed:
            return None
        parts = [(_ALONE, max(0, self.done - self.reviewed) / max(1, self.done))]
        if self.reviewed:
            parts.append((_ACCEPTED, 1 - self.corrected / self.reviewed))
        if self.audited:
            parts.append((_RIGHT, 1 - self.audited_wrong / self.audited))
        weight = sum(one for one, _ in parts)
        return round(100 * sum(one * part for one, part in parts) / weight, 1)

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        figures = {name: getattr(self, name) for name in self.__slots__}
        return {**figures, "score": self.score}


def work(tx: Tx, agent: str, since: datetime) -> Work:
    """Count what an employee did since a moment (UTC)."""
    r, c, j, m = runs.c, corrections.c, judged.c, models_used.c
    counted = tx.all(
        select(r.outcome, func.count().label("number"))
        .where(*_mine(tx, runs, agent, since))
        .group_by(r.outcome)
    )
    ran: dict[str, int] = {row.outcome: int(row.number) for row in counted}
    audits = (*_mine(tx, judged, agent, since), j.sampled.is_(True), j.trusted.is_(True))
    spent = _mine(tx, models_used, agent, since)
    return Work(
        done=ran.get("done", 0),
        reviewed=ran.get("review", 0),
        corrected=_count(tx, corrections, *_mine(tx, corrections, agent, since), c.withdrawn_at.is_(None)),
        audited=_count(tx, judged, *audits),
        audited_wrong=_count(tx, judged, *audits, j.right.is_(False)),
        tokens=int(tx.scalar(select(func.coalesce(func.sum(m.tokens_in + m.tokens_out), 0)).where(*spent))),
        cost=Decimal(tx.scalar(select(total(m.cost)).where(*spent))),
    )


def _mine(tx: Tx, table: Table, agent: str, since: datetime) -> tuple[Any, ...]:
    return table.c.tenant_id == tx.tenant, table.c.agent == agent, table.c.at >= since


def _count(tx: Tx, table: Table, *wanted: Any) -> int:
    return int(tx.scalar(select(func.count()).select_from(table).where(*wanted)))


def standings(house: House, tx: Tx, agent: AgentDefinition) -> dict[str, dict[str, Standing]]:
    """Where the promises of a version stand, by activity and output."""
    return {
        activity: Trust(agent, activity, duty, house.keys).standings(tx)
        for activity, duty in agent.duties.items()
        if duty.risk_target is not None
    }


def shown(house: House, tx: Tx, agent: str) -> dict[str, Any]:
    """All about one employee.

    Raises:
        ReleaseRefused: nobody of that id works here.
    """
    post = house.roster.post(tx, agent)
    since = house.clock() - MONTH
    live = post.live
    told = [
        {"activity": activity, "output": output, "state": one.state, **sentence(one)}
        for activity, outputs in standings(house, tx, live).items()
        for output, one in outputs.items()
    ]
    duties = {
        name: {
            "skill": duty.skill,
            "model": duty.model,
            "alone_from": duty.alone_from,
            "target": duty.risk_target,
        }
        for name, duty in live.duties.items()
    }
    return {
        "id": agent,
        "title": dict(live.title),
        "kind": live.kind,
        "version": live.version,
        "stopped": post.stopped,
        "candidate": post.candidate.version if post.candidate else None,
        "stage": post.stage,
        "share": post.share,
        "operations": list(live.operations),
        "duties": duties,
        "promises": told,
        "work": work(tx, agent, since).as_dict(),
        "learned_from": learned_from(tx, agent),
        "history": [step._asdict() for step in house.roster.history(tx, agent)],
    }


def learned_from(tx: Tx, agent: str) -> dict[str, int]:
    """How many corrections in force each person gave."""
    c = corrections.c
    mine = (c.tenant_id == tx.tenant) & (c.agent == agent) & c.withdrawn_at.is_(None)
    number = func.count().label("number")
    counted = tx.all(select(c.person, number).where(mine).group_by(c.person).order_by(c.person))
    return {row.person: int(row.number) for row in counted}


def check(house: House, definition: AgentDefinition) -> None:
    """Hold a definition against this house.

    Raises:
        AgentDefinitionError: a skill, activity or form that it names is not there.
    """
    known = skills.skills(Knowhow(house.pack.decisions))
    shipped = house.roster.shipped
    activities = {activity for agent in shipped.values() for activity in agent.duties}
    forms = {name.removesuffix(".form") for name in house.pack.files if name.endswith(".form")}
    for activity, duty in definition.duties.items():
        if activity not in activities:
            raise AgentDefinitionError(
                "no process has this activity", where=activity, mend="Name a job type."
            )
        if duty.skill not in known:
            mend = f"There are: {', '.join(sorted(known))}."
            raise AgentDefinitionError(f"there is no skill {duty.skill}", where=activity, mend=mend)
        if duty.review and duty.review.form not in forms:
            mend = f"There are: {', '.join(sorted(forms))}."
            raise AgentDefinitionError(f"there is no form {duty.review.form}", where=activity, mend=mend)
