"""The ladder's decision table, asked through the DMN engine: outputs, deciding row, what it looked at."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

_NAME = re.compile(r"[^\W\d]\w*")


class Answer(NamedTuple):
    """What the table said.

    Attributes:
        outputs: the output columns of the row that counted.
        rule: the row's id.
        annotation: the row's annotation.
        looked_at: names of the inputs for which the row has a test, not a dash.
        problem: why there is no answer; empty when there is one.
    """

    outputs: Mapping[str, Any]
    rule: str
    annotation: str
    looked_at: frozenset[str]
    problem: str = ""


class LadderTable:
    """One decision table of a DMN model."""

    def __init__(self, model: Any, decision: str) -> None:
        self._model = model
        self._decision = decision

    def ask(self, context: Mapping[str, Any]) -> Answer:
        """The table's answer; whatever goes wrong is an answer with a problem."""
        result = self._model.evaluate(self._decision, context)
        if result.errors:
            return _none(f"the table failed: {'; '.join(str(error) for error in result.errors)}")
        if not isinstance(result.value, Mapping):
            return _none("no row of the table fits")
        return Answer(result.value, *_matched(result.trace))


def _none(problem: str) -> Answer:
    return Answer({}, "none", "", frozenset(), problem)


def _matched(trace: Any) -> tuple[str, str, frozenset[str]]:
    """Of the rows that counted: their ids, their annotations, and the inputs that every one of them tests."""
    if not trace.tables:
        return "no table", "", frozenset()
    step = trace.tables[-1]  # what is needed first stands first, so the decision's own table stands last
    rules = step.rules[:1] if step.table.hit_policy == "FIRST" else step.rules
    names = [rule.id or f"row {rule.number}" for rule in rules]
    remarks = [remark for rule in rules for _, remark in rule.annotations]
    tested = [_tested(rule.cells) for rule in rules]
    looked_at = frozenset.intersection(*tested) if tested else frozenset()
    return ", ".join(names), "; ".join(remarks), looked_at


def _tested(cells: Sequence[Any]) -> frozenset[str]:
    """The names in the expressions of those columns whose cell is not a dash."""
    return frozenset(
        name
        for cell in cells
        if cell.test.strip() not in {"", "-"}
        for name in _NAME.findall(cell.expression)
    )
