"""A paper as data: who it is for, its lines and its sums; how it looks is the business of other files."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal, get_args

Kind = Literal[
    "quotation",
    "proforma",
    "confirmation",
    "delivery_note",
    "packing_list",
    "invoice",
    "credit_note",
    "statement",
    "reminder",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
Language = Literal["en", "zh", "both"]

READS: Mapping[str, str] = {
    "quotation": "quotes.get",
    "proforma": "orders.get",
    "confirmation": "orders.get",
    "delivery_note": "deliveries.get",
    "packing_list": "deliveries.get",
    "invoice": "invoices.get",
    "credit_note": "credit_notes.get",
    "statement": "invoices.open",
    "reminder": "invoices.get",
}
"""The operation that reads what a paper shows: who may call it may have the paper."""


@dataclass(frozen=True, slots=True)
class Party:
    """The customer as the books know it; what they do not say is empty."""

    name: str
    contact: str
    address: str
    city: str
    country: str
    tax_id: str
    email: str
    language: Literal["en", "zh"]
    e_invoice: str = ""


@dataclass(frozen=True, slots=True)
class TaxOf:
    """Net and tax of all lines with one rate (0.19 is 19 %)."""

    rate: Decimal
    net: Decimal
    tax: Decimal


@dataclass(frozen=True, slots=True)
class Paper:
    """What a paper says.

    Attributes:
        number: of the document; of a statement the customer's id.
        facts: (name of a word in `words.FACTS`, value) under the title.
        columns: names in `words.COLUMNS`, each a key of every line.
        totals: (name in `words.TOTALS`, amount, currency).
        open: what is still to be paid of an invoice or credit note.
    """

    kind: Kind
    number: str
    day: date
    currency: str
    party: Party
    facts: tuple[tuple[str, str | date], ...]
    columns: tuple[str, ...]
    lines: tuple[Mapping[str, Any], ...]
    totals: tuple[tuple[str, Decimal, str], ...] = ()
    taxes: tuple[TaxOf, ...] = ()
    open: Decimal | None = None
    due: date | None = None
    level: int = 0
