"""Payments: entries of bank statements, and the invoices they settle. What settles nothing stays visible."""

from decimal import Decimal
from typing import Any, Literal

from pydantic import Field
from sqlalchemy import func, select

from mainspring.services import books, invoices, ledger
from mainspring.services.credit_notes import allocation
from mainspring.services.errors import AlreadyExistsError, RuleBrokenError
from mainspring.services.fields import Amount, Code, Currency, Positive, Text, When
from mainspring.services.ledger import Posting
from mainspring.services.operation import Context, Data, Operation
from mainspring.services.rows import Record
from mainspring.services.tables.money import allocations, payments

WORDS = frozenset({"payer", "reference"})
"""Fields of a payment that hold what the payer wrote."""
_NONE = Decimal(0)

# What may pass as a fee that a bank kept; more is a write-off, which people decide.
_FEE_SHARE = Decimal("0.05")
_SMALL_FEE, _SMALL_FEE_SHARE = Decimal(50), Decimal("0.25")


class StatementEntry(Data):
    """An entry of a statement; an amount below zero left the account. (statement, entry) counts once."""

    statement: Code
    entry: int = Field(ge=1)
    booked_at: When
    currency: Currency
    amount: Amount
    payer: Text = ""
    account: Text = ""
    reference: Text = ""


class PaymentKey(Data):
    """Which payment."""

    payment_no: Code


class Share(Data):
    """The part of a payment that settles an invoice; `fee` was kept by a bank and settles it too."""

    invoice_no: Code
    amount: Positive
    fee: Amount = Field(default=_NONE, ge=0)
    kind: Literal["exact", "partial", "merged", "fee", "other"] = "other"


class Allocation(Data):
    """How a payment is used; what is left stays open with it."""

    payment_no: Code
    allocations: tuple[Share, ...] = Field(min_length=1, max_length=500)


class Revocation(Data):
    """Take an allocation back."""

    payment_no: Code
    invoice_no: Code


class OpenQuery(Data):
    """Payments with something left to use."""

    limit: int = Field(default=1000, ge=1, le=50_000)


class Payment(Data):
    """A payment; `open` is what has not been used yet."""

    payment_no: str
    statement: str
    entry: int
    booked_at: When
    currency: str
    amount: Amount
    open: Amount
    payer: str
    account: str
    reference: str
    customer_id: str | None
    already_known: bool = False


class Payments(Data):
    """Payments, the oldest first."""

    payments: tuple[Payment, ...]


def need(context: Context, payment_no: str, *, lock: bool = False) -> Record:
    """The payment's row.

    Raises:
        UnknownRecordError: there is none.
    """
    return books.need(context.tx, payments, {"payment_no": payment_no}, "payment", lock=lock)


def record(row: Record, *, already_known: bool = False, **changed: Any) -> Payment:
    """The payment of a row."""
    fields = {name: getattr(row, name) for name in Payment.model_fields if name != "already_known"}
    return Payment.model_construct(**(fields | changed), already_known=already_known)


def register(context: Context, given: StatementEntry) -> Payment:
    """Take an entry of a statement in; the same again is the same payment.

    Raises:
        AlreadyExistsError: an entry of that number says another amount.
    """
    tx = context.tx
    known = books.find(tx, payments, {"statement": given.statement, "entry": given.entry})
    if known is not None:
        if (known.amount, known.currency) != (given.amount, given.currency):
            raise AlreadyExistsError(
                f"entry {given.entry} of statement {given.statement} is {known.payment_no} over "
                f"{known.amount} {known.currency}",
                mend="Check whether two statements have the same number.",
            )
        return record(known, already_known=True)
    row = given.model_dump() | {
        "payment_no": books.next_number(tx, "payment"),
        "open": given.amount,
        "customer_id": None,
    }
    tx.insert(payments, row)
    ledger.post(
        context,
        "payment",
        row["payment_no"],
        given.currency,
        [Posting("cash", given.amount), Posting("receipts", -given.amount)],
    )
    return Payment.model_construct(**row, already_known=False)


def _allocate(context: Context, given: Allocation) -> Payment:
    payment = need(context, given.payment_no, lock=True)
    total = sum((share.amount for share in given.allocations), _NONE)
    if total > payment.open:
        raise RuleBrokenError(
            f"{payment.open} {payment.currency} is left of the payment {given.payment_no}, not {total}",
            mend="Allocate at most what is left.",
        )
    settled: dict[str, Decimal] = {}
    for share in given.allocations:
        settled[share.invoice_no] = settled.get(share.invoice_no, _NONE) + share.amount + share.fee
    if len(settled) != len(given.allocations):
        raise RuleBrokenError("an invoice is named twice", mend="Add the amounts of an invoice together.")
    owed = invoices.settle(context, settled)
    for share in given.allocations:
        _check_share(payment, owed[share.invoice_no], share)
    rows = [
        allocation(context, given.payment_no, share.invoice_no, payment.currency, share.amount, share.fee)
        for share in given.allocations
    ]
    context.tx.insert(allocations, rows)
    left = {"open": payment.open - total, "customer_id": owed[given.allocations[0].invoice_no].customer_id}
    books.change(context.tx, payments, {"payment_no": given.payment_no}, left)
    fees = sum((share.fee for share in given.allocations), _NONE)
    ledger.post(
        context,
        "allocation",
        str(rows[0]["allocation"]),
        payment.currency,
        [
            Posting("receipts", total),
            Posting("fees", fees),
            *(
                Posting("receivables", -amount, owed[number].customer_id)
                for number, amount in settled.items()
            ),
        ],
    )
    return record(payment, **left)


