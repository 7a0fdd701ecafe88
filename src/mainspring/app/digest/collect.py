"""What a digest says, read from the books, the log and the recorded calls. Amounts as text, days as ISO."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import and_, case, func, select, type_coerce

from mainspring.agents.tables import corrections, runs
from mainspring.app import shown, targets
from mainspring.app.digest.settings import Kind, Span, settings_of, span, zone_of
from mainspring.app.house import House
from mainspring.app.margins import Margin, margins
from mainspring.app.measures import element_names
from mainspring.govern.tables import calls
from mainspring.insight.cash import Open, forecast
from mainspring.runtime import queries
from mainspring.services import columns
from mainspring.services.tables.inquiries import inquiries
from mainspring.services.tables.money import invoices
from mainspring.services.tables.parties import customers
from mainspring.services.tables.sales import order_lines, orders, quotes
from mainspring.store import Tx
from mainspring.store.tables import total

Content = dict[str, Any]
MOST = 10
"""Rows of each part; what is behind them is summed up."""
DECISIONS = 3
_HISTORY = 20
"""Settled invoices of a customer that tell how late they pay: the latest."""


def collected(house: House, kind: Kind, day: date | None = None) -> Content:
    """The content of the digest that comes in the morning of `day` (today's without one)."""
    names = element_names(house)
    with house.store.read() as tx:
        settings = settings_of(tx)
        zone = zone_of(tx, settings)
        about = span(kind, day or house.clock().astimezone(zone).date(), zone)
        content: Content = {
            "kind": kind,
            "day": about.day.isoformat(),
            "since": about.since.isoformat(),
            "until": about.until.isoformat(),
            "time_zone": zone.key,
            "overdue": _overdue(tx, about),
            "cash": _cash(tx, about, zone),
            "margins": _margins(tx, about),
            "late": _late(tx, about.day),
            "employees": _employees(tx, about),
            "decisions": _decisions(house, tx, names),
        }
    if kind == "weekly":
        content["targets"] = [_target(one) for one in targets.standing(house, about.until)[1]]
    return content


def _overdue(tx: Tx, about: Span) -> list[Content]:
    i = invoices.c
    query = (
        select(
            i.customer_id,
            customers.c.name,
            i.currency,
            func.count().label("number"),
            func.sum(i.open).label("open"),
            func.min(i.due_at).label("oldest"),
        )
        .outerjoin_from(
            invoices,
            customers,
            and_(customers.c.tenant_id == i.tenant_id, customers.c.customer_id == i.customer_id),
        )
        .where(i.tenant_id == tx.tenant, i.settled_at.is_(None), i.due_at < about.until)
        .group_by(i.customer_id, customers.c.name, i.currency)
    )
    rows = sorted(tx.all(query), key=lambda row: (row.currency, -row.open))
    return [
        {
            "customer_id": row.customer_id,
            "customer": row.name or row.customer_id,
            "currency": row.currency,
            "invoices": row.number,
            "open": str(row.open),
            "days_late": (about.until - row.oldest).days,
        }
        for row in rows
    ]


def _cash(tx: Tx, about: Span, zone: ZoneInfo) -> list[Content]:
    i = invoices.c
    mine = i.tenant_id == tx.tenant
    before = tx.all(
        select(i.customer_id, i.due_at, i.settled_at)
        .where(mine, i.settled_at.is_not(None), i.settled_at < about.until)
        .order_by(i.settled_at.desc())
        .limit(50_000)
    )
    delays: dict[str, list[int]] = defaultdict(list)
    for row in before:
        if len(delays[row.customer_id]) < _HISTORY:
            late = _day(row.settled_at, zone) - _day(row.due_at, zone)
            delays[row.customer_id].append(late.days)
    query = select(i.customer_id, i.open, i.due_at, i.currency).where(
        mine, i.settled_at.is_(None), i.issued_at < about.until
    )
    by_currency: dict[str, list[Open]] = defaultdict(list)
    for row in tx.all(query):
        by_currency[row.currency].append(Open(row.customer_id, row.open, _day(row.due_at, zone)))
    return [
        {"currency": currency, **_plain(forecast(found, delays, about.day))}
        for currency, found in sorted(by_currency.items())
    ]


def _plain(found: Any) -> Content:
    weeks = [{name: str(value) for name, value in week._asdict().items()} for week in found.weeks]
    return {"weeks": weeks, "later": str(found.later), "unknown": str(found.unknown)}


def _margins(tx: Tx, about: Span) -> Content:
    """Orders of the span with what is left after the cost of their goods."""
    found = margins(tx, about.since, about.until)
    return {"orders": len(found), "rows": [_margin(one) for one in found]}


def _margin(one: Margin) -> Content:
    share = (
        None if one.margin is None or not one.net else str((one.margin / one.net).quantize(Decimal("0.001")))
    )
    said = None if one.margin is None else str(one.margin.quantize(Decimal("0.01")))
    return {**one._asdict(), "net": str(one.net), "margin": said, "share": share}


def _late(tx: Tx, day: date) -> list[Content]:
    """Orders that should have been delivered: the day that the customer asked for is over, goods are left."""
    o, n, q, e = orders.c, order_lines.c, quotes.c, inquiries.c
    left = func.sum(type_coerce(n.quantity - n.delivered - n.cancelled, columns.quantity()))
    query = (
        select(o.order_no, o.customer_id, e.requested_on, left.label("left"))
        .join_from(orders, order_lines, and_(n.tenant_id == o.tenant_id, n.order_no == o.order_no))
        .join(quotes, and_(q.tenant_id == o.tenant_id, q.quote_no == o.quote_no))
        .join(inquiries, and_(e.tenant_id == o.tenant_id, e.inquiry_no == q.inquiry_no))
        .where(o.tenant_id == tx.tenant, o.status != "cancelled", e.requested_on != "")
        .where(e.requested_on < day.isoformat())
        .group_by(o.order_no, o.customer_id, e.requested_on)
        .order_by(e.requested_on, o.order_no)
    )
    return [
        {
            "order_no": row.order_no,
            "customer_id": row.customer_id,
            "wanted": row.requested_on,
            "days_late": (day - wanted).days,
            "left": str(row.left),
        }
        for row in tx.all(query)
        if row.left > 0 and (wanted := _wanted(row.requested_on)) is not None
    ]


def _employees(tx: Tx, about: Span) -> list[Content]:
    """What each digital employee did: activities, those without a person, corrections, operations, cost."""
    r, c, k = runs.c, calls.c, corrections.c
    done: dict[str, Content] = {}

    def of(agent: str) -> Content:
        blank = {"agent": agent, "activities": 0, "alone": 0, "corrected": 0, "calls": 0, "cost": "0"}
        return done.setdefault(agent, blank)

    alone = func.sum(case((r.outcome == "done", 1), else_=0))
    within = and_(r.tenant_id == tx.tenant, r.at >= about.since, r.at < about.until)
    number = func.count()
    query = select(r.agent, number.label("number"), alone.label("alone")).where(within).group_by(r.agent)
    for row in tx.all(query):
        of(row.agent).update(activities=row.number, alone=int(row.alone))
    within = and_(k.tenant_id == tx.tenant, k.at >= about.since, k.at < about.until)
    for row in tx.all(select(k.agent, number.label("number")).where(within).group_by(k.agent)):
        of(row.agent)["corrected"] = row.number
    within = and_(c.tenant_id == tx.tenant, c.at >= about.since, c.at < about.until)
    query = select(c.actor_id, number.label("number"), total(c.cost).label("cost"))
    for row in tx.all(query.where(within, c.actor_kind == "agent").group_by(c.actor_id)):
        of(row.actor_id).update(calls=row.number, cost=str(row.cost or 0))
    return sorted(done.values(), key=lambda one: (-one["activities"], one["agent"]))


def _decisions(house: House, tx: Tx, names: Mapping[str, str]) -> Content:
    """The decisions that wait: money first, the largest first, then what is late, then the oldest."""
    waiting = queries.tasks(tx, limit=1000)
    now = house.clock()
    amounts = {one.key: one.amount for one in house.approvals.waiting(tx)}

    def rank(task: Any) -> tuple[Decimal, bool, int]:
        approval = task.payload.get("approval") if task.kind == "approval" else None
        amount = amounts.get(int(approval)) if approval is not None else None
        return -(amount or Decimal(0)), not (task.due is not None and task.due < now), task.key

    chosen: Sequence[Any] = sorted(waiting, key=rank)[:DECISIONS]
    cases = shown.cases(tx, (one.instance for one in chosen))
    rows = [
        {
            "task": str(one.key),
            "what": names.get(one.element, one.element),
            "case": cases.get(one.instance, ""),
            "amount": None if rank(one)[0] == 0 else str(-rank(one)[0]),
            "since": one.created_at.isoformat(),
            "groups": list(one.candidate_groups),
        }
        for one in chosen
    ]
    return {"waiting": len(waiting), "rows": rows}


def _target(one: targets.Standing) -> Content:
    return one._asdict() | {"since": one.since.isoformat() if one.since else None}


def _wanted(said: str) -> date | None:
    """The day that a customer asked for; None where a person wrote it in words."""
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


def _day(moment: datetime, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date()
