"""The bookkeeping of one decision: FEEL's, and besides it where each fault lies and which rules matched."""

from datetime import datetime
from typing import Any

from mainspring.dmn.errors import EvaluationMessage
from mainspring.feel.functions import MAX_WARNINGS, Run
from mainspring.feel.limits import DEFAULT, Limits

MAX_TRACE = 1_000


class DecisionRun(Run):
    """A FEEL run that also knows where it is and keeps a trace.

    Attributes:
        place: the element whose text is being evaluated.
        messages: the faults with their places.
        trace: what was evaluated, in the order in which it was finished; the first thousand steps.
    """

    def __init__(self, limits: Limits = DEFAULT, now: datetime | None = None) -> None:
        self.limits, self.steps, self.depth, self.now = limits, limits.steps, limits.depth, now
        self.place = ""
        self.messages: list[EvaluationMessage] = []
        self.trace: list[Any] = []

    def warn(self, message: str, pos: int, severity: str = "error") -> None:
        """Record a fault at the current place."""
        if len(self.messages) < MAX_WARNINGS:
            self.messages.append(EvaluationMessage(message, self.place, pos, severity))

    def apart(self) -> "DecisionRun":
        """A run for trying something out: it may use what is left, and what it finds is not kept."""
        made = DecisionRun(self.limits, self.now)
        made.steps, made.depth = self.steps, self.depth
        return made

    def record(self, step: Any) -> None:
        """Add a step to the trace."""
        if len(self.trace) < MAX_TRACE:
            self.trace.append(step)