def _check_share(payment: Record, invoice: Record, share: Share) -> None:
    if invoice.currency != payment.currency:
        raise RuleBrokenError(f"the invoice {invoice.invoice_no} is in {invoice.currency}")
    allowed = max(invoice.open * _FEE_SHARE, min(_SMALL_FEE, invoice.open * _SMALL_FEE_SHARE))
    if share.fee > allowed:
        raise RuleBrokenError(
            f"{share.fee} of {invoice.open} {invoice.currency} is too much for a fee that a bank kept",
            mend="Leave the difference open, or let someone write it off.",
        )


def _revoke(context: Context, given: Revocation) -> Payment:
    payment, a = need(context, given.payment_no, lock=True), allocations.c
    amount, fee = tuple(
        context.tx.all(
            select(func.sum(a.amount), func.sum(a.fee)).where(
                a.tenant_id == context.tx.tenant,
                a.source == given.payment_no,
                a.invoice_no == given.invoice_no,
            )
        )[0]
    )
    if not amount:
        raise RuleBrokenError(f"the payment {given.payment_no} settles nothing of {given.invoice_no}")
    invoice = invoices.settle(context, {given.invoice_no: -(amount + fee)})[given.invoice_no]
    row = allocation(context, given.payment_no, given.invoice_no, payment.currency, -amount, -fee)
    context.tx.insert(allocations, row)
    left = {"open": payment.open + amount}
    books.change(context.tx, payments, {"payment_no": given.payment_no}, left)
    ledger.post(
        context,
        "allocation",
        str(row["allocation"]),
        payment.currency,
        [
            Posting("receipts", -amount),
            Posting("fees", -fee),
            Posting("receivables", amount + fee, invoice.customer_id),
        ],
    )
    return record(payment, **left)


def _book_charge(context: Context, key: PaymentKey) -> Payment:
    payment = need(context, key.payment_no, lock=True)
    if payment.open >= 0:
        raise RuleBrokenError(
            f"the payment {key.payment_no} is no charge: {payment.open} {payment.currency} is open of it",
            mend="Only what left the account can be a bank's charge.",
        )
    row = allocation(context, key.payment_no, "", payment.currency, payment.open)
    context.tx.insert(allocations, row)
    books.change(context.tx, payments, {"payment_no": key.payment_no}, {"open": _NONE})
    ledger.post(
        context,
        "charge",
        key.payment_no,
        payment.currency,
        [Posting("fees", -payment.open), Posting("receipts", payment.open)],
    )
    return record(payment, open=_NONE)


def _get(context: Context, key: PaymentKey) -> Payment:
    return record(need(context, key.payment_no))


def _open(context: Context, query: OpenQuery) -> Payments:
    p = payments.c
    rows = context.tx.all(
        select(payments)
        .where(p.tenant_id == context.tx.tenant, p.open != 0)
        .order_by(p.booked_at, p.payment_no)
        .limit(query.limit)
    )
    return Payments.model_construct(payments=tuple(record(row) for row in rows))


def _total(given: Allocation) -> Decimal:
    return sum((share.amount + share.fee for share in given.allocations), _NONE)


OPERATIONS = (
    Operation(
        name="payments.register",
        title={"en": "Take in a statement entry", "zh": "登记银行流水"},
        effect="write",
        input=StatementEntry,
        output=Payment,
        handler=register,
        idempotent=True,
    ),
    Operation(
        name="payments.allocate",
        title={"en": "Settle invoices with a payment", "zh": "用回款核销发票"},
        effect="write",
        input=Allocation,
        output=Payment,
        handler=_allocate,
        amount=_total,
        steering={"allocations.invoice_no": "known"},
    ),
    Operation(
        name="payments.revoke",
        title={"en": "Take a settlement back", "zh": "撤销核销"},
        effect="write",
        input=Revocation,
        output=Payment,
        handler=_revoke,
    ),
    Operation(
        name="payments.book_charge",
        title={"en": "Book a bank charge", "zh": "登记银行手续费"},
        effect="write",
        input=PaymentKey,
        output=Payment,
        handler=_book_charge,
    ),
    Operation(
        name="payments.get",
        title={"en": "Look at a payment", "zh": "查看回款"},
        effect="read",
        input=PaymentKey,
        output=Payment,
        handler=_get,
        idempotent=True,
        outsiders=WORDS,
        private=frozenset({"account"}),
    ),
    Operation(
        name="payments.open",
        title={"en": "Payments not used yet", "zh": "查看未核销回款"},
        effect="read",
        input=OpenQuery,
        output=Payments,
        handler=_open,
        idempotent=True,
        outsiders=WORDS,
        private=frozenset({"account"}),
    ),
)
