"""The register of outside services: who owns them, which versions take the calls, which are retired."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import delete, func, select, update

from mainspring.base import jsonio
from mainspring.gateway.described import Described
from mainspring.gateway.errors import NoSuchService, RegistryError
from mainspring.gateway.tables import service_versions, services
from mainspring.govern.tables import calls, notices
from mainspring.store import Tx

ENVIRONMENTS = ("production", "test", "sandbox")
WHOLE = 100
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}")
_COUNTER = "services"
_REVISION = "SELECT value FROM counters WHERE tenant_id = ? AND name = 'services'"
_LOOK_BACK = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a service.

    Attributes:
        share: its part of the calls in hundredths; 0 takes none.
        health: unknown, well or ill, as of `health_at`, with what was said.
    """

    version: str
    config: Mapping[str, Any]
    operations: tuple[Described, ...]
    share: int
    created_at: datetime
    created_by: str
    health: str = "unknown"
    health_at: datetime | None = None
    health_said: str | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """A service with its versions, the oldest first.

    Attributes:
        kind: which adapter speaks to it.
        owner: id of the person who answers for it.
        environment: production, test or sandbox.
        retired_at: when it is or was taken out of use.
    """

    name: str
    kind: str
    title: Mapping[str, str]
    owner: str
    environment: str
    created_at: datetime
    retired_at: datetime | None
    retired_because: str | None
    versions: tuple[Version, ...]

    def gone(self, now: datetime) -> bool:
        """Whether it is out of use by now; one that will be on a later day still takes calls."""
        return self.retired_at is not None and self.retired_at <= now


class User(NamedTuple):
    """Who used a service of late: a process or an actor, how often, when last."""

    process_id: str | None
    actor_kind: str
    actor_id: str
    times: int
    last: datetime


def register(  # the parts of a service that its owner states
    tx: Tx,
    name: str,
    kind: str,
    *,
    title: Mapping[str, str],
    owner: str,
    environment: str = "production",
    now: datetime,
) -> None:
    """Register a service without versions, or change what is known of it.

    Raises:
        RegistryError: the name, owner or environment cannot be, or the service is of another kind or retired.
    """
    if not _NAME.fullmatch(name):
        mend = "Use a-z, 0-9 and _, at most 40, and begin with a letter."
        raise RegistryError("not a name for a service", where=name, mend=mend)
    if environment not in ENVIRONMENTS:
        raise RegistryError(f"{environment} is no environment", where=name, mend=f"One of {ENVIRONMENTS}.")
    if not owner:
        raise RegistryError("nobody is named who answers for it", where=name, mend="Name its owner.")
    before = tx.one(select(services).where(services.c.tenant_id == tx.tenant, services.c.name == name))
    row = {"kind": kind, "title": dict(title), "owner": owner, "environment": environment}
    if before is None:
        new = {"name": name, **row, "created_at": now, "retired_at": None, "retired_because": None}
        tx.insert(services, new)
    else:
        if before.retired_at is not None and before.retired_at <= now:
            raise RegistryError("it is retired", where=name, mend="Register it under a new name.")
        if before.kind != kind:
            raise RegistryError(f"it is of the kind {before.kind}", where=name, mend="Take a new name.")
        tx.execute(update(services).where(*_service(tx, name)).values(**row))
    _changed(tx)


def put_version(
    tx: Tx,
    name: str,
    version: str,
    config: Mapping[str, Any],
    operations: Iterable[Described],
    *,
    share: int | None = None,
    by: str,
    now: datetime,
) -> None:
    """Add a version or replace it. The first one takes all calls, a later one none unless `share` says so.

    Raises:
        RegistryError: there is no such service, it is retired, or the version is wrong.
    """
    found = one(tx, name)
    if found.gone(now):
        raise RegistryError("it is retired", where=name, mend="Register it under a new name.")
    if not _VERSION.fullmatch(version):
        raise RegistryError(f"{version!r} is no version", where=name, mend="Write it as 2 or 2026-11.")
    described = tuple(operations)
    names = [each.name for each in described]
    if len(set(names)) != len(names):
        raise RegistryError("two operations have one name", where=name)
    known = {each.version: each for each in found.versions}
    before = known.get(version)
    others = sum(each.share for each in found.versions if each.version != version)
    taken = share if share is not None else (before.share if before else WHOLE if not others else 0)
    tx.execute(delete(service_versions).where(*_version(tx, name, version)))
    row = {
        "service": name,
        "version": version,
        "config": dict(config),
        "operations": [each.model_dump(mode="python") for each in described],
        "share": 0,
        "created_at": before.created_at if before else now,
        "created_by": by,
        "health": "unknown",
        "health_at": None,
        "health_said": None,
    }
    tx.insert(service_versions, row)
    set_share(tx, name, version, taken)


def set_share(tx: Tx, name: str, version: str, share: int) -> None:
    """Give a version its part of the calls; the others share the rest as they shared before.

    Raises:
        RegistryError: there is no such version, or nobody would take the calls.
    """
    found = {each.version: each for each in one(tx, name).versions}
    if version not in found:
        raise RegistryError(f"it has no version {version}", where=name, mend=f"One of {sorted(found)}.")
    if not 0 <= share <= WHOLE:
        raise RegistryError("a share is 0 to 100", where=name)
    others = {each.version: each.share for each in found.values() if each.version != version}
    shares = {version: share} | _shared(others, WHOLE - share)
    if sum(shares.values()) != WHOLE:
        raise RegistryError("the shares of its versions are not 100 together", where=name, mend="Give 100.")
    for each, part in shares.items():
        tx.execute(update(service_versions).where(*_version(tx, name, each)).values(share=part))
    _changed(tx)


