"""What an import would write: records with what they were before, and every row that cannot be."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Table, select

from mainspring.services import books, customers, products, stock
from mainspring.services.customers import Customer, fold
from mainspring.services.imports.records import Problem, Reader, Values, checked
from mainspring.services.operation import Context, Data
from mainspring.services.prices import PriceRule
from mainspring.services.products import Product
from mainspring.services.purchase import suppliers
from mainspring.services.purchase.suppliers import Supplier
from mainspring.services.tables.goods import price_rules
from mainspring.services.tables.goods import products as product_table
from mainspring.services.tables.parties import customer_names
from mainspring.services.tables.parties import customers as customer_table
from mainspring.services.tables.purchase import suppliers as supplier_table

_EVER = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Change:
    """A record that is to be written; `before` is None for a new one."""

    key: str
    before: Data | None
    after: Data


@dataclass(slots=True)
class Plan:
    """All that an import would do.

    Attributes:
        changes: records to be written; those that are there already as they should be are only counted.
        same: how many are.
        problems: rows that cannot be imported.
    """

    changes: list[Change] = field(default_factory=list)
    same: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def new(self) -> int:
        """Records that the books do not have yet."""
        return sum(1 for one in self.changes if one.before is None)

    def put(self, key: str, before: Data | None, after: Data) -> None:
        """Write it, unless it is there already just so."""
        if before == after:
            self.same += 1
        else:
            self.changes.append(Change(key, before, after))


class Level(Data):
    """Stock on hand of a product, as an import sets it."""

    sku: str
    on_hand: Decimal


def repeated(plan: Plan, rows: Iterable[Values], key: Callable[[Values], str], what: str) -> list[Values]:
    """The rows without those whose key stood in an earlier one; those are problems."""
    seen: dict[str, int] = {}
    good = []
    for row in rows:
        name = key(row)
        if name and name in seen:
            said = f"{what} {name} stands in line {seen[name]} already"
            plan.problems.append(Problem(line=row.line, column="", value=name, message=said))
            continue
        seen[name] = row.line
        good.append(row)
    return good


def parties(
    context: Context, how: Reader, rows: list[Values], currency: str, *, buying: bool = False
) -> Plan:
    """Customers, or suppliers when buying: found by number, or by name where the file has no numbers."""
    plan = Plan()
    model: type[Data] = Supplier if buying else Customer
    name, table = ("supplier_id", supplier_table) if buying else ("customer_id", customer_table)
    unnumbered = name not in how.roles
    by_name = _names(context, table, name) if unnumbered else {}
    rows = repeated(
        plan, rows, lambda row: str(row.cells.get(name) or row.cells.get("name", "")), "the record"
    )
    known = books.by_key(context.tx, table, name, [str(row.cells.get(name, "")) for row in rows])
    if by_name:
        known |= books.by_key(context.tx, table, name, by_name.values())
    for row in rows:
        cells = dict(row.cells)
        if unnumbered:
            said = str(cells.get("name", ""))
            cells[name] = by_name.get(fold("name", said)) or said
        if "active" in cells:
            cells["blocked"] = not cells.pop("active")
        there = known.get(str(cells[name])) if name in cells else None
        before = _record(model, there)
        given = (before.model_dump() if before is not None else {"currency": currency}) | cells
        if given.get("blocked") and not buying and not given.get("blocked_reason"):
            given["blocked_reason"] = "blocked in the list that was imported"
        _judge(plan, model, row, given, how, name, before)
    return plan


def _names(context: Context, table: Table, key: str) -> dict[str, str]:
    """Who goes by which folded name; names that several go by are nobody's."""
    tx = context.tx
    if table is customer_table:
        n = customer_names.c
        query = select(n.value, n.customer_id).where(n.tenant_id == tx.tenant, n.kind == "name")
        pairs = [(str(said), str(one)) for said, one in map(tuple, tx.all(query))]
    else:
        c = table.c
        parties = tx.all(select(c[key], c.name).where(c.tenant_id == tx.tenant))
        pairs = [(fold("name", str(name)), str(one)) for one, name in map(tuple, parties)]
    found: dict[str, set[str]] = {}
    for said, one in pairs:
        found.setdefault(said, set()).add(one)
    return {said: next(iter(ones)) for said, ones in found.items() if len(ones) == 1}


def customers_by_name(context: Context) -> dict[str, str]:
    """Customers by the folded names that only they go by."""
    return _names(context, customer_table, "customer_id")


def _record(model: type[Data], row: Any) -> Data | None:
    if row is None:
        return None
    makers: Mapping[type[Data], Callable[[Any], Data]] = {
        Customer: customers.record,
        Supplier: suppliers.record,
        Product: products.record,
    }
    return makers[model](row)


