"""What the log measures for the ledger: volumes and hours scaled to a year, with the period they are from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import func, select

from mainspring.insight.costs import MINUTES_AN_HOUR, CostTable
from mainspring.insight.measures import Measures
from mainspring.store import Tx
from mainspring.store.log import events
from mainspring.store.process_tables import instances

_DAYS_A_YEAR = Decimal(365)
_SHORTEST = Decimal(7)
"""Days; a shorter time says too little about a year."""
_EXACT = Decimal("0.01")
_RESTS = timedelta(days=30)
"""Without a new case for so long a process rests."""


@dataclass(frozen=True, slots=True)
class Observed:
    """What was measured on one process.

    Attributes:
        values: by the names of `items().measured`; one is missing where there is no data for it.
        since, until: the time it was measured over; None without data.
        cases: how many cases stand behind it.
    """

    values: Mapping[str, Decimal]
    since: datetime | None
    until: datetime | None
    cases: int


def observed(tx: Tx, process: str, figures: Measures, prices: CostTable) -> Observed:
    """Scale what happened to a year.

    A time of less than a week is not scaled: nothing a year is measured then. Calls of digital employees cost
    what the cost table says.

    Args:
        tx: a transaction.
        process: id of the root process; empty for all.
        figures: the measures of these cases, over the same time.
        prices: the table they were made with.
    """
    since, until = _time(tx, process)
    if since is None or until is None or not figures.cases:
        return Observed({}, since, until, figures.cases)
    tasks = {name: Decimal(node.touched) for name, node in figures.nodes.items()}
    alone = {name: Decimal(node.completed - node.touched) for name, node in figures.nodes.items()}
    minutes = sum((count * prices.task_minutes(name) for name, count in tasks.items()), Decimal(0))
    spared = sum((count * prices.task_minutes(name) for name, count in alone.items()), Decimal(0))
    values = {"minutes_a_case": minutes / figures.cases}
    if minutes + spared:
        worth = sum(((tasks[name] + alone[name]) * prices.task(name) for name in tasks), Decimal(0))
        values["hourly_value"] = worth / (minutes + spared) * MINUTES_AN_HOUR
    days = Decimal((until - since).total_seconds()) / 86_400
    if days >= _SHORTEST:
        a_year = _DAYS_A_YEAR / days
        calls = sum((node.calls_by_ai for node in figures.nodes.values()), 0) * prices.agent_call
        values["cases_a_year"] = figures.cases * a_year
        values["hours_automated_a_year"] = spared / MINUTES_AN_HOUR * a_year
        values["calls_a_year"] = calls * a_year
    return Observed(
        {name: value.quantize(_EXACT) for name, value in values.items()}, since, until, figures.cases
    )


def _time(tx: Tx, process: str) -> tuple[datetime | None, datetime | None]:
    """From the first start of a case to the newest event; to the last start where none began for a month.

    A process that rests (a season that ended, a demo) is measured over the time in which it ran.
    """
    i = instances.c
    begun = select(i.started_at).where(i.tenant_id == tx.tenant, i.parent.is_(None))
    if process:
        begun = begun.where(i.process_id == process)
    since: datetime | None = tx.scalar(begun.order_by(i.started_at).limit(1))
    last: datetime | None = tx.scalar(begun.order_by(i.started_at.desc()).limit(1))
    until: datetime | None = tx.scalar(select(func.max(events.c.at)).where(events.c.tenant_id == tx.tenant))
    return since, last if last and until and until - last > _RESTS else until
