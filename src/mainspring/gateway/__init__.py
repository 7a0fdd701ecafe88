"""The one way to business operations: who asks, whether they may, what it costs, and the record of it."""

from mainspring.gateway.caller import Caller
from mainspring.gateway.errors import (
    ArgumentsInvalid,
    ConfirmationNeeded,
    Denied,
    GatewayError,
    OverBudget,
    PersonOnly,
    Unavailable,
)
from mainspring.gateway.pipeline import Gateway

__all__ = [
    "ArgumentsInvalid",
    "Caller",
    "ConfirmationNeeded",
    "Denied",
    "Gateway",
    "GatewayError",
    "OverBudget",
    "PersonOnly",
    "Unavailable",
]
