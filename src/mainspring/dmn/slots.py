"""The values of an input column cut into stretches within which every cell of the column answers the same."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any, NamedTuple

from mainspring.dmn.columns import Cell


class Slot(NamedTuple):
    """A stretch of values.

    Attributes:
        example: a value in it.
        rules: the rules whose cell it passes, as bits.
    """

    example: Any
    rules: int


def slots(
    cells: list[Cell | None],
    of_type: str,
    allowed: Callable[[Any], bool],
    named: Sequence[Cell | None] = (),
) -> list[Slot]:
    """The stretches of a column, those with the same rules merged.

    Args:
        cells: the cells by rule; None for one that depends on more than the value: it passes everywhere.
        of_type: the column's declared type, or nothing.
        allowed: whether a value may occur in the column.
        named: further cells whose values are tried, such as those that a type allows.
    """
    found: dict[int, Any] = {}
    for value in _samples([*cells, *named], of_type):
        if allowed(value):
            rules = sum(1 << row for row, cell in enumerate(cells) if cell is None or passes(cell, value))
            found.setdefault(rules, value)
    return [Slot(example, rules) for rules, example in found.items()]


def passes(cell: Cell, value: Any) -> bool:
    """Whether a value passes a cell."""
    if cell.all:
        return True
    inside = value in cell.values or any(_within(value, *span) for span in cell.intervals)
    return inside is not cell.negated


def _within(value: Any, low: Any, low_included: bool, high: Any, high_included: bool) -> bool:  # noqa: FBT001  an Interval's parts
    above = low is None or value > low or (low_included and value == low)
    return above and (high is None or value < high or (high_included and value == high))


def _samples(cells: list[Cell | None], of_type: str) -> list[Any]:
    """A value of every stretch: all that cells name, and something between, below and above."""
    named = {value for cell in cells if cell for value in _values(cell)}
    if of_type == "boolean" or any(type(value) is bool for value in named):
        return [True, False]
    if not named:
        return [_anything(of_type)]
    bounds = sorted(named)
    if isinstance(bounds[0], str):
        return [*bounds, *_other_strings(cells, bounds)]
    between = [_middle(low, high) for low, high in pairwise(bounds)]
    step = timedelta(days=1) if isinstance(bounds[0], date) else 1
    return [*bounds, *(value for value in between if value is not None), bounds[0] - step, bounds[-1] + step]


def _values(cell: Cell) -> Iterable[Any]:
    ends = (end for span in cell.intervals for end in (span[0], span[2]))
    return (*cell.values, *(end for end in ends if end is not None))


def _other_strings(cells: list[Cell | None], bounds: list[str]) -> list[str]:
    if any(cell and cell.intervals for cell in cells):
        return ["", *(value + "\u0001" for value in bounds)]
    other = "other"
    while other in bounds:
        other += "."
    return [other]


def _middle(low: Any, high: Any) -> Any:
    if isinstance(low, Decimal):
        middle = (low + high) / 2
        whole = middle.to_integral_value()
        return whole if low < whole < high else middle
    day = low + (high - low) // 2
    return day if low < day < high else None


def _anything(of_type: str) -> Any:
    return {"number": Decimal(0), "string": "any", "date": date(2000, 1, 1)}.get(of_type, "any")
