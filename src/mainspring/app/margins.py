"""What orders are worth and what is left of it after the cost of their goods."""

from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import and_, case, select

from mainspring.services.tables.goods import products
from mainspring.services.tables.sales import order_lines, orders
from mainspring.store import Tx


class Margin(NamedTuple):
    """An order: net value, and what is left of it; None where the cost of a product is not known."""

    order_no: str
    customer_id: str
    currency: str
    net: Decimal
    margin: Decimal | None


def margins(tx: Tx, since: datetime, until: datetime) -> list[Margin]:
    """Orders made from `since` until before `until` that were not cancelled, the most worth first."""
    o, n, p = orders.c, order_lines.c, products.c
    known = and_(p.cost.is_not(None), p.currency == o.currency)
    query = (
        select(o.order_no, o.customer_id, o.currency, o.net, n.quantity, case((known, p.cost)).label("cost"))
        .join_from(orders, order_lines, and_(n.tenant_id == o.tenant_id, n.order_no == o.order_no))
        .outerjoin(products, and_(p.tenant_id == o.tenant_id, p.sku == n.sku))
        .where(
            o.tenant_id == tx.tenant,
            o.status != "cancelled",
            o.created_at >= since,
            o.created_at < until,
        )
        .order_by(o.order_no, n.line)
    )
    found: dict[str, Margin] = {}
    for row in tx.all(query):
        one = found.get(row.order_no) or Margin(row.order_no, row.customer_id, row.currency, row.net, row.net)
        cost = None if row.cost is None else row.quantity * row.cost
        left = None if cost is None or one.margin is None else one.margin - cost
        found[row.order_no] = one._replace(margin=left)
    return sorted(found.values(), key=lambda one: -one.net)
