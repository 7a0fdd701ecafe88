"""A digital employee month by month: its score, the people who work with it, and what its work brought."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import and_, func, select

from mainspring.agents.definition import AgentDefinition
from mainspring.agents.tables import runs
from mainspring.app.employee_work import MONTH, WEEK, asked_in, work
from mainspring.insight.costs import CostTable
from mainspring.store import Tx
from mainspring.store.log import events

SHOWN = 6
"""Months that are looked back, the current one among them."""
_CENT = Decimal("0.01")


def months(tx: Tx, agent: AgentDefinition, until: datetime, costs: CostTable) -> list[dict[str, Any]]:
    """The calendar months up to a moment (UTC), oldest first, from the first in which it worked.

    Of each: `month` its first day; `done`, `cost`, `score` as `Work` has them; `users` people who answered
    its drafts, and `retained`, the share of those of the month before who did so again (None without any);
    `brought`: what people's time for the jobs that it did with nobody asked costs by the cost table.
    """
    spans = list(_spans(until))
    answered = _answered(tx, agent.id, spans[0][0])
    told: list[dict[str, Any]] = []
    before: frozenset[str] = frozenset()
    for begin, end in spans:
        done, people = work(tx, agent, begin, end), _people(answered, begin, end)
        if told or done.done or people:
            told.append(
                {
                    "month": begin.date(),
                    "done": done.done,
                    "score": done.score,
                    "cost": done.cost,
                    "users": len(people),
                    "retained": len(people & before) / len(before) if before else None,
                    "brought": _brought(tx, agent.id, begin, end, costs),
                }
            )
        before = people
    return told


def active(tx: Tx, agent: str, until: datetime) -> dict[str, int]:
    """How many people answered drafts of the last 7 and of the last 30 days, up to a moment (UTC)."""
    spans = {"week": WEEK, "month": MONTH}
    return {
        name: len(_people(_answered(tx, agent, until - span), until - span)) for name, span in spans.items()
    }


def _answered(tx: Tx, agent: str, since: datetime) -> list[tuple[datetime, str]]:
    """When people answered tasks about drafts that the employee showed since a moment, and who."""
    e, r = events.c, runs.c
    about = and_(e.tenant_id == r.tenant_id, e.instance == r.instance, e.element == r.element)
    query = (
        select(e.at, e.actor_id)
        .distinct()
        .join_from(runs, events, about)
        .where(r.tenant_id == tx.tenant, r.agent == agent, asked_in(runs), r.at >= since)
        .where(e.type == "TaskCompleted", e.actor_kind == "person")
    )
    return [(row.at, row.actor_id) for row in tx.all(query)]


def _people(
    answered: list[tuple[datetime, str]], since: datetime, until: datetime | None = None
) -> frozenset[str]:
    return frozenset(who for at, who in answered if at >= since and (until is None or at < until))


def _spans(until: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The last months, oldest first; the last one ends after the moment itself."""
    first = until.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    begins = [first]
    for _ in range(SHOWN - 1):
        begins.append((begins[-1] - WEEK).replace(day=1))
    begins.reverse()
    yield from zip(begins, [*begins[1:], until + MONTH], strict=True)


def _brought(tx: Tx, agent: str, since: datetime, until: datetime, costs: CostTable) -> Decimal:
    r, asked = runs.c, runs.alias("asked")
    about = and_(asked.c.tenant_id == r.tenant_id, asked.c.job == r.job, asked_in(asked))
    alone = (
        select(r.element, func.count(r.job.distinct()).label("jobs"))
        .outerjoin(asked, about)
        .where(r.tenant_id == tx.tenant, r.agent == agent, r.outcome == "done", asked.c.job.is_(None))
        .where(r.at >= since, r.at < until)
        .group_by(r.element)
    )
    saved = sum((row.jobs * costs.task(row.element) for row in tx.all(alone)), Decimal(0))
    return saved.quantize(_CENT)
