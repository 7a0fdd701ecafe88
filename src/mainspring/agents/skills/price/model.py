"""What goes into learned pricing and what comes out."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple


class Sale(NamedTuple):
    """One line that was sold.

    Attributes:
        customer: the customer's id; None or "" for a sale to somebody without an account.
        sku: the product's code.
        quantity: in the product's unit, above zero.
        unit_price: in the currency of the book.
        when: time of the sale, zone-aware.
        order_lines: how many lines the order had, where known; large and small anonymous orders are priced
            apart.
    """

    customer: str | None
    sku: str
    quantity: Decimal
    unit_price: Decimal
    when: datetime
    order_lines: int | None = None


@dataclass(frozen=True, slots=True)
class PriceSuggestion:
    """A unit price as history suggests it.

    Attributes:
        value: the price, or None where nothing is known of the product.
        confidence: probability in [0, 1] that a person who knows the firm would write the same price.
        evidence: why, in sentences for the person who reviews it.
        alternatives: other prices with their share of the votes, likeliest first.
    """

    value: Decimal | None
    confidence: float
    evidence: tuple[str, ...]
    alternatives: tuple[tuple[Decimal, float], ...] = ()
