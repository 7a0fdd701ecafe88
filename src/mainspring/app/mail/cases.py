"""Which case a document that we sent belongs to: from its number, by the books."""

import re
from typing import Any

from sqlalchemy import select

from mainspring.app.customer.links import case_of
from mainspring.runtime import queries
from mainspring.services.tables.contact import ticket_messages, tickets
from mainspring.services.tables.inquiries import inquiries
from mainspring.services.tables.money import invoices
from mainspring.services.tables.parties import customer_names, customers
from mainspring.services.tables.sales import orders, quotes
from mainspring.store import Tx

_NUMBER = re.compile(r"\b[QOIT]-\d{4,}\b")


def case_of_document(tx: Tx, number: str) -> int | None:
    """The case of a quote, order, invoice, ticket or inquiry; None where it has none."""
    begins = number.partition("-")[0]
    if begins == "Q":
        return case_of(tx, "quote", number)
    if begins == "I":
        order = tx.scalar(_one(tx, invoices, invoices.c.order_no, invoices.c.invoice_no == number))
        return case_of(tx, "order", order) if order is not None else None
    if begins == "T":
        m = ticket_messages.c
        query = _one(tx, ticket_messages, m.source, (m.ticket_no == number) & (m.source != ""))
        source = tx.scalar(query.order_by(m.message).limit(1))
        return _case_of_inquiry(tx, source) if source is not None else None
    return case_of(tx, "order", number) if begins == "O" else _case_of_inquiry(tx, number)


def customer_of(tx: Tx, number: str) -> str:
    """The customer of a document; "" where the books do not say."""
    places = {
        "Q": (quotes, quotes.c.quote_no),
        "O": (orders, orders.c.order_no),
        "I": (invoices, invoices.c.invoice_no),
    }
    table, column = places.get(number.partition("-")[0], (inquiries, inquiries.c.inquiry_no))
    return tx.scalar(_one(tx, table, table.c.customer_id, column == number)) or ""


def named_in(tx: Tx, subject: str, sender: str) -> str:
    """The first of this sender's own documents that a subject names; "" for none.

    A number is no secret, so it counts only in a letter from the address of the customer whose document it
    is.
    """
    for number in _NUMBER.findall(subject):
        email = tx.scalar(
            _one(tx, customers, customers.c.email, customers.c.customer_id == customer_of(tx, number))
        )
        if email and email.lower() == sender:
            return str(number)
    return ""


def is_customer(tx: Tx, sender: str) -> bool:
    """Whether an address is that of a customer."""
    condition = (customer_names.c.kind == "email") & (customer_names.c.value == sender)
    return tx.scalar(_one(tx, customer_names, customer_names.c.customer_id, condition).limit(1)) is not None


def open_ticket(tx: Tx, number: str) -> Any:
    """The row of a ticket that is not resolved; None where there is none."""
    row = tx.one(select(tickets).where(tickets.c.tenant_id == tx.tenant, tickets.c.ticket_no == number))
    return row if row is not None and row.resolved_at is None else None


def _case_of_inquiry(tx: Tx, number: str) -> int | None:
    found = queries.instances(tx, business_key=number, roots_only=True)
    return found[0].key if found else None


def _one(tx: Tx, table: Any, column: Any, condition: Any) -> Any:
    return select(column).where(table.c.tenant_id == tx.tenant, condition)
