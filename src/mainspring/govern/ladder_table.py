"""The ladder's decision table, asked through the DMN engine: outputs, deciding row, what it looked at."""

from collections.abc import Mapping
from typing import Any, NamedTuple


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
    raise NotImplementedError
