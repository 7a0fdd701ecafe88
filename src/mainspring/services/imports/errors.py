"""What stands against an import."""

from mainspring.services.errors import RuleBrokenError, ServiceError


class UnreadableSheet(ServiceError):  # noqa: N818 - says what the file is
    """There is no table in the file, or its columns do not say what is needed."""


class RowsHaveProblems(RuleBrokenError):  # noqa: N818 - says what is the matter
    """Some rows cannot be imported, and nobody said to leave them out; nothing was imported."""


class ChangedSince(RuleBrokenError):  # noqa: N818 - says what happened
    """What the import wrote was changed afterwards: undoing it would lose that, so nothing was undone."""
