"""Invoices settled in another currency: both sides leave at their own amount, gain or loss is booked.

Multi-currency double entry (Selinger, "Tutorial on multiple currency accounting"): every entry balances in
its own currency against the account `exchange`. In the firm's currency the payment is worth what it was on
its day, the invoice what it was on its own; the difference is the realised gain (above zero) or loss.
"""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from mainspring.services import books, invoices, ledger, payments
from mainspring.services.bank.rates import turned
from mainspring.services.errors import RuleBrokenError
from mainspring.services.fields import Amount, Code, Currency, Positive
from mainspring.services.ledger import Posting
from mainspring.services.operation import Context, Data, Operation
from mainspring.services.tables.money import exchanges
from mainspring.services.tables.money import payments as payment_table

_APART = Decimal("0.05")
"""How far what is settled may be from what the payment is worth by the rate: banks keep a part of it."""


class Exchange(Data):
    """Use a payment for an invoice in another currency.

    Attributes:
        amount: of the payment, in its currency; at most what is left of it.
        settles: of the invoice, in its currency; without it, what the amount is worth on the payment's day,
            at most what is open.
        home: the firm's currency, in which gain or loss is booked.
    """

    payment_no: Code
    invoice_no: Code
    amount: Positive
    settles: Positive | None = None
    home: Currency


class ExchangeKey(Data):
    """Which payment, and which invoice it settles in another currency."""

    payment_no: Code
    invoice_no: Code


class Exchanged(Data):
    """What was used of the payment, settled of the invoice, and gained (below zero: lost) by the rates."""

    payment_no: str
    invoice_no: str
    paid: Amount
    paid_currency: Currency
    settled: Amount
    settled_currency: Currency
    gain: Amount
    home: Currency
    left_of_payment: Amount
    left_of_invoice: Amount


def _exchange(context: Context, given: Exchange) -> Exchanged:
    tx = context.tx
    payment = payments.need(context, given.payment_no, lock=True)
    invoice = invoices.need(context, given.invoice_no, lock=True)
    if payment.currency == invoice.currency:
        raise RuleBrokenError(
            f"{given.payment_no} and {given.invoice_no} are both in {payment.currency}",
            mend="Settle it with payments.allocate.",
        )
    if given.amount > payment.open:
        raise RuleBrokenError(
            f"{payment.open} {payment.currency} is left of {given.payment_no}, not {given.amount}",
            mend="Use at most what is left.",
        )
    worth = turned(tx, given.amount, payment.currency, invoice.currency, _day(payment.booked_at)).amount
    settles = given.settles or min(worth, invoice.open)
    if not settles or abs(settles - worth) > worth * _APART:
        raise RuleBrokenError(
            f"{given.amount} {payment.currency} was worth {worth} {invoice.currency}, not {settles}",
            mend="Name what it settles, or keep the rate of that day first.",
        )
    received = turned(tx, given.amount, payment.currency, given.home, _day(payment.booked_at)).amount
    claimed = turned(tx, settles, invoice.currency, given.home, _day(invoice.issued_at)).amount
    row = {
        "payment_no": given.payment_no,
        "invoice_no": given.invoice_no,
        "paid": given.amount,
        "paid_currency": payment.currency,
        "settled": settles,
        "settled_currency": invoice.currency,
        "gain": received - claimed,
        "home": given.home,
    }
    return _book(context, row, invoice.customer_id)


def _revoke(context: Context, key: ExchangeKey) -> Exchanged:
    """Both sides go back at the amounts and the gain with which they were booked."""
    e = exchanges.c
    sums = (
        func.sum(e.paid).label("paid"),
        func.sum(e.settled).label("settled"),
        func.sum(e.gain).label("gain"),
    )
    names = (e.paid_currency, e.settled_currency, e.home)
    mine = (
        e.tenant_id == context.tx.tenant,
        e.payment_no == key.payment_no,
        e.invoice_no == key.invoice_no,
    )
    rows = [row for row in context.tx.all(select(*sums, *names).where(*mine).group_by(*names)) if row.paid]
    if not rows:
        raise RuleBrokenError(
            f"{key.payment_no} settles nothing of {key.invoice_no} in another currency", mend="Nothing to do."
        )
    invoice = invoices.need(context, key.invoice_no, lock=True)
    payments.need(context, key.payment_no, lock=True)
    for row in rows:
        back = {"paid": -row.paid, "settled": -row.settled, "gain": -row.gain}
        kinds = {"paid_currency": row.paid_currency, "settled_currency": row.settled_currency}
        done = _book(context, key.model_dump() | back | kinds | {"home": row.home}, invoice.customer_id)
    return done


def _book(context: Context, row: dict[str, Any], customer_id: str) -> Exchanged:
    """Write the exchange, what is left on both sides, and its three entries."""
    number = context.keys()
    invoice = invoices.settle(context, {row["invoice_no"]: row["settled"]})[row["invoice_no"]]
    payment = payments.need(context, row["payment_no"])
    left = {"open": payment.open - row["paid"], "customer_id": customer_id}
    books.change(context.tx, payment_table, {"payment_no": row["payment_no"]}, left)
    who = {"actor_kind": context.principal.kind, "actor_id": context.principal.id}
    context.tx.insert(exchanges, row | {"exchange": number, "at": context.now} | who)
    sides = (
        ("exchange paid", row["paid_currency"], Posting("receipts", row["paid"])),
        ("exchange settled", row["settled_currency"], Posting("receivables", -row["settled"], customer_id)),
        ("exchange result", row["home"], Posting("exchange_result", -row["gain"])),
    )
    for kind, currency, posting in sides:
        against = Posting("exchange", -posting.amount)
        ledger.post(context, kind, str(number), currency, [posting, against])
    open_ = {"left_of_payment": left["open"], "left_of_invoice": invoice.open - row["settled"]}
    return Exchanged.model_construct(**row, **open_)


def _day(at: datetime) -> Any:
    return at.date()


def _amount(given: Exchange) -> Decimal:
    return given.amount


OPERATIONS = (
    Operation(
        name="payments.exchange",
        title={"en": "Settle an invoice in another currency", "zh": "用外币回款核销发票"},
        effect="write",
        input=Exchange,
        output=Exchanged,
        handler=_exchange,
        amount=_amount,
        steering={"invoice_no": "known"},
    ),
    Operation(
        name="payments.revoke_exchange",
        title={"en": "Take a settlement in another currency back", "zh": "撤销外币核销"},
        effect="write",
        input=ExchangeKey,
        output=Exchanged,
        handler=_revoke,
    ),
)
