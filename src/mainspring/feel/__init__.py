"""FEEL, the expression language of DMN 1.5: text to a compiled function. No I/O, no clock, no eval."""

from mainspring.feel.api import (
    Expression,
    Literal,
    Result,
    UnaryTest,
    compile,  # noqa: A004  the field's word, as in re
    compile_attribute,
    compile_unary_test,
    evaluate,
    unary_test,
)
from mainspring.feel.errors import FeelSyntaxError, Warning  # noqa: A004  FEEL's own word
from mainspring.feel.limits import Limits
from mainspring.feel.types import DaysTimeDuration, Range, YearsMonthsDuration

__all__ = [
    "DaysTimeDuration",
    "Expression",
    "FeelSyntaxError",
    "Limits",
    "Literal",
    "Range",
    "Result",
    "UnaryTest",
    "Warning",
    "YearsMonthsDuration",
    "compile",
    "compile_attribute",
    "compile_unary_test",
    "evaluate",
    "unary_test",
]
