"""The gateway: one pipeline that every call of a business operation goes through."""

import time
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from pydantic import BaseModel

from mainspring.gateway.apart import Session, apart
from mainspring.gateway.behind import Behind
from mainspring.gateway.breaker import Break
from mainspring.gateway.budget import budgeted
from mainspring.gateway.cache import Cache
from mainspring.gateway.call import Call, Proceed, Stage
from mainspring.gateway.caller import Caller
from mainspring.gateway.confirm import Confirm
from mainspring.gateway.errors import Denied
from mainspring.gateway.kept import Kept
from mainspring.gateway.limit import Limit, Rate
from mainspring.gateway.meter import Meter
from mainspring.gateway.registry import Registry
from mainspring.gateway.replay import replay
from mainspring.gateway.retry import Retry
from mainspring.gateway.stages import Authorise, Identify, Perform, validate
from mainspring.gateway.trace import traced
from mainspring.govern import history
from mainspring.govern.approval import Approval
from mainspring.govern.approvals import Approvals
from mainspring.govern.ladder import Ladder
from mainspring.govern.policies import Decision, Policies, Value
from mainspring.govern.principal import Principal
from mainspring.govern.resources import Resource
from mainspring.services.operation import Operation
from mainspring.store import ConflictError, Store, Tx
from mainspring.store.keys import Clock, Keys

_RACES = 3
"""Attempts at a transaction that another one got in the way of."""


class Gateway:
    """The only way to a business operation.

    Args:
        operations: what there is to call in this house.
        behind: the services outside that are registered.
        policies: who may list and call it.
        ladder: what may run alone, and who confirms the rest.
        approvals: where confirmations are kept.
        clock, keys: the time (UTC) and fresh 64-bit keys.
        rates: limits by operation or by service (``orders.*``).
        breaker: when a failing service is left alone.
        timer: nanoseconds, for the latency that is recorded.
        sleep: waits so many seconds between attempts.

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
        behind: Behind | None = None,
        rates: Mapping[str, Rate] | None = None,
        breaker: Break | None = None,
        timer: Callable[[], int] = time.perf_counter_ns,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.clock = clock
        self._keys = keys
        self._policies = policies
        self._approvals = approvals
        self.registry = Registry(operations, behind)
        kept = Kept()
        self.stages: tuple[Stage, ...] = (
            traced,  # a span, for those who follow calls through several systems
            Meter(timer),  # one row in `calls`, whatever becomes of the call
            Identify(self.registry, policies),  # who, and which operation: only what they may list exists
            validate,  # the arguments, exactly as declared
            Authorise(policies),  # may they make this call
            replay,  # the same idempotency key gets the same answer
            Confirm(ladder, approvals),  # alone, with report, with confirmations, or by a person
            Cache(),  # a cacheable read is asked once a job
            kept.fresh,  # an outside service is not asked again while its answer is fresh
            budgeted,  # reserve the price, then settle it
            Limit(rates or {}),  # not too often
            kept.fallback,  # while an outside service is down: an older answer, or the one for bad times
            breaker or Break(),  # not while the service is failing
            apart,  # outside services are asked between two transactions
            Retry(sleep),  # again, where that does no harm
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
        return self._run(Call(tx, caller, operation, arguments, self._keys(), self.clock()))

    def perform(
        self, store: Store, caller: Caller, operation: str, arguments: Mapping[str, Any] | BaseModel
    ) -> Any:
        """`call` in a transaction of its own, whose record is kept also when the call is refused or fails."""
        for _ in range(_RACES):
            session = Session(store)
            try:
                return self._performed(session, caller, operation, arguments)
            except ConflictError:
                if session.left:  # it may have taken effect
                    raise
        return self._performed(Session(store), caller, operation, arguments)

    def _performed(
        self, session: Session, caller: Caller, operation: str, arguments: Mapping[str, Any] | BaseModel
    ) -> Any:
        with session:
            call = Call(session.tx, caller, operation, arguments, self._keys(), self.clock(), session)
            try:
                return self._run(call)
            except Exception as error:  # raised again below, once the record is committed
                if Tx.is_conflict(error):
                    raise
                failed = error
        raise failed

    def operations(self, principal: Principal, tx: Tx | None = None) -> tuple[Operation, ...]:
        """The operations that this principal may see; `tx` to see what was registered just now, too."""
        if tx is not None:
            self.registry.refresh(tx)
        return self.registry.visible(principal, self._policies)

    def judged(
        self, principal: Principal, action: str, resource: Resource, context: Mapping[str, Value]
    ) -> Decision:
        """What the policies say of an action that is no call."""
        return self._policies.decide(principal, action, resource, context)

    def answer(
        self, tx: Tx, approval: int, person: Principal, *, approved: bool, digest: str, note: str = ""
    ) -> Approval:
        """A person's yes or no to a request, after asking the policies whether they may confirm such a call.

        Raises:
            Denied: a policy forbids it.
            ApprovalError: the answer does not hold (see `govern.approvals`).
        """
        asked = self._approvals.get(tx, approval)
        registered = self.registry.find(asked.operation, tx)
        if registered is None:
            raise Denied("there is no such operation any more", where=asked.operation)
        mine = {person.id, person.on_behalf_of}
        context: dict[str, Value] = {
            "preparer": approved and bool(mine & asked.preparers),
            "amount": asked.amount,
            "on_behalf_of": person.on_behalf_of,
        }
        if asked.instance is not None and self._policies.reads("did"):
            context["did"] = history.did(tx, asked.instance, person)
        decision = self._policies.decide(person, "approve", registered.resource, context)
        if not decision.allowed:
            raise Denied(decision.because, where=asked.operation)
        now = self.clock()
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
