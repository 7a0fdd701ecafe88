"""Bounds that make every evaluation end soon: text, depth, steps, and the size of what is built.

Steps are counted, not timed, so that the same expression on the same data always gives the same answer.
A step is one iteration, one call, one list element or one `CHARACTERS_PER_STEP` characters built.
"""

from dataclasses import dataclass

MAX_TEXT = 100_000
MAX_DEPTH = 90
"""Nesting of an expression's text; deeper is a syntax error."""

CHARACTERS_PER_STEP = 64


@dataclass(frozen=True, slots=True)
class Limits:
    """What one evaluation may use.

    Attributes:
        steps: iterations, calls and elements built, together.
        depth: nested calls of functions.
        regex_seconds: time given to one regular expression, all its matches together.
    """

    steps: int = 100_000
    depth: int = 150
    regex_seconds: float = 0.02


DEFAULT = Limits()
