"""The gateway: one pipeline that every call of a business operation goes through."""

import time
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from pydantic import BaseModel

from mainspring.gateway.breaker import Break
from mainspring.gateway.budget import budgeted
from mainspring.gateway.cache import Cache
from mainspring.gateway.call import Call, Proceed, Stage
from mainspring.gateway.caller import Caller
from mainspring.gateway.confirm import Confirm
from mainspring.gateway.errors import Denied
from mainspring.gateway.limit import Limit, Rate
from mainspring.gateway.meter import Meter
from mainspring.gateway.registry import Registry
from mainspring.gateway.replay import replay
from mainspring.gateway.stages import Authorise, Identify, Perform, validate
from mainspring.govern.approval import Approval
from mainspring.govern.approvals import Approvals
from mainspring.govern.ladder import Ladder
from mainspring.govern.policies import Policies
from mainspring.govern.principal import Principal
from mainspring.services.operation import Operation
from mainspring.store import Store, Tx
from mainspring.store.keys import Clock, Keys


class Gateway:
    """The only way to a business operation.

    Args:
        operations: what there is to call.
        policies: who may list and call it.
        ladder: what may run alone, and who confirms the rest.
        approvals: where confirmations are kept.
        clock, keys: the time (UTC) and fresh 64-bit keys.
        rates: limits by operation or by service (``orders.*``).
        breaker: when a failing service is left alone.
        timer: nanoseconds, for the latency that is recorded.

    Raises:
        RegistryError: an operation is declared wrongly.
    """

    def __init__(
        self,
        operations: Iterable[Operation],
        *,
        policies: Policies,
        ladder: Ladder,
        approvals: Approvals,
        clock: Clock,
        keys: Keys,
        rates: Mapping[str, Rate] | None = None,
        breaker: Break | None = None,
        timer: Callable[[], int] = time.perf_counter_ns,
    ) -> None:
        self._clock = clock
        self._keys = keys
        self._policies = policies
        self._approvals = approvals
        self.registry = Registry(operations)
        self.stages: tuple[Stage, ...] = (
            Meter(timer),  # one row in `calls`, whatever becomes of the call
            Identify(self.registry, policies),  # who, and which operation: only what they may list exists
            validate,  # the arguments, exactly as declared
            Authorise(policies),  # may they make this call
            replay,  # the same idempotency key gets the same answer
            Confirm(ladder, approvals),  # alone, with report, with confirmations, or by a person
            Cache(),  # a cacheable read is asked once a job
            budgeted,  # reserve the price, then settle it
            Limit(rates or {}),  # not too often
            breaker or Break(),  # not while the service is failing
        )
        self._run = _composed(self.stages, Perform(keys))

    def call(self, tx: Tx, caller: Caller, operation: str, arguments: Mapping[str, Any] | BaseModel) -> Any:
        """Carry out an operation within the caller's transaction, or raise why not.

        Gives an instance of the operation's output model.

        Raises:
            Denied: no policy permits it, a policy forbids it, or a person refused it.
            ConfirmationNeeded, PersonOnly: people are asked; call again when they have answered.
            ArgumentsInvalid: a field is missing, too many, or of the wrong kind.
            OverBudget, Unavailable: it costs more than is left; the service is failing or called too often.
            ReplayConflict: the idempotency key stands for other arguments.
            Whatever the operation itself raises; then nothing of it was done.
        """
        return self._run(Call(tx, caller, operation, arguments, self._keys(), self._clock()))

    def perform(
        self, store: Store, caller: Caller, operation: str, arguments: Mapping[str, Any] | BaseModel
    ) -> Any:
        """`call` in a transaction of its own, whose record is kept also when the call is refused or fails."""
        with store.write() as tx:
            try:
                return self.call(tx, caller, operation, arguments)
            except Exception as error:  # noqa: BLE001 - raised again below, once the record is committed
                failed = error
        raise failed

    def operations(self, principal: Principal) -> tuple[Operation, ...]:
        """The operations that this principal may see."""
        return self.registry.visible(principal, self._policies)

    def answer(
        self, tx: Tx, approval: int, person: Principal, *, approved: bool, digest: str, note: str = ""
    ) -> Approval:
        """A person's yes or no to a request, after asking the policies whether they may confirm such a call.

        Raises:
            Denied: a policy forbids it.
            ApprovalError: the answer does not hold (see `govern.approvals`).
        """
        asked = self._approvals.get(tx, approval)
        registered = self.registry.find(asked.operation)
        if registered is None:
            raise Denied("there is no such operation any more", where=asked.operation)
        context = {"preparer": approved and person.id in asked.preparers, "amount": asked.amount}
        decision = self._policies.decide(person, "approve", registered.resource, context)
        if not decision.allowed:
            raise Denied(decision.because, where=asked.operation)
        now = self._clock()
        return self._approvals.answer(
            tx, approval, person, approved=approved, digest=digest, now=now, note=note
        )


def _composed(stages: tuple[Stage, ...], innermost: Proceed) -> Proceed:
    """The stages around each other, the first outermost."""
    run = innermost
    for stage in reversed(stages):
        run = partial(_through, stage, run)
    return run


def _through(stage: Stage, proceed: Proceed, call: Call) -> BaseModel:
    return stage(call, proceed)
