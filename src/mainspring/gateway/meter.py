"""Metering: one row for every call, whatever became of it: who, where, what, how long, at what cost."""

import time
from collections.abc import Callable
from typing import Any

from pydantic import BaseModel

from mainspring.gateway.call import Call, Proceed
from mainspring.gateway.errors import ArgumentsInvalid, Denied, OverBudget, Unavailable, Waiting
from mainspring.govern.record import record
from mainspring.govern.tables import calls

_REFUSALS = (Denied, ArgumentsInvalid, OverBudget, Unavailable)


class Meter:
    """The outermost stage. `timer` gives nanoseconds that only ever grow."""

    def __init__(self, timer: Callable[[], int] = time.perf_counter_ns) -> None:
        self._timer = timer

    def __call__(self, call: Call, proceed: Proceed) -> BaseModel:
        """Time the call and record how it ended."""
        began = self._timer()
        try:
            result = proceed(call)
            call.outcome = "ok"
        except Waiting:
            call.outcome = "confirmation"
            raise
        except _REFUSALS as error:
            call.outcome = "denied"
            call.problem = type(error).__name__
            raise
        except BaseException as error:
            call.outcome = "error"
            call.problem = type(error).__name__
            raise
        else:
            return result
        finally:
            # What was refused or failed outlives the rollback of the job; what was done goes with it.
            keep = call.outcome in {"denied", "error"}
            record(call.tx).add(calls, row(call, (self._timer() - began) // 1000), keep=keep)


def row(call: Call, latency_us: int) -> dict[str, Any]:
    """The row of `calls`, without its position."""
    caller = call.caller
    return {
        "key": call.key,
        "at": call.at,
        "operation": call.name,
        "effect": call.effect,
        "actor_kind": call.actor.kind,
        "actor_id": call.actor.id,
        "on_behalf_of": call.actor.on_behalf_of,
        "process_id": caller.process_id,
        "instance": caller.instance,
        "process_instance": caller.process_instance,
        "element": caller.element,
        "element_key": caller.element_key,
        "job": caller.job,
        "outcome": call.outcome,
        "cached": call.cached,
        "retry": call.retry,
        "latency_us": latency_us,
        "cost": call.cost,
        "tokens": call.tokens,
        "version": call.version,
        "amount": call.amount,
        "counterparty": call.counterparty,
        "arguments_digest": call.digest,
        "idempotency_key": caller.idempotency_key,
        "rule": call.rule,
        "approval": call.approval,
        "problem": call.problem,
    }
