"""What goes into payment matching and what comes out."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

Kind = Literal["exact", "partial", "merged", "fee"]


@dataclass(frozen=True, slots=True)
class Invoice:
    """A receivable.

    Attributes:
        invoice_no: as printed on the invoice.
        amount: what is still open, above zero.
        customer_id: who owes it; empty for a sale without an account.
        customer_name: as the payer's bank may show it.
        account: the customer's bank account, where known.
        order_no: the order, which payers name instead of the invoice at times.
        issued: day of the invoice; a payment never comes before it.
        currency: ISO 4217.
    """

    invoice_no: str
    amount: Decimal
    customer_id: str = ""
    customer_name: str = ""
    account: str = ""
    order_no: str = ""
    issued: date | None = None
    currency: str = "EUR"


@dataclass(frozen=True, slots=True)
class Entry:
    """A credit on a bank statement.

    Attributes:
        entry_id: unique in the run, such as statement number and line.
        amount: what arrived, above zero.
        booked: day of booking.
        payer: name as the bank shows it.
        account: the payer's account; empty where the bank does not say.
        text: the remittance text.
        currency: ISO 4217.
    """

    entry_id: str
    amount: Decimal
    booked: date | None = None
    payer: str = ""
    account: str = ""
    text: str = ""
    currency: str = "EUR"


class Part(NamedTuple):
    """What an entry pays of one invoice; kind "fee" settles it although the amount is short."""

    invoice_no: str
    amount: Decimal
    kind: Kind


@dataclass(frozen=True, slots=True)
class Assignment:
    """What an entry pays.

    Attributes:
        entry: the entry's id.
        parts: what it pays, or would pay where a person must confirm; empty where nothing fits.
        confidence: probability in [0, 1] that the parts are right.
        evidence: why, in sentences.
        automatic: whether it may be booked without a person.
        reason: why it may not; empty otherwise.
    """

    entry: str
    parts: tuple[Part, ...]
    confidence: float
    evidence: tuple[str, ...]
    automatic: bool
    reason: str = ""
