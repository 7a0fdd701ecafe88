"""Errors of the business systems: what the caller asked for cannot be done with the books as they are."""

from mainspring.base.errors import MainspringError


class ServiceError(MainspringError):
    """A business system refused; nothing was changed."""


class UnknownRecordError(ServiceError):
    """No customer, product, order, ... of that name is in the books."""


class RuleBrokenError(ServiceError):
    """The books' own rules forbid it: paying more than is open, delivering more than was reserved, ..."""


class AmountDiffersError(RuleBrokenError):
    """The amount that was named, and perhaps confirmed, is not the amount that the books would post."""


class AlreadyExistsError(ServiceError):
    """The same source document is in the books with other contents."""
