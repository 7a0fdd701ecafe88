"""What the engine raises, grouped by who must act: the caller, or (as an incident) a person."""

from mainspring.base.errors import MainspringError


class CommandRejected(MainspringError):  # noqa: N818 - a refusal with a reason, as Camunda names it
    """The command is not possible in this state; nothing of it was done. The caller must act."""


class Fault(Exception):  # noqa: N818 - never leaves the engine: it becomes an incident
    """Something in the model or the data stops an element; a person must mend it.

    Args:
        kind: expression, condition, mapping, timer, message, called_element, decision, error, loop or job.
        message: what was wrong, in one sentence.
    """

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
