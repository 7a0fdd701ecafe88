"""Limits: how often an operation may be used by a caller, agent, process, department or the whole company.

A token bucket for each, in this process's memory.
"""

from collections.abc import Mapping

from pydantic import BaseModel

from mainspring.gateway.call import Call, Proceed
from mainspring.gateway.errors import Unavailable
from mainspring.gateway.outgoing import OutsideOperation
from mainspring.gateway.rate import Buckets, Rate

__all__ = ["Limit", "Rate"]


class Limit:
    """Lets calls pass at the rate of their operation; an operation without a rate has no limit.

    Args:
        rates: by operation name, or by service as ``orders.*``.
    """

    def __init__(self, rates: Mapping[str, Rate]) -> None:
        self._rates = dict(rates)
        self._buckets = Buckets()

    def __call__(self, call: Call, proceed: Proceed) -> BaseModel:
        """Proceed when every bucket that the call draws on has a token left."""
        declared = call.operation.rate if isinstance(call.operation, OutsideOperation) else None
        if self._rates or declared is not None:
            service = call.name.partition(".")[0]
            rate = self._rates.get(call.name) or self._rates.get(f"{service}.*") or declared
            if rate is not None and not self._buckets.take(_drawn_on(call, rate), rate, call.at):
                said = f"more than {rate.per_second:g} calls a second for each {rate.each}"
                raise Unavailable(said, where=call.name, mend="Try again later.")
        return proceed(call)


def _drawn_on(call: Call, rate: Rate) -> list[tuple[str, ...]]:
    """The buckets that a call takes a token from."""
    principal, shared = call.caller.principal, (call.name, rate.each)
    if rate.each == "company":
        return [shared]
    if rate.each == "department":
        return [(*shared, group) for group in principal.groups]
    if rate.each == "process":
        return [(*shared, call.caller.process_id or "")]
    if rate.each == "agent":
        return [(*shared, principal.id)] if principal.kind == "agent" else []
    return [(*shared, principal.kind, principal.id)]
