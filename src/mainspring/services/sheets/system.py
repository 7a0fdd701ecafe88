"""Tables of people as operations: make one, put rows in, read them, keep and review what was filled."""

from typing import Any

from sqlalchemy import delete, func, select

from mainspring.services import books
from mainspring.services.errors import RuleBrokenError
from mainspring.services.operation import Context, Operation
from mainspring.services.sheets import filling, links, reading
from mainspring.services.sheets.fields import SheetField, check_definition, checked
from mainspring.services.sheets.head import head, need
from mainspring.services.sheets.shapes import (
    Everything,
    FieldKey,
    Filled,
    FillKey,
    FillState,
    GivenRows,
    KeptView,
    NewSheet,
    PutRows,
    Removed,
    RemovedRows,
    Reviewed,
    RowQuery,
    Rows,
    RowWindow,
    SheetHead,
    SheetKey,
    SheetList,
    Unsure,
    ViewKey,
    WindowQuery,
)
from mainspring.services.tables.sheets import sheet_rows, sheets


def _define(context: Context, given: NewSheet) -> SheetHead:
    names = [one.name for one in given.fields]
    if len(set(names)) != len(names):
        raise RuleBrokenError("two fields have the same name", mend="Name each field once.")
    if given.sheet in links.BOOKS:
        raise RuleBrokenError(f"{given.sheet} is one of the firm's books", mend="Choose another name.")
    check_definition({one.name: one for one in given.fields})
    _demand_linked(context, given.fields)
    fields = [one.model_dump() for one in given.fields]
    known = books.find(context.tx, sheets, {"sheet": given.sheet})
    values = {"title": given.title, "fields": fields, "changed_at": context.now}
    if known is None:
        made = {"sheet": given.sheet, "views": [], "by": context.principal.id, "created_at": context.now}
        context.tx.insert(sheets, made | values)
    else:
        _demand_kept(context, given)
        books.change(context.tx, sheets, {"sheet": given.sheet}, values)
    return head(context.tx, given.sheet)


def _demand_linked(context: Context, fields: tuple[SheetField, ...]) -> None:
    for one in fields:
        if one.sort == "link" and one.table not in links.BOOKS:
            need(context.tx, one.table)


def _demand_kept(context: Context, given: NewSheet) -> None:
    """Refuse to lose a field, or to make another type of one that has values."""
    _, before = need(context.tx, given.sheet, lock=True)
    after = {one.name: one for one in given.fields}
    lost = sorted(before.keys() - after.keys())
    if lost:
        raise RuleBrokenError(f"the fields {', '.join(lost)} would be lost", mend="Name them too.")
    turned = {name for name, one in before.items() if one.sort != after[name].sort}
    r = sheet_rows.c
    rows = select(r.cells).where(r.tenant_id == context.tx.tenant, r.sheet == given.sheet)
    used = turned and sorted({name for row in context.tx.all(rows) for name in turned & row.cells.keys()})
    if used:
        raise RuleBrokenError(
            f"{', '.join(used)} has values of another type", mend="Add a field of the new type instead."
        )


def _get(context: Context, key: SheetKey) -> SheetHead:
    return head(context.tx, key.sheet)


def _list(context: Context, _: Everything) -> SheetList:
    rows = context.tx.all(
        select(sheets.c.sheet).where(sheets.c.tenant_id == context.tx.tenant).order_by(sheets.c.sheet)
    )
    return SheetList(sheets=tuple(head(context.tx, str(row[0])) for row in rows))


def _keep_view(context: Context, given: KeptView) -> SheetHead:
    row, fields = need(context.tx, given.sheet, lock=True)
    view = given.view
    reading.demand(fields, view.where, view.order)
    unknown = sorted(set(view.fields) - fields.keys())
    if unknown:
        raise RuleBrokenError(f"there is no field {', '.join(unknown)}", mend="Name fields of the table.")
    others = [one for one in row.views if one["name"] != view.name]
    views = [*others, view.model_dump(mode="json")]
    books.change(context.tx, sheets, {"sheet": given.sheet}, {"views": views, "changed_at": context.now})
    return head(context.tx, given.sheet)


def _drop_view(context: Context, given: ViewKey) -> SheetHead:
    row, _ = need(context.tx, given.sheet, lock=True)
    views = [one for one in row.views if one["name"] != given.view]
    books.change(context.tx, sheets, {"sheet": given.sheet}, {"views": views, "changed_at": context.now})
    return head(context.tx, given.sheet)


