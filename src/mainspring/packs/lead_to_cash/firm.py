"""A firm's books from an order history: products, customers, prices and stock, as past sales tell them."""

import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Column, select

from mainspring.packs.lead_to_cash.orders import CASH, OrderBook, SourceOrder
from mainspring.services import load, sales
from mainspring.services.operation import Context
from mainspring.services.sales import SoldLine
from mainspring.services.tables.goods import products
from mainspring.services.tables.parties import customer_names, customers
from mainspring.services.tables.sales import sales_history

CURRENCY = "GBP"
AMPLE = Decimal(100_000)
"""What an order history leaves open: how much is on hand. Ample, so that only new products run short."""


def open_books(context: Context, history: OrderBook, orders: OrderBook) -> load.Result:
    """Write products, customers, stock and past sales; customers only the orders name become cash accounts.

    What the books have already stays as it is, so that the same files again change nothing.

    Args:
        context: the open transaction and who writes.
        history: what was sold before the run; prices, wordings and products come from here alone.
        orders: what arrives in the run; only its customer numbers are looked at.
    """
    skus = _new(context, products.c.sku, "sku", _products(history.orders))
    buyers = _new(context, customers.c.customer_id, "customer_id", _customers(history.orders, orders))
    result = load.catalogue(
        context,
        products=load.File("order history", skus),
        customers=load.File("order history", buyers),
        stock=load.File(
            "order history",
            [load.Row(row.line, {"sku": row.cells["sku"], "on_hand": AMPLE}) for row in skus],
        ),
    )
    context.tx.insert(customer_names, _payers(buyers))
    told = _known(context, sales_history.c.document)
    sales.load_history(context.tx, _sold(one for one in history.orders if one.number not in told))
    return result


def _known(context: Context, column: Column[Any]) -> set[str]:
    """The values of a column that the books have."""
    tenant = column.table.c.tenant_id
    return {row[0] for row in context.tx.all(select(column).where(tenant == context.tx.tenant).distinct())}


def _new(context: Context, column: Column[Any], cell: str, rows: Iterable[load.Row]) -> list[load.Row]:
    """The rows whose key the books do not have yet."""
    known = _known(context, column)
    return [row for row in rows if row.cells[cell] not in known]


def account_of(customer: str) -> str:
    """The made-up bank account of a customer of an order history, which names none."""
    return f"DEMO{zlib.crc32(customer.encode()):010}"


def _payers(buyers: Iterable[load.Row]) -> list[dict[str, str]]:
    """Whoever bought before has paid before: the books know their accounts."""
    known = [row.cells["customer_id"] for row in buyers if row.cells["tier"] == "TRADE"]
    return [{"kind": "payer", "value": account_of(one), "customer_id": one} for one in known]


def _products(orders: Iterable[SourceOrder]) -> Iterator[load.Row]:
    names: dict[str, Counter[str]] = {}
    prices: dict[str, Counter[Decimal]] = {}
    for order in orders:
        for line in order.lines:
            names.setdefault(line.sku, Counter())[line.text] += 1
            prices.setdefault(line.sku, Counter())[line.unit_price] += 1
    for number, (sku, wordings) in enumerate(names.items(), 1):
        usual, name = prices[sku].most_common(1)[0][0], wordings.most_common(1)[0][0]
        cells = {"sku": sku, "name": name, "currency": CURRENCY, "list_price": usual}
        yield load.Row(number, cells)


def _customers(history: Iterable[SourceOrder], orders: OrderBook) -> Iterator[load.Row]:
    known = {order.customer: order.country for order in history}
    new = {order.customer: order.country for order in (*orders.orders, *orders.cancellations)}
    for number, (customer, country) in enumerate({**new, **known, CASH: ""}.items(), 1):
        tier = "TRADE" if customer in known and customer != CASH else "CASH"
        name = "Cash sale" if customer == CASH else f"Demo Trader {customer} Ltd"
        cells = {
            "customer_id": customer,
            "name": name,
            "tier": tier,
            "country": country,
            "currency": CURRENCY,
        }
        yield load.Row(number, cells)


def _sold(orders: Iterable[SourceOrder]) -> Iterator[SoldLine]:
    for order in sorted(orders, key=_when):
        for number, line in enumerate(order.lines, 1):
            yield SoldLine(
                order.number,
                number,
                order.number,
                order.customer,
                line.sku,
                line.text,
                line.quantity,
                line.unit_price,
                order.placed_at,
            )


def _when(order: SourceOrder) -> datetime:
    return order.placed_at
