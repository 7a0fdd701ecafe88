"""What can be wrong with what measures are made from."""

from mainspring.base.errors import MainspringError


class CostTableError(MainspringError):
    """The cost table must be mended."""
