"""What purchase operations are given and answer: orders, receipts, suppliers' invoices and their match."""

from decimal import Decimal
from typing import Literal

from pydantic import Field

from mainspring.services.fields import Amount, Code, Count, Currency, Price, Quantity, Text, When
from mainspring.services.operation import Data

_NONE = Decimal(0)


class OrderedLine(Data):
    """What is bought."""

    sku: Code
    quantity: Quantity
    unit_price: Price


class NewPurchase(Data):
    """An order to a supplier; the total is what its lines come to, and what is confirmed."""

    supplier_id: Code
    currency: Currency
    total: Amount
    lines: tuple[OrderedLine, ...] = Field(min_length=1, max_length=2000)
    due_at: When
    inquiry_no: Code | None = None
    terms: Text = ""


class PurchaseKey(Data):
    """Which purchase order."""

    purchase_no: Code


class ReceivedLine(Data):
    """What came of a line, and the part of it that was rejected (damaged, wrong), with why."""

    line: int = Field(ge=1)
    received: Quantity
    rejected: Count = Decimal(0)
    reason: Text = ""


class GoodsReceipt(Data):
    """Goods that came for an order; the document (their delivery note) is booked once."""

    document: Code
    purchase_no: Code
    lines: tuple[ReceivedLine, ...] = Field(min_length=1, max_length=2000)


class ChargedLine(Data):
    """A line of a supplier's invoice, and the line of the order that it charges."""

    purchase_line: int = Field(ge=1)
    quantity: Quantity
    unit_price: Price
    net: Amount


class SupplierInvoice(Data):
    """A supplier's invoice as it came; price_tolerance: by which share a price may exceed the order's."""

    supplier_id: Code
    invoice_no: Code
    purchase_no: Code
    currency: Currency
    lines: tuple[ChargedLine, ...] = Field(min_length=1, max_length=2000)
    issued_at: When
    due_at: When
    price_tolerance: Decimal = Field(default=Decimal(0), ge=0, le=1)


class Dissent(Data):
    """One thing in which order, receipt and invoice do not agree."""

    line: int
    kind: str
    quantity: Count
    amount: Amount
    en: str
    zh: str


class Matched(Data):
    """An invoice against order and receipt; `payable` is what may be paid of it, net."""

    supplier_id: str
    invoice_no: str
    purchase_no: str
    status: Literal["matched", "disputed", "accepted"]
    net: Amount
    payable: Amount
    differences: tuple[Dissent, ...]


class Acceptance(Data):
    """Accept an invoice for payment with this net total: at most what it charges."""

    supplier_id: Code
    invoice_no: Code
    currency: Currency
    total: Amount
    reason: Text = ""


class PurchaseLine(Data):
    """A line with what became of it."""

    line: int
    sku: str
    quantity: Count
    unit_price: Price
    net: Amount
    received: Count
    rejected: Count
    invoiced: Count


class Purchase(Data):
    """A purchase order with its lines; status is open or received."""

    purchase_no: str
    supplier_id: str
    status: str
    currency: str
    net: Amount
    terms: str
    due_at: When
    lines: tuple[PurchaseLine, ...]
