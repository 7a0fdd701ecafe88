"""Bounds that make every evaluation end soon: text, depth, steps, and the size of what is built.

Steps are counted, not timed, so that the same expression on the same data always gives the same answer;
a step stands for about a microsecond's work. Loops pay for each round what their body's size is worth,
functions for each call, lists and texts for what they hold. Regular expressions alone are timed, and pay for
their time.
"""

from dataclasses import dataclass

MAX_TEXT = 32_768
MAX_TOKENS = 5_000
MAX_DEPTH = 90
"""Nesting of an expression's text; deeper is a syntax error."""

CHARACTERS_PER_STEP = 16
NODES_PER_STEP = 4


@dataclass(frozen=True, slots=True)
class Limits:
    """What one evaluation may use.

    Attributes:
        steps: work in all, about a microsecond each.
        depth: nested calls of functions.
        regex_seconds: time given to one call of a regular expression.
    """

    steps: int = 100_000
    depth: int = 150
    regex_seconds: float = 0.02


DEFAULT = Limits()
