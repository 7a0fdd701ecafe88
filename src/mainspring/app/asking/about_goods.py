"""Answers about products and papers: price, stock, buyers; what a paper holds, if it is paid or delivered."""

from decimal import Decimal
from typing import Any

from sqlalchemy import Table, func, select, type_coerce

from mainspring.app.asking.answer import Said, cells
from mainspring.app.asking.errors import NothingThere
from mainspring.app.asking.question import Asked
from mainspring.base.bilingual import told
from mainspring.services import columns
from mainspring.services.tables.goods import products, stock
from mainspring.services.tables.money import invoices
from mainspring.services.tables.parties import customers
from mainspring.services.tables.sales import (
    deliveries,
    delivery_lines,
    order_lines,
    orders,
    quote_lines,
    quotes,
    sales_history,
)

_SHOWN = 20
_LINES: dict[str, tuple[Table, str, str]] = {
    "quote": (quote_lines, "quote_no", "quotes.get"),
    "order": (order_lines, "order_no", "orders.get"),
    "invoice": (sales_history, "document", "invoices.get"),
    "delivery": (delivery_lines, "delivery_no", "deliveries.get"),
}
_STATES = {
    "draft": ("a draft", "草稿"),
    "confirmed": ("confirmed", "已确认"),
    "sent": ("sent and not yet answered", "已发出，尚未答复"),
    "accepted": ("accepted", "已接受"),
    "declined": ("declined", "已拒绝"),
    "expired": ("expired", "已过期"),
}


def price(asked: Asked) -> Said:
    """The list price of a product."""
    one = _product(asked)
    if one.list_price is None:
        return Said(sentence=asked.say(f"{one.sku} has no list price.", f"{one.sku} 没有目录价。"))
    said = f"{asked.number(one.list_price)} {one.currency}"
    name = _name(asked, one)
    return Said(
        sentence=asked.say(
            f"{one.sku} ({name}): list price {said} per {one.unit}.",
            f"{one.sku}（{name}）：目录价 {said} / {one.unit}。",
        )
    )


def price_for(asked: Asked) -> Said:
    """The price of one unit for a customer, by the price rules."""
    one, buyer = _product(asked), asked.entities["customer"]
    lines = [{"sku": one.sku, "quantity": 1}]
    found = asked.call("prices.find", customer_id=buyer, lines=lines).lines[0]
    if found.unit_price is None:
        return Said(
            sentence=asked.say(
                f"There is no price of {one.sku} for {buyer}.", f"{buyer} 没有 {one.sku} 的价格。"
            )
        )
    said = f"{asked.number(found.unit_price)} {found.currency}"
    return Said(
        sentence=asked.say(
            f"{buyer} pays {said} for one {one.unit} of {one.sku}: {told(found.evidence, 'en')}.",
            f"{buyer} 购买 {one.sku} 每 {one.unit} {said}：{told(found.evidence, 'zh')}。",
        )
    )


def in_stock(asked: Asked) -> Said:
    """What is on hand of a product, reserved and free."""
    one = _product(asked)
    asked.demand_reading("stock.levels")
    s = stock.c
    row = asked.tx.one(select(stock).where(s.tenant_id == asked.tx.tenant, s.sku == one.sku))
    held, reserved = (row.on_hand, row.reserved) if row else (Decimal(0), Decimal(0))
    figures = [f"{asked.number(value)} {one.unit}" for value in (held - reserved, held, reserved)]
    return Said(
        sentence=asked.say(
            f"{one.sku}: {figures[0]} free, {figures[1]} on hand, {figures[2]} reserved.",
            f"{one.sku}：可用 {figures[0]}，在库 {figures[1]}，已预留 {figures[2]}。",
        )
    )


def buyers(asked: Asked) -> Said:
    """Which customers bought a product, the most first."""
    one = _product(asked)
    asked.demand_reading("sales.find_sold")
    h, c = sales_history.c, customers.c
    sold = func.sum(h.quantity)
    query = (
        select(
            c.name,
            h.customer_id,
            type_coerce(sold, columns.quantity()).label("sold"),
            func.max(h.sold_at).label("last"),
        )
        .join(customers, (c.tenant_id == h.tenant_id) & (c.customer_id == h.customer_id))
        .where(h.tenant_id == asked.tx.tenant, h.sku == one.sku)
        .group_by(c.name, h.customer_id)
        .order_by(sold.desc(), h.customer_id)
        .limit(_SHOWN)
    )
    found = asked.tx.all(query)
    if not found:
        return Said(sentence=asked.say(f"Nobody bought {one.sku} yet.", f"还没有客户买过 {one.sku}。"))
    rows = [cells(row.name, row.customer_id, asked.number(row.sold), asked.day(row.last)) for row in found]
    return Said(
        sentence=asked.say(
            f"{found[0].name} bought most of {one.sku}.", f"买 {one.sku} 最多的是{found[0].name}。"
        ),
        columns=asked.say("Customer|Number|Bought|Last", "客户|编号|购买量|最近").split("|"),
        rows=rows,
    )


