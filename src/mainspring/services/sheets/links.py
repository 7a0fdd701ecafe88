"""Links between tables: a cell names a row of another table, or of one of the firm's books, by its key."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from mainspring.services import books
from mainspring.services.errors import RuleBrokenError
from mainspring.services.sheets.fields import SheetField
from mainspring.services.tables.goods import products
from mainspring.services.tables.parties import customers
from mainspring.services.tables.sheets import sheet_rows
from mainspring.store import Tx

BOOKS = {"customers": (customers, "customer_id"), "products": (products, "sku"), "stock": (products, "sku")}
"""The firm's books that are such tables too: where their keys stand."""


def demand(tx: Tx, fields: Mapping[str, SheetField], rows: Iterable[Mapping[str, Any]]) -> None:
    """Return when every link of these rows leads to a row.

    Raises:
        RuleBrokenError: one leads nowhere.
    """
    listed = list(rows)
    for field in fields.values():
        if field.sort != "link":
            continue
        named = {str(row[field.name]) for row in listed if field.name in row}
        lost = sorted(named - _there(tx, field.table, named))
        if lost:
            raise RuleBrokenError(
                f"{', '.join(lost[:5])} is in no row of {field.table}", where=field.name, mend="Name its key."
            )


def _there(tx: Tx, table: str, keys: set[str]) -> set[str]:
    if table in BOOKS:
        book, column = BOOKS[table]
        return set(books.by_key(tx, book, column, keys))
    r, numbers = sheet_rows.c, {int(key) for key in keys if key.isascii() and key.isdigit()}
    some = select(r.row).where(r.tenant_id == tx.tenant, r.sheet == table, r.row.in_(sorted(numbers)))
    return {str(row[0]) for row in tx.all(some)} if numbers else set()
