"""The stages that find out who calls what and whether they may; and the innermost one, which acts."""

import hashlib
from decimal import Decimal
from typing import Any, NoReturn

from pydantic import BaseModel, ValidationError

from mainspring.gateway.call import Call, Proceed
from mainspring.gateway.errors import ArgumentsInvalid, Denied, GatewayError
from mainspring.gateway.outgoing import OutsideOperation, Sending
from mainspring.gateway.registry import Registry
from mainspring.govern import history
from mainspring.govern.policies import Policies, Value
from mainspring.govern.principal import KINDS
from mainspring.services.operation import Context
from mainspring.store.keys import Keys


class Identify:
    """Which operation, called by whom. What a principal may not list does not exist for it."""

    def __init__(self, registry: Registry, policies: Policies) -> None:
        self._registry = registry
        self._policies = policies

    def __call__(self, call: Call, proceed: Proceed) -> BaseModel:
        """Find the operation, or deny in words that do not tell whether there is one."""
        principal = call.caller.principal
        if principal.kind not in KINDS or not principal.id:
            raise Denied("nobody is named who calls", where=call.name, mend="Sign in.")
        registered = self._registry.find(call.name, call.tx, call.drawn_by)
        if registered is None:
            _deny(call, "there is no such operation, or it is not yours to see")
        seen = self._policies.decide(principal, "list", registered.resource)
        if not seen.allowed:
            call.rule = seen.because
            _deny(call, "there is no such operation, or it is not yours to see")
        call.operation, call.resource = registered
        call.effect = call.operation.effect
        if isinstance(call.operation, OutsideOperation):
            call.version = call.operation.version or None
        return proceed(call)


def _deny(call: Call, message: str) -> NoReturn:
    raise Denied(message, where=call.name, mend="Ask the owner of the process, or choose another operation.")


def validate(call: Call, proceed: Proceed) -> BaseModel:
    """Read the arguments as the operation declares them: nothing missing, nothing more."""
    operation = call.operation
    if type(call.given) is operation.input and operation.effect != "money":
        call.arguments = call.given
    else:
        call.arguments = _validated(call)
    call.amount = operation.amount(call.arguments)
    call.counterparty = operation.counterparty(call.arguments)
    call.digest = call.json_digest
    return proceed(call)


def _validated(call: Call) -> BaseModel:
    given: Any = call.given
    if isinstance(given, BaseModel):
        if type(given) is not call.operation.input:
            raise ArgumentsInvalid(
                f"the arguments are a {type(given).__name__}", where=call.name, mend="See its input."
            )
        given = given.model_dump(round_trip=True)
    try:
        return call.operation.input.model_validate(given)
    except ValidationError as error:
        said = "; ".join(
            f"{'.'.join(str(part) for part in fault['loc']) or 'arguments'}: {fault['msg']}"
            for fault in error.errors(include_url=False, include_input=False, include_context=False)
        )
        raise ArgumentsInvalid(said, where=call.name, mend="Correct the fields named.") from None


class Authorise:
    """Whether this principal may make this call, as the policies say."""

    def __init__(self, policies: Policies) -> None:
        self._policies = policies

    def __call__(self, call: Call, proceed: Proceed) -> BaseModel:
        """Ask the policies; a denial names the rule."""
        caller = call.caller
        context: dict[str, Value] = {
            "amount": call.amount,
            "confidence": _decimal(caller.confidence),
            "process": caller.process_id,
            "element": caller.element,
            "on_behalf_of": caller.principal.on_behalf_of,
        }
        if call.effect == "money" and caller.instance is not None and self._policies.reads("did"):
            context["did"] = history.did(call.tx, caller.instance, caller.principal)
        decision = self._policies.decide(caller.principal, "call", call.resource, context)
        call.rule = decision.because
        if not decision.allowed:
            raise Denied(decision.because, where=call.name, mend="Ask whoever looks after the policies.")
        return proceed(call)


def _decimal(confidence: Decimal | float | None) -> Decimal | None:
    """A confidence that policies can compare; one that is no number counts as absent."""
    if confidence is None:
        return None
    exact = Decimal(str(confidence))
    return exact if exact.is_finite() else None


class Perform:
    """The innermost stage: the handler does its work, all of it or nothing."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    def __call__(self, call: Call) -> BaseModel:
        """Run the handler; a write that fails half-way is undone."""
        if isinstance(call.operation, OutsideOperation):
            return self._sent(call, call.operation)
        call.cost = call.operation.cost
        if call.effect == "read":
            return self._handled(call)
        with call.tx.savepoint():
            return self._handled(call)

    def _sent(self, call: Call, operation: OutsideOperation) -> BaseModel:
        sending = Sending(_sent_key(call), call.actor, call.at)
        try:
            result = operation.send(sending, call.arguments)
        except BaseException:
            call.cost, call.tokens = sending.cost or call.cost, sending.tokens
            raise
        call.cost = operation.cost if sending.cost is None else sending.cost
        call.tokens = (operation.tokens or None) if sending.tokens is None else sending.tokens
        if isinstance(result, operation.output):
            return result
        try:
            return operation.output.model_validate(result)
        except ValidationError as error:
            said = str(error.errors(include_url=False, include_input=False)[0]["msg"])
            raise GatewayError(
                f"it answered otherwise than declared: {said}",
                where=call.name,
                mend="Register the service anew, or correct the declared output.",
            ) from None

    def _handled(self, call: Call) -> BaseModel:
        operation = call.operation
        context = Context(call.tx, call.at, self._keys, call.actor)
        result = operation.handler(context, call.arguments)
        if not isinstance(result, operation.output):
            raise GatewayError(
                f"it answered with {type(result).__name__} instead of {operation.output.__name__}",
                where=call.name,
                mend="Its developer must mend the handler.",
            )
        return result


def _sent_key(call: Call) -> str:
    """The idempotency key that the service sees: the same for each attempt, and it tells nothing."""
    caller = call.caller
    principal = f"{caller.principal.kind}:{caller.principal.id}"
    own = caller.idempotency_key or str(call.key)
    return hashlib.sha256(f"{call.tx.tenant}\0{call.name}\0{principal}\0{own}".encode()).hexdigest()[:40]
