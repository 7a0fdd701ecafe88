"""Filling a field of a table: what waits, what was found, what a person decides."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, delete, func, select

from mainspring.services import books
from mainspring.services.errors import RuleBrokenError
from mainspring.services.operation import Context
from mainspring.services.sheets.fields import SheetField, checked
from mainspring.services.sheets.head import filled_field, need
from mainspring.services.sheets.shapes import (
    FieldKey,
    Filled,
    FillKey,
    FillState,
    Guess,
    Reviewed,
    Unsure,
)
from mainspring.services.tables.sheets import sheet_fills, sheet_guesses, sheet_rows
from mainspring.store import Tx

_AT_ONCE = 400
LEFT = timedelta(minutes=10)
"""After so long without a batch, whoever filled a field has gone, and another may go on."""


def rows_of(tx: Tx, sheet: str) -> list[Any]:
    """All rows of a table."""
    r = sheet_rows.c
    mine = select(r.row, r.cells).where(r.tenant_id == tx.tenant, r.sheet == sheet)
    return list(tx.all(mine.order_by(r.row)))


def some_rows(tx: Tx, sheet: str, numbers: Iterable[int]) -> dict[int, dict[str, Any]]:
    """The cells of these rows by their numbers."""
    r = sheet_rows.c
    mine = (r.tenant_id == tx.tenant, r.sheet == sheet, r.row.in_(sorted(set(numbers))))
    return {row.row: row.cells for row in tx.all(select(r.row, r.cells).where(*mine))}


def pending(tx: Tx, sheet: str, field: str) -> list[Any]:
    """Rows that have neither a value of the field nor a finding for it, in order."""
    r, g = sheet_rows.c, sheet_guesses.c
    same = and_(g.tenant_id == r.tenant_id, g.sheet == r.sheet, g.row == r.row, g.field == field)
    query = (
        select(r.row, r.cells)
        .select_from(sheet_rows.outerjoin(sheet_guesses, same))
        .where(r.tenant_id == tx.tenant, r.sheet == sheet, g.row.is_(None))
        .order_by(r.row)
    )
    return [row for row in tx.all(query) if field not in row.cells]


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


def record(context: Context, given: Filled) -> FillState:
    """Keep what was found; a row that has a finding already keeps that one."""
    tx, (_, fields) = context.tx, need(context.tx, given.sheet)
    field = filled_field(fields, given.field)
    key = {"sheet": given.sheet, "field": given.field}
    g = sheet_guesses.c
    found = tx.all(
        select(g.row).where(g.tenant_id == tx.tenant, g.sheet == given.sheet, g.field == given.field)
    )
    known = {int(row[0]) for row in found}
    rows = []
    for one in given.guesses:
        if one.row in known:
            continue
        known.add(one.row)
        sure = one.confidence >= field.alone_from and bool(one.value)
        if sure:
            _write(context, given.sheet, given.field, one.row, one.value, field)
        rows.append(key | one.model_dump() | {"state": "taken" if sure else "unsure"})
    tx.insert(sheet_guesses, rows)
    books.change(tx, sheet_fills, key, {"changed_at": context.now})
    return state(context, FieldKey(sheet=given.sheet, field=given.field))


def forget(tx: Tx, sheet: str, rows: Iterable[int], fields: Iterable[str] | None = None) -> None:
    """Drop what was found for cells that a person has written themselves, or rows that are gone."""
    g = sheet_guesses.c
    mine = delete(sheet_guesses).where(
        g.tenant_id == tx.tenant, g.sheet == sheet, g.row.in_(sorted(set(rows)))
    )
    tx.execute(mine if fields is None else mine.where(g.field.in_(sorted(set(fields)))))


def _write(context: Context, sheet: str, name: str, row: int, said: str, field: SheetField) -> None:
    key = {"sheet": sheet, "row": row}
    there = books.need(context.tx, sheet_rows, key, "row")
    kept = dict(there.cells) | checked({name: field}, {name: said})
    books.change(context.tx, sheet_rows, key, {"cells": kept, "changed_at": context.now})


def steer(context: Context, given: FillKey) -> FillState:
    """Ask for a filling, take it up, stop it, or say that it is done.

    Raises:
        RuleBrokenError: somebody is filling the field just now.
    """
    tx, (_, fields) = context.tx, need(context.tx, given.sheet)
    filled_field(fields, given.field)
    key = {"sheet": given.sheet, "field": given.field}
    said = {"status": given.status, "by": context.principal.id, "changed_at": context.now}
    known = books.find(tx, sheet_fills, key)
    if known is not None and given.status in {"asked", "running"} and busy(known, context):
        raise RuleBrokenError(
            f"{given.field} of {given.sheet} is being filled just now", mend="Wait for it, or stop it."
        )
    if known is None:
        total = len(pending(tx, given.sheet, given.field))
        tx.insert(sheet_fills, key | said | {"total": total})
    else:
        books.change(tx, sheet_fills, key, said)
    return state(context, FieldKey(sheet=given.sheet, field=given.field))


def busy(fill: Any, context: Context) -> bool:
    """Whether somebody fills the field of this row just now."""
    return bool(fill.status == "running" and context.now - fill.changed_at < LEFT)


def state(context: Context, given: FieldKey) -> FillState:
    """How far the filling of a field is."""
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


def unsure(context: Context, given: FieldKey) -> Unsure:
    """What waits for a person."""
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


def review(context: Context, given: Reviewed) -> FillState:
    """Keep what a person says of a cell."""
    tx, (_, fields) = context.tx, need(context.tx, given.sheet)
    field = filled_field(fields, given.field)
    _write(context, given.sheet, given.field, given.row, given.value, field)
    g = sheet_guesses.c
    same = (g.tenant_id == tx.tenant, g.sheet == given.sheet, g.field == given.field, g.row == given.row)
    tx.execute(delete(sheet_guesses).where(*same))
    key = {"sheet": given.sheet, "field": given.field, "row": given.row, "value": given.value}
    said = {"confidence": 1.0, "why": f"said by {context.principal.id}", "state": "reviewed"}
    tx.insert(sheet_guesses, key | said)
    return state(context, FieldKey(sheet=given.sheet, field=given.field))