def _shared(others: Mapping[str, int], rest: int) -> dict[str, int]:
    """What is left, divided as it was before; the newest takes what rounding leaves."""
    if not others:
        return {}
    total = sum(others.values())
    parts = {each: (rest * share // total if total else 0) for each, share in others.items()}
    newest = [each for each in others if others[each] or not total][-1]
    parts[newest] += rest - sum(parts.values())
    return parts


def note_health(tx: Tx, name: str, version: str, *, well: bool, said: str, now: datetime) -> None:
    """Keep how a check of a version ended."""
    values = {"health": "well" if well else "ill", "health_at": now, "health_said": said[:500]}
    tx.execute(update(service_versions).where(*_version(tx, name, version)).values(**values))


def retire(  # what its users are told, and when
    tx: Tx, name: str, *, because: str, now: datetime, keys: Any, by: str, on: datetime | None = None
) -> tuple[User, ...]:
    """Take a service out of use, and tell the owners of the processes that used it; gives who used it.

    Args:
        tx: a transaction.
        name: of the service.
        because: why, and what to use instead.
        now: the time.
        keys: gives fresh keys for the notices.
        by: who retires it.
        on: when it ends; until then it takes calls. At once without.

    Raises:
        RegistryError: there is no such service, it is retired already, or the day is over.
    """
    if one(tx, name).gone(now):
        raise RegistryError("it is retired already", where=name)
    if on is not None and on <= now:
        raise RegistryError(f"{on:%Y-%m-%d} is over", where=name, mend="Name a later day, or none.")
    used = users(tx, name, since=now - _LOOK_BACK)
    values = {"retired_at": on or now, "retired_because": because}
    when = "is retired" if on is None else f"is retired on {on:%Y-%m-%d}"
    tx.execute(update(services).where(*_service(tx, name)).values(**values))
    for user in used:
        whose = f"process {user.process_id}" if user.process_id else f"{user.actor_kind} {user.actor_id}"
        notice = {
            "key": keys(),
            "at": now,
            "role": "process_owner",
            "operation": f"{name}.*",
            "actor_id": by,
            "instance": None,
            "element": None,
            "amount": None,
            "rule": f"{name} {when}",
            "reason": f"{because} Used by {whose} {user.times} times in 90 days, last {user.last:%Y-%m-%d}.",
        }
        tx.insert(notices, notice)
    _changed(tx)
    return used


def users(tx: Tx, name: str, *, since: datetime) -> tuple[User, ...]:
    """Who called a service since then."""
    c = calls.c
    rows = tx.all(
        select(c.process_id, c.actor_kind, c.actor_id, func.count(), func.max(c.at))
        .where(c.tenant_id == tx.tenant, c.operation.startswith(f"{name}.", autoescape=True), c.at >= since)
        .group_by(c.process_id, c.actor_kind, c.actor_id)
        .order_by(c.actor_kind, c.actor_id)
    )
    return tuple(User(*tuple(row)) for row in rows)


def every(tx: Tx) -> tuple[Service, ...]:
    """All services by name, the retired too."""
    rows = tx.all(select(services).where(services.c.tenant_id == tx.tenant).order_by(services.c.name))
    found = tx.all(
        select(service_versions)
        .where(service_versions.c.tenant_id == tx.tenant)
        .order_by(service_versions.c.created_at, service_versions.c.version)
    )
    by_service: dict[str, list[Version]] = {}
    for row in found:
        by_service.setdefault(row.service, []).append(_read_version(row))
    return tuple(_read(row, by_service.get(row.name, [])) for row in rows)


def one(tx: Tx, name: str) -> Service:
    """A service.

    Raises:
        RegistryError: there is none of this name.
    """
    found = next((each for each in every(tx) if each.name == name), None)
    if found is None:
        raise NoSuchService("there is no such service", where=name, mend="See `mainspring services list`.")
    return found


def revision(tx: Tx) -> int:
    """A number that grows with every change of the register."""
    rows = tx.raw(tx.statements.constant(_REVISION), (tx.tenant,))
    return int(rows[0][0]) if rows else 0


def _changed(tx: Tx) -> None:
    tx.count(_COUNTER, 1)


def _service(tx: Tx, name: str) -> tuple[Any, ...]:
    return services.c.tenant_id == tx.tenant, services.c.name == name


def _version(tx: Tx, name: str, version: str) -> tuple[Any, ...]:
    c = service_versions.c
    return c.tenant_id == tx.tenant, c.service == name, c.version == version


def _read(row: Any, versions: list[Version]) -> Service:
    return Service(
        row.name,
        row.kind,
        row.title,
        row.owner,
        row.environment,
        row.created_at,
        row.retired_at,
        row.retired_because,
        tuple(versions),
    )


def _read_version(row: Any) -> Version:
    operations = tuple(Described.model_validate(jsonio.normalise(each)) for each in row.operations)
    return Version(
        row.version,
        row.config,
        operations,
        row.share,
        row.created_at,
        row.created_by,
        row.health,
        row.health_at,
        row.health_said,
    )
