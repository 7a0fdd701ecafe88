"""What we owe suppliers: accepted invoices, when they are due, and the payments that settled them."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from pydantic import Field
from sqlalchemy import select

from mainspring.services import books, ledger, payments
from mainspring.services.errors import RuleBrokenError
from mainspring.services.fields import Amount, Code, Positive, When
from mainspring.services.ledger import Posting
from mainspring.services.operation import Context, Data, Operation
from mainspring.services.tables.money import payments as payment_table
from mainspring.services.tables.purchase import supplier_invoices, supplier_payments, suppliers

_NONE = Decimal(0)


class PayableQuery(Data):
    """What is open: of one supplier, or due until a day."""

    supplier_id: Code | None = None
    due_until: When | None = None
    limit: int = Field(default=500, ge=1, le=5000)


class Payable(Data):
    """An accepted invoice of a supplier of which something is still to be paid."""

    supplier_id: str
    supplier_name: str
    invoice_no: str
    purchase_no: str
    currency: str
    accepted: Amount
    open: Amount
    due_at: When
    overdue: bool


class Payables(Data):
    """What is owed, the first due first."""

    payables: tuple[Payable, ...]


class Payment(Data):
    """The statement entry with which a supplier was paid, and what of it is for this invoice."""

    supplier_id: Code
    invoice_no: Code
    payment_no: Code
    amount: Positive


class Paid(Data):
    """What is still open of the invoice and of the statement entry."""

    supplier_id: str
    invoice_no: str
    payment_no: str
    open: Amount
    left_of_payment: Amount


def owe(context: Context, supplier_id: str, invoice_no: str, currency: str, amount: Decimal) -> None:
    """Post what an accepted invoice makes us owe."""
    sides = [Posting("purchases", amount), Posting("payables", -amount, supplier_id)]
    ledger.post(context, "supplier invoice", f"{supplier_id} {invoice_no}", currency, sides)


def _list(context: Context, query: PayableQuery) -> Payables:
    i, s = supplier_invoices.c, suppliers.c
    wanted = (
        select(supplier_invoices, s.name)
        .join_from(
            supplier_invoices, suppliers, (s.tenant_id == i.tenant_id) & (s.supplier_id == i.supplier_id)
        )
        .where(i.tenant_id == context.tx.tenant, i.accepted > i.paid)
    )
    if query.supplier_id is not None:
        wanted = wanted.where(i.supplier_id == query.supplier_id)
    if query.due_until is not None:
        wanted = wanted.where(i.due_at <= query.due_until)
    rows = context.tx.all(wanted.order_by(i.due_at, i.supplier_id, i.invoice_no).limit(query.limit))
    return Payables(payables=tuple(_payable(row, context.now) for row in rows))


def _payable(row: Any, now: datetime) -> Payable:
    return Payable.model_construct(
        supplier_id=row.supplier_id,
        supplier_name=row.name,
        invoice_no=row.invoice_no,
        purchase_no=row.purchase_no,
        currency=row.currency,
        accepted=row.accepted,
        open=row.accepted - row.paid,
        due_at=row.due_at,
        overdue=row.due_at < now,
    )


def _settle(context: Context, given: Payment) -> Paid:
    tx, key = context.tx, {"supplier_id": given.supplier_id, "invoice_no": given.invoice_no}
    invoice = books.need(tx, supplier_invoices, key, "supplier's invoice", lock=True)
    payment = payments.need(context, given.payment_no, lock=True)
    left = invoice.accepted - invoice.paid
    if given.amount > left:
        raise RuleBrokenError(
            f"{left} {invoice.currency} is to be paid of {given.invoice_no}, not {given.amount}",
            mend="Accept the invoice first, or leave the rest with the payment.",
        )
    if payment.currency != invoice.currency or -payment.open < given.amount:
        raise RuleBrokenError(
            f"{payment.open} {payment.currency} is open of {given.payment_no}, not -{given.amount} "
            f"{invoice.currency}",
            mend="Find the entry with which the money left the account.",
        )
    books.change(tx, supplier_invoices, key, {"paid": invoice.paid + given.amount})
    rest = payment.open + given.amount
    books.change(tx, payment_table, {"payment_no": given.payment_no}, {"open": rest})
    number = context.keys()
    row = given.model_dump() | {"settlement": number, "currency": invoice.currency, "at": context.now}
    tx.insert(supplier_payments, row)
    sides = [Posting("payables", given.amount, given.supplier_id), Posting("receipts", -given.amount)]
    ledger.post(context, "supplier payment", str(number), invoice.currency, sides)
    return Paid(
        supplier_id=given.supplier_id,
        invoice_no=given.invoice_no,
        payment_no=given.payment_no,
        open=left - given.amount,
        left_of_payment=rest,
    )


OPERATIONS = (
    Operation(
        name="payables.list",
        title={"en": "What we owe suppliers", "zh": "查看应付账款"},
        effect="read",
        input=PayableQuery,
        output=Payables,
        handler=_list,
        idempotent=True,
    ),
    Operation(
        name="payables.settle",
        title={"en": "Settle a supplier's invoice with a payment", "zh": "用付款核销供应商发票"},
        effect="write",
        input=Payment,
        output=Paid,
        handler=_settle,
        steering={"payment_no": "known"},
    ),
)
