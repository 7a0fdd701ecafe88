"""Limits: how often one caller may use an operation. A token bucket for each, in this process's memory."""

import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING

from pydantic import BaseModel

from mainspring.gateway.call import Call, Proceed
from mainspring.gateway.errors import Unavailable
from mainspring.gateway.outgoing import OutsideOperation
from mainspring.gateway.rate import Rate

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["Limit", "Rate"]


class Limit:
    """Lets calls pass at the rate of their operation; an operation without a rate has no limit.

    Args:
        rates: by operation name, or by service as ``orders.*``.
    """

    def __init__(self, rates: Mapping[str, Rate]) -> None:
        self._rates = dict(rates)
        self._buckets: dict[tuple[str, str, str], tuple[float, datetime]] = {}
        self._lock = threading.Lock()

    def __call__(self, call: Call, proceed: Proceed) -> BaseModel:
        """Proceed when the caller has a token left."""
        declared = call.operation.rate if isinstance(call.operation, OutsideOperation) else None
        if self._rates or declared is not None:
            service = call.name.partition(".")[0]
            rate = self._rates.get(call.name) or self._rates.get(f"{service}.*") or declared
            if rate is not None and not self._take(call, rate):
                raise Unavailable(
                    f"more than {rate.per_second:g} calls a second", where=call.name, mend="Try again later."
                )
        return proceed(call)

    def _take(self, call: Call, rate: Rate) -> bool:
        principal = call.caller.principal
        bucket = (call.name, principal.kind, principal.id)
        with self._lock:
            tokens, last = self._buckets.get(bucket, (float(rate.burst), call.at))
            passed = max(0.0, (call.at - last).total_seconds())
            tokens = min(float(rate.burst), tokens + passed * rate.per_second)
            allowed = tokens >= 1.0
            self._buckets[bucket] = (tokens - 1.0 if allowed else tokens, max(last, call.at))
            return allowed
