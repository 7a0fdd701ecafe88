"""What a customer sees through a link: quote, order and how far it is, papers, questions, decisions."""

import hashlib
from typing import Any

from sqlalchemy import select

from mainspring.agents.tables import runs
from mainspring.app import decisions
from mainspring.app.customer.firm import firm
from mainspring.app.customer.links import Link, case_of
from mainspring.app.house import House
from mainspring.base import jsonio
from mainspring.runtime import queries
from mainspring.services.tables.money import invoices
from mainspring.services.tables.parties import customers
from mainspring.services.tables.sales import deliveries, order_lines, orders, quote_lines, quotes
from mainspring.store import Tx

Shown = dict[str, Any]
QUESTION = "customer_question"
"""The process of a question from the page."""
ABOUT_THEM = ("check_credit", "price_lines", "write_quote", "confirm_quote")
"""Skills whose work decides something about a customer, who may ask that a person looks at it again."""
_LINE = ("line", "sku", "description", "quantity", "unit", "unit_price", "net", "tax")


def shown(house: House, tx: Tx, link: Link) -> Shown:
    """All that the page of a link shows, and nothing of anybody else."""
    quote, order = documents(tx, link)
    customer = _one(tx, customers, customers.c.customer_id == link.customer_id)
    case = case_of(tx, link.kind, link.document)
    open_ = quote is not None and quote.status == "sent" and quote.valid_until >= house.clock()
    return {
        "firm": firm(tx)._asdict(),
        "customer": customer.name if customer else "",
        "language": "zh" if customer is not None and customer.language.startswith("zh") else "en",
        "until": link.expires_at,
        "answerable": open_ and link.kind == "quote",
        "quote": _quote(tx, quote) if quote is not None else None,
        "order": _order(tx, order) if order is not None else None,
        "papers": _papers(tx, quote, order),
        "questions": questions(tx, link),
        "decisions": decided(tx, case),
    }


def documents(tx: Tx, link: Link) -> tuple[Any, Any]:
    """The rows of the quote and of the order behind a link, None where there is none."""
    if link.kind == "quote":
        quote = _one(tx, quotes, quotes.c.quote_no == link.document)
        order = _first(tx, orders, orders.c.quote_no == link.document)
    else:
        order = _one(tx, orders, orders.c.order_no == link.document)
        number = order.quote_no if order is not None else None
        quote = _one(tx, quotes, quotes.c.quote_no == number) if number else None
    mine = [
        row if row is not None and row.customer_id == link.customer_id else None for row in (quote, order)
    ]
    return mine[0], mine[1]


def seen(quote: Any) -> str:
    """A digest of what a customer saw of a quote: an answer to anything else is refused."""
    said = [quote.quote_no, quote.revision, str(quote.total), quote.currency, quote.valid_until.isoformat()]
    return hashlib.sha256(jsonio.dumps(said)).hexdigest()


def questions(tx: Tx, link: Link) -> list[Shown]:
    """What was asked about the document, with the answers, the oldest first."""
    found = []
    for case in queries.instances(tx, process_id=QUESTION, business_key=f"question {link.document}"):
        values = queries.variables(tx, case.key)
        if values.get("customer_id") == link.customer_id:
            answer = values.get("answer") if case.state == "completed" else None
            found.append({"at": values.get("asked_at"), "text": values.get("question"), "answer": answer})
    return found


def decided(tx: Tx, case: int | None) -> list[Shown]:
    """What a digital employee decided about the customer alone, in words."""
    if case is None:
        return []
    query = select(runs.c.run, runs.c.at, runs.c.skill).where(
        runs.c.tenant_id == tx.tenant, runs.c.instance == case, runs.c.outcome == decisions.ALONE
    )
    rows = tx.all(query.where(runs.c.skill.in_(ABOUT_THEM)).order_by(runs.c.run))
    return [{"run": str(row.run), "at": row.at, "what": row.skill} for row in rows]


def _quote(tx: Tx, quote: Any) -> Shown:
    head = ("quote_no", "revision", "status", "currency", "net", "tax", "total", "valid_until")
    lines = _many(tx, quote_lines, quote_lines.c.quote_no == quote.quote_no, quote_lines.c.line)
    return {
        **{name: getattr(quote, name) for name in head},
        "seen": seen(quote),
        "lines": [{name: getattr(line, name) for name in _LINE} for line in lines],
    }


def _order(tx: Tx, order: Any) -> Shown:
    sent = [row for row in _deliveries(tx, order) if row.shipped_at is not None]
    bills = _invoices(tx, order)
    paid = bills and all(row.settled_at is not None for row in bills)
    lines = _many(tx, order_lines, order_lines.c.order_no == order.order_no, order_lines.c.line)
    return {
        "order_no": order.order_no,
        "status": order.status,
        "currency": order.currency,
        "total": order.total,
        "steps": [
            {"step": "ordered", "at": order.ordered_at},
            {"step": "shipped", "at": max((row.shipped_at for row in sent), default=None)},
            {"step": "invoiced", "at": max((row.issued_at for row in bills), default=None)},
            {"step": "paid", "at": max(row.settled_at for row in bills) if paid else None},
        ],
        "lines": [{name: getattr(line, name) for name in _LINE} for line in lines],
    }


def _papers(tx: Tx, quote: Any, order: Any) -> list[Shown]:
    found = [{"kind": "quote", "number": quote.quote_no, "at": quote.changed_at}] if quote is not None else []
    if order is not None:
        found.append({"kind": "order", "number": order.order_no, "at": order.created_at})
        found += [
            {"kind": "invoice", "number": row.invoice_no, "at": row.issued_at} for row in _invoices(tx, order)
        ]
    return found


def _deliveries(tx: Tx, order: Any) -> list[Any]:
    return _many(tx, deliveries, deliveries.c.order_no == order.order_no, deliveries.c.delivery_no)


def _invoices(tx: Tx, order: Any) -> list[Any]:
    return _many(tx, invoices, invoices.c.order_no == order.order_no, invoices.c.invoice_no)


def _one(tx: Tx, table: Any, condition: Any) -> Any:
    return tx.one(select(table).where(table.c.tenant_id == tx.tenant, condition))


def _first(tx: Tx, table: Any, condition: Any) -> Any:
    return tx.one(select(table).where(table.c.tenant_id == tx.tenant, condition).limit(1))


def _many(tx: Tx, table: Any, condition: Any, order: Any) -> list[Any]:
    return list(tx.all(select(table).where(table.c.tenant_id == tx.tenant, condition).order_by(order)))
