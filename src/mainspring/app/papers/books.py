"""What a paper says, read from the books."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import ROUND_CEILING, Decimal
from typing import Any

from sqlalchemy import and_, select

from mainspring.app.errors import QuestionUnfit
from mainspring.app.house import House
from mainspring.app.papers.paper import READS, Kind, Paper, Party, TaxOf
from mainspring.gateway.errors import Denied
from mainspring.govern.principal import Principal
from mainspring.services.tables.goods import products
from mainspring.services.tables.money import credit_lines, credit_notes, invoices
from mainspring.services.tables.parties import customers
from mainspring.services.tables.sales import (
    deliveries,
    delivery_lines,
    order_lines,
    orders,
    quote_lines,
    quotes,
    sales_history,
)
from mainspring.store import Tx

_PRICED = ("sku", "description", "quantity", "unit", "unit_price", "tax_rate", "net")
_ZERO = Decimal(0)
_LEVELS = 3
_Say = Mapping[str, Any]


def demand(house: House, by: Principal, kind: Kind) -> None:
    """Return when this principal may read what the paper shows.

    Raises:
        Denied: they may not, with the rule.
    """
    registered = house.gateway.registry.find(READS[kind])
    if registered is None:
        raise Denied(f"there is no operation {READS[kind]}", mend="See `mainspring services list`.")
    decision = house.policies.decide(by, "call", registered.resource)
    if not decision.allowed:
        mend = "Ask whoever looks after the policies."
        raise Denied(f"{by.id} may not call {READS[kind]}: {decision.because}", mend=mend)


def paper(tx: Tx, kind: Kind, number: str, now: datetime) -> Paper:
    """The paper of a document; of a statement the number is the customer's id.

    Raises:
        QuestionUnfit: the books have no such document.
    """
    return _MADE[kind](tx, kind, number, now)


def _quotation(tx: Tx, kind: Kind, number: str, now: datetime) -> Paper:  # noqa: ARG001 - one of `_MADE`
    row = _need(tx, quotes, quotes.c.quote_no, number)
    lines = _all(tx, quote_lines, quote_lines.c.quote_no == number, quote_lines.c.line)
    facts = (("revision", str(row.revision)), ("valid", row.valid_until.date()))
    return _sold(tx, kind, number, row, row.changed_at.date(), facts, lines)


def _order(tx: Tx, kind: Kind, number: str, now: datetime) -> Paper:  # noqa: ARG001
    row = _need(tx, orders, orders.c.order_no, number)
    lines = _all(tx, order_lines, order_lines.c.order_no == number, order_lines.c.line)
    facts = (("source", row.source_no or ""),)
    return _sold(tx, kind, number, row, row.ordered_at.date(), facts, lines)


def _invoice(tx: Tx, kind: Kind, number: str, now: datetime) -> Paper:  # noqa: ARG001
    row = _need(tx, invoices, invoices.c.invoice_no, number)
    lines = _all(tx, sales_history, sales_history.c.document == number, sales_history.c.line)
    facts = (("order", row.order_no), ("delivery", row.delivery_no), ("due", row.due_at.date()))
    return _sold(tx, kind, number, row, row.issued_at.date(), facts, lines, due=row.due_at.date())


def _credit_note(tx: Tx, kind: Kind, number: str, now: datetime) -> Paper:  # noqa: ARG001
    row = _need(tx, credit_notes, credit_notes.c.credit_note_no, number)
    c, s = credit_lines.c, sales_history.c
    query = (
        select(credit_lines, s.description, s.unit, s.tax_rate)
        .outerjoin_from(
            credit_lines,
            sales_history,
            and_(s.tenant_id == c.tenant_id, s.document == c.document, s.line == c.document_line),
        )
        .where(c.tenant_id == tx.tenant, c.credit_note_no == number)
        .order_by(c.line)
    )
    facts = (("source", row.source_no), ("reason", row.reason))
    return _sold(tx, kind, number, row, row.issued_at.date(), facts, tx.all(query), before=("document",))


def _sold(
    tx: Tx,
    kind: Kind,
    number: str,
    row: Any,
    day: date,
    facts: tuple[tuple[str, str | date], ...],
    lines: Sequence[Any],
    *,
    due: date | None = None,
    before: tuple[str, ...] = (),
) -> Paper:
    """A paper with prices."""
    columns = (*before, *_PRICED)
    totals = [(name, getattr(row, name), row.currency) for name in ("net", "tax", "total")]
    open_ = getattr(row, "open", None)
    if open_ is not None and open_ != row.total:
        totals += [("paid", row.total - open_, row.currency), ("open", open_, row.currency)]
    return Paper(
        kind,
        number,
        day,
        row.currency,
        _party(tx, row.customer_id),
        facts,
        columns,
        tuple({name: getattr(line, name) for name in columns} for line in lines),
        tuple(totals),
        _taxes(lines),
        open_,
        due,
    )


def _taxes(lines: Sequence[Any]) -> tuple[TaxOf, ...]:
    sums: dict[Decimal, tuple[Decimal, Decimal]] = {}
    for line in lines:
        rate = line.tax_rate if line.tax_rate is not None else _ZERO
        net, tax = sums.get(rate, (_ZERO, _ZERO))
        sums[rate] = (net + line.net, tax + line.tax)
    return tuple(TaxOf(rate, net, tax) for rate, (net, tax) in sorted(sums.items()))


def _goods(tx: Tx, kind: Kind, number: str, now: datetime) -> Paper:
    row = _need(tx, deliveries, deliveries.c.delivery_no, number)
    order = _need(tx, orders, orders.c.order_no, row.order_no)
    d, o = delivery_lines.c, order_lines.c
    query = (
        select(d.line, d.sku, d.quantity, o.description, o.unit, products.c.pack_size)
        .join_from(delivery_lines, order_lines, and_(o.tenant_id == d.tenant_id, o.line == d.line))
        .outerjoin(products, and_(products.c.tenant_id == d.tenant_id, products.c.sku == d.sku))
        .where(d.tenant_id == tx.tenant, d.delivery_no == number, o.order_no == row.order_no)
        .order_by(d.line)
    )
    columns: tuple[str, ...] = ("sku", "description", "quantity", "unit")
    rows = tx.all(query)
    lines = [{name: getattr(line, name) for name in columns} for line in rows]
    if kind == "packing_list":
        columns = (*columns, "per_carton", "cartons", "package", "packed")
        lines = [line | _packed(row) for line, row in zip(lines, rows, strict=True)]
    facts = [("order", row.order_no), ("source", order.source_no or "")]
    if row.shipped_at is not None:
        facts.append(("shipped", row.shipped_at.date()))
    pieces: dict[str, Decimal] = {}
    for line in lines:
        pieces[line["unit"]] = pieces.get(line["unit"], _ZERO) + line["quantity"]
    totals = tuple(("pieces", amount, unit) for unit, amount in sorted(pieces.items()))
    if boxes := sum((line.get("cartons") or _ZERO for line in lines), _ZERO):
        totals += (("cartons", boxes, ""),)
    day = (row.shipped_at or row.created_at or now).date()
    party = _party(tx, order.customer_id)
    return Paper(kind, number, day, order.currency, party, tuple(facts), columns, tuple(lines), totals)


def _packed(row: Any) -> dict[str, Any]:
    """What a carton holds and how many there are, where goods come in cartons; the rest stays blank."""
    written: dict[str, Any] = {"package": "", "packed": ""}
    if row.pack_size is None or row.pack_size <= 1:
        return written | {"per_carton": None, "cartons": None}
    cartons = (row.quantity / row.pack_size).to_integral_value(ROUND_CEILING)
    return written | {"per_carton": row.pack_size, "cartons": cartons}


def _owed(rows: Sequence[Any], now: datetime) -> tuple[_Say, ...]:
    return tuple(
        {
            "document": row.invoice_no,
            "issued": row.issued_at.date(),
            "due": row.due_at.date(),
            "days_late": max(0, (now - row.due_at).days),
            "total": row.total,
            "open": row.open,
            "currency": row.currency,
        }
        for row in rows
    )


_OWED = ("document", "issued", "due", "days_late", "total", "open", "currency")


def _statement(tx: Tx, kind: Kind, number: str, now: datetime) -> Paper:
    customer = _need(tx, customers, customers.c.customer_id, number)
    i, n = invoices.c, credit_notes.c
    rows = _all(tx, invoices, and_(i.customer_id == number, i.settled_at.is_(None)), i.issued_at)
    credits_ = _all(tx, credit_notes, and_(n.customer_id == number, n.open > 0), n.issued_at)
    lines = _owed(rows, now)
    totals: list[tuple[str, Decimal, str]] = []
    for currency in sorted({row.currency for row in (*rows, *credits_)}):
        mine = [row for row in rows if row.currency == currency]
        late = sum((row.open for row in mine if row.due_at < now), _ZERO)
        unused = sum((row.open for row in credits_ if row.currency == currency), _ZERO)
        totals.append(("open", sum((row.open for row in mine), _ZERO), currency))
        totals += [("late", late, currency)] if late else []
        totals += [("credit", unused, currency)] if unused else []
    day, party = now.date(), _party(tx, number)
    return Paper(kind, number, day, customer.currency, party, (), _OWED, lines, tuple(totals))


def _reminder(tx: Tx, kind: Kind, number: str, now: datetime) -> Paper:
    row = _need(tx, invoices, invoices.c.invoice_no, number)
    if not row.open:
        raise QuestionUnfit(f"nothing is open of the invoice {number}", where=number)
    level = min(max(row.dunning_level, 1), _LEVELS)
    return Paper(
        kind,
        number,
        now.date(),
        row.currency,
        _party(tx, row.customer_id),
        (("order", row.order_no), ("level", str(max(row.dunning_level, 1)))),
        _OWED,
        _owed([row], now),
        (("open", row.open, row.currency),),
        open=row.open,
        due=row.due_at.date(),
        level=level,
    )


def _party(tx: Tx, customer_id: str) -> Party:
    row = _need(tx, customers, customers.c.customer_id, customer_id)
    return Party(
        row.name,
        row.contact,
        row.address,
        row.city,
        row.country,
        row.tax_id,
        row.email,
        "zh" if row.language.startswith("zh") else "en",
        row.e_invoice,
    )


def _need(tx: Tx, table: Any, column: Any, number: str) -> Any:
    row = tx.one(select(table).where(table.c.tenant_id == tx.tenant, column == number))
    if row is None:
        raise QuestionUnfit(
            f"the books have no {table.name} {number}", where=number, mend="Look at its number again."
        )
    return row


def _all(tx: Tx, table: Any, condition: Any, order: Any) -> list[Any]:
    return list(tx.all(select(table).where(table.c.tenant_id == tx.tenant, condition).order_by(order)))


_MADE: Mapping[Kind, Callable[[Tx, Kind, str, datetime], Paper]] = {
    "quotation": _quotation,
    "proforma": _order,
    "confirmation": _order,
    "delivery_note": _goods,
    "packing_list": _goods,
    "invoice": _invoice,
    "credit_note": _credit_note,
    "statement": _statement,
    "reminder": _reminder,
}