def _put(context: Context, given: GivenRows) -> PutRows:
    tx, (_, fields) = context.tx, need(context.tx, given.sheet, lock=True)
    rows = [checked(fields, row) for row in given.rows]
    links.demand(tx, fields, rows)
    if given.numbers:
        return _change(context, given, rows)
    r = sheet_rows.c
    newest = select(func.max(r.row)).where(r.tenant_id == tx.tenant, r.sheet == given.sheet)
    first = int(tx.scalar(newest) or 0) + 1
    numbers = tuple(range(first, first + len(rows)))
    tx.insert(
        sheet_rows,
        [
            {"sheet": given.sheet, "row": number, "cells": row, "changed_at": context.now}
            for number, row in zip(numbers, rows, strict=True)
        ],
    )
    return PutRows(numbers=numbers)


def _change(context: Context, given: GivenRows, rows: list[dict[str, Any]]) -> PutRows:
    if len(given.numbers) != len(rows):
        raise RuleBrokenError("there are not as many numbers as rows", mend="Give one number for each row.")
    for number, row, said in zip(given.numbers, rows, given.rows, strict=True):
        key = {"sheet": given.sheet, "row": number}
        there = books.need(context.tx, sheet_rows, key, "row", lock=True)
        kept = {name: one for name, one in there.cells.items() if name not in said} | row
        books.change(context.tx, sheet_rows, key, {"cells": kept, "changed_at": context.now})
        filling.forget(context.tx, given.sheet, [number], said)
    return PutRows(numbers=given.numbers)


def _remove(context: Context, given: RemovedRows) -> Removed:
    tx, r = context.tx, sheet_rows.c
    need(tx, given.sheet, lock=True)
    filling.forget(tx, given.sheet, given.numbers)
    gone = delete(sheet_rows).where(
        r.tenant_id == tx.tenant, r.sheet == given.sheet, r.row.in_(given.numbers)
    )
    return Removed(rows=tx.execute(gone).rowcount)


def _operation(
    name: str, en: str, zh: str, shapes: tuple[Any, Any], handler: Any, *, reads: bool
) -> Operation:
    return Operation(
        name=f"tables.{name}",
        title={"en": en, "zh": zh},
        effect="read" if reads else "write",
        input=shapes[0],
        output=shapes[1],
        handler=handler,
        idempotent=reads,
    )


OPERATIONS = (
    _operation("define", "Make a table", "新建表格", (NewSheet, SheetHead), _define, reads=False),
    _operation("get", "Look at a table", "查看表格", (SheetKey, SheetHead), _get, reads=True),
    _operation("list", "Go through the tables", "浏览表格", (Everything, SheetList), _list, reads=True),
    _operation(
        "keep_view", "Keep a view or form", "保存视图或表单", (KeptView, SheetHead), _keep_view, reads=False
    ),
    _operation(
        "drop_view", "Drop a view or form", "删除视图或表单", (ViewKey, SheetHead), _drop_view, reads=False
    ),
    _operation("put", "Put rows into a table", "写入表格行", (GivenRows, PutRows), _put, reads=False),
    _operation("remove", "Remove rows", "删除表格行", (RemovedRows, Removed), _remove, reads=False),
    _operation("rows", "Read rows of a table", "读取表格行", (RowQuery, Rows), reading.after, reads=True),
    _operation(
        "window",
        "Look at rows in an order",
        "按顺序查看表格行",
        (WindowQuery, RowWindow),
        reading.window,
        reads=True,
    ),
    _operation(
        "steer",
        "Start or stop filling a field",
        "开始或停止填充",
        (FillKey, FillState),
        filling.steer,
        reads=False,
    ),
    _operation(
        "record",
        "Record what was filled in",
        "记录填充结果",
        (Filled, FillState),
        filling.record,
        reads=False,
    ),
    _operation(
        "state", "See how far a filling is", "查看填充进度", (FieldKey, FillState), filling.state, reads=True
    ),
    _operation(
        "unsure",
        "Rows whose filling is unsure",
        "查看待复核行",
        (FieldKey, Unsure),
        filling.unsure,
        reads=True,
    ),
    _operation(
        "review",
        "Decide an unsure filling",
        "复核填充结果",
        (Reviewed, FillState),
        filling.review,
        reads=False,
    ),
)
