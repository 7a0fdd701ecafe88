"""The firm's customers, products and stock as tables: read and written through their own operations."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from mainspring.app.house import House
from mainspring.gateway import Caller
from mainspring.govern.principal import Principal
from mainspring.services.errors import RuleBrokenError
from mainspring.services.imports.fields import KINDS
from mainspring.services.sheets.fields import SheetField, Sort, checked
from mainspring.services.sheets.shapes import SheetHead

_PAGE = 5000
_OPTIONS = {"e_invoice": ("ubl", "facturx")}
Cells = dict[str, Any]
Ask = Callable[[str, Mapping[str, Any]], Any]


def _fields(*kinds: str, **sorts: Sort) -> tuple[SheetField, ...]:
    """Fields with the titles that these kinds of imported lists have for them."""
    titles = {
        role.name: f"{role.title['en']} · {role.title['zh']}" for kind in kinds for role in KINDS[kind].roles
    }
    titles |= {"reserved": "reserved · 已预留", "available": "available · 可用量"}
    titles |= {"e_invoice": "e-invoice wanted · 所需电子发票"}
    return tuple(
        SheetField(name=name, title=titles[name], sort=sort, options=_OPTIONS.get(name, ()))
        for name, sort in sorts.items()
    )


class Book(NamedTuple):
    """One of the firm's books.

    Attributes:
        title: in English and Chinese.
        key: the field that names a row.
        fields: what a row has; those in `fixed` cannot be written here.
        read: gives all rows; `write` writes one whole row.
    """

    title: str
    key: str
    fields: tuple[SheetField, ...]
    fixed: frozenset[str]
    read: Callable[[Ask], Iterator[Cells]]
    write: Callable[[Ask, Cells], None]


def _pages(ask: Ask, operation: str, items: str, key: str) -> Iterator[Cells]:
    after = ""
    while True:
        page = getattr(ask(operation, {"after": after, "limit": _PAGE}), items)
        for one in page:
            yield {name: value for name, value in one.model_dump().items() if value not in {None, ""}}
        if len(page) < _PAGE:
            return
        after = getattr(page[-1], key)


def _customers(ask: Ask) -> Iterator[Cells]:
    return _pages(ask, "customers.list", "customers", "customer_id")


def _save_customer(ask: Ask, cells: Cells) -> None:
    days = {"payment_days": int(cells["payment_days"])} if "payment_days" in cells else {}
    ask("customers.save", cells | days)


def _products(ask: Ask) -> Iterator[Cells]:
    return _pages(ask, "products.list", "products", "sku")


def _save_product(ask: Ask, cells: Cells) -> None:
    ask("products.save", cells)


def _stock(ask: Ask) -> Iterator[Cells]:
    listed = list(_products(ask))
    for start in range(0, len(listed), _PAGE):
        some = listed[start : start + _PAGE]
        levels = ask("stock.levels", {"skus": [one["sku"] for one in some]}).levels
        for product, level in zip(some, levels, strict=True):
            yield level.model_dump() | {"name": product["name"], "unit": product.get("unit", "")}


def _count(ask: Ask, cells: Cells) -> None:
    """A quantity that is written is a stock-taking of its own."""
    before = ask("stock.levels", {"skus": [cells["sku"]]}).levels[0].on_hand
    counted = Decimal(cells.get("on_hand", 0))
    if counted != before:
        document = f"table {cells['sku']} {before} to {counted}"
        lines = [{"sku": cells["sku"], "counted": counted}]
        ask("stock.count", {"document": document[:100], "lines": lines})


BOOKS: Mapping[str, Book] = {
    "customers": Book(
        "Customers · 客户",
        "customer_id",
        _fields(
            "customers",
            customer_id="text",
            name="text",
            tier="text",
            contact="text",
            phone="text",
            email="text",
            country="text",
            city="text",
            address="text",
            tax_id="text",
            language="text",
            currency="text",
            payment_days="number",
            e_invoice="choice",
            credit_limit="number",
            blocked="flag",
        ),
        frozenset({"credit_limit", "blocked"}),
        _customers,
        _save_customer,
    ),
    "products": Book(
        "Products · 商品",
        "sku",
        _fields(
            "products",
            sku="text",
            name="text",
            name_zh="text",
            description="text",
            category="text",
            unit="text",
            pack_size="number",
            currency="text",
            list_price="number",
            cost="number",
            tax_rate="number",
            active="flag",
        ),
        frozenset(),
        _products,
        _save_product,
    ),
    "stock": Book(
        "Stock · 库存",
        "sku",
        _fields(
            "products",
            "stock",
            sku="text",
            name="text",
            unit="text",
            on_hand="number",
            reserved="number",
            available="number",
        ),
        frozenset({"name", "unit", "reserved", "available"}),
        _stock,
        _count,
    ),
}


def _ask(house: House, principal: Principal) -> Ask:
    caller = Caller(principal)
    return lambda operation, given: house.gateway.perform(house.store, caller, operation, dict(given))


def head(house: House, principal: Principal, name: str) -> SheetHead:
    """The book as a table."""
    book, count = BOOKS[name], sum(1 for _ in BOOKS[name].read(_ask(house, principal)))
    return SheetHead(sheet=name, title=book.title, fields=book.fields, rows=count)


def rows(house: House, principal: Principal, name: str) -> list[tuple[str, Cells]]:
    """All rows of a book by their keys."""
    book = BOOKS[name]
    shown = [one.name for one in book.fields]
    found = book.read(_ask(house, principal))
    return [
        (str(row[book.key]), {field: row[field] for field in shown if row.get(field) not in {None, ""}})
        for row in found
    ]


def put(
    house: House, principal: Principal, name: str, given: Sequence[Mapping[str, Any]], keys: Sequence[str]
) -> list[str]:
    """Write rows of a book through its operation; gives their keys.

    Raises:
        RuleBrokenError: a cell may not be written here, or the row has no key.
    """
    book, fields = BOOKS[name], {one.name: one for one in BOOKS[name].fields}
    ask = _ask(house, principal)
    known = {str(row[book.key]): row for row in book.read(ask)} if keys else {}
    written = []
    for place, row in enumerate(given):
        fixed = sorted(row.keys() & book.fixed)
        if fixed:
            raise RuleBrokenError(
                f"{', '.join(fixed)} cannot be written in a table", where=name, mend="Use its own operation."
            )
        key = keys[place] if keys else str(row.get(book.key, ""))
        if not key or (keys and key not in known):
            raise RuleBrokenError(f"no row of {name} is {key!r}", where=book.key, mend="Name its key.")
        before = known.get(key, {book.key: key})
        kept = {field: value for field, value in before.items() if field not in row}
        book.write(ask, kept | checked(fields, row) | {book.key: key})
        written.append(key)
    return written
