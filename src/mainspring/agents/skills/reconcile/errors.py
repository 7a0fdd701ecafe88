"""What can be wrong with the invoices and entries given to payment matching."""

from mainspring.base.errors import MainspringError


class ReconcileError(MainspringError):
    """An invoice or entry that cannot be taken as it is."""
