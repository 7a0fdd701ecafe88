"""What was sold, by us and in loaded history: to learn prices from and to find the original of a return."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from pydantic import Field
from sqlalchemy import select

from mainspring.services.fields import Amount, Code, Count, Price, Quantity, When
from mainspring.services.operation import Context, Data, Operation
from mainspring.services.tables.sales import sales_history
from mainspring.store import Tx

_CHUNK = 5000  # rows written at once
_SKUS = 500  # article numbers in one statement


class SoldLine(NamedTuple):
    """One line sold; the order is that in which prices are learned: oldest first."""

    document: str
    line: int
    order_no: str
    customer_id: str
    sku: str
    description: str
    quantity: Decimal
    unit_price: Decimal
    sold_at: datetime


def load_history(tx: Tx, lines: Iterable[SoldLine], *, unit: str = "pcs") -> int:
    """Write sales of the time before this system, which no invoice of ours holds; gives the number."""
    count = 0
    chunk: list[Mapping[str, Any]] = []
    for line in lines:
        chunk.append(
            line._asdict()
            | {
                "unit": unit,
                "tax_rate": 0,
                "net": round(line.quantity * line.unit_price, 4),
                "tax": 0,
                "returned": 0,
                "credited_net": 0,
                "credited_tax": 0,
            }
        )
        count += 1
        if len(chunk) == _CHUNK:
            tx.insert(sales_history, chunk)
            chunk = []
    tx.insert(sales_history, chunk)
    return count


def history(tx: Tx, *, since: datetime | None = None, until: datetime | None = None) -> Iterator[SoldLine]:
    """Lines sold from `since` until before `until`, oldest first; read in pages, never all at once."""
    s = sales_history.c
    fields = [s[name] for name in SoldLine._fields]
    place: tuple[Any, ...] | None = None
    while True:
        query = select(*fields).where(s.tenant_id == tx.tenant)
        if since is not None:
            query = query.where(s.sold_at >= since)
        if until is not None:
            query = query.where(s.sold_at < until)
        if place is not None:
            at, document, line = place
            query = query.where(
                (s.sold_at > at)
                | (
                    (s.sold_at == at)
                    & ((s.document > document) | ((s.document == document) & (s.line > line)))
                )
            )
        rows = tx.all(query.order_by(s.sold_at, s.document, s.line).limit(_CHUNK))
        yield from (SoldLine._make(row) for row in rows)
        if len(rows) < _CHUNK:
            return
        place = (rows[-1].sold_at, rows[-1].document, rows[-1].line)


class SoldQuery(Data):
    """Lines that a customer bought of some products, before a time."""

    customer_id: Code
    skus: tuple[Code, ...] = Field(max_length=5000)
    before: When | None = None
    only_returnable: bool = True


class Sold(Data):
    """A line sold, and what was returned of it; `document` is an invoice number or a loaded order's."""

    document: str
    line: int
    order_no: str
    sku: str
    description: str
    quantity: Count
    returned: Count
    unit_price: Price
    net: Amount
    sold_at: When


class SoldLines(Data):
    """Lines sold, the latest first."""

    lines: tuple[Sold, ...]


def find_sold(tx: Tx, query: SoldQuery) -> list[Sold]:
    """Lines the customer bought of these products, the latest first."""
    s = sales_history.c
    found: list[Any] = []
    wanted: Sequence[str] = sorted(set(query.skus))
    for start in range(0, len(wanted), _SKUS):
        statement = select(*(s[name] for name in Sold.model_fields)).where(
            s.tenant_id == tx.tenant,
            s.customer_id == query.customer_id,
            s.sku.in_(wanted[start : start + _SKUS]),
        )
        if query.before is not None:
            statement = statement.where(s.sold_at < query.before)
        if query.only_returnable:
            statement = statement.where(s.returned < s.quantity)
        found.extend(tx.all(statement))
    found.sort(key=lambda row: (row.sold_at, row.document, row.line), reverse=True)
    names = tuple(Sold.model_fields)
    return [Sold.model_construct(**dict(zip(names, row, strict=True))) for row in found]


def _find_sold(context: Context, query: SoldQuery) -> SoldLines:
    return SoldLines(lines=tuple(find_sold(context.tx, query)))


class LineQuantity(Data):
    """A product and how much of it."""

    sku: Code
    quantity: Quantity


OPERATIONS = (
    Operation(
        name="sales.find_sold",
        title={"en": "Find what a customer bought", "zh": "查找客户买过的产品"},
        effect="read",
        input=SoldQuery,
        output=SoldLines,
        handler=_find_sold,
        idempotent=True,
    ),
)