def _judge(
    plan: Plan,
    model: type[Data],
    row: Values,
    given: Mapping[str, Any],
    how: Reader,
    key: str,
    before: Data | None,
) -> None:
    made = checked(model, row, given, how)
    if isinstance(made, list):
        plan.problems.extend(made)
    else:
        plan.put(str(getattr(made, key)), before, made)


def goods(context: Context, how: Reader, rows: list[Values], currency: str) -> Plan:
    """Products by their number; what the file does not say stays as it is."""
    plan = Plan()
    rows = repeated(plan, rows, lambda row: str(row.cells.get("sku", "")), "the item")
    known = books.by_key(context.tx, product_table, "sku", [str(row.cells.get("sku", "")) for row in rows])
    for row in rows:
        cells = dict(row.cells)
        if "name" not in cells and "name_zh" in cells:
            cells["name"] = cells["name_zh"]
        if "discontinued" in cells:
            cells["active"] = not cells.pop("discontinued")
        before = _record(Product, known.get(str(cells.get("sku", ""))))
        given = (before.model_dump() if before is not None else {"currency": currency}) | cells
        _judge(plan, Product, row, given, how, "sku", before)
    return plan


def price_list(context: Context, how: Reader, rows: list[Values], currency: str) -> Plan:
    """Prices from a quantity on, for a tier, a customer or everyone; products and customers must be known."""
    plan = Plan()
    known = books.by_key(context.tx, product_table, "sku", [str(row.cells.get("sku", "")) for row in rows])
    buyers = books.by_key(
        context.tx,
        customer_table,
        "customer_id",
        [str(row.cells["customer_id"]) for row in rows if "customer_id" in row.cells],
    )
    there = _rules(context)
    seen: dict[str, int] = {}
    for row in rows:
        cells = dict(row.cells)
        fault = _missing(row, how, "sku", known) or _missing(row, how, "customer_id", buyers)
        if fault is not None:
            plan.problems.append(fault)
            continue
        given = {"currency": currency, "valid_from": _EVER} | cells
        made = checked(PriceRule, row, given, how)
        if isinstance(made, list):
            plan.problems.extend(made)
            continue
        key = rule_key(made)
        if key in seen:
            said = f"a price for the same stands in line {seen[key]} already"
            plan.problems.append(Problem(line=row.line, column="", value=key, message=said))
            continue
        seen[key] = row.line
        plan.put(key, there.get(key), made)
    return plan


def rule_key(rule: Any) -> str:
    """What tells a price from others, as one text."""
    parts = (rule.sku, rule.customer_id, rule.tier, f"{Decimal(rule.min_quantity).normalize():f}")
    return "|".join((*parts, f"{rule.valid_from:%Y-%m-%d}"))


def _rules(context: Context) -> dict[str, PriceRule]:
    rows = context.tx.all(select(price_rules).where(price_rules.c.tenant_id == context.tx.tenant))
    made = [
        PriceRule.model_construct(**{name: getattr(row, name) for name in PriceRule.model_fields})
        for row in rows
    ]
    return {rule_key(one): one for one in made}


def _missing(row: Values, how: Reader, role: str, known: Mapping[str, Any]) -> Problem | None:
    name = row.cells.get(role)
    if name is None or str(name) in known:
        return None
    heading = how.headings[how.roles.index(role)] if role in how.roles else role
    return Problem(line=row.line, column=heading, value=str(name), message=f"{name} is not in the books")


def levels(context: Context, how: Reader, rows: list[Values], _: str = "") -> Plan:
    """Stock on hand: what several warehouses hold of a product is added up."""
    plan = Plan()
    known = books.by_key(context.tx, product_table, "sku", [str(row.cells.get("sku", "")) for row in rows])
    sums: dict[str, Decimal] = {}
    lines: dict[str, int] = {}
    for row in rows:
        fault = _missing(row, how, "sku", known)
        sku = str(row.cells.get("sku", ""))
        if fault is None and not sku:
            fault = Problem(line=row.line, column="", value="", message="the item number is missing")
        if fault is not None:
            plan.problems.append(fault)
            continue
        sums[sku] = sums.get(sku, Decimal(0)) + Decimal(row.cells.get("on_hand", 0))
        lines.setdefault(sku, row.line)
    there = stock.levels(context, sums)
    for sku, count in sums.items():
        row_there = there.get(sku)
        reserved = row_there.reserved if row_there is not None else Decimal(0)
        if count < reserved:
            said = f"{reserved} of {sku} are reserved" if reserved else "stock cannot be below zero"
            plan.problems.append(Problem(line=lines[sku], column="", value=str(count), message=said))
            continue
        before = None if row_there is None else Level(sku=sku, on_hand=row_there.on_hand)
        plan.put(sku, before, Level(sku=sku, on_hand=count))
    return plan
