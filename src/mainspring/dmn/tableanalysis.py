"""Gaps, overlaps and rules that never decide, found by walking through the columns' stretches.

The walk goes column by column and keeps the set of rules that still match; a set seen before at the same
column is not walked again, so that the work grows with the number of different sets, not of combinations.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from mainspring.dmn.columns import Cell, rows_of, simple_cell
from mainspring.dmn.findings import Finding
from mainspring.dmn.itemtypes import Condition
from mainspring.dmn.slots import Slot, slots
from mainspring.dmn.tablecode import TableCode

MAX_VISITS = 20_000
MAX_REPORTED = 20
Leaf = tuple[int, dict[str, Any]]
"""The rules that match, and an example of the input."""


def examine(code: TableCode) -> list[Finding]:
    """What is wrong with a table, an example input with each finding."""
    cells = _cells(code)
    columns = [_column(code, [row[at] for row in cells], at) for at in range(len(code.table.inputs))]
    leaves = _Walk(code, columns)
    found = _Examination(code, cells)
    for rules, example in leaves.run():
        found.look(rules, example)
    if leaves.cut_short:
        found.findings.append(
            Finding("not examined", "warning", code.where, "the table is too large to be examined wholly")
        )
    else:
        found.conclude()
    return found.findings


def _cells(code: TableCode) -> list[list[Cell | None]]:
    return [[simple_cell(test.node) if test else Cell() for test in row] for row in code.tests]


def _column(code: TableCode, cells: list[Cell | None], at: int) -> list[Slot]:
    """The stretches of a column within what its input values and its type allow."""
    wanted = code.types[at]
    conditions = [test for column, test in code.allowed if column == at]
    if isinstance(wanted.allowed, Condition):
        conditions.extend(wanted.allowed.tests)

    def allowed(value: Any) -> bool:
        return all(test(value, {}) is not False for test in conditions)

    return slots(cells, wanted.name, allowed, [simple_cell(test.node) for test in conditions])


class _Walk:
    """All sets of rules that some input matches."""

    def __init__(self, code: TableCode, columns: list[list[Slot]]) -> None:
        self.titles = [column.title for column in code.table.inputs]
        self.columns = columns
        self.everything = code.everything
        self.seen: set[tuple[int, int]] = set()
        self.cut_short = False

    def run(self) -> Iterator[Leaf]:
        """The sets, one example each."""
        return self._from(0, self.everything, {})

    def _from(self, at: int, rules: int, example: dict[str, Any]) -> Iterator[Leaf]:
        if at == len(self.columns) or not rules:
            yield rules, dict(example)
            return
        if (at, rules) in self.seen:
            return
        if len(self.seen) >= MAX_VISITS:
            self.cut_short = True
            return
        self.seen.add((at, rules))
        for slot in self.columns[at]:
            example[self.titles[at]] = slot.example
            yield from self._from(at + 1, rules & slot.rules, example)
        example.pop(self.titles[at], None)


class _Examination:
    """Collects what the sets of rules tell."""

    def __init__(self, code: TableCode, cells: list[list[Cell | None]]) -> None:
        self.code = code
        self.policy = code.table.hit_policy
        self.certain = [all(cell is not None for cell in row) for row in cells]
        self.findings: list[Finding] = []
        self.decides = 0
        self.matches = 0
        self.pairs: set[tuple[int, int]] = set()
        self.shadows: dict[int, tuple[int, dict[str, Any]]] = {}
        self.gaps = 0

    def look(self, rules: int, example: dict[str, Any]) -> None:
        """Take one set of rules into account."""
        if not rules:
            self._gap(example)
            return
        rows = rows_of(rules)
        self.matches |= rules
        first = next((row for row in rows if self.certain[row]), None)
        for row in rows:
            if first is not None and row > first:
                self.shadows.setdefault(row, (first, example))
            else:
                self.decides |= 1 << row
        if self.policy in {"UNIQUE", "ANY"}:
            self._overlap([row for row in rows if self.certain[row]], example)

    def _gap(self, example: dict[str, Any]) -> None:
        self.gaps += 1
        if self.gaps <= MAX_REPORTED and not self.code.has_default and self.policy != "COLLECT":
            message = "no rule covers this input"
            self.findings.append(Finding("gap", "warning", self.code.where, message, example))

    def _overlap(self, rows: list[int], example: dict[str, Any]) -> None:
        for first, second in pairwise(rows):
            rules = self.code.table.rules
            same = rules[first].outputs == rules[second].outputs
            if (first, second) in self.pairs or (self.policy == "ANY" and same):
                continue
            self.pairs.add((first, second))
            if len(self.pairs) <= MAX_REPORTED:
                message = f"rules {first + 1} and {second + 1} both match, against hit policy {self.policy}"
                self._add("overlap", message, example, second)

    def _add(self, kind: str, message: str, example: dict[str, Any], row: int) -> None:
        found = Finding(kind, "warning", self.code.where, message, example, rule=row + 1)
        self.findings.append(found)

    def conclude(self) -> None:
        """Name the rules that never match, or never decide."""
        for row in range(len(self.code.table.rules)):
            if not self.matches >> row & 1:
                message = f"rule {row + 1} can never match"
                self._add("unreachable rule", message, {}, row)
            elif self.policy == "FIRST" and not self.decides >> row & 1:
                above, example = self.shadows[row]
                message = f"rule {row + 1} never decides, since rules above it do (here rule {above + 1})"
                self._add("masked rule", message, example, row)
