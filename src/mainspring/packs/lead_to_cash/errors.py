"""What can be wrong with what the pack is given."""

from mainspring.base.errors import MainspringError


class OrderFileError(MainspringError):
    """An order file that cannot be read at all; single bad rows are problems, not errors."""
