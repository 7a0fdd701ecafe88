"""What can be wrong with a FEEL expression: its text (raised) or its evaluation (recorded, value null)."""

from typing import NamedTuple

from mainspring.base.errors import MainspringError


class FeelSyntaxError(MainspringError):
    """The text is not a FEEL expression.

    Args:
        message: what was wrong.
        text: the expression.
        position: offset of the offending character, counted from 0.
    """

    def __init__(self, message: str, text: str, position: int, *, mend: str = "") -> None:
        line = text.count("\n", 0, position) + 1
        column = position - (text.rfind("\n", 0, position) + 1) + 1
        shown = text if len(text) <= 80 else text[:77] + "..."  # noqa: PLR2004  a line of a message
        super().__init__(message, where=f"FEEL {shown!r}, line {line}, column {column}", mend=mend)
        self.text = text
        self.position = position


class Warning(NamedTuple):  # noqa: A001  FEEL's own word; only ever used as feel.Warning
    """Why (part of) an evaluation gave null.

    Attributes:
        message: what was wrong.
        position: offset in the expression's text, counted from 0.
        severity: "error" for a fault of the expression or its data, "info" for a missing name or entry.
    """

    message: str
    position: int
    severity: str = "error"


class EvaluationError(Exception):
    """Raised inside an evaluation; becomes null and a Warning at the call that failed. Never leaves feel."""


class BudgetError(Exception):
    """The evaluation used more steps, memory or depth than allowed. Never leaves feel."""
