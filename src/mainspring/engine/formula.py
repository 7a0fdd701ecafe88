"""Expressions of a model, compiled once: FEEL after a leading "=", else a fixed text (as in Camunda 8)."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from mainspring import feel

_CLOCK = re.compile(r"\b(now|today)\s*\(")


class Formula:
    """A compiled expression; `names` are the variables it looks at, `static` whether it is a fixed value."""

    __slots__ = ("call", "names", "static", "text", "uses_clock", "value")

    def __init__(self, text: str, *, always_feel: bool = False, names: Iterable[str] = ()) -> None:
        """Compile `text`.

        Args:
            text: FEEL after a leading "=", else a fixed text.
            always_feel: FEEL also without the "=" (conditions).
            names: variables whose names hold spaces or operators.

        Raises:
            feel.FeelSyntaxError: with the position in the text.
        """
        text = text.strip()
        self.text = text
        self.static = not (text.startswith("=") or always_feel)
        self.value: Any = text if self.static else None
        self.call: Callable[[Mapping[str, Any]], Any] | None = None
        self.names: tuple[str, ...] = ()
        self.uses_clock = False
        if not self.static:
            expression = feel.compile(text.removeprefix("="), names=names)
            self.call = expression
            self.names = tuple(sorted(expression.names))
            self.uses_clock = _CLOCK.search(text) is not None

    def evaluate(self, context: Mapping[str, Any], now: datetime) -> Any:
        """The value in this context; FEEL is total, so a fault inside it gives null."""
        if self.call is None:
            return self.value
        if self.uses_clock:
            return self.call.evaluate(context, now=now).value  # type: ignore[attr-defined] # a feel.Expression
        return self.call(context)

    def complaints(self, context: Mapping[str, Any], now: datetime) -> str:
        """What FEEL found wrong while evaluating, for the message of an incident; empty when nothing."""
        if self.call is None:
            return ""
        warnings = self.call.evaluate(context, now=now).warnings  # type: ignore[attr-defined] # a feel.Expression
        return "; ".join(warning.message for warning in warnings[:3])


def literal(value: Any) -> Formula:
    """A formula that always gives this value."""
    formula = Formula("")
    formula.value = value
    return formula
