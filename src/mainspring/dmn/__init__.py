"""Decision models of DMN 1.1 to 1.5: XML to compiled decisions that explain themselves."""

from mainspring.dmn.errors import (
    DmnError,
    EvaluationMessage,
    ModelError,
    SheetError,
    UnknownDecisionError,
)
from mainspring.dmn.model import Model, Named, Result, load
from mainspring.dmn.trace import Trace

__all__ = [
    "DmnError",
    "EvaluationMessage",
    "Model",
    "ModelError",
    "Named",
    "Result",
    "SheetError",
    "Trace",
    "UnknownDecisionError",
    "load",
]
