"""What can be wrong with a decision model or with the question put to it."""

from typing import NamedTuple

from mainspring.base.errors import MainspringError


class DmnError(MainspringError):
    """Root of the errors of this package."""


class ModelError(DmnError):
    """The model must be mended: it is no DMN, or refers to what is not there."""


class UnknownDecisionError(DmnError):
    """The caller asked for a decision or service that the model does not have."""


class SheetError(DmnError):
    """A spreadsheet or CSV text that is no decision table."""


class EvaluationMessage(NamedTuple):
    """Why (part of) an evaluation gave null.

    Attributes:
        message: what was wrong.
        where: the element and, for a table, the cell.
        position: offset in the expression's text, counted from 0.
        severity: "error", or "info" for a name or entry that is not there.
    """

    message: str
    where: str
    position: int
    severity: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message
