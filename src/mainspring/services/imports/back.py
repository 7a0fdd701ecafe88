"""What the books say now about the rows that a file brought: the cells of it that are to be written anew."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Table

from mainspring.services import books
from mainspring.services.imports import cells as reading
from mainspring.services.tables.goods import products, stock
from mainspring.services.tables.money import invoices
from mainspring.services.tables.parties import customers
from mainspring.services.tables.purchase import suppliers
from mainspring.store import Tx

Cell = tuple[int, int, Any]
_PLACES: Mapping[str, tuple[Table, str, Mapping[str, str]]] = {
    "customers": (customers, "customer_id", {}),
    "suppliers": (suppliers, "supplier_id", {}),
    "products": (products, "sku", {}),
    "stock": (stock, "sku", {}),
    "receivables": (invoices, "invoice_no", {"amount": "open"}),
}
"""Where the records of a kind are, by which field they are found, and what a role is called there."""


def now(tx: Tx, kind: str, rows: Sequence[tuple[int, Sequence[str]]], roles: Sequence[str]) -> list[Cell]:
    """Line, column (from 0) and value of each cell that says something else than the books now do."""
    if kind not in _PLACES:
        return []
    table, key, names = _PLACES[kind]
    if key not in roles:
        return []
    place = roles.index(key)
    said = [(line, cells, cells[place].strip() if place < len(cells) else "") for line, cells in rows]
    known = books.by_key(tx, table, key, [name for _, _, name in said if name])
    times = Counter(name for _, _, name in said)
    found: list[Cell] = []
    for line, cells, name in said:
        record = known.get(name)
        if record is None or (kind == "stock" and times[name] > 1):  # several warehouses, one sum
            continue
        for column, role in enumerate(roles):
            field = names.get(role, role)
            if role and role != key and hasattr(record, field):
                value = getattr(record, field)
                text = cells[column] if column < len(cells) else ""
                if not _same(text, value):
                    found.append((line, column, _plain(value)))
    return found


def _same(text: str, value: Any) -> bool:
    """Whether a cell says this value already, in whatever way it writes it."""
    said = text.strip()
    if isinstance(value, bool):
        return reading.flag(said) in {value, None}
    if isinstance(value, int):
        return reading.days(said) == value
    if isinstance(value, Decimal):
        point = reading.point_of([said])
        return value in {reading.number(said, point), reading.share(said, point)}
    if isinstance(value, datetime):
        return True  # days are not ours to rewrite: a file may write them in any order
    if value is None:
        return not said
    return said == str(value) or reading.currency(said) == value


def _plain(value: Any) -> Any:
    """A value as Excel holds it."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    return "" if value is None else value
