"""The operations of registered services as the gateway calls them, read anew when the register changes."""

import hashlib
import threading
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import BaseModel, ValidationError

from mainspring import feel
from mainspring.base.errors import MainspringError
from mainspring.gateway import services
from mainspring.gateway.adapters import Adapter, Ports, build
from mainspring.gateway.described import Described
from mainspring.gateway.document import Document, of_schema
from mainspring.gateway.errors import GatewayError, RegistryError
from mainspring.gateway.outgoing import OutsideOperation, Sending, not_within
from mainspring.gateway.secrets import Redaction
from mainspring.gateway.services import Service, Version
from mainspring.govern import resources
from mainspring.govern.resources import Resource
from mainspring.store import Tx
from mainspring.store.keys import Clock, utc_now

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


OWN_RECORDS = frozenset({"sql", "files"})
"""Kinds of services that hold the company's own records."""


class Registered(NamedTuple):
    """An operation with what the policies see of it."""

    operation: Any
    resource: Resource


_Configured = tuple[str, str, str]
"""A version as it is configured: what an adapter was built for."""


class _Choice(NamedTuple):
    """A version's operation and the hundredths of calls up to which it is taken."""

    until: int
    registered: Registered


class Behind:
    """What stands behind the gateway beside the built-in services.

    Args:
        ports: what adapters may use.
        redaction: takes secrets out of what services answer.
        clock: tells whether the day has come on which a service is retired.
    """

    def __init__(self, ports: Ports, redaction: Redaction, clock: Clock = utc_now) -> None:
        self._ports = ports
        self._redaction = redaction
        self._clock = clock
        self._known: Mapping[str, tuple[_Choice, ...]] = {}
        self._adapters: dict[_Configured, Adapter] = {}
        self._revision = -1
        self._until: datetime | None = None  # when the next service that is known is retired
        self._lock = threading.Lock()

    def refresh(self, tx: Tx) -> None:
        """Read the register anew if it has changed, or the day has come on which a service is retired."""
        revision = services.revision(tx)
        if revision == self._revision and (self._until is None or self._clock() < self._until):
            return
        now = self._clock()
        with self._lock:
            found: dict[str, list[_Choice]] = {}
            left = [service for service in services.every(tx) if not service.gone(now)]
            for service in left:
                self._take(service, found)
            self._until = min((one.retired_at for one in left if one.retired_at is not None), default=None)
            self._known = {name: tuple(choices) for name, choices in found.items()}
            self._revision = revision

    def find(self, name: str, by: str) -> Registered | None:
        """The operation of this name, of the version whose turn it is; the same `by` gets the same one."""
        choices = self._known.get(name)
        if not choices:
            return None
        if len(choices) == 1:
            return choices[0].registered
        drawn = int.from_bytes(hashlib.sha256(by.encode()).digest()[:8]) % choices[-1].until
        return next(each.registered for each in choices if drawn < each.until)

    def all(self) -> list[tuple[str, Registered]]:
        """Every operation by name, of the version that takes most calls."""
        return [(name, _largest(choices)) for name, choices in sorted(self._known.items())]

    def adapter(self, service: Service, version: Version) -> Adapter:
        """What speaks to a version."""
        return self._adapter(_configured(service, version), service, version)

    def _adapter(self, key: _Configured, service: Service, version: Version) -> Adapter:
        found = self._adapters.get(key)
        if found is None:
            found = self._adapters[key] = build(service.kind, version.config, self._ports)
        return found

    def close(self) -> None:
        """Give all connections back."""
        with self._lock:
            for adapter in self._adapters.values():
                adapter.close()
            self._adapters.clear()

    def _take(self, service: Service, found: dict[str, list[_Choice]]) -> None:
        for version in service.versions:
            if not version.share:
                continue
            for described in version.operations:
                registered = self._registered(service, version, described)
                choices = found.setdefault(f"{service.name}.{described.name}", [])
                before = choices[-1].until if choices else 0
                choices.append(_Choice(before + version.share, registered))

    def _registered(self, service: Service, version: Version, described: Described) -> Registered:
        key = _configured(service, version)
        send = partial(self._send, key, service, version, described)
        operation = outside(service, version, described, send, self._redaction)
        resource = resources.operation(operation.name, operation.effect, reversible=operation.reversible)
        return Registered(operation, resource)

    def _send(
        self,
        key: _Configured,
        service: Service,
        version: Version,
        described: Described,
        sending: Sending,
        arguments: Any,
    ) -> Any:
        return self._adapter(key, service, version).send(described, arguments, sending)


