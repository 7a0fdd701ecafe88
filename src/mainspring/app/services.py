"""Looking after outside services: register one, check it, move its calls to a new version, retire it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from mainspring.app.house import House
from mainspring.base.errors import MainspringError
from mainspring.gateway import budget, services
from mainspring.gateway.adapters import KINDS, discover
from mainspring.gateway.behind import outside
from mainspring.gateway.budget import Budget
from mainspring.gateway.described import Described
from mainspring.gateway.errors import RegistryError
from mainspring.gateway.services import Service, User, Version
from mainspring.govern import acts
from mainspring.govern.principal import Principal

TUNABLE = frozenset(
    {
        "title",
        "effect",
        "idempotent",
        "reversible",
        "result",
        "output",
        "amount",
        "counterparty",
        "cost",
        "tokens",
        "cache_seconds",
        "stale_seconds",
        "degraded",
        "retries",
        "rate",
        "steering",
        "outsiders",
        "private",
    }
)
"""What the owner of a service may say of an operation beside what its description says."""


@dataclass(frozen=True, slots=True)
class Registration:
    """A version of a service to be registered.

    Attributes:
        name, kind: of the service; kinds are those of the adapters.
        config: as its kind has it.
        document: its description, for kinds that have one and when it is not at an address.
        operations: what the owner says of single operations, by name; ``null`` leaves one out.
        share: of the calls, in hundredths.
    """

    name: str
    kind: str
    config: Mapping[str, Any]
    owner: str
    version: str = "1"
    title: Mapping[str, str] = field(default_factory=dict)
    environment: str = "production"
    document: bytes | None = None
    operations: Mapping[str, Mapping[str, Any] | None] = field(default_factory=dict)
    share: int | None = None


def add(house: House, given: Registration, by: Principal) -> Service:
    """Register a version of a service; the service is asked for its description first.

    Raises:
        RegistryError: the registration or the description is wrong.
        GatewayError: the service did not answer, or lies out of reach.
    """
    if given.kind not in KINDS:
        raise RegistryError(f"there is no kind {given.kind}", mend=f"One of {', '.join(KINDS)}.")
    config, found = discover(given.kind, given.config, house.outside.ports, given.document)
    operations = tuned(found, given.operations, given.name)
    now = house.clock()
    _try_out(house, given, config, operations)
    with house.store.write() as tx:
        services.register(
            tx,
            given.name,
            given.kind,
            title=given.title or {"en": given.name, "zh": given.name},
            owner=given.owner,
            environment=given.environment,
            now=now,
        )
        services.put_version(
            tx, given.name, given.version, config, operations, share=given.share, by=by.id, now=now
        )
        made = services.one(tx, given.name)
        names = [each.name for each in operations]
        detail = {"kind": given.kind, "version": given.version, "owner": given.owner, "operations": names}
        acts.note(tx, "service_registered", by, given.name, now=now, detail=detail)
    _refreshed(house)
    return made


def tuned(
    found: tuple[Described, ...], said: Mapping[str, Mapping[str, Any] | None], where: str
) -> tuple[Described, ...]:
    """The operations with what their owner says of them.

    Raises:
        RegistryError: it names an operation that there is not, or something that is not the owner's to say.
    """
    unknown = set(said) - {one.name for one in found}
    if unknown:
        raise RegistryError(f"there is no operation {', '.join(sorted(unknown))}", where=where)
    kept = []
    for one in found:
        words = said.get(one.name, {})
        if words is None:
            continue
        if set(words) - TUNABLE:
            extra = ", ".join(sorted(set(words) - TUNABLE))
            raise RegistryError(f"{extra} cannot be said of an operation", where=f"{where}.{one.name}")
        try:
            kept.append(Described.model_validate(one.model_dump() | dict(words)))
        except ValueError as error:
            raise RegistryError(str(error).splitlines()[-1], where=f"{where}.{one.name}") from None
    return tuple(kept)


def check(house: House, name: str) -> Service:
    """Ask every version that takes calls whether it answers, and keep what it said.

    Raises:
        RegistryError: there is no such service.
    """
    with house.store.read() as tx:
        service = services.one(tx, name)
    said: list[tuple[str, bool, str]] = []
    for version in service.versions:
        try:
            words = house.outside.behind.adapter(service, version).check()
        except MainspringError as error:
            said.append((version.version, False, house.outside.secrets.redaction.text(error.message)))
        else:
            said.append((version.version, True, words))
    with house.store.write() as tx:
        for version_name, well, words in said:
            services.note_health(tx, name, version_name, well=well, said=words, now=house.clock())
        return services.one(tx, name)


def share(house: House, name: str, version: str, hundredths: int, by: Principal) -> Service:
    """Give a version its part of the calls (a canary takes few, a rollback gives 100 to the old one).

    Raises:
        RegistryError: there is no such version, or the share cannot be.
    """
    with house.store.write() as tx:
        services.set_share(tx, name, version, hundredths)
        detail = {"version": version, "share": hundredths}
        acts.note(tx, "service_shared", by, name, now=house.clock(), detail=detail)
        found = services.one(tx, name)
    _refreshed(house)
    return found


def retire(
    house: House, name: str, because: str, by: Principal, on: datetime | None = None
) -> tuple[User, ...]:
    """Take a service out of use, at once or `on` a day; gives who used it, and has been told.

    Raises:
        RegistryError: there is no such service, it is retired already, or the day is over.
    """
    now = house.clock()
    with house.store.write() as tx:
        used = services.retire(tx, name, because=because, now=now, keys=house.keys, by=by.id, on=on)
        detail = {"because": because, "on": (on or now).isoformat()}
        acts.note(tx, "service_retired", by, name, now=now, detail=detail)
    _refreshed(house)
    return used


def set_budget(house: House, given: Budget, by: Principal) -> None:
    """Set the limit of a budget; what is spent and reserved stays.

    Raises:
        GatewayError: there is no such scope or unit.
    """
    with house.store.write() as tx:
        budget.set_budget(tx, given)
        detail = {"period": given.period, "unit": given.unit, "limit": given.limit}
        acts.note(tx, "budget_set", by, f"{given.scope} {given.scope_id}", now=house.clock(), detail=detail)


def _try_out(
    house: House, given: Registration, config: Mapping[str, Any], operations: tuple[Described, ...]
) -> None:
    """Build every operation once, so that nothing is kept that could not be called."""
    now = house.clock()
    version = Version(given.version, config, operations, 0, now, "")
    service = Service(given.name, given.kind, {}, given.owner, given.environment, now, None, None, (version,))
    for one in operations:
        outside(service, version, one, None, house.outside.secrets.redaction)


def _refreshed(house: House) -> None:
    with house.store.read() as tx:
        house.gateway.registry.refresh(tx)
