"""Operations on tables through the gateway; the firm's books answer the same questions through their own."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from mainspring.app.house import House
from mainspring.app.tables import books
from mainspring.gateway import Caller
from mainspring.govern.principal import Principal
from mainspring.services.errors import RuleBrokenError
from mainspring.services.sheets import reading
from mainspring.services.sheets.shapes import SheetHead, WindowQuery

_LONGEST_KEY = 18
"""Digits of a key of 64 bits that are never too many."""


class Line(NamedTuple):
    """A row with the key by which it is named."""

    key: str
    cells: Mapping[str, Any]


class Lines(NamedTuple):
    """The rows in a window, and how many there are in all."""

    rows: list[Line]
    total: int


def call(house: House, principal: Principal, operation: str, **given: Any) -> Any:
    """An operation on tables, through the gateway."""
    return house.gateway.perform(house.store, Caller(principal), f"tables.{operation}", given)


def heads(house: House, principal: Principal) -> list[SheetHead]:
    """All tables: the firm's books first."""
    own = call(house, principal, "list").sheets
    return [*(books.head(house, principal, name) for name in books.BOOKS), *own]


def head(house: House, principal: Principal, sheet: str) -> SheetHead:
    """One table with its fields."""
    if sheet in books.BOOKS:
        return books.head(house, principal, sheet)
    found: SheetHead = call(house, principal, "get", sheet=sheet)
    return found


def window(house: House, principal: Principal, query: WindowQuery) -> Lines:
    """The rows of a window of a table or book.

    Raises:
        RuleBrokenError: a condition names no field.
    """
    if query.sheet not in books.BOOKS:
        found = call(house, principal, "window", **query.model_dump())
        return Lines([Line(str(one.row), one.cells) for one in found.rows], found.total)
    fields = {one.name: one for one in books.BOOKS[query.sheet].fields}
    reading.demand(fields, query.where, query.order)
    rows = books.rows(house, principal, query.sheet)
    chosen = [one for one in rows if reading.meets(one[1], query.where)]
    ordered = reading.in_order(chosen, query.order, lambda one: one[1])
    some = ordered[query.first : query.first + query.count]
    return Lines([Line(key, cells) for key, cells in some], len(chosen))


def put(
    house: House,
    principal: Principal,
    sheet: str,
    rows: Sequence[Mapping[str, Any]],
    keys: Sequence[str] = (),
) -> list[str]:
    """Add rows, or with keys change the cells they name; gives the keys.

    Raises:
        RuleBrokenError: a cell is not of its field's type, or may not be written.
    """
    if sheet in books.BOOKS:
        return books.put(house, principal, sheet, rows, keys)
    numbers = [_number(key) for key in keys]
    made = call(house, principal, "put", sheet=sheet, rows=[dict(row) for row in rows], numbers=numbers)
    return [str(number) for number in made.numbers]


def _number(key: str) -> int:
    if not (key.isascii() and key.isdigit() and len(key) <= _LONGEST_KEY):
        raise RuleBrokenError(f"there is no row {key[:50]!r}", mend="Read the rows again.")
    return int(key)
