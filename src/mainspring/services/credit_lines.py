"""The original of what comes back: which sold lines a credit note undoes, and what that comes to."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from pydantic import Field
from sqlalchemy import or_, select

from mainspring.services.errors import RuleBrokenError
from mainspring.services.fields import Amount, Code, Currency, Price, Quantity
from mainspring.services.money import round_money
from mainspring.services.operation import Context, Data
from mainspring.services.rows import Record
from mainspring.services.tables.sales import sales_history

_NONE = Decimal(0)


class CreditLine(Data):
    """What is credited of a `document`, which is an invoice's or an order's number.

    Without `line` the product's lines there are taken in order; with `unit_price` only those sold at it.
    """

    document: Code
    sku: Code
    quantity: Quantity
    line: int | None = Field(default=None, ge=1)
    unit_price: Price | None = None


class Draft(Data):
    """What a credit note would say."""

    customer_id: Code
    currency: Currency
    lines: tuple[CreditLine, ...] = Field(min_length=1, max_length=2000)


class CreditedLine(Data):
    """A credited line with the sold line that it undoes."""

    document: str
    document_line: int
    sku: str
    quantity: Quantity
    unit_price: Price
    net: Amount
    tax: Amount


class Preview(Data):
    """The credit note's figures."""

    net: Amount
    tax: Amount
    total: Amount
    lines: tuple[CreditedLine, ...]


class Part(NamedTuple):
    """A quantity of a sold line, credited now."""

    sold: Record
    quantity: Decimal
    returned: Decimal  # of the sold line, afterwards
    net: Decimal
    tax: Decimal


def _sold_lines(context: Context, draft: Draft) -> list[Record]:
    s = sales_history.c
    named = sorted({line.document for line in draft.lines})
    return list(
        context.tx.all(
            select(sales_history)
            .where(
                s.tenant_id == context.tx.tenant,
                s.customer_id == draft.customer_id,
                s.sku.in_(sorted({line.sku for line in draft.lines})),
                or_(s.document.in_(named), s.order_no.in_(named)),
            )
            .order_by(s.sold_at, s.document, s.line)
            .with_for_update()
        )
    )


def find_originals(context: Context, draft: Draft) -> list[Part]:
    """Spread the credited quantities over the sold lines.

    Raises:
        RuleBrokenError: more would come back than was sold and not credited yet.
    """
    sold = _sold_lines(context, draft)
    taken: dict[tuple[str, int], Decimal] = {}
    for wanted in draft.lines:
        left = wanted.quantity
        for row in sold:
            key = (row.document, row.line)
            free = row.quantity - row.returned - taken.get(key, _NONE)
            if not left or not free or not _fits(wanted, row):
                continue
            take = min(left, free)
            taken[key] = taken.get(key, _NONE) + take
            left -= take
        if left:
            raise RuleBrokenError(
                f"{wanted.document} has no {left} of {wanted.sku} left that {draft.customer_id} could return",
                mend="Look up with sales.find_sold what the customer bought and has not returned.",
            )
    return [
        _part(row, taken[row.document, row.line], draft.currency)
        for row in sold
        if (row.document, row.line) in taken
    ]


def _fits(wanted: CreditLine, row: Record) -> bool:
    return (
        row.sku == wanted.sku
        and wanted.document in {row.document, row.order_no}
        and (wanted.line is None or (row.line == wanted.line and row.document == wanted.document))
        and (wanted.unit_price is None or row.unit_price == wanted.unit_price)
    )


def _part(row: Record, quantity: Decimal, currency: str) -> Part:
    """Credit by the share of the running total, so that all parts of a line come to exactly the line."""
    returned = row.returned + quantity
    share = returned / row.quantity
    net = round_money(row.net * share, currency) - row.credited_net
    tax = round_money(row.tax * share, currency) - row.credited_tax
    return Part(row, quantity, returned, net, tax)


def figures_of(parts: Sequence[Part]) -> Preview:
    """What the credit note says for these parts."""
    net = sum((part.net for part in parts), _NONE)
    tax = sum((part.tax for part in parts), _NONE)
    lines = tuple(
        CreditedLine.model_construct(
            document=part.sold.document,
            document_line=part.sold.line,
            sku=part.sold.sku,
            quantity=part.quantity,
            unit_price=part.sold.unit_price,
            net=part.net,
            tax=part.tax,
        )
        for part in parts
    )
    return Preview(net=net, tax=tax, total=net + tax, lines=lines)
