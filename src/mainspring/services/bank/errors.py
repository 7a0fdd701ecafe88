"""What stands against a statement."""

from mainspring.services.errors import RuleBrokenError, ServiceError


class UnreadableStatement(ServiceError):  # noqa: N818 - says what the file is
    """The file is no statement, or it breaks the standard it claims to follow; the message names where."""


class DoesNotAddUp(RuleBrokenError):  # noqa: N818 - says what is the matter
    """The entries do not lead from the opening to the closing balance; nothing was taken in."""
