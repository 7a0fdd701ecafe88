"""What people see of the services: what there is to call, its state, who used it, single calls, budgets.

Built-in services stand beside those outside. What one was used for is counted up to its own last
call, so that one that rests, or a demo whose time is another, still shows its work.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, case, func, literal_column, select, type_coerce

from mainspring.app.house import House
from mainspring.gateway import budget, services
from mainspring.gateway.budget import Budget
from mainspring.gateway.document import plain
from mainspring.gateway.errors import NoSuchService
from mainspring.gateway.services import Service, Version
from mainspring.govern.tables import calls
from mainspring.services.operation import Operation
from mainspring.store import Tx
from mainspring.store.tables import total

SPAN = timedelta(days=30)
BUILT_IN = "built_in"
LAST = 20
_DAY = 86_400_000_000  # microseconds
_LATEST = 1_000_000
"""Use is counted over so many calls at the most."""
_ILLNESS = ("ill", "unknown", "well")


@dataclass(slots=True)
class Use:
    """Calls in the span: all, by kind of actor, refused and failed; cost; microseconds all together."""

    calls: int = 0
    people: int = 0
    agents: int = 0
    refused: int = 0
    failed: int = 0
    cost: Decimal = Decimal(0)
    micros: int = 0
    last: datetime | None = None

    def add(self, other: "Use") -> None:
        """Count another's calls too."""
        for name in ("calls", "people", "agents", "refused", "failed", "cost", "micros"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.last = max((one for one in (self.last, other.last) if one is not None), default=None)

    def shown(self) -> dict[str, Any]:
        """As plain values; the mean latency in milliseconds."""
        mean = None if not self.calls else round(self.micros / self.calls / 1000, 2)
        names = ("calls", "people", "agents", "refused", "failed", "cost", "last")
        return {name: getattr(self, name) for name in names} | {"mean_ms": mean}


@dataclass(frozen=True, slots=True)
class CallFilter:
    """Which calls; None asks for all. `service` is what stands before an operation's dot."""

    service: str | None = None
    operation: str | None = None
    actor: str | None = None
    process: str | None = None
    outcome: str | None = None


def listed(house: House, tx: Tx) -> dict[str, Any]:
    """Every service in short, those outside first."""
    used = _by_service(_used(tx))
    outside = {one.name: one for one in services.every(tx)}
    built_in = _built_in(house)
    items = [_short(one, used.get(one.name, Use())) for one in outside.values()]
    items += [
        _short_built_in(name, operations, used.get(name, Use()))
        for name, operations in built_in.items()
        if name not in outside
    ]
    return {"days": SPAN.days, "currency": house.pack.costs.currency, "items": items}


def shown(house: House, tx: Tx, name: str) -> dict[str, Any]:
    """One service: operations of each version with schemas and use, who used it, its last calls.

    Raises:
        NoSuchService: there is none of this name.
    """
    used = _used(tx, name)
    whole = _by_service(used).get(name, Use())
    found = next((one for one in services.every(tx) if one.name == name), None)
    if found is not None:
        told = _short(found, whole) | {
            "retired_because": found.retired_because,
            "versions": [_version(found, each, used) for each in found.versions],
        }
    else:
        operations = _built_in(house).get(name)
        if operations is None:
            raise NoSuchService("there is no such service", where=name, mend="See the list of services.")
        told = _short_built_in(name, operations, whole) | {
            "retired_because": None,
            "versions": [_built_in_version(operations, used)],
        }
    end = whole.last or house.clock()
    users = [one._asdict() for one in services.users(tx, name, since=end - SPAN)]
    last, _ = searched(tx, CallFilter(service=name), None, LAST)
    here = {"until": end, "days": SPAN.days, "currency": house.pack.costs.currency}
    return told | here | {"users": sorted(users, key=lambda one: -one["times"]), "last_calls": last}


def searched(
    tx: Tx, wanted: CallFilter, before: int | None, limit: int
) -> tuple[list[dict[str, Any]], int | None]:
    """Calls, the newest first, and the position to go on before; None at the end."""
    c = calls.c
    where = [c.tenant_id == tx.tenant]
    if before is not None:
        where.append(c.position < before)
    if wanted.service is not None:
        where.append(c.operation.startswith(f"{wanted.service}.", autoescape=True))
    for column, value in (
        (c.operation, wanted.operation),
        (c.actor_id, wanted.actor),
        (c.process_id, wanted.process),
        (c.outcome, wanted.outcome),
    ):
        if value is not None:
            where.append(column == value)
    rows = tx.all(select(calls).where(*where).order_by(c.position.desc()).limit(limit + 1))
    following = rows[limit - 1].position if len(rows) > limit else None
    return [_call(row) for row in rows[:limit]], following


def budgets(house: House, tx: Tx) -> dict[str, Any]:
    """All budgets, the present month first."""
    found = sorted(budget.all_budgets(tx), key=lambda one: (one.scope, one.scope_id, one.unit))
    found.sort(key=lambda one: one.period, reverse=True)
    return {"currency": house.pack.costs.currency, "items": [_budget(one) for one in found]}


def _budget(one: Budget) -> dict[str, Any]:
    return one._asdict() | {"left": one.limit - one.spent - one.reserved}


def _used(tx: Tx, service: str | None = None) -> dict[str, Use]:
    """Use by operation, each over the span up to the last call of its service."""
    c = calls.c
    day = type_coerce(c.at, BigInteger) // literal_column(str(_DAY))

    def counted(condition: Any) -> Any:
        return func.sum(case((condition, 1), else_=0))

    newest = tx.scalar(select(func.max(c.position)).where(c.tenant_id == tx.tenant)) or 0
    where = [c.tenant_id == tx.tenant, c.position > newest - _LATEST]
    if service is not None:
        where.append(c.operation.startswith(f"{service}.", autoescape=True))
    rows: Sequence[Any] = tx.all(
        select(
            c.operation,
            func.count(),
            counted(c.actor_kind == "person"),
            counted(c.actor_kind == "agent"),
            counted(c.outcome == "denied"),
            counted(c.outcome == "error"),
            total(c.cost),
            func.sum(c.latency_us),
            func.max(c.at),
        )
        .where(*where)
        .group_by(c.operation, day)
    )
    last: dict[str, datetime] = {}
    for row in rows:
        name = _service_of(row[0])
        last[name] = max(last.get(name, row[8]), row[8])
    used: dict[str, Use] = {}
    for row in rows:
        if row[8] >= last[_service_of(row[0])] - SPAN:
            used.setdefault(row[0], Use()).add(
                Use(
                    row[1],
                    row[2],
                    row[3],
                    row[4],
                    row[5],
                    cost=Decimal(row[6]),
                    micros=int(row[7]),
                    last=row[8],
                )
            )
    return used


def _service_of(operation: str) -> str:
    return operation.partition(".")[0]


def _by_service(used: Mapping[str, Use]) -> dict[str, Use]:
    whole: dict[str, Use] = {}
    for operation, one in used.items():
        whole.setdefault(_service_of(operation), Use()).add(one)
    return whole


def _built_in(house: House) -> dict[str, list[Operation]]:
    found: dict[str, list[Operation]] = {}
    for operation in house.gateway.registry.built_in():
        found.setdefault(operation.name.partition(".")[0], []).append(operation)
    return found


def _short(one: Service, use: Use) -> dict[str, Any]:
    taking = [each for each in one.versions if each.share] or list(one.versions)
    health = min((each.health for each in taking), key=_ILLNESS.index, default="unknown")
    return {
        "name": one.name,
        "kind": one.kind,
        "title": _titled(one.title, one.name),
        "owner": one.owner,
        "environment": one.environment,
        "health": health,
        "retired_at": one.retired_at,
        "operations": max((len(each.operations) for each in taking), default=0),
        "shares": {each.version: each.share for each in one.versions},
        "use": use.shown(),
    }


def _short_built_in(name: str, operations: list[Operation], use: Use) -> dict[str, Any]:
    return {
        "name": name,
        "kind": BUILT_IN,
        "title": None,
        "owner": None,
        "environment": "production",
        "health": "well",
        "retired_at": None,
        "operations": len(operations),
        "shares": {},
        "use": use.shown(),
    }


def _version(service: Service, one: Version, used: Mapping[str, Use]) -> dict[str, Any]:
    operations = [
        {
            "name": f"{service.name}.{each.name}",
            "title": _titled(each.title, each.name),
            "effect": each.effect,
            "idempotent": each.idempotent,
            "reversible": each.reversible,
            "cost": each.cost,
            "tokens": each.tokens,
            "input": plain(each.input),
            "output": plain(each.output),
            "use": used.get(f"{service.name}.{each.name}", Use()).shown(),
        }
        for each in one.operations
    ]
    return {
        "version": one.version,
        "share": one.share,
        "created_at": one.created_at,
        "created_by": one.created_by,
        "health": one.health,
        "health_at": one.health_at,
        "health_said": one.health_said,
        "operations": operations,
    }


def _built_in_version(operations: Iterable[Operation], used: Mapping[str, Use]) -> dict[str, Any]:
    told = [
        {
            "name": one.name,
            "title": _titled(one.title, one.name),
            "effect": one.effect,
            "idempotent": one.idempotent,
            "reversible": one.reversible,
            "cost": one.cost,
            "tokens": 0,
            "input": one.input.model_json_schema(),
            "output": one.output.model_json_schema(mode="serialization"),
            "use": used.get(one.name, Use()).shown(),
        }
        for one in operations
    ]
    nothing = dict.fromkeys(("created_at", "created_by", "health_at", "health_said"))
    return {"version": "", "share": 100, "health": "well", "operations": told} | nothing


def _titled(title: Mapping[str, str], name: str) -> dict[str, str]:
    first = next(iter(title.values()), name)
    return {"en": title.get("en", first), "zh": title.get("zh", first)}


def _call(row: Any) -> dict[str, Any]:
    keys = {
        name: None if getattr(row, name) is None else str(getattr(row, name))
        for name in ("position", "instance", "job", "approval")
    }
    names = (
        "at",
        "operation",
        "effect",
        "actor_kind",
        "actor_id",
        "on_behalf_of",
        "process_id",
        "element",
        "outcome",
        "cached",
        "retry",
        "cost",
        "tokens",
        "amount",
        "version",
        "rule",
        "problem",
    )
    return {name: getattr(row, name) for name in names} | keys | {"ms": round(row.latency_us / 1000, 2)}
