"""Reading the rows of a table: conditions, order, windows."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeVar

from sqlalchemy import func, select

from mainspring.services.errors import RuleBrokenError
from mainspring.services.imports import cells
from mainspring.services.operation import Context
from mainspring.services.sheets.fields import SheetField
from mainspring.services.sheets.head import need
from mainspring.services.sheets.shapes import (
    RowCondition,
    RowOrder,
    RowQuery,
    Rows,
    RowWindow,
    SheetRow,
    WindowQuery,
)
from mainspring.services.tables.sheets import sheet_rows

_AT_ONCE = 400
R = TypeVar("R")


def after(context: Context, query: RowQuery) -> Rows:
    """Rows after a number that meet all conditions."""
    _, fields = need(context.tx, query.sheet)
    demand(fields, query.where, None)
    r, last = sheet_rows.c, query.after
    found: list[SheetRow] = []
    while len(found) < query.limit:
        some = context.tx.all(
            select(r.row, r.cells)
            .where(r.tenant_id == context.tx.tenant, r.sheet == query.sheet, r.row > last)
            .order_by(r.row)
            .limit(max(query.limit, _AT_ONCE))
        )
        if not some:
            return Rows(rows=tuple(found), last=None)
        for row in some:
            last = row.row
            if meets(row.cells, query.where):
                found.append(SheetRow(row=row.row, cells=row.cells))
                if len(found) == query.limit:
                    break
    return Rows(rows=tuple(found), last=last)


def window(context: Context, query: WindowQuery) -> RowWindow:
    """The rows of a window; without conditions and order the database finds them."""
    _, fields = need(context.tx, query.sheet)
    demand(fields, query.where, query.order)
    r = sheet_rows.c
    mine = (r.tenant_id == context.tx.tenant, r.sheet == query.sheet)
    rows = select(r.row, r.cells).where(*mine).order_by(r.row)
    if not query.where and query.order is None:
        total = int(context.tx.scalar(select(func.count()).where(*mine)) or 0)
        some: Sequence[Any] = context.tx.all(rows.offset(query.first).limit(query.count))
    else:
        chosen = [row for row in context.tx.all(rows) if meets(row.cells, query.where)]
        total = len(chosen)
        ordered = in_order(chosen, query.order, lambda row: row.cells)
        some = ordered[query.first : query.first + query.count]
    return RowWindow(rows=tuple(SheetRow(row=row.row, cells=row.cells) for row in some), total=total)


def demand(fields: Mapping[str, SheetField], where: Iterable[RowCondition], order: RowOrder | None) -> None:
    """Return when conditions and order name fields of the table.

    Raises:
        RuleBrokenError: one does not.
    """
    named = [one.field for one in where] + ([order.field] if order else [])
    for name in named:
        if name not in fields:
            raise RuleBrokenError(f"there is no field {name}", mend="Name a field of the table.")


def meets(row: Mapping[str, Any], where: Iterable[RowCondition]) -> bool:
    """Whether the cells of a row meet all conditions."""
    return all(_meets(row.get(one.field), one) for one in where)


def _meets(there: Any, one: RowCondition) -> bool:
    text = "" if there is None else str(there).casefold()
    wanted = one.value.strip().casefold()
    match one.like:
        case "empty":
            return not text
        case "filled":
            return bool(text)
        case "is":
            return text == wanted
        case "is_not":
            return text != wanted
        case "has":
            return wanted in text
        case _:
            return _compares(there, one)


def _compares(there: Any, one: RowCondition) -> bool:
    if there is None or isinstance(there, bool):
        return False
    if isinstance(there, Decimal | int):
        wanted = cells.number(one.value)
        return wanted is not None and (there > wanted if one.like == "more" else there < wanted)
    return str(there) > one.value if one.like == "more" else str(there) < one.value


def in_order(rows: Sequence[R], order: RowOrder | None, cells_of: Any) -> list[R]:
    """The rows by the values of a field: numbers before words, empty cells last."""
    if order is None:
        return list(rows)
    filled = [row for row in rows if cells_of(row).get(order.field) is not None]
    empty = [row for row in rows if cells_of(row).get(order.field) is None]
    return [
        *sorted(filled, key=lambda row: _rank(cells_of(row)[order.field]), reverse=order.down),
        *empty,
    ]


def _rank(there: Any) -> tuple[int, Decimal, str]:
    if isinstance(there, Decimal | int):
        return 0, Decimal(there), ""
    return 1, Decimal(0), str(there).casefold()
