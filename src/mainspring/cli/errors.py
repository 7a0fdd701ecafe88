"""What can be wrong on the command line beyond what its parser sees."""

from mainspring.base.errors import MainspringError


class ArgumentError(MainspringError):
    """An argument that cannot be used."""
