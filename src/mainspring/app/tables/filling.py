"""Filling a field of a table: what it would cost, and the filling in batches kept one by one."""

import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from mainspring.app import models
from mainspring.app.errors import NotReadyError
from mainspring.app.house import House
from mainspring.app.tables import books, finders
from mainspring.app.tables.calls import call
from mainspring.app.tables.finders import Cells, Finder, Finding, Known, Model
from mainspring.govern.principal import Principal
from mainspring.services.sheets import filling
from mainspring.services.sheets.fields import SheetField
from mainspring.services.sheets.head import filled_field, need
from mainspring.services.sheets.shapes import FillState
from mainspring.store import Tx

BATCH = 1000
MODEL_BATCH = 1
"""An answer of a model costs time and money, so that each is kept at once."""
_MOST_EXAMPLES = 2000
_TRIED = 20
_A_ROW_BY_MODEL = 3.0
"""Seconds for which an answer of a model is reckoned; nothing is asked to find out."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a filling would take: rows, examples to learn from, seconds and money as estimated."""

    rows: int
    examples: int
    seconds: float
    money: Decimal


def _ready(
    house: House, principal: Principal, sheet: str, field: str
) -> tuple[Finder, list[tuple[int, Cells]]]:
    """What fills the field, and the rows that wait.

    Raises:
        NotReadyError: too few rows have a value to learn from, or no model is set.
    """
    with house.store.read() as tx:
        _, fields = need(tx, sheet)
        wanted = filled_field(fields, field)
        waiting = [(int(row.row), row.cells) for row in filling.pending(tx, sheet, field)]
        known = _known(tx, sheet, wanted)
        targets = _names(tx, wanted) if wanted.fill == "match" and wanted.table not in books.BOOKS else []
    if wanted.fill == "match" and wanted.table in books.BOOKS:
        targets = [(key, _texts(cells)) for key, cells in books.rows(house, principal, wanted.table)]
    return _finder(house, wanted, known, targets), waiting


def _known(tx: Tx, sheet: str, field: SheetField) -> Known:
    """The rows to learn from: those with a value, or for a score those with an outcome."""
    wanted = field.outcome if field.fill == "score" else field.name
    return filling.examples(tx, sheet, wanted)[-_MOST_EXAMPLES:]


def _names(tx: Tx, field: SheetField) -> list[tuple[str, Sequence[str]]]:
    rows = filling.rows_of(tx, field.table)
    return [(str(row.row), _texts(row.cells)) for row in rows]


def _texts(cells: Cells) -> list[str]:
    return [value for value in cells.values() if isinstance(value, str) and value]


def _finder(
    house: House, field: SheetField, known: Known, targets: list[tuple[str, Sequence[str]]]
) -> Finder:
    match field.fill:
        case "classify":
            return finders.classifier(field, known)
        case "extract":
            return finders.picker(field, known)
        case "match":
            return finders.matcher(field, known, targets)
        case "score":
            return finders.scorer(field, known)
        case _:
            return _model(house, field, known)


def _model(house: House, field: SheetField, known: Known) -> Model:
    if not house.models:
        raise NotReadyError(
            f"no model is set, and {field.name} is filled by one",
            where=field.name,
            mend="Name a model in the file of profiles beside the database.",
        )
    asks = models.drafter(house.store, house.outside, house.models, house.clock, house.keys)
    return Model(asks, next(iter(house.models)), field, known)


def cost(
    house: House,
    principal: Principal,
    sheet: str,
    field: str,
    timer: Callable[[], float] = time.perf_counter,
) -> Cost:
    """What filling would take: a skill is tried on a few rows, a model reckoned by its price.

    Raises:
        NotReadyError: too few rows have a value to learn from, or no model is set.
    """
    begun = timer()
    finder, waiting = _ready(house, principal, sheet, field)
    learned = timer() - begun
    rows = [cells for _, cells in waiting]
    if isinstance(finder, Model):
        return Cost(len(rows), finder.examples, _A_ROW_BY_MODEL * len(rows), finder.money(rows))
    tried = rows[:_TRIED]
    begun = timer()
    finder.find(tried)
    each = (timer() - begun) / max(1, len(tried))
    return Cost(len(rows), finder.examples, learned + each * len(rows), finder.money(rows))


def fill(house: House, principal: Principal, sheet: str, field: str) -> Generator[FillState, None, None]:
    """Fill what waits, batch by batch; gives how far it is after each. Stopped from elsewhere it ends there.

    Values surer than the field's `alone_from` are taken, the others wait for a person.

    Raises:
        NotReadyError: too few rows have a value to learn from, or no model is set.
        RuleBrokenError: somebody is filling the field just now.
    """
    finder, waiting = _ready(house, principal, sheet, field)
    batch = MODEL_BATCH if isinstance(finder, Model) else BATCH
    begun = call(house, principal, "steer", sheet=sheet, field=field, status="running")
    ended = "stopped"
    try:
        yield begun
        for start in range(0, len(waiting), batch):
            state: FillState = call(house, principal, "state", sheet=sheet, field=field)
            if state.status == "stopped":
                return
            some = waiting[start : start + batch]
            found = finder.find([cells for _, cells in some])
            guesses = [_guess(row, one) for (row, _), one in zip(some, found, strict=True)]
            yield call(house, principal, "record", sheet=sheet, field=field, guesses=guesses)
        ended = "done"
    finally:  # also when whoever asked went away: others need not wait
        last = call(house, principal, "steer", sheet=sheet, field=field, status=ended)
    yield last


def _guess(row: int, found: Finding) -> dict[str, Any]:
    return {
        "row": row,
        "value": found.value,
        "confidence": round(min(1.0, max(0.0, found.confidence)), 4),
        "why": found.why,
    }


def unsure(house: House, principal: Principal, sheet: str, field: str) -> list[dict[str, Any]]:
    """What was found and waits for a person, each with its whole row."""
    found = call(house, principal, "unsure", sheet=sheet, field=field).guesses
    with house.store.read() as tx:
        rows = filling.some_rows(tx, sheet, [one.row for one in found])
    return [
        {
            "key": str(one.row),
            "value": one.value,
            "confidence": one.confidence,
            "why": one.why,
            "cells": rows.get(one.row, {}),
        }
        for one in found
    ]
