"""Built-in business systems: customers, products, stock, quotes, orders, invoices, payments, ledger."""

from mainspring.services.catalogue import operations
from mainspring.services.operation import Actor, Context, Data, Effect, Operation

__all__ = ["Actor", "Context", "Data", "Effect", "Operation", "operations"]
