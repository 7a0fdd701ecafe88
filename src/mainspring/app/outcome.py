"""What a run came to, counted from the books and the log, and held against the recorded truth."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from mainspring.app.house import House
from mainspring.govern.ladder import Ladder
from mainspring.govern.tables import calls
from mainspring.insight import measure
from mainspring.packs.lead_to_cash.orders import OrderBook, is_cancellation
from mainspring.packs.lead_to_cash.world.payments import Truth as PaymentTruth
from mainspring.packs.lead_to_cash.world.truth import OrderTruth
from mainspring.runtime import queries
from mainspring.services import ledger
from mainspring.services.tables.inquiries import inquiry_lines
from mainspring.services.tables.money import allocations, payments
from mainspring.services.tables.sales import sales_history
from mainspring.store import Tx
from mainspring.store.log import events
from mainspring.store.process_tables import instances

EVERYTHING = 10_000_000
MEASURED = (
    "penetration",
    "aar",
    "straight_through",
    "cost_to_serve",
    "cycle_time_median_s",
    "currency",
    "nodes",
)
"""Measures that stand in the outcome as `insight` gives them."""


@dataclass(frozen=True, slots=True)
class Counts:
    """The figures of a run by name; see `docs/measures.md` for what each one counts."""

    orders: int
    figures: Mapping[str, Any]

    def as_dict(self) -> dict[str, Any]:
        """All figures."""
        return {"orders": self.orders, **self.figures}


def count(house: House, arriving: OrderBook, truth: OrderTruth, paid: Mapping[str, PaymentTruth]) -> Counts:
    """Count a finished run."""
    numbers = {order.number for order in arriving.orders}
    with house.store.read() as tx:
        measured = measure(
            tx, process_ids=("lead_to_cash",), costs=house.pack.costs, business_keys=numbers
        ).as_dict()
        figures = {
            **_fates(tx, numbers),
            **_lines(tx, truth),
            **_payments(tx, paid),
            "cancellations": len(arriving.cancellations),
            "rows_set_aside": len(arriving.problems),
            **{name: measured[name] for name in MEASURED},
            "straight_through_confirm_everything": _untouched_share(tx, numbers, house.strict_ladder()),
            "books_balance": not ledger.check(tx),
        }
    return Counts(len(arriving.orders), figures)


def _fates(tx: Tx, numbers: set[str]) -> dict[str, Any]:
    """Which orders ended, and what the others wait for; an order that does neither is lost."""
    started = queries.instances(tx, process_id="lead_to_cash", roots_only=True, limit=EVERYTHING)
    mine = {one.key: one for one in started if one.business_key in numbers}
    reasons: dict[int, str] = {}
    for waiting in queries.subscriptions(tx, limit=EVERYTHING):
        reasons[waiting.instance] = f"message: {waiting.element}"
    for task in queries.tasks(tx, limit=EVERYTHING):
        kind = {"task": "person", "review": "review", "approval": "confirmation"}[task.kind]
        reasons[task.instance] = f"{kind}: {task.element}"
    for incident in queries.incidents(tx, limit=EVERYTHING):
        reasons[incident.instance] = f"incident: {incident.element}"
    ended = sum(one.state != "active" for one in mine.values())
    waiting_by = Counter(
        reasons[key] for key, one in mine.items() if one.state == "active" and key in reasons
    )
    arrived = {one.business_key for one in mine.values()}
    stuck = len(mine) - ended - waiting_by.total()
    return {
        "ended": ended,
        "waiting": dict(sorted(waiting_by.items())),
        "lost": len(numbers - arrived) + stuck,
    }


def _untouched_share(tx: Tx, numbers: set[str], ladder: Ladder) -> float | None:
    """The straight-through rate under another ladder: what it would ask people is a human touch."""
    i, e, c = instances.c, events.c, calls.c
    of_orders = (i.tenant_id == tx.tenant) & i.parent.is_(None) & i.business_key.in_(sorted(numbers))
    ended = {row.key for row in tx.all(select(i.key).where(of_orders, i.state == "completed"))}
    answered = select(e.instance).where(
        e.tenant_id == tx.tenant, e.type == "TaskCompleted", e.actor_kind == "person"
    )
    touched = {row.instance for row in tx.all(answered.distinct())}
    money = select(c.instance, c.operation, c.amount).where(
        c.tenant_id == tx.tenant, c.effect == "money", c.outcome == "ok", c.actor_kind == "agent"
    )
    for row in tx.all(money):
        asked = ladder.requirement(
            row.operation, "money", row.amount, reversible=True, confidence=1.0, actor_kind="agent"
        )
        if asked.confirmations:
            touched.add(row.instance)
    return round(len(ended - touched) / len(ended), 6) if ended else None


def _lines(tx: Tx, truth: OrderTruth) -> dict[str, int]:
    """What the digital employees made of the lines, before anyone corrected them."""
    line = inquiry_lines.c
    known = _sold_before(tx, truth)
    fields = (line.inquiry_no, line.line, line.sku, line.unit_price)
    totals = Counter[str]()
    for row in tx.all(select(*fields).where(line.tenant_id == tx.tenant)):
        order = truth.orders.get(row.inquiry_no)
        if order is None or is_cancellation(order.number):
            continue
        source = order.lines[row.line - 1]
        right = row.sku == source.sku
        totals["lines"] += 1
        totals["lines_auto"] += row.sku is not None
        totals["lines_auto_wrong"] += row.sku is not None and not right
        if source.sku in known:
            totals["prices_known"] += 1
            totals["prices_equal"] += right and row.unit_price == source.unit_price
    names = ("lines", "lines_auto", "lines_auto_wrong", "prices_known", "prices_equal")
    return {name: totals[name] for name in names}


def _sold_before(tx: Tx, truth: OrderTruth) -> set[str]:
    """Products that were sold before the run."""
    first = min((order.placed_at for order in truth.orders.values()), default=None)
    query = select(sales_history.c.sku).where(sales_history.c.tenant_id == tx.tenant)
    if first is not None:
        query = query.where(sales_history.c.sold_at < first)
    return {row.sku for row in tx.all(query.distinct())}


def _payments(tx: Tx, truth: Mapping[str, PaymentTruth]) -> dict[str, int]:
    """Payments, those that no person touched, and those of them that paid the wrong invoice or amount."""
    a = allocations.c
    rows = tx.all(
        select(a.source, a.invoice_no, a.amount, a.actor_kind)
        .join(payments, (payments.c.tenant_id == a.tenant_id) & (payments.c.payment_no == a.source))
        .where(a.tenant_id == tx.tenant, a.invoice_no != "")
    )
    alone: dict[str, list[tuple[str, Any]]] = {}
    for row in rows:
        if row.actor_kind == "agent":
            alone.setdefault(row.source, []).append((row.invoice_no, row.amount))
    wrong = sum(
        sorted(parts) != sorted((part.invoice_no, part.amount) for part in truth[number].parts)
        for number, parts in alone.items()
        if number in truth
    )
    return {"payments": len(truth), "payments_auto": len(alone), "payments_auto_wrong": wrong}
