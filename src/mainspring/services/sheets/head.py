"""A table as it was made: its title, its fields, its views; asked for by every operation on it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from mainspring.services import books
from mainspring.services.errors import RuleBrokenError, UnknownRecordError
from mainspring.services.sheets.fields import SheetField
from mainspring.services.sheets.shapes import SheetHead, SheetView
from mainspring.services.tables.sheets import sheet_rows, sheets
from mainspring.store import Tx


def need(tx: Tx, sheet: str, *, lock: bool = False) -> tuple[Any, dict[str, SheetField]]:
    """The table's row and its fields by name.

    Raises:
        UnknownRecordError: there is none.
    """
    row = books.need(tx, sheets, {"sheet": sheet}, "table", lock=lock)
    return row, {one["name"]: SheetField.model_validate(one) for one in row.fields}


def filled_field(fields: Mapping[str, SheetField], name: str) -> SheetField:
    """The field that is filled.

    Raises:
        UnknownRecordError: there is no such field. RuleBrokenError: nobody said what it is filled from.
    """
    if name not in fields:
        raise UnknownRecordError(f"the table has no field {name}", mend="Name one of its fields.")
    if not fields[name].fill_from:
        raise RuleBrokenError(f"nobody said from what {name} is filled", mend="Set fill_from of the field.")
    return fields[name]


def head(tx: Tx, sheet: str) -> SheetHead:
    """The table with the number of its rows."""
    row, fields = need(tx, sheet)
    r = sheet_rows.c
    count = select(func.count()).where(r.tenant_id == tx.tenant, r.sheet == sheet)
    views = tuple(SheetView.model_validate(one) for one in row.views)
    return SheetHead(
        sheet=sheet,
        title=row.title,
        fields=tuple(fields.values()),
        views=views,
        rows=int(tx.scalar(count) or 0),
    )
