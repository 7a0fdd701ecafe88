"""Prices: agreements and quantity breaks, list prices, and what was paid last."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from pydantic import Field
from sqlalchemy import ScalarSelect, or_, select

from mainspring.base.bilingual import both
from mainspring.services import customers, products
from mainspring.services.fields import Code, Count, Currency, Price, Quantity, Text, When
from mainspring.services.operation import Context, Data, Operation
from mainspring.services.sales import LineQuantity
from mainspring.services.tables.goods import price_rules
from mainspring.services.tables.goods import products as product_table
from mainspring.services.tables.sales import sales_history
from mainspring.store import Tx


class PriceRule(Data):
    """The price of a product from a quantity on: for a customer, for a tier, or (both empty) for all."""

    sku: Code
    customer_id: Text = ""
    tier: Text = ""
    min_quantity: Quantity = Field(default=1, validate_default=True)
    unit_price: Price
    currency: Currency
    valid_from: When
    valid_until: When | None = None


class PriceQuery(Data):
    """Products and quantities that a customer asks for."""

    customer_id: Code | None = None
    lines: tuple[LineQuantity, ...] = Field(max_length=5000)


class RulePrice(Data):
    """The price by the books for one asked line: `basis` is agreement, tier, break, list or none."""

    sku: str
    quantity: Count
    unit_price: Price | None
    currency: str
    basis: str
    cost: Price | None
    evidence: str


class RulePrices(Data):
    """One price for each asked line, in the same order."""

    lines: tuple[RulePrice, ...]


class LastPrice(Data):
    """What was paid last: by this customer for the quantity, by this customer, by anyone (None: never)."""

    sku: str
    quantity: Count
    same_quantity: Price | None
    same_customer: Price | None
    anyone: Price | None


class LastPrices(Data):
    """One record for each asked line, in the same order."""

    lines: tuple[LastPrice, ...]


def save_rules(tx: Tx, rules: Sequence[PriceRule]) -> None:
    """Insert rules, replacing those of the same product, buyer, quantity and first day."""
    r = price_rules.c
    for rule in rules:
        tx.execute(
            price_rules.delete().where(
                r.tenant_id == tx.tenant,
                r.sku == rule.sku,
                r.customer_id == rule.customer_id,
                r.tier == rule.tier,
                r.min_quantity == rule.min_quantity,
                r.valid_from == rule.valid_from,
            )
        )
    tx.insert(price_rules, [rule.model_dump() for rule in rules])


def _rank(rule: Any) -> tuple[bool, bool, Decimal, datetime]:
    """A customer's agreement beats a tier's, that beats all's; then the highest break, then the newest."""
    return bool(rule.customer_id), bool(rule.tier), rule.min_quantity, rule.valid_from


_BASES = {
    "agreement": both("agreement", "协议价"),
    "tier": both("tier", "等级价"),
    "break": both("break", "数量优惠"),
}
_LIST_PRICE, _NO_LIST_PRICE = both("list price", "目录价"), both("no list price", "没有目录价")


def _basis(rule: Any) -> str:
    if rule.customer_id:
        return "agreement"
    return "tier" if rule.tier else "break"


def _find(context: Context, query: PriceQuery) -> RulePrices:
    tx, r = context.tx, price_rules.c
    buyer = customers.need(tx, query.customer_id) if query.customer_id else None
    skus = [line.sku for line in query.lines]
    known = products.need_all(tx, skus)
    rows = tx.all(
        select(price_rules).where(
            r.tenant_id == tx.tenant,
            r.sku.in_(sorted(set(skus))),
            r.customer_id.in_(["", query.customer_id or ""]),
            r.tier.in_(["", buyer.tier if buyer is not None else ""]),
            r.valid_from <= context.now,
            or_(r.valid_until.is_(None), r.valid_until > context.now),
        )
    )
    currency = buyer.currency if buyer is not None else None
    by_sku: dict[str, list[Any]] = {}
    for row in rows:
        if row.currency == (currency or known[row.sku].currency):
            by_sku.setdefault(row.sku, []).append(row)
    return RulePrices(
        lines=tuple(_price(line, known[line.sku], by_sku.get(line.sku, [])) for line in query.lines)
    )


def _price(line: LineQuantity, product: Any, rules: Sequence[Any]) -> RulePrice:
    reached = [rule for rule in rules if rule.min_quantity <= line.quantity]
    if reached:
        rule = max(reached, key=_rank)
        price, basis, currency = rule.unit_price, _basis(rule), rule.currency
        evidence = both(
            "{basis} from {least} {unit}, valid from {day:%Y-%m-%d}",
            "{basis}，{least} {unit}起，自 {day:%Y-%m-%d} 生效",
            basis=_BASES[basis],
            least=rule.min_quantity,
            unit=product.unit,
            day=rule.valid_from,
        )
    else:
        price, currency = product.list_price, product.currency
        basis = "none" if price is None else "list"
        evidence = _NO_LIST_PRICE if price is None else _LIST_PRICE
    return RulePrice(
        sku=line.sku,
        quantity=line.quantity,
        unit_price=price,
        currency=currency,
        basis=basis,
        cost=product.cost,
        evidence=evidence,
    )


def _latest(tx: Tx, *conditions: Any) -> ScalarSelect[Any]:
    s = sales_history.c
    return (
        select(s.unit_price)
        .where(s.tenant_id == tx.tenant, s.sku == product_table.c.sku, *conditions)
        .order_by(s.sold_at.desc(), s.document.desc(), s.line.desc())
        .limit(1)
        .correlate(product_table)
        .scalar_subquery()
    )


def _last(context: Context, query: PriceQuery) -> LastPrices:
    tx, s, p = context.tx, sales_history.c, product_table.c
    skus = sorted({line.sku for line in query.lines})
    mine = s.customer_id == (query.customer_id or "")
    general = tx.all(
        select(p.sku, _latest(tx, mine), _latest(tx)).where(p.tenant_id == tx.tenant, p.sku.in_(skus))
    )
    exact = tx.all(
        select(s.sku, s.quantity, s.unit_price)
        .where(
            s.tenant_id == tx.tenant,
            mine,
            s.sku.in_(skus),
            s.quantity.in_(sorted({line.quantity for line in query.lines})),
        )
        .order_by(s.sold_at, s.document, s.line)
    )
    by_sku = {sku: (own, anyone) for sku, own, anyone in map(tuple, general)}
    by_quantity = {(sku, quantity): price for sku, quantity, price in map(tuple, exact)}
    return LastPrices(
        lines=tuple(
            LastPrice(
                sku=line.sku,
                quantity=line.quantity,
                same_quantity=by_quantity.get((line.sku, line.quantity)),
                same_customer=by_sku.get(line.sku, (None, None))[0],
                anyone=by_sku.get(line.sku, (None, None))[1],
            )
            for line in query.lines
        )
    )


OPERATIONS = (
    Operation(
        name="prices.find",
        title={"en": "Look up the price by agreement, break or list", "zh": "查询协议价、阶梯价或目录价"},
        effect="read",
        input=PriceQuery,
        output=RulePrices,
        handler=_find,
        idempotent=True,
        cacheable=True,
    ),
    Operation(
        name="prices.last",
        title={"en": "Look up what was paid last", "zh": "查询最近成交价"},
        effect="read",
        input=PriceQuery,
        output=LastPrices,
        handler=_last,
        idempotent=True,
        cacheable=True,
    ),
)
