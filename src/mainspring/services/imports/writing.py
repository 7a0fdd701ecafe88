"""Writing what was planned, and taking it back: each kind in its own way, all in one transaction."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Table, and_, delete, select

from mainspring.services import books, customers, opening, orders, prices, products, stock
from mainspring.services.customers import Customer
from mainspring.services.imports.plan import Change, Level
from mainspring.services.opening import Receivable
from mainspring.services.operation import Context, Data
from mainspring.services.orders import NewOrder
from mainspring.services.prices import PriceRule
from mainspring.services.products import Product
from mainspring.services.purchase import suppliers
from mainspring.services.purchase.suppliers import Supplier
from mainspring.services.stock import Move
from mainspring.services.tables import goods, money, parties, purchase, sales

D = TypeVar("D", bound=Data)
_NONE = Decimal(0)
_AT_ONCE = 400  # keys in one statement


class Way(NamedTuple):
    """How records of a kind are written and taken back."""

    model: type[Data]
    write: Callable[[Context, Sequence[Change], str], None]
    undo: Callable[[Context, Sequence[Change], str], None]
    now: Callable[[Context, Sequence[Change]], Mapping[str, Data]]
    used: Callable[[Context, Sequence[str]], set[str]]


def _afters(changes: Iterable[Change], model: type[D]) -> list[D]:
    return [one.after for one in changes if isinstance(one.after, model)]


def _befores(changes: Iterable[Change], model: type[D]) -> list[D]:
    return [one.before for one in changes if isinstance(one.before, model)]


def _new(changes: Iterable[Change]) -> list[str]:
    return [one.key for one in changes if one.before is None]


def _deleted(context: Context, table: Table, column: str, keys: Sequence[str]) -> None:
    c = table.c
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        context.tx.execute(delete(table).where(c.tenant_id == context.tx.tenant, c[column].in_(some)))


def _named(context: Context, keys: Sequence[str], *places: tuple[Table, str]) -> set[str]:
    """The keys that other documents name."""
    found: set[str] = set()
    for table, column in places:
        c = table.c
        for start in range(0, len(keys), _AT_ONCE):
            some = keys[start : start + _AT_ONCE]
            query = select(c[column]).where(c.tenant_id == context.tx.tenant, c[column].in_(some)).distinct()
            found |= {str(row[0]) for row in context.tx.all(query)}
    return found


def _records(
    table: Table, key: str, make: Callable[[Any], Data]
) -> Callable[[Context, Sequence[Change]], Mapping[str, Data]]:
    def now(context: Context, changes: Sequence[Change]) -> Mapping[str, Data]:
        rows = books.by_key(context.tx, table, key, [one.key for one in changes])
        return {name: make(row) for name, row in rows.items()}

    return now


# -- customers, suppliers, products --------------------


def _write_customers(context: Context, changes: Sequence[Change], _: str) -> None:
    customers.save(context, _afters(changes, Customer))


def _undo_customers(context: Context, changes: Sequence[Change], _: str) -> None:
    before = {sign for one in _befores(changes, Customer) for sign in customers.signs_of(one)}
    after = {sign for one in _afters(changes, Customer) for sign in customers.signs_of(one)}
    n = parties.customer_names.c
    for kind, value, customer in after - before:
        context.tx.execute(
            delete(parties.customer_names).where(
                n.tenant_id == context.tx.tenant, n.kind == kind, n.value == value, n.customer_id == customer
            )
        )
    _deleted(context, parties.customers, "customer_id", _new(changes))
    customers.save(context, _befores(changes, Customer))


def _write_suppliers(context: Context, changes: Sequence[Change], _: str) -> None:
    suppliers.save(context, _afters(changes, Supplier))


def _undo_suppliers(context: Context, changes: Sequence[Change], _: str) -> None:
    _deleted(context, purchase.suppliers, "supplier_id", _new(changes))
    suppliers.save(context, _befores(changes, Supplier))


def _write_products(context: Context, changes: Sequence[Change], _: str) -> None:
    products.save(context, _afters(changes, Product))


def _undo_products(context: Context, changes: Sequence[Change], _: str) -> None:
    _deleted(context, goods.products, "sku", _new(changes))
    products.save(context, _befores(changes, Product))


# -- prices and stock --------------------


def _write_prices(context: Context, changes: Sequence[Change], _: str) -> None:
    prices.save_rules(context.tx, _afters(changes, PriceRule))


def _undo_prices(context: Context, changes: Sequence[Change], _: str) -> None:
    r = goods.price_rules.c
    for rule in _afters(changes, PriceRule):
        context.tx.execute(
            delete(goods.price_rules).where(r.tenant_id == context.tx.tenant, _same_rule(rule))
        )
    prices.save_rules(context.tx, _befores(changes, PriceRule))


def _same_rule(rule: PriceRule) -> Any:
    r = goods.price_rules.c
    names = ("sku", "customer_id", "tier", "min_quantity", "valid_from")
    return and_(*(r[name] == getattr(rule, name) for name in names))


def _prices_now(context: Context, changes: Sequence[Change]) -> Mapping[str, Data]:
    r = goods.price_rules.c
    by_key = {_rule_of(one.after): one.key for one in changes}
    found: dict[str, Data] = {}
    skus = sorted({one.sku for one in _afters(changes, PriceRule)})
    for start in range(0, len(skus), _AT_ONCE):
        some = skus[start : start + _AT_ONCE]
        query = select(goods.price_rules).where(r.tenant_id == context.tx.tenant, r.sku.in_(some))
        for row in context.tx.all(query):
            key = by_key.get(_rule_of(row))
            if key is not None:
                names = PriceRule.model_fields
                found[key] = PriceRule.model_construct(**{name: getattr(row, name) for name in names})
    return found


def _rule_of(rule: Any) -> tuple[Any, ...]:
    return rule.sku, rule.customer_id, rule.tier, rule.min_quantity, rule.valid_from


def _write_stock(context: Context, changes: Sequence[Change], source: str) -> None:
    moves = [
        Move(one.after.sku, one.after.on_hand - _held(one.before), place)
        for place, one in enumerate(changes, 1)
        if isinstance(one.after, Level)
    ]
    stock.move(context, "count", f"import {source}", moves)


def _undo_stock(context: Context, changes: Sequence[Change], source: str) -> None:
    moves = [
        Move(one.after.sku, _held(one.before) - one.after.on_hand, place)
        for place, one in enumerate(changes, 1)
        if isinstance(one.after, Level)
    ]
    stock.move(context, "count", f"import {source} undone", moves)


def _held(level: Data | None) -> Decimal:
    return level.on_hand if isinstance(level, Level) else _NONE


def _level(row: Any) -> Level:
    return Level(sku=row.sku, on_hand=row.on_hand)


# -- open orders and receivables --------------------


def _write_orders(context: Context, changes: Sequence[Change], source: str) -> None:
    _end(context, _befores(changes, NewOrder), f"replaced by import {source}")
    for new in _afters(changes, NewOrder):
        orders.create(context, new)


def _undo_orders(context: Context, changes: Sequence[Change], source: str) -> None:
    _end(context, _afters(changes, NewOrder), f"import {source} undone")
    for old in _befores(changes, NewOrder):
        orders.create(context, old)


def _end(context: Context, ended: Iterable[NewOrder], why: str) -> None:
    """Cancel orders that nothing was done for; their own number is free for another."""
    for one in ended:
        key = {"source": one.customer_id, "source_no": one.source_no}
        row = books.find(context.tx, sales.orders, key)
        if row is not None:
            orders.cancel(context, orders.Cancellation(order_no=row.order_no, reason=why))
            books.change(
                context.tx,
                sales.orders,
                {"order_no": row.order_no},
                {"source_no": f"{one.source_no} ({row.order_no})"},
            )


def _orders_now(context: Context, changes: Sequence[Change]) -> Mapping[str, Data]:
    found: dict[str, Data] = {}
    for one in changes:
        if not isinstance(one.after, NewOrder):
            continue
        key = {"source": one.after.customer_id, "source_no": one.after.source_no}
        row = books.find(context.tx, sales.orders, key)
        lines = stock.lines_of(context, row.order_no) if row is not None else []
        if row is not None and not any(line.reserved or line.delivered or line.cancelled for line in lines):
            found[one.key] = one.after  # its contents cannot be changed otherwise
    return found


def _write_receivables(context: Context, changes: Sequence[Change], source: str) -> None:
    opening.withdraw(context, _befores(changes, Receivable), f"import {source}")
    opening.take_over(context, _afters(changes, Receivable), f"import {source}")


def _undo_receivables(context: Context, changes: Sequence[Change], source: str) -> None:
    opening.withdraw(context, _afters(changes, Receivable), f"undo {source}")
    opening.take_over(context, _befores(changes, Receivable), f"undo {source}")


def _receivable(row: Any) -> Receivable:
    names = (name for name in Receivable.model_fields if name != "amount")
    return Receivable.model_construct(**{name: getattr(row, name) for name in names}, amount=row.open)


def _nowhere(_: Context, __: Sequence[str]) -> set[str]:
    return set()


def _customers_used(context: Context, keys: Sequence[str]) -> set[str]:
    places = [
        (table, "customer_id") for table in (sales.orders, sales.quotes, money.invoices, goods.price_rules)
    ]
    return _named(context, keys, *places, (sales.sales_history, "customer_id"))


def _products_used(context: Context, keys: Sequence[str]) -> set[str]:
    tables = (sales.order_lines, sales.quote_lines, sales.sales_history, goods.stock, goods.price_rules)
    return _named(context, keys, *((table, "sku") for table in tables), (purchase.purchase_lines, "sku"))


def _suppliers_used(context: Context, keys: Sequence[str]) -> set[str]:
    tables = (purchase.purchase_orders, purchase.supplier_offers)
    return _named(context, keys, *((table, "supplier_id") for table in tables))


WAYS: Mapping[str, Way] = {
    "customers": Way(
        Customer,
        _write_customers,
        _undo_customers,
        _records(parties.customers, "customer_id", customers.record),
        _customers_used,
    ),
    "suppliers": Way(
        Supplier,
        _write_suppliers,
        _undo_suppliers,
        _records(purchase.suppliers, "supplier_id", suppliers.record),
        _suppliers_used,
    ),
    "products": Way(
        Product,
        _write_products,
        _undo_products,
        _records(goods.products, "sku", products.record),
        _products_used,
    ),
    "prices": Way(PriceRule, _write_prices, _undo_prices, _prices_now, _nowhere),
    "stock": Way(Level, _write_stock, _undo_stock, _records(goods.stock, "sku", _level), _nowhere),
    "orders": Way(NewOrder, _write_orders, _undo_orders, _orders_now, _nowhere),
    "receivables": Way(
        Receivable,
        _write_receivables,
        _undo_receivables,
        _records(money.invoices, "invoice_no", _receivable),
        _nowhere,
    ),
}