def _configured(service: Service, version: Version) -> _Configured:
    return service.name, version.version, str(sorted(version.config.items(), key=str))


def outside(
    service: Service, version: Version, described: Described, send: Any, redaction: Redaction
) -> OutsideOperation:
    """The operation of a description.

    Raises:
        RegistryError: a schema or an expression of it is none.
    """
    name = f"{service.name}.{described.name}"
    given = of_schema(f"{name} input", described.input)
    answer = of_schema(f"{name} output", described.output)
    degraded = None
    if described.degraded is not None:
        try:
            degraded = answer.model_validate(described.degraded)
        except ValidationError as error:
            said = f"its answer for bad times does not fit its schema: {error.errors()[0]['msg']}"
            raise RegistryError(said, where=name) from None
    return OutsideOperation(
        name=name,
        title=described.title,
        effect=described.effect,
        input=given,
        output=answer,
        handler=not_within,
        idempotent=described.idempotent,
        reversible=described.reversible,
        amount=_amount(described.amount, name),
        counterparty=_counterparty(described.counterparty, name),
        cost=described.cost,
        cacheable=described.effect == "read",
        send=_mapped(described, send, redaction, name),
        service=service.name,
        version=version.version,
        repeatable=described.effect == "read"
        or described.idempotent
        or bool(version.config.get("idempotency_header")),
        tokens=described.tokens,
        cache_seconds=described.cache_seconds if described.effect == "read" else 0,
        stale_seconds=described.stale_seconds if described.effect == "read" else 0,
        degraded=degraded,
        retries=described.retries,
        rate=described.rate,
        steering=described.steering,
        outsiders=_outsiders(service.kind, described),
        private=frozenset(described.private),
    )


def _outsiders(kind: str, described: Described) -> frozenset[str]:
    """The fields of an answer that hold words of outsiders: all of them, where nobody says otherwise."""
    if described.outsiders is not None:
        return frozenset(described.outsiders)
    return frozenset() if kind in OWN_RECORDS else frozenset({"*"})


def _mapped(described: Described, send: Any, redaction: Redaction, where: str) -> Any:
    expression = None if described.result is None else _compiled(described.result, where)

    def carried_out(sending: Sending, arguments: BaseModel) -> Any:
        given = _values(arguments)
        try:
            response = redaction.value(send(sending, given))
        except MainspringError as error:
            error.args = (redaction.text(error.message),)
            error.message = redaction.text(error.message)
            raise
        if expression is None:
            return response
        answer = expression.evaluate({"response": response, "arguments": given}, now=sending.at)
        if answer.value is None and answer.warnings:
            said = f"its answer could not be mapped: {answer.warnings[0]}"
            raise GatewayError(said, where=where, mend="Correct the operation's result expression.")
        return answer.value

    return carried_out


def _amount(text: str | None, where: str) -> Any:
    expression = None if text is None else _compiled(text, where)

    def amount(arguments: BaseModel) -> Any:
        if expression is None:
            return None
        found = expression(_values(arguments))
        if found is None or isinstance(found, (str, bool)):
            raise GatewayError("the amount at stake cannot be told from the arguments", where=where)
        return found

    return amount


def _counterparty(text: str | None, where: str) -> Any:
    expression = None if text is None else _compiled(text, where)

    def counterparty(arguments: BaseModel) -> str | None:
        found = None if expression is None else expression(_values(arguments))
        return None if found is None else str(found)

    return counterparty


def _values(arguments: BaseModel) -> Any:
    """The arguments as plain values; those of a schema are plain already, and nobody changes them."""
    return arguments.root if isinstance(arguments, Document) else arguments.model_dump()


def _compiled(text: str, where: str) -> feel.Expression:
    try:
        return feel.compile(text.lstrip().removeprefix("="))
    except feel.FeelSyntaxError as error:
        raise RegistryError(f"not FEEL: {error}", where=where, mend="Correct the expression.") from None


def _largest(choices: tuple[_Choice, ...]) -> Registered:
    before = 0
    best, most = choices[0], -1
    for choice in choices:
        if choice.until - before > most:
            best, most = choice, choice.until - before
        before = choice.until
    return best.registered