def sold_out(asked: Asked) -> Said:
    """Products of which nothing is free."""
    asked.demand_reading("stock.levels")
    p, s = products.c, stock.c
    none = (s.on_hand - s.reserved).is_(None) | (s.on_hand == s.reserved)
    query = (
        select(p.sku, p.name, p.name_zh, s.reserved)
        .outerjoin(stock, (s.tenant_id == p.tenant_id) & (s.sku == p.sku))
        .where(p.tenant_id == asked.tx.tenant, p.active.is_(True), none)
        .order_by(p.sku)
    )
    found = asked.tx.all(query)
    rows = [cells(row.sku, _name(asked, row), asked.number(row.reserved or 0)) for row in found[:_SHOWN]]
    return Said(
        sentence=asked.say(
            f"Of {len(found)} product(s) nothing is free.", f"有 {len(found)} 种产品没有可用库存。"
        ),
        columns=asked.say("Product|Name|Reserved", "产品|名称|已预留").split("|") if rows else [],
        rows=rows,
    )


def lines(asked: Asked) -> Said:
    """The lines of a quote, order, delivery or invoice."""
    kind, _, number = asked.entities["paper"].partition(":")
    if kind not in _LINES:
        raise NothingThere(asked.say(f"{number} has no lines", f"{number} 没有明细"))
    table, key, operation = _LINES[kind]
    asked.demand_reading(operation)
    found = asked.tx.all(
        select(table)
        .where(table.c.tenant_id == asked.tx.tenant, table.c[key] == number)
        .order_by(table.c.line)
    )
    rows = [
        cells(
            row.sku,
            getattr(row, "description", None),
            asked.number(row.quantity),
            asked.number(getattr(row, "unit_price", 0)) if hasattr(row, "unit_price") else None,
        )
        for row in found
    ]
    return Said(
        sentence=asked.say(f"{number} has {len(found)} line(s).", f"{number} 有 {len(found)} 行。"),
        columns=asked.say("Product|Description|Quantity|Unit price", "产品|描述|数量|单价").split("|"),
        rows=rows,
    )


def paid(asked: Asked) -> Said:
    """Whether an invoice is paid, or what is open of it."""
    one = _row(asked, invoices, "invoice_no", asked.entities["invoice"], "invoices.get")
    if one.settled_at is not None:
        return Said(
            sentence=asked.say(
                f"Yes, {one.invoice_no} was settled on {asked.day(one.settled_at)}.",
                f"已付清，{one.invoice_no} 于 {asked.day(one.settled_at)} 结清。",
            )
        )
    left, whole = asked.money(one.open, one.currency), asked.money(one.total, one.currency)
    return Said(
        sentence=asked.say(
            f"No, {left} of {whole} is open; due on {asked.day(one.due_at)}.",
            f"没有，{whole} 中还有 {left} 未付，{asked.day(one.due_at)} 到期。",
        )
    )


def delivered(asked: Asked) -> Said:
    """When an order was shipped."""
    one = _row(asked, orders, "order_no", asked.entities["order"], "orders.get")
    d = deliveries.c
    query = (
        select(deliveries)
        .where(d.tenant_id == asked.tx.tenant, d.order_no == one.order_no)
        .order_by(d.delivery_no)
    )
    found = asked.tx.all(query)
    rows = [cells(row.delivery_no, row.status, asked.moment(row.shipped_at)) for row in found]
    shipped = [row for row in found if row.shipped_at is not None]
    if one.status == "delivered" and shipped:
        last = asked.day(max(row.shipped_at for row in shipped))
        sentence = asked.say(
            f"Yes, {one.order_no} was shipped on {last}.", f"已发货，{one.order_no} 于 {last} 发出。"
        )
    elif shipped:
        sentence = asked.say(f"{one.order_no} was shipped in part.", f"{one.order_no} 已部分发货。")
    else:
        sentence = asked.say(f"No, {one.order_no} was not shipped yet.", f"{one.order_no} 尚未发货。")
    return Said(
        sentence=sentence,
        columns=asked.say("Delivery|Status|Shipped", "发货单|状态|发货时间").split("|") if rows else [],
        rows=rows,
    )


def quote_status(asked: Asked) -> Said:
    """What became of a quote, and its value."""
    one = _row(asked, quotes, "quote_no", asked.entities["quote"], "quotes.get")
    state, worth = asked.say(*_STATES[one.status]), asked.money(one.net, one.currency)
    return Said(
        sentence=asked.say(
            f"{one.quote_no} ({worth} net) is {state}, since {asked.day(one.changed_at)}.",
            f"{one.quote_no}（不含税 {worth}）：{state}，自 {asked.day(one.changed_at)}。",
        )
    )


def _product(asked: Asked) -> Any:
    return _row(asked, products, "sku", asked.entities["product"], "products.get")


def _row(asked: Asked, table: Table, key: str, value: str, operation: str) -> Any:
    asked.demand_reading(operation)
    found = asked.tx.one(select(table).where(table.c.tenant_id == asked.tx.tenant, table.c[key] == value))
    if found is None:
        raise NothingThere(asked.say(f"there is no {value}", f"没有 {value}"))
    return found


def _name(asked: Asked, row: Any) -> str:
    return str((row.name_zh or row.name) if asked.language == "zh" else row.name)
