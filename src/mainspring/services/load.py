"""Bringing a company's own records in: rows as they were read, checked one by one, whole or not at all.

A bad row is reported with file, line and field and left out; the rest goes on. The same rows again overwrite
what they wrote before and double nothing.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from mainspring.services import books
from mainspring.services.customers import Customer
from mainspring.services.customers import save as save_customers
from mainspring.services.fields import Code, NonNegative
from mainspring.services.operation import Context, Data
from mainspring.services.prices import PriceRule, save_rules
from mainspring.services.products import Product
from mainspring.services.products import save as save_products
from mainspring.services.stock import Move, levels, move
from mainspring.services.tables.goods import products as product_table
from mainspring.services.tables.parties import customers as customer_table

M = TypeVar("M", bound=BaseModel)


class Row(NamedTuple):
    """One row of a file: the line it stands in, and its cells by field name (empty ones count as absent)."""

    line: int
    cells: Mapping[str, Any]


class File(NamedTuple):
    """Rows of one kind, with the name of the file that they came from."""

    name: str
    rows: Iterable[Row]


class Problem(NamedTuple):
    """Why a row was left out."""

    file: str
    line: int
    field: str
    message: str


class Result(NamedTuple):
    """How many rows of each kind were written, and which rows were left out."""

    loaded: dict[str, int]
    problems: tuple[Problem, ...]


class StockLevel(Data):
    """What is on hand of a product."""

    sku: Code
    on_hand: NonNegative


def catalogue(
    context: Context,
    *,
    products: File | None = None,
    customers: File | None = None,
    prices: File | None = None,
    stock: File | None = None,
) -> Result:
    """Write products, customers, price rules and stock on hand, in this order: later rows may name earlier.

    Args:
        context: the open transaction and who loads.
        products: rows with the fields of `products.Product`.
        customers: rows with the fields of `customers.Customer`.
        prices: rows with the fields of `prices.PriceRule`.
        stock: rows with sku and on_hand; what is on hand becomes exactly that.
    """
    loaded: dict[str, int] = {}
    problems: list[Problem] = []
    if products is not None:
        found = _read(products, Product, lambda row: row.sku, problems)
        save_products(context, [row for _, row in found])
        loaded["products"] = len(found)
    if customers is not None:
        buyers = _read(customers, Customer, lambda row: row.customer_id, problems)
        save_customers(context, [row for _, row in buyers])
        loaded["customers"] = len(buyers)
    if prices is not None:
        loaded["prices"] = _load_prices(context, prices, problems)
    if stock is not None:
        loaded["stock"] = _load_stock(context, stock, problems)
    return Result(loaded, tuple(problems))


def _read(
    file: File, model: type[M], key: Callable[[M], object], problems: list[Problem]
) -> list[tuple[int, M]]:
    """The rows that are right, with their lines; a second row of the same key is a problem."""
    good: list[tuple[int, M]] = []
    seen: dict[object, int] = {}
    for line, cells in file.rows:
        given = {name: value for name, value in cells.items() if value not in {None, ""}}
        try:
            record = model.model_validate(given)
        except ValidationError as error:
            problems.extend(
                Problem(file.name, line, ".".join(map(str, fault["loc"])), fault["msg"])
                for fault in error.errors(include_url=False)
            )
            continue
        name = key(record)
        if name in seen:
            problems.append(Problem(file.name, line, "", f"{name} stands in line {seen[name]} already"))
            continue
        seen[name] = line
        good.append((line, record))
    return good


def _known(
    context: Context, file: File, rows: list[tuple[int, M]], field: str, problems: list[Problem]
) -> list[tuple[int, M]]:
    """The rows whose product (or customer, where one is named) is in the books; the others are problems."""
    table = product_table if field == "sku" else customer_table
    names = {getattr(row, field) for _, row in rows} - {""}
    found = books.by_key(context.tx, table, field, names).keys() | {""}
    good = []
    for line, row in rows:
        if getattr(row, field) in found:
            good.append((line, row))
        else:
            problems.append(Problem(file.name, line, field, f"{getattr(row, field)} is not in the books"))
    return good


def _load_prices(context: Context, file: File, problems: list[Problem]) -> int:
    rows = _read(
        file,
        PriceRule,
        lambda row: (row.sku, row.customer_id, row.tier, row.min_quantity, row.valid_from),
        problems,
    )
    rows = _known(context, file, _known(context, file, rows, "sku", problems), "customer_id", problems)
    save_rules(context.tx, [row for _, row in rows])
    return len(rows)


def _load_stock(context: Context, file: File, problems: list[Problem]) -> int:
    rows = _known(context, file, _read(file, StockLevel, lambda row: row.sku, problems), "sku", problems)
    before = levels(context, [row.sku for _, row in rows], lock=True)
    good, moves = 0, []
    for line, row in rows:
        there = before.get(row.sku)
        if there is not None and row.on_hand < there.reserved:
            problems.append(
                Problem(file.name, line, "on_hand", f"{there.reserved} of {row.sku} are reserved")
            )
            continue
        good += 1
        change = row.on_hand - (there.on_hand if there is not None else 0)
        if change:
            moves.append(Move(row.sku, change, line))
    if moves:
        move(context, "count", f"{file.name} {context.keys()}", moves)
    return good
