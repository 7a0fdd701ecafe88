"""The one root of all errors that Mainspring raises on purpose."""


class MainspringError(Exception):
    """Something went wrong that a person or a caller can mend.

    Args:
        message: what was wrong, in one sentence without a final full stop.
        where: file, element, line or field, as precisely as known.
        mend: what to do about it.
    """

    def __init__(self, message: str, *, where: str = "", mend: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.mend = mend

    def __str__(self) -> str:
        parts = [f"{self.where}: {self.message}" if self.where else self.message]
        if self.mend:
            parts.append(self.mend)
        return ". ".join(parts)

    def as_dict(self) -> dict[str, str]:
        """The error for an API answer or a log line."""
        kind = type(self).__name__
        return {"error": kind, "message": self.message, "where": self.where, "mend": self.mend}


class UnsafeInputError(MainspringError):
    """A document that is refused before it is read further: too large, too deep, or with a DTD."""
