"""What a digital employee did, what it is doing, and what that cost: counted from runs, tasks and calls."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, FromClause, Table, and_, exists, func, select

from mainspring.agents.definition import AgentDefinition
from mainspring.agents.tables import corrections, judged, models_used, releases, runs
from mainspring.govern.tables import calls
from mainspring.store import Tx
from mainspring.store import process_tables as t
from mainspring.store.tables import total

WEEK, MONTH = timedelta(days=7), timedelta(days=30)
WEIGHTS: Mapping[str, float] = {"audit": 0.4, "evaluation": 0.2, "feedback": 0.2, "alone": 0.2}
"""Of the parts of the score; a part without a case leaves its weight to the others."""
_LATEST = 8
_ASKED = ("review", "approval")
_Span: TypeAlias = tuple[datetime, datetime | None]


@dataclass(frozen=True, slots=True)
class Work:
    """What an employee did since a moment.

    Attributes:
        done: jobs completed.
        asked: of these, jobs in which people were asked.
        reviewed, corrected: jobs whose draft people were shown, and those in which they changed it.
        audited, audited_wrong: cases under a promise that were drawn at random, and those found wrong.
        evaluated, evaluated_right: values of held-back cases at its release, and those that it drafted right.
        tokens: of models.
        cost: of models and of the services that it called, in the currency of the cost table.
    """

    done: int
    asked: int
    reviewed: int
    corrected: int
    audited: int
    audited_wrong: int
    tokens: int
    cost: Decimal
    evaluated: int = 0
    evaluated_right: int = 0

    @property
    def parts(self) -> dict[str, float | None]:
        """The parts of the score, each in [0, 1]; None for one without a case."""
        return {
            "audit": _share(self.audited - self.audited_wrong, self.audited),
            "evaluation": _share(self.evaluated_right, self.evaluated),
            "feedback": _share(self.reviewed - self.corrected, self.reviewed),
            "alone": _share(self.done - self.asked, self.done),
        }

    @property
    def score(self) -> float | None:
        """From 0 to 100; None where nothing was done."""
        if not self.done and not self.reviewed:
            return None
        known = {name: part for name, part in self.parts.items() if part is not None}
        weight = sum(WEIGHTS[name] for name in known)
        return round(100 * sum(WEIGHTS[name] * part for name, part in known.items()) / weight, 1)

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        figures = {name: getattr(self, name) for name in self.__slots__}
        return {**figures, "score": self.score, "parts": self.parts}


def _share(number: int, of: int) -> float | None:
    return max(0, number) / of if of else None


def present(tx: Tx, agent: str, now: datetime) -> datetime:
    """The moment up to which an employee's work is counted.

    That is now; where it has not worked for a month (a demo, a season that ended), its last work.
    """
    r = runs.c
    newest = tx.scalar(select(func.max(r.at)).where(r.tenant_id == tx.tenant, r.agent == agent))
    return now if newest is None or newest > now - MONTH else newest


def asked_in(table: FromClause) -> ColumnElement[bool]:
    """Runs, in that table or an alias of it, in which people were asked about a draft."""
    return table.c.outcome.in_(_ASKED)


def work(tx: Tx, agent: AgentDefinition, since: datetime, until: datetime | None = None) -> Work:
    """Count what an employee did since a moment (UTC); to another, which is not in it, where one is given."""
    name, r, j, m, span = agent.id, runs.c, judged.c, models_used.c, (since, until)
    mine = _mine(tx, runs, name, span)
    jobs = func.count(r.job.distinct())
    audits = (*_mine(tx, judged, name, span), j.sampled.is_(True), j.trusted.is_(True))
    c = corrections.c
    changed = (*_mine(tx, corrections, name, span), c.withdrawn_at.is_(None))
    right, values = _evaluation(tx, agent, until)
    spent = _mine(tx, models_used, name, span)
    asked, done = runs.alias("asked"), r.outcome == "done"
    among = and_(
        asked.c.tenant_id == tx.tenant,
        asked.c.job == r.job,
        asked.c.agent == name,
        asked_in(asked),
    )
    return Work(
        done=int(tx.scalar(select(jobs).where(*mine, done))),
        asked=int(tx.scalar(select(jobs).where(*mine, done, exists().where(among)))),
        reviewed=int(tx.scalar(select(jobs).where(*mine, r.outcome == "review"))),
        corrected=int(tx.scalar(select(func.count(c.job.distinct())).where(*changed))),
        audited=_count(tx, judged, *audits),
        audited_wrong=_count(tx, judged, *audits, j.right.is_(False)),
        tokens=int(tx.scalar(select(func.coalesce(func.sum(m.tokens_in + m.tokens_out), 0)).where(*spent))),
        cost=Decimal(tx.scalar(select(total(m.cost)).where(*spent))) + _services(tx, name, span),
        evaluated=values,
        evaluated_right=right,
    )


def _evaluation(tx: Tx, agent: AgentDefinition, until: datetime | None) -> tuple[int, int]:
    """How the version did on held-back cases when it was last compared: values right, and of how many."""
    r = releases.c
    mine = (r.tenant_id == tx.tenant) & (r.agent == agent.id) & (r.version == agent.version)
    then = () if until is None else (r.at < until,)
    rows = tx.all(select(r.evaluation).where(mine, *then).order_by(r.release.desc()))
    told = next((row.evaluation for row in rows if row.evaluation), None)
    return (int(told["candidate_right"]), int(told["values"])) if told else (0, 0)


def _services(tx: Tx, agent: str, span: _Span) -> Decimal:
    c = calls.c
    mine = (c.tenant_id == tx.tenant, c.actor_kind == "agent", c.actor_id == agent, *_during(c.at, span))
    return Decimal(tx.scalar(select(total(c.cost)).where(*mine)))


def _mine(tx: Tx, table: Table, agent: str, span: _Span) -> tuple[ColumnElement[bool], ...]:
    return table.c.tenant_id == tx.tenant, table.c.agent == agent, *_during(table.c.at, span)


def _during(at: ColumnElement[Any], span: _Span) -> tuple[ColumnElement[bool], ...]:
    since, until = span
    return (at >= since,) if until is None else (at >= since, at < until)


def _count(tx: Tx, table: Table, *wanted: Any) -> int:
    return int(tx.scalar(select(func.count()).select_from(table).where(*wanted)))


def days(tx: Tx, agent: str, until: datetime) -> list[dict[str, Any]]:
    """The last seven days: jobs done, and drafts that people were asked about, on each."""
    begin = until.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=6)
    counted = []
    for number in range(7):
        day = begin + timedelta(days=number)
        mine = _mine(tx, runs, agent, (day, day + timedelta(days=1)))
        done = _count(tx, runs, *mine, runs.c.outcome == "done")
        asked = _count(tx, runs, *mine, asked_in(runs))
        counted.append({"day": day.date(), "done": done, "asked": asked})
    return counted


def doing(tx: Tx, agent: AgentDefinition) -> dict[str, Any]:
    """What waits for the employee, what of its work waits for people, and what it did last."""
    j, k = t.jobs.c, t.tasks.c
    here = (j.tenant_id == tx.tenant) & j.type.in_(tuple(agent.duties))
    asked = select(func.count()).select_from(
        t.tasks.join(t.jobs, (k.job == j.key) & (k.tenant_id == j.tenant_id))
    )
    r = runs.c
    latest = tx.all(
        select(r.run, r.at, r.instance, r.element, r.outcome, r.confidence)
        .where(r.tenant_id == tx.tenant, r.agent == agent.id, r.outcome != "shadow")
        .order_by(r.run.desc())
        .limit(_LATEST)
    )
    return {
        "queued": _count(tx, t.jobs, here, j.state == "open"),
        "asking": int(tx.scalar(asked.where(here))),
        "failed": _count(tx, t.jobs, here, j.state == "failed"),
        "latest": [
            {
                "run": str(row.run),
                "at": row.at,
                "instance": str(row.instance),
                "element": row.element,
                "outcome": row.outcome,
                "confidence": row.confidence,
            }
            for row in latest
        ],
    }
