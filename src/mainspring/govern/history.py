"""What somebody did in a case so far, for rules that keep duties apart: who created it may not pay it.

The history is a set of words that policies can look for: the operations carried out (``orders.create``), the
tasks answered (``task:check_order``), the confirmations given (``approve:refunds.pay``), and ``start``.
"""

from sqlalchemy import select

from mainspring.govern.principal import Principal
from mainspring.govern.tables import approval_steps, calls
from mainspring.store import Tx
from mainspring.store.log import events


def did(tx: Tx, instance: int, principal: Principal) -> frozenset[str]:
    """What this principal, the person in whose place they act, or anyone in their place did in a case."""
    names = [name for name in (principal.id, principal.on_behalf_of) if name]
    if tx.writable:
        tx.flush()
    return frozenset(
        _called(tx, instance, names) | _answered(tx, instance, names) | _said(tx, instance, names)
    )


def _called(tx: Tx, instance: int, names: list[str]) -> set[str]:
    mine = calls.c.actor_id.in_(names) | calls.c.on_behalf_of.in_(names)
    rows = tx.all(
        select(calls.c.operation)
        .where(calls.c.tenant_id == tx.tenant, calls.c.instance == instance, calls.c.outcome == "ok", mine)
        .distinct()
    )
    return {row.operation for row in rows}


def _answered(tx: Tx, instance: int, names: list[str]) -> set[str]:
    table = events
    mine = table.c.actor_id.in_(names) | table.c.on_behalf_of.in_(names)
    rows = tx.all(
        select(table.c.type, table.c.element)
        .where(
            table.c.tenant_id == tx.tenant,
            table.c.instance == instance,
            table.c.type.in_(("InstanceStarted", "TaskCompleted")),
            mine,
        )
        .distinct()
    )
    return {"start" if row.type == "InstanceStarted" else f"task:{row.element}" for row in rows}


def _said(tx: Tx, instance: int, names: list[str]) -> set[str]:
    table = approval_steps
    rows = tx.all(
        select(table.c.operation)
        .where(
            table.c.tenant_id == tx.tenant,
            table.c.instance == instance,
            table.c.step == "approved",
            table.c.actor_id.in_(names) | table.c.on_behalf_of.in_(names),
        )
        .distinct()
    )
    return {f"approve:{row.operation}" for row in rows}
