"""Giving money up: refunds of what a customer has with us, and write-offs of what it will not pay."""

from decimal import Decimal
from typing import Any

from mainspring.services import books, credit_notes, invoices, ledger, payments
from mainspring.services.errors import AmountDiffersError, RuleBrokenError
from mainspring.services.fields import Amount, Code, Currency, Positive, Text
from mainspring.services.ledger import Posting
from mainspring.services.operation import Context, Data, Operation
from mainspring.services.rows import Record
from mainspring.services.tables.money import credit_notes as credit_note_table
from mainspring.services.tables.money import payments as payment_table
from mainspring.services.tables.money import refunds, write_offs


class NewRefund(Data):
    """Give back what is open of a payment or a credit note (`source`)."""

    source: Code
    customer_id: Code
    currency: Currency
    total: Positive
    reason: Text


class Refund(Data):
    """A refund; it is paid once a statement shows that the money left."""

    refund_no: str
    source: str
    customer_id: str
    currency: str
    amount: Amount
    paid_by: str | None


class Payout(Data):
    """The statement entry with which a refund left the account."""

    refund_no: Code
    payment_no: Code


class NewWriteOff(Data):
    """Give up what is open of an invoice, or a part of it."""

    invoice_no: Code
    customer_id: Code
    currency: Currency
    total: Positive
    reason: Text


class WriteOff(Data):
    """A write-off."""

    write_off_no: str
    invoice_no: str
    currency: str
    amount: Amount


def _approve(context: Context, given: NewRefund) -> Refund:
    of_payment = given.source.startswith("P-")
    source = (payments if of_payment else credit_notes).need(context, given.source, lock=True)
    if source.currency != given.currency or source.customer_id not in {None, given.customer_id}:
        raise AmountDiffersError(f"{given.source} is in {source.currency} and of {source.customer_id}")
    if given.total > source.open:
        raise RuleBrokenError(
            f"{source.open} {source.currency} is left of {given.source}, not {given.total}",
            mend="Refund at most what is left.",
        )
    table, key = (payment_table, "payment_no") if of_payment else (credit_note_table, "credit_note_no")
    books.change(context.tx, table, {key: given.source}, {"open": source.open - given.total})
    number = books.next_number(context.tx, "refund")
    row: dict[str, Any] = {
        "refund_no": number,
        "source": given.source,
        "customer_id": given.customer_id,
        "currency": given.currency,
        "amount": given.total,
        "paid_by": None,
    }
    context.tx.insert(refunds, row | {"reason": given.reason, "approved_at": context.now})
    ledger.post(
        context,
        "refund",
        number,
        given.currency,
        [
            Posting("receipts" if of_payment else "credits", given.total, given.customer_id),
            Posting("refunds_payable", -given.total, given.customer_id),
        ],
    )
    return Refund.model_construct(**row)


def _record_payout(context: Context, given: Payout) -> Refund:
    refund = books.need(context.tx, refunds, {"refund_no": given.refund_no}, "refund", lock=True)
    payment = payments.need(context, given.payment_no, lock=True)
    if refund.paid_by is not None:
        raise RuleBrokenError(f"the refund {given.refund_no} left with {refund.paid_by} already")
    if payment.currency != refund.currency or -payment.open < refund.amount:
        raise RuleBrokenError(
            f"{payment.open} {payment.currency} is open of {given.payment_no}, not {refund.amount}",
            mend="Find the entry with which the refund left the account.",
        )
    books.change(context.tx, refunds, {"refund_no": given.refund_no}, {"paid_by": given.payment_no})
    left = {"open": payment.open + refund.amount, "customer_id": refund.customer_id}
    books.change(context.tx, payment_table, {"payment_no": given.payment_no}, left)
    ledger.post(
        context,
        "payout",
        given.refund_no,
        refund.currency,
        [Posting("refunds_payable", refund.amount, refund.customer_id), Posting("receipts", -refund.amount)],
    )
    return _refund(refund, paid_by=given.payment_no)


def _refund(row: Record, **changed: Any) -> Refund:
    return Refund.model_construct(
        **{name: changed.get(name, getattr(row, name)) for name in Refund.model_fields}
    )


def _write_off(context: Context, given: NewWriteOff) -> WriteOff:
    invoice = invoices.need(context, given.invoice_no, lock=True)
    if (invoice.customer_id, invoice.currency) != (given.customer_id, given.currency):
        raise AmountDiffersError(f"{given.invoice_no} is in {invoice.currency} and of {invoice.customer_id}")
    invoices.settle(context, {given.invoice_no: given.total})
    number = books.next_number(context.tx, "write-off")
    row: dict[str, Any] = {
        "write_off_no": number,
        "invoice_no": given.invoice_no,
        "currency": given.currency,
        "amount": given.total,
    }
    context.tx.insert(write_offs, row | {"reason": given.reason, "at": context.now})
    ledger.post(
        context,
        "write-off",
        number,
        given.currency,
        [Posting("write_offs", given.total), Posting("receivables", -given.total, given.customer_id)],
    )
    return WriteOff.model_construct(**row)


def _total(given: NewRefund | NewWriteOff) -> Decimal:
    return given.total


def _customer(given: NewRefund | NewWriteOff) -> str:
    return given.customer_id


OPERATIONS = (
    Operation(
        name="refunds.approve",
        title={"en": "Refund a customer", "zh": "退款给客户"},
        effect="money",
        input=NewRefund,
        output=Refund,
        handler=_approve,
        reversible=False,
        amount=_total,
        counterparty=_customer,
        steering={"source": "known"},
    ),
    Operation(
        name="refunds.record_payout",
        title={"en": "Record that a refund was paid", "zh": "登记退款已付"},
        effect="write",
        input=Payout,
        output=Refund,
        handler=_record_payout,
        steering={"refund_no": "known", "payment_no": "known"},
    ),
    Operation(
        name="write_offs.book",
        title={"en": "Write off what an invoice still owes", "zh": "核销坏账"},
        effect="money",
        input=NewWriteOff,
        output=WriteOff,
        handler=_write_off,
        reversible=False,
        amount=_total,
        counterparty=_customer,
        steering={"invoice_no": "known"},
        quoted=frozenset({"reason"}),
    ),
)
