"""Lines of quotes and orders: from article, quantity and unit price to net, tax and the document's totals."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from pydantic import Field

from mainspring.services import products
from mainspring.services.errors import RuleBrokenError
from mainspring.services.fields import Amount, Code, Count, Price, Quantity, Rate, Text
from mainspring.services.money import round_money, split_tax
from mainspring.services.operation import Data
from mainspring.services.rows import Record
from mainspring.store import Tx


class LineInput(Data):
    """A line as the caller gives it; unit and description default to the product's."""

    line: int = Field(ge=1)
    sku: Code
    quantity: Quantity
    unit_price: Price
    unit: Text = ""
    description: Text = ""


class Line(Data):
    """A line with its figures; net and tax are of the whole line."""

    line: int
    sku: str
    description: str
    quantity: Count
    unit: str
    unit_price: Price
    tax_rate: Rate
    net: Amount
    tax: Amount


class Totals(NamedTuple):
    """Sums of a document."""

    net: Decimal
    tax: Decimal
    total: Decimal

    def columns(self) -> dict[str, Any]:
        """As the columns of a document."""
        return self._asdict()


LINE_FIELDS = tuple(Line.model_fields)


def work_out(tx: Tx, lines: Sequence[LineInput], currency: str) -> tuple[list[dict[str, Any]], Totals]:
    """Rows for the lines (column names of the line tables) and the totals of the document.

    Raises:
        UnknownRecordError: an article number is not in the books.
        RuleBrokenError: two lines have the same number, or a product is sold in another currency.
    """
    if len({line.line for line in lines}) != len(lines):
        raise RuleBrokenError("two lines have the same number", mend="Number the lines 1, 2, 3, ...")
    known = products.need_all(tx, [line.sku for line in lines])
    nets = [round_money(line.quantity * line.unit_price, currency) for line in lines]
    rates = [known[line.sku].tax_rate for line in lines]
    taxes = split_tax(nets, rates, currency)
    rows = [
        {
            "line": line.line,
            "sku": line.sku,
            "description": line.description or known[line.sku].name,
            "quantity": line.quantity,
            "unit": line.unit or known[line.sku].unit,
            "unit_price": line.unit_price,
            "tax_rate": rate,
            "net": net,
            "tax": tax,
        }
        for line, rate, net, tax in zip(lines, rates, nets, taxes, strict=True)
    ]
    return rows, totals(rows)


def totals(rows: Iterable[Mapping[str, Any]]) -> Totals:
    """The sums over line rows."""
    net = tax = Decimal(0)
    for row in rows:
        net += row["net"]
        tax += row["tax"]
    return Totals(net, tax, net + tax)


def line_of(row: Record | Mapping[str, Any]) -> Line:
    """The line of a stored row or of a row that was just worked out."""
    if isinstance(row, Mapping):
        return Line.model_construct(**{name: row[name] for name in LINE_FIELDS})
    return Line.model_construct(**{name: getattr(row, name) for name in LINE_FIELDS})
