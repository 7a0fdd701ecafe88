"""Rows of a spreadsheet to records of the books: every cell read, every fault named with its place."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from pydantic import ValidationError

from mainspring.services.imports import cells
from mainspring.services.imports.cells import DayOrder, Point, plain
from mainspring.services.imports.fields import Kind, Sort
from mainspring.services.imports.sheet import Row
from mainspring.services.operation import Data

_WHAT: Mapping[Sort, str] = {
    "number": "a number",
    "money": "an amount",
    "rate": "a rate such as 13%",
    "day": "a day",
    "flag": "yes or no",
    "currency": "a currency such as CNY",
    "days": "a number of days",
}


class Problem(Data):
    """Why a row cannot be imported; `column` is its heading, empty where the whole row is meant."""

    line: int
    column: str
    value: str
    message: str


class Values(NamedTuple):
    """A row with what its cells mean, by role; empty cells are left out."""

    line: int
    cells: dict[str, Any]


class Reader(NamedTuple):
    """How the columns of a file write numbers and days, by place."""

    kind: Kind
    roles: tuple[str, ...]
    headings: tuple[str, ...]
    points: tuple[Point, ...]
    orders: tuple[DayOrder, ...]
    unsure: tuple[str, ...]
    """Headings of days that may be read day first or month first."""


def reader(
    kind: Kind,
    roles: Sequence[str],
    headings: Sequence[str],
    rows: Sequence[Row],
    days: DayOrder | None = None,
) -> Reader:
    """Look at the columns as wholes: one writes its numbers and days in one way."""
    points: list[Point] = []
    orders: list[DayOrder] = []
    unsure = []
    for place, name in enumerate(roles):
        role = kind.role(name)
        texts = [row.cells[place] for row in rows if place < len(row.cells) and row.cells[place]]
        points.append(cells.point_of(texts) if role and role.sort in {"number", "money", "rate"} else ".")
        order, sure = cells.order_of(texts) if role and role.sort == "day" else ("ymd", True)
        orders.append(days if days and not sure else order)
        if not sure and days is None:
            unsure.append(headings[place])
    return Reader(kind, tuple(roles), tuple(headings), tuple(points), tuple(orders), tuple(unsure))


def values(how: Reader, rows: Iterable[Row], problems: list[Problem]) -> list[Values]:
    """Every row by role; what is carried down is filled in; rows with faults are left out and told."""
    good: list[Values] = []
    above: dict[str, Any] = {}
    for row in rows:
        found: dict[str, Any] = {}
        faults = []
        for place, name in enumerate(how.roles):
            text = row.cells[place].strip() if name and place < len(row.cells) else ""
            if not text:
                continue
            value = _value(how, place, text)
            if value is None:
                what = _WHAT.get(_sort(how, name), "a value")
                faults.append(Problem(line=row.line, column=how.headings[place], value=text[:200],
                                      message=f"this is not {what}"))  # fmt: skip
            else:
                found[name] = value
        if how.kind.carried:
            found = _carried(how.kind.carried, above, found)
            above = {name: found[name] for name in how.kind.carried if name in found}
        if faults:
            problems.extend(faults)
        else:
            good.append(Values(row.line, found))
    return good


def _carried(names: frozenset[str], above: Mapping[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    """What stands above holds on only where the row names none of it anew."""
    if any(name in found for name in names - {"currency"}):
        return found
    return {**{name: value for name, value in above.items() if name in names}, **found}


def _sort(how: Reader, name: str) -> Sort:
    role = how.kind.role(name)
    return role.sort if role is not None else "text"


def _value(how: Reader, place: int, text: str) -> Any:
    sort = _sort(how, how.roles[place])
    if sort in {"number", "money"}:
        return cells.number(text, how.points[place])
    if sort == "rate":
        return cells.share(text, how.points[place])
    if sort == "day":
        return cells.day(text, how.orders[place])
    return _PLAIN.get(sort, str)(text)


_PLAIN: Mapping[Sort, Callable[[str], Any]] = {
    "flag": cells.flag,
    "currency": cells.currency,
    "days": cells.days,
    "code": plain,
}


def checked(model: type[Data], row: Values, given: Mapping[str, Any], how: Reader) -> Data | list[Problem]:
    """The record of a row, or what the books' rules say against it."""
    try:
        return model.model_validate(dict(given))
    except ValidationError as error:
        found = []
        for fault in error.errors(include_url=False):
            name = str(fault["loc"][0]) if fault["loc"] else ""
            heading = how.headings[how.roles.index(name)] if name in how.roles else ""
            said = "it is missing" if fault["type"] == "missing" else str(fault["msg"])
            value = "" if fault["type"] == "missing" else str(fault.get("input", ""))[:200]
            found.append(Problem(line=row.line, column=heading or name, value=value, message=said))
        return found
