"""The store: one database for a tenant; transactions, keys, the event log."""

from mainspring.store.database import Store, open_store
from mainspring.store.errors import (
    ConflictError,
    StoreBusyError,
    StoreError,
    UnavailableError,
    ValueRefusedError,
)
from mainspring.store.transaction import Tx

__all__ = [
    "ConflictError",
    "Store",
    "StoreBusyError",
    "StoreError",
    "Tx",
    "UnavailableError",
    "ValueRefusedError",
    "open_store",
]
