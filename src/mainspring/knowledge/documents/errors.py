"""What can be wrong with a document that arrives."""

from mainspring.base.errors import MainspringError


class DocumentError(MainspringError):
    """A document cannot be read at all: too large, encrypted, damaged, of an unknown kind."""
