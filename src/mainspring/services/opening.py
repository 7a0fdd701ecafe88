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


def take_over(context: Context, receivables: Sequence[Receivable]) -> int:
    """Write open invoices and their opening entries; gives their number.

    An invoice taken over names itself as its delivery: by that it is told from one of these books.
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
        ledger.post(context, "opening", one.invoice_no, one.currency, (owed, Posting("opening", -one.amount)))
    return len(receivables)
