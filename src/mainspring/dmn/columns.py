"""An index over one input column: from a value to the rules it passes, as the bits of an integer.

Strings and booleans are looked up in a dict; numbers and dates lie in slots between the cells' bounds and are
found by bisection. The intersection of the columns' sets is a handful of machine words a hundred rules, so
that a table of thousands of rules costs little more than a small one. Cells that depend on anything but
the tested value are left to the rule itself.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from mainspring.feel import ast

MAX_BITS = 400_000_000
"""Bits that the slots of one column may take (50 MB); beyond it the column stays without an index."""

_TESTABLE = (Decimal, str, bool, date)
Interval = tuple[Any, bool, Any, bool]
"""Low end, whether it belongs to it, high end, likewise; None for no bound."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell whose outcome depends on the tested value alone.

    Attributes:
        all: everything passes.
        negated: passes what its parts do not.
        values: single values.
        intervals: stretches of numbers, strings or dates.
    """

    all: bool = False
    negated: bool = False
    values: tuple[Any, ...] = ()
    intervals: tuple[Interval, ...] = ()


def simple_cell(node: ast.Tests) -> Cell | None:
    """What a cell's tests say, where they are literals and ranges of literals; None where they are more."""
    values: list[Any] = []
    intervals: list[Interval] = []
    for test in node.tests:
        if isinstance(test, ast.Anything):
            return None if node.negated else Cell(all=True)
        if isinstance(test, ast.Literal) and type(test.value) in _TESTABLE:
            values.append(test.value)
        elif isinstance(test, ast.RangeLiteral) and (span := _span(test)):
            if test.test == "=":
                values.append(span[0])
            else:
                intervals.append(span)
        else:
            return None
    ends = [end for span in intervals for end in (span[0], span[2]) if end is not None]
    if len({type(value) for value in (*values, *ends)}) > 1 or any(type(end) is bool for end in ends):
        return None
    return Cell(negated=node.negated, values=tuple(values), intervals=tuple(intervals))


def _span(test: ast.RangeLiteral) -> Interval | None:
    """The stretch between two constants, or beyond one; None for any other test."""
    given = [end for end in (test.low, test.high) if end is not None]
    constant = all(isinstance(end, ast.Literal) and type(end.value) in _TESTABLE for end in given)
    if test.test == "!=" or not given or not constant:
        return None
    low = test.low.value if isinstance(test.low, ast.Literal) else None
    high = test.high.value if isinstance(test.high, ast.Literal) else None
    return low, test.low_included, high, test.high_included


Lookup = Callable[[Any], int | None]
"""From a value to the rules it passes; None where the column cannot tell for a value of that kind."""


def column_index(cells: list[Cell | None]) -> Lookup | None:
    """The index of a column; None where there is nothing to index or it would be too large.

    Args:
        cells: the cells of the column by rule; None where the rule must check for itself.
    """
    known = [cell for cell in cells if cell is not None]
    types = {
        type(value)
        for cell in known
        for value in (*cell.values, *(end for span in cell.intervals for end in (span[0], span[2])))
        if value is not None
    }
    if len(types) != 1:
        return _passing_all(cells) if not types else None
    (of_type,) = types
    if any(cell.intervals for cell in known):
        return _ordered_index(cells, of_type)
    return _exact_index(cells, of_type)


def _passing_all(cells: list[Cell | None]) -> Lookup:
    everything = _mask(range(len(cells)))
    return lambda _value: everything


def _mask(rules: Iterable[int]) -> int:
    rows = list(rules)
    if not rows:
        return 0
    packed = bytearray(max(rows) // 8 + 1)
    for row in rows:
        packed[row >> 3] |= 1 << (row & 7)
    return int.from_bytes(packed, "little")


def _exact_index(cells: list[Cell | None], of_type: type) -> Lookup:
    rows: dict[Any, list[int]] = {}
    open_rows: list[int] = []  # rules that pass a value no cell names
    closed: dict[Any, list[int]] = {}
    for row, cell in enumerate(cells):
        if cell is None or cell.all or cell.negated:
            open_rows.append(row)
            for value in cell.values if cell is not None else ():
                closed.setdefault(value, []).append(row)
        else:
            for value in cell.values:
                rows.setdefault(value, []).append(row)
    base = _mask(open_rows)
    masks = {
        value: (base | _mask(rows.get(value, ()))) & ~_mask(closed.get(value, ()))
        for value in rows.keys() | closed.keys()
    }

    def lookup(value: Any) -> int | None:
        return masks.get(value, base) if type(value) is of_type else None

    return lookup


def _ordered_index(cells: list[Cell | None], of_type: type) -> Lookup | None:
    ends = {end for cell in cells if cell for span in cell.intervals for end in (span[0], span[2])}
    values = {value for cell in cells if cell for value in cell.values}
    bounds = sorted((ends | values) - {None})
    slots = 2 * len(bounds) + 1
    if slots * len(cells) > MAX_BITS:
        return None
    at = {bound: 2 * index + 1 for index, bound in enumerate(bounds)}
    begins: list[list[int]] = [[] for _ in range(slots + 1)]
    ends_at: list[list[int]] = [[] for _ in range(slots + 1)]
    negated = _mask(row for row, cell in enumerate(cells) if cell and cell.negated)
    always = _mask(row for row, cell in enumerate(cells) if cell is None or cell.all)
    for row, cell in enumerate(cells):
        for first, last in _stretches(cell, at, slots):
            begins[first].append(row)
            ends_at[last + 1].append(row)
    masks = _swept(begins, ends_at, slots, negated, always)

    def lookup(value: Any) -> int | None:
        if type(value) is not of_type:
            return None
        index = bisect_left(bounds, value)
        exact = index < len(bounds) and bounds[index] == value
        return masks[2 * index + exact]

    return lookup


def _stretches(cell: Cell | None, at: dict[Any, int], slots: int) -> list[tuple[int, int]]:
    """The slots a cell covers, merged so that none is counted twice."""
    if cell is None or cell.all:
        return []
    spans = [(at[value], at[value]) for value in cell.values]
    for low, low_included, high, high_included in cell.intervals:
        first = 0 if low is None else at[low] + (not low_included)
        last = slots - 1 if high is None else at[high] - (not high_included)
        if first <= last:
            spans.append((first, last))
    merged: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = merged[-1][0], max(merged[-1][1], last)
        else:
            merged.append((first, last))
    return merged


def _swept(
    begins: list[list[int]], ends: list[list[int]], slots: int, negated: int, always: int
) -> list[int]:
    masks: list[int] = []
    current = 0
    for slot in range(slots):
        if begins[slot]:
            current |= _mask(begins[slot])
        if ends[slot]:
            current &= ~_mask(ends[slot])
        masks.append((current ^ negated) | always)
    return masks


def rows_of(mask: int) -> list[int]:
    """The rules in a set, in the order of the table."""
    rows: list[int] = []
    while mask:
        lowest = mask & -mask
        rows.append(lowest.bit_length() - 1)
        mask ^= lowest
    return rows
