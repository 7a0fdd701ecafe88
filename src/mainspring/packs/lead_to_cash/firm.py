"""A firm's books from an order history: products, customers, prices and stock, as past sales tell them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal

from mainspring.packs.lead_to_cash.orders import CASH, OrderBook, SourceOrder
from mainspring.services import load, sales
from mainspring.services.operation import Context
from mainspring.services.sales import SoldLine

CURRENCY = "GBP"
AMPLE = Decimal(100_000)
"""What an order history leaves open: how much is on hand. Ample, so that only new products run short."""


def open_books(context: Context, history: OrderBook, orders: OrderBook) -> load.Result:
    """Write products, customers, stock and past sales; customers only the orders name become cash accounts.

    Args:
        context: the open transaction and who writes.
        history: what was sold before the run; prices, wordings and products come from here alone.
        orders: what arrives in the run; only its customer numbers are looked at.
    """
    skus = list(_products(history.orders))
    result = load.catalogue(
        context,
        products=load.File("order history", skus),
        customers=load.File("order history", list(_customers(history.orders, orders))),
        stock=load.File(
            "order history",
            [load.Row(row.line, {"sku": row.cells["sku"], "on_hand": AMPLE}) for row in skus],
        ),
    )
    sales.load_history(context.tx, _sold(history.orders))
    return result


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
