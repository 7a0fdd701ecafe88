"""Why a question gets no answer."""

from mainspring.base.errors import MainspringError


class Forbidden(MainspringError):  # noqa: N818 - said of the question, nothing failed
    """Whoever asks may not see it; the message is the rule."""


class NothingThere(MainspringError):  # noqa: N818 - likewise
    """It was understood, and there is nothing of that name."""
