"""Receivables taken over from the books before these: they keep their numbers, and are paid like others."""

from collections.abc import Sequence
from decimal import Decimal

from mainspring.services import ledger
from mainspring.services.fields import Code, Currency, Positive, Text, When
from mainspring.services.ledger import Posting
from mainspring.services.operation import Context, Data
from mainspring.services.tables.money import invoices


class Receivable(Data):
    """An invoice that was open when these books began."""

    invoice_no: Code
    customer_id: Code
    order_no: Text = ""
    issued_at: When
    due_at: When
    amount: Positive
    currency: Currency


def take_over(context: Context, receivables: Sequence[Receivable], source: str = "") -> int:
    """Write open invoices and their opening entries; gives their number.

    An invoice taken over names itself as its delivery: by that it is told from one of these books. `source`
    is what they come from, so that an invoice that was withdrawn can be taken over again.
    """
    for one in receivables:
        context.tx.insert(
            invoices,
            {
                "invoice_no": one.invoice_no,
                "customer_id": one.customer_id,
                "order_no": one.order_no,
                "delivery_no": one.invoice_no,
                "currency": one.currency,
                "net": one.amount,
                "tax": Decimal(0),
                "total": one.amount,
                "open": one.amount,
                "issued_at": one.issued_at,
                "due_at": one.due_at,
                "settled_at": None,
                "dunning_level": 0,
            },
        )
        owed = Posting("receivables", one.amount, one.customer_id)
        document = f"{one.invoice_no} {source}".rstrip()
        ledger.post(context, "opening", document, one.currency, (owed, Posting("opening", -one.amount)))
    return len(receivables)


def withdraw(context: Context, receivables: Sequence[Receivable], source: str) -> None:
    """Take back invoices that were taken over and that nothing has settled: their entries are reversed."""
    i = invoices.c
    for one in receivables:
        back = Posting("receivables", -one.amount, one.customer_id)
        document = f"{one.invoice_no} withdrawn {source}"
        ledger.post(context, "opening", document, one.currency, (back, Posting("opening", one.amount)))
        context.tx.execute(
            invoices.delete().where(
                i.tenant_id == context.tx.tenant,
                i.invoice_no == one.invoice_no,
                i.delivery_no == one.invoice_no,
                i.open == i.total,
            )
        )
