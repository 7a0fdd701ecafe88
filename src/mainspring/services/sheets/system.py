"""Tables of people as operations: make one, put rows in, read them, keep and review what was filled."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import and_, delete, func, select

from mainspring.services import books
from mainspring.services.errors import RuleBrokenError, UnknownRecordError
from mainspring.services.operation import Context, Operation
from mainspring.services.sheets.fields import SheetField, checked
from mainspring.services.sheets.shapes import (
    Condition,
    Everything,
    FieldKey,
    Filled,
    FillKey,
    FillState,
    GivenRows,
    Guess,
    NewSheet,
    PutRows,
    Reviewed,
    RowQuery,
    Rows,
    SheetHead,
    SheetKey,
    SheetList,
    SheetRow,
    Unsure,
)
from mainspring.services.tables.sheets import sheet_fills, sheet_guesses, sheet_rows, sheets
from mainspring.store import Tx

_AT_ONCE = 400


def need(tx: Tx, sheet: str) -> tuple[Any, dict[str, SheetField]]:
    """The table's row and its fields by name.

    Raises:
        UnknownRecordError: there is none.
    """
    row = books.need(tx, sheets, {"sheet": sheet}, "table")
    return row, {one["name"]: SheetField.model_validate(one) for one in row.fields}


def filled_field(fields: Mapping[str, SheetField], name: str) -> SheetField:
    """The field that a skill fills.

    Raises:
        UnknownRecordError: there is no such field. RuleBrokenError: nobody said what it is filled from.
    """
    if name not in fields:
        raise UnknownRecordError(f"the table has no field {name}", mend="Name one of its fields.")
    if not fields[name].fill_from:
        raise RuleBrokenError(f"nobody said from what {name} is filled", mend="Set fill_from of the field.")
    return fields[name]


def pending(tx: Tx, sheet: str, field: str, *, limit: int | None = None) -> list[Any]:
    """Rows that have neither a value of the field nor a finding for it, in order."""
    r, g = sheet_rows.c, sheet_guesses.c
    same = and_(g.tenant_id == r.tenant_id, g.sheet == r.sheet, g.row == r.row, g.field == field)
    query = (
        select(r.row, r.cells)
        .select_from(sheet_rows.outerjoin(sheet_guesses, same))
        .where(r.tenant_id == tx.tenant, r.sheet == sheet, g.row.is_(None))
        .order_by(r.row)
    )
    found = [row for row in tx.all(query) if field not in row.cells]
    return found if limit is None else found[:limit]


def examples(tx: Tx, sheet: str, field: str) -> list[tuple[dict[str, Any], str]]:
    """Cells and value of the rows whose value a person gave; what a skill took is no example of its own."""
    r, g = sheet_rows.c, sheet_guesses.c
    same = and_(g.tenant_id == r.tenant_id, g.sheet == r.sheet, g.row == r.row, g.field == field)
    query = (
        select(r.cells, g.state)
        .select_from(sheet_rows.outerjoin(sheet_guesses, same))
        .where(r.tenant_id == tx.tenant, r.sheet == sheet)
        .order_by(r.row)
    )
    rows = tx.all(query)
    return [(row.cells, str(row.cells[field])) for row in rows if field in row.cells and row.state != "taken"]


def _define(context: Context, given: NewSheet) -> SheetHead:
    names = [one.name for one in given.fields]
    if len(set(names)) != len(names):
        raise RuleBrokenError("two fields have the same name", mend="Name each field once.")
    for one in given.fields:
        if set(one.fill_from) - set(names) or one.name in one.fill_from:
            raise RuleBrokenError(f"{one.name} is filled from fields that there are not", mend="Name others.")
    fields = [one.model_dump() for one in given.fields]
    known = books.find(context.tx, sheets, {"sheet": given.sheet})
    values = {"title": given.title, "fields": fields, "changed_at": context.now}
    if known is None:
        made = {"sheet": given.sheet, "by": context.principal.id, "created_at": context.now}
        context.tx.insert(sheets, made | values)
    else:
        lost = {one["name"] for one in known.fields} - set(names)
        if lost:
            raise RuleBrokenError(
                f"the fields {', '.join(sorted(lost))} would be lost", mend="Name them too."
            )
        books.change(context.tx, sheets, {"sheet": given.sheet}, values)
    return _head(context, given.sheet)


def _head(context: Context, sheet: str) -> SheetHead:
    row, fields = need(context.tx, sheet)
    r = sheet_rows.c
    count = select(func.count()).where(r.tenant_id == context.tx.tenant, r.sheet == sheet)
    rows = int(context.tx.scalar(count) or 0)
    return SheetHead(sheet=sheet, title=row.title, fields=tuple(fields.values()), rows=rows)


def _get(context: Context, key: SheetKey) -> SheetHead:
    return _head(context, key.sheet)


def _list(context: Context, _: Everything) -> SheetList:
    rows = context.tx.all(
        select(sheets.c.sheet).where(sheets.c.tenant_id == context.tx.tenant).order_by(sheets.c.sheet)
    )
    return SheetList(sheets=tuple(_head(context, str(row[0])) for row in rows))


def _put(context: Context, given: GivenRows) -> PutRows:
    tx, (_, fields) = context.tx, need(context.tx, given.sheet)
    rows = [checked(fields, row) for row in given.rows]
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
    return PutRows(numbers=given.numbers)


def _rows(context: Context, query: RowQuery) -> Rows:
    _, fields = need(context.tx, query.sheet)
    for one in query.where:
        if one.field not in fields:
            raise RuleBrokenError(f"there is no field {one.field}", mend="Name a field of the table.")
    r, after = sheet_rows.c, query.after
    found: list[SheetRow] = []
    while len(found) < query.limit:
        some = context.tx.all(
            select(r.row, r.cells)
            .where(r.tenant_id == context.tx.tenant, r.sheet == query.sheet, r.row > after)
            .order_by(r.row)
            .limit(max(query.limit, _AT_ONCE))
        )
        if not some:
            return Rows(rows=tuple(found), last=None)
        for row in some:
            after = row.row
            if all(_meets(row.cells, one) for one in query.where):
                found.append(SheetRow(row=row.row, cells=row.cells))
                if len(found) == query.limit:
                    break
    return Rows(rows=tuple(found), last=after)


def _meets(cells: Mapping[str, Any], one: Condition) -> bool:
    there = cells.get(one.field)
    if one.like in {"empty", "filled"}:
        return (there is None) == (one.like == "empty")
    text = "" if there is None else str(there).casefold()
    wanted = one.value.casefold()
    return text == wanted if one.like == "is" else wanted in text


def _record(context: Context, given: Filled) -> FillState:
    tx, (_, fields) = context.tx, need(context.tx, given.sheet)
    field = filled_field(fields, given.field)
    key = {"sheet": given.sheet, "field": given.field}
    rows = []
    for one in given.guesses:
        sure = one.confidence >= field.alone_from and bool(one.value)
        if sure:
            _write(context, given.sheet, given.field, one.row, one.value, field)
        rows.append(key | one.model_dump() | {"state": "taken" if sure else "unsure"})
    tx.insert(sheet_guesses, rows)
    return _state(context, FieldKey(sheet=given.sheet, field=given.field))


def _write(context: Context, sheet: str, name: str, row: int, said: str, field: SheetField) -> None:
    key = {"sheet": sheet, "row": row}
    there = books.need(context.tx, sheet_rows, key, "row")
    kept = dict(there.cells) | checked({name: field}, {name: said})
    books.change(context.tx, sheet_rows, key, {"cells": kept, "changed_at": context.now})


def _steer(context: Context, given: FillKey) -> FillState:
    tx, (_, fields) = context.tx, need(context.tx, given.sheet)
    filled_field(fields, given.field)
    key = {"sheet": given.sheet, "field": given.field}
    said = {"status": given.status, "by": context.principal.id, "changed_at": context.now}
    if books.find(tx, sheet_fills, key) is None:
        total = len(pending(tx, given.sheet, given.field))
        tx.insert(sheet_fills, key | said | {"total": total})
    else:
        books.change(tx, sheet_fills, key, said)
    return _state(context, FieldKey(sheet=given.sheet, field=given.field))


def _state(context: Context, given: FieldKey) -> FillState:
    tx, g = context.tx, sheet_guesses.c
    counts = tx.all(
        select(g.state, func.count())
        .where(g.tenant_id == tx.tenant, g.sheet == given.sheet, g.field == given.field)
        .group_by(g.state)
    )
    by_state = {str(state): int(count) for state, count in map(tuple, counts)}
    fill = books.find(tx, sheet_fills, {"sheet": given.sheet, "field": given.field})
    return FillState(
        sheet=given.sheet,
        field=given.field,
        status=fill.status if fill is not None else "new",
        waiting=len(pending(tx, given.sheet, given.field)),
        taken=by_state.get("taken", 0),
        unsure=by_state.get("unsure", 0),
        reviewed=by_state.get("reviewed", 0),
    )


def _unsure(context: Context, given: FieldKey) -> Unsure:
    g = sheet_guesses.c
    rows = context.tx.all(
        select(g.row, g.value, g.confidence, g.why)
        .where(
            g.tenant_id == context.tx.tenant,
            g.sheet == given.sheet,
            g.field == given.field,
            g.state == "unsure",
        )
        .order_by(g.confidence.desc(), g.row)
        .limit(_AT_ONCE)
    )
    guesses = (Guess(row=row.row, value=row.value, confidence=row.confidence, why=row.why) for row in rows)
    return Unsure(guesses=tuple(guesses))


def _review(context: Context, given: Reviewed) -> FillState:
    tx, (_, fields) = context.tx, need(context.tx, given.sheet)
    field = filled_field(fields, given.field)
    _write(context, given.sheet, given.field, given.row, given.value, field)
    g = sheet_guesses.c
    same = (g.tenant_id == tx.tenant, g.sheet == given.sheet, g.field == given.field, g.row == given.row)
    tx.execute(delete(sheet_guesses).where(*same))
    key = {"sheet": given.sheet, "field": given.field, "row": given.row, "value": given.value}
    said = {"confidence": 1.0, "why": f"said by {context.principal.id}", "state": "reviewed"}
    tx.insert(sheet_guesses, key | said)
    return _state(context, FieldKey(sheet=given.sheet, field=given.field))


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
    _operation("put", "Put rows into a table", "写入表格行", (GivenRows, PutRows), _put, reads=False),
    _operation("rows", "Read rows of a table", "读取表格行", (RowQuery, Rows), _rows, reads=True),
    _operation(
        "steer", "Start or stop filling a field", "开始或停止填充", (FillKey, FillState), _steer, reads=False
    ),
    _operation(
        "record", "Record what was filled in", "记录填充结果", (Filled, FillState), _record, reads=False
    ),
    _operation(
        "state", "See how far a filling is", "查看填充进度", (FieldKey, FillState), _state, reads=True
    ),
    _operation(
        "unsure", "Rows whose filling is unsure", "查看待复核行", (FieldKey, Unsure), _unsure, reads=True
    ),
    _operation(
        "review", "Decide an unsure filling", "复核填充结果", (Reviewed, FillState), _review, reads=False
    ),
)
