"""What can go wrong between Mainspring and its database."""

from mainspring.base.errors import MainspringError


class StoreError(MainspringError):
    """The database cannot be used as asked: a wrong address, a wrong role, a nested transaction."""


class ValueRefusedError(StoreError):
    """A value that its column cannot hold faithfully, for instance a float where money is expected."""


class StoreBusyError(StoreError):
    """Another process held the database too long; nothing was written, the caller may try again."""


class UnavailableError(StoreError):
    """The disk or the server failed (full, broken, gone); nothing was written, try again when it is back."""


class ConflictError(StoreError):
    """Two transactions wanted the same rows in another order, and this one lost; try it again as a whole."""
