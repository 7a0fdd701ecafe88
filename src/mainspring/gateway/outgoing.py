"""What makes an operation one of an outside service: it is carried out between two transactions."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, NoReturn

from pydantic import BaseModel

from mainspring.gateway.errors import GatewayError
from mainspring.gateway.rate import Rate
from mainspring.govern.principal import Principal
from mainspring.services.operation import Operation

LONGEST = timedelta(minutes=15)
"""No call is under way for longer; one that seems so was cut off by a crash."""


@dataclass(slots=True)
class Sending:
    """What goes along with a call to the outside, and what comes back beside the answer.

    Attributes:
        key: the same for every attempt of this call; services that take idempotency keys get it.
        by: who acts; for the record of the service, never with a token of theirs.
        at: when the call began.
        cost, tokens: what it really cost, where the service says so; None leaves what was declared.
    """

    key: str
    by: Principal
    at: datetime
    cost: Decimal | None = None
    tokens: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideOperation(Operation):
    """An operation that leaves the house: called with `Gateway.perform`, never within a transaction.

    Attributes:
        send: carries it out; gives what the output model accepts.
        service, version: behind it.
        repeatable: an attempt whose outcome is unknown may be made again (a read, idempotent, or the service
            honours idempotency keys).
        tokens, cache_seconds, stale_seconds, degraded, retries, rate: see `described.Described`.
    """

    send: Callable[[Sending, Any], Any]
    service: str
    version: str = ""
    repeatable: bool = False
    tokens: int = 0
    cache_seconds: int = 0
    stale_seconds: int = 0
    degraded: BaseModel | None = field(default=None)
    retries: int = 0
    rate: Rate | None = None


def not_within(_: Any, __: Any) -> NoReturn:
    """The handler of every operation that leaves the house.

    Raises:
        GatewayError: always.
    """
    raise GatewayError(
        "this operation leaves the house and cannot be part of a transaction",
        mend="Call it with gateway.perform; in a job, from a costly handler's step.",
    )
