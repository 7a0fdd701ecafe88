"""What can go wrong in a use case."""

from mainspring.base.errors import MainspringError


class SetUpError(MainspringError):
    """The installation or its settings must be mended."""


class NotReadyError(MainspringError):
    """What is asked for is not there yet."""


class QuestionUnfit(MainspringError):  # noqa: N818 - says what is the matter
    """A question that names what there is not."""


class DocumentRefused(MainspringError):  # noqa: N818 - says what happened, as the sender reads it
    """A document that is not taken in; nothing was registered."""


class LinkRefused(MainspringError):  # noqa: N818 - says what happened, as the customer reads it
    """A customer's link shows nothing: it is forged, expired or revoked."""

    def __init__(self, message: str, *, reason: str) -> None:
        super().__init__(message, where=reason, mend="Ask us for a new link.")


class AlreadyAnswered(MainspringError):  # noqa: N818 - says what happened
    """The quote was answered before, or has changed since it was shown."""
