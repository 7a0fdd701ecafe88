"""What a decision's evaluation leaves behind, for the person who must justify it and for the evidence log."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from mainspring.dmn.table import DecisionTable
from mainspring.feel.functions import Builtin, Function, Run
from mainspring.feel.limits import Limits
from mainspring.feel.types import Range
from mainspring.feel.values import text

_PLENTY = Limits(steps=20_000)
MAX_SHOWN = 200


class MatchedCell(NamedTuple):
    """A cell of a rule that matched.

    Attributes:
        title: the column's label, or else its expression.
        expression: the column's expression, such as `amount`.
        test: the cell's text; "-" where it does not matter.
        value: the value that passed.
    """

    title: str
    expression: str
    test: str
    value: Any


@dataclass(frozen=True, slots=True)
class MatchedRule:
    """A rule that matched.

    Attributes:
        number: its row, counted from 1.
        id: its id in the model.
        cells: one an input column.
        outputs: per output column its title and its text.
        annotations: per annotation column its title and its remark.
    """

    number: int
    id: str
    cells: tuple[MatchedCell, ...]
    outputs: tuple[tuple[str, str], ...]
    annotations: tuple[tuple[str, str], ...]


class TableStep:
    """A decision table that was evaluated. Built cheaply; the details are made when they are asked for.

    Attributes:
        where: the decision or knowledge model that the table belongs to.
        table: the table.
        values: the value of each input column.
        matched: the matching rules, counted from 0.
        value: what the table gave.
    """

    __slots__ = ("matched", "table", "value", "values", "where")
    kind = "table"

    def __init__(
        self, where: str, table: DecisionTable, values: tuple[Any, ...], matched: list[int], value: Any
    ) -> None:
        self.where = where
        self.table = table
        self.values = values
        self.matched = matched
        self.value = value

    @property
    def rules(self) -> tuple[MatchedRule, ...]:
        """The matching rules with everything needed to read them."""
        return tuple(self._rule(index) for index in self.matched)

    def _rule(self, index: int) -> MatchedRule:
        rule = self.table.rules[index]
        titles = self.table.annotations
        return MatchedRule(
            index + 1,
            rule.id,
            tuple(
                MatchedCell(column.title, column.expression, test, value)
                for column, test, value in zip(self.table.inputs, rule.inputs, self.values, strict=True)
            ),
            tuple(
                (column.title, written)
                for column, written in zip(self.table.outputs, rule.outputs, strict=True)
            ),
            tuple(
                (titles[at] if at < len(titles) else "", remark)
                for at, remark in enumerate(rule.annotations)
                if remark
            ),
        )

    def as_dict(self) -> dict[str, Any]:
        """The step as JSON values (numbers Decimal, temporals and functions as text)."""
        return {
            "kind": self.kind,
            "where": self.where,
            "hitPolicy": self.table.hit_policy,
            "aggregation": self.table.aggregation,
            "ruleCount": len(self.table.rules),
            "inputs": [
                {"title": column.title, "value": plain(value)}
                for column, value in zip(self.table.inputs, self.values, strict=True)
            ],
            "rules": [
                {
                    "number": rule.number,
                    "id": rule.id,
                    "cells": [
                        {
                            "title": cell.title,
                            "expression": cell.expression,
                            "test": cell.test,
                            "value": plain(cell.value),
                        }
                        for cell in rule.cells
                    ],
                    "outputs": [{"title": title, "text": written} for title, written in rule.outputs],
                    "annotations": [{"title": title, "text": remark} for title, remark in rule.annotations],
                }
                for rule in self.rules
            ],
            "value": plain(self.value),
        }

    def lines(self) -> list[str]:
        """The step as sentences."""
        shown = ", ".join(
            f"{column.title} = {shorten(value)}"
            for column, value in zip(self.table.inputs, self.values, strict=True)
        )
        policy = self.table.hit_policy.capitalize() + (f" {self.table.aggregation}".lower().rstrip())
        lines = [f"{self.where}: table ({policy.strip()}) with {shown or 'no inputs'}"]
        for rule in self.rules:
            lines.extend(_rule_lines(rule))
        if not self.matched:
            lines.append("  no rule matched")
        lines.append(f"  result: {shorten(self.value)}")
        return lines


def _rule_lines(rule: MatchedRule) -> list[str]:
    tests = " and ".join(f"{cell.title} {cell.test}" for cell in rule.cells if cell.test != "-")
    outputs = ", ".join(f"{title}: {text}" if title else text for title, text in rule.outputs)
    lines = [f"  rule {rule.number}: {tests or 'always'} -> {outputs}"]
    lines.extend(f"    {title or 'note'}: {remark}" for title, remark in rule.annotations)
    return lines


@dataclass(frozen=True, slots=True)
class DecisionStep:
    """A decision, service or input that was evaluated.

    Attributes:
        kind: decision, service or input.
        id: its id in the model.
        name: its name.
        value: what it gave.
    """

    kind: str
    id: str
    name: str
    value: Any

    def as_dict(self) -> dict[str, Any]:
        """The step as JSON values."""
        return {"kind": self.kind, "id": self.id, "name": self.name, "value": plain(self.value)}

    def lines(self) -> list[str]:
        """The step as sentences."""
        return [f"{self.kind} {self.name} = {shorten(self.value)}"]


Step = TableStep | DecisionStep


@dataclass(frozen=True, slots=True)
class Trace:
    """How a result came about, step by step, what is needed first standing first."""

    steps: tuple[Step, ...]

    @property
    def tables(self) -> tuple[TableStep, ...]:
        """The decision tables that were evaluated."""
        return tuple(step for step in self.steps if isinstance(step, TableStep))

    def as_dict(self) -> dict[str, Any]:
        """The trace as JSON values, for the workbench and the evidence log (`explanation.schema.json`)."""
        return {"version": 1, "steps": [step.as_dict() for step in self.steps]}

    def __str__(self) -> str:
        return "\n".join(line for step in self.steps for line in step.lines())


def shorten(value: Any) -> str:
    """A value as FEEL writes it, cut to what a line can show."""
    try:
        written = text(value, _run(), nested=True)
    except Exception:  # noqa: BLE001  a value too large to write must not spoil the explanation
        written = "(too large to show)"
    return written if len(written) <= MAX_SHOWN else written[: MAX_SHOWN - 3] + "..."


def _run() -> Run:
    run = Run()
    run.limits, run.steps = _PLENTY, _PLENTY.steps
    return run


def plain(value: Any) -> Any:
    """The value with ranges, functions and temporals as text."""
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (Range, Function, Builtin)) or hasattr(value, "isoformat"):
        return shorten(value)
    return value
