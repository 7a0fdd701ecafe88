"""Budgets: what company, department, process or agent may spend in a month, in money and in tokens.

Reserve first, settle after. One conditional UPDATE reserves, so that of fifty callers at once no two take the
same money; budgets are taken in a fixed order, so that no two callers wait for each other.
"""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from pydantic import BaseModel
from sqlalchemy import Update, select, update

from mainspring.gateway.call import Call, Proceed
from mainspring.gateway.errors import GatewayError, OverBudget
from mainspring.gateway.outgoing import OutsideOperation
from mainspring.govern.tables import budgets
from mainspring.store import Tx

SCOPES = ("company", "department", "process", "agent")
UNITS = ("money", "tokens")
_MICROS = 1_000_000
_OF_PERIOD = "SELECT scope, scope_id, unit FROM budgets WHERE tenant_id = ? AND period = ?"
_MOVE = (
    "UPDATE budgets SET reserved_micros = reserved_micros + ?, spent_micros = spent_micros + ? "
    "WHERE tenant_id = ? AND scope = ? AND scope_id = ? AND period = ? AND unit = ?"
)
_TAKE = _MOVE + " AND limit_micros - spent_micros - reserved_micros >= ?"


class Budget(NamedTuple):
    """A budget of a month such as 2026-11.

    Attributes:
        scope: company, department (a group of people), process or agent; `scope_id` which one.
        limit, reserved, spent: in the currency of the cost table, or in tokens.
        unit: money or tokens.
    """

    scope: str
    scope_id: str
    period: str
    limit: Decimal
    reserved: Decimal = Decimal(0)
    spent: Decimal = Decimal(0)
    unit: str = "money"


class Reserved(NamedTuple):
    """What a call holds of a budget until it is settled; `amount` in millionths of the unit."""

    scope: str
    scope_id: str
    period: str
    unit: str
    amount: int


def set_budget(tx: Tx, budget: Budget) -> None:
    """Set the limit of a budget; what is spent and reserved stays.

    Raises:
        GatewayError: there is no such scope or unit.
    """
    if budget.scope not in SCOPES or budget.unit not in UNITS:
        mend = f"Scopes are {', '.join(SCOPES)}; units are {', '.join(UNITS)}."
        raise GatewayError("there is no such budget", where=f"{budget.scope} {budget.unit}", mend=mend)
    changed = tx.execute(_the(tx, budget).values(limit_micros=_micros(budget.limit)))
    if changed.rowcount == 0:
        tx.insert(
            budgets,
            {
                "scope": budget.scope,
                "scope_id": budget.scope_id,
                "period": budget.period,
                "unit": budget.unit,
                "limit_micros": _micros(budget.limit),
                "reserved_micros": 0,
                "spent_micros": 0,
            },
        )


def all_budgets(tx: Tx) -> tuple[Budget, ...]:
    """Every budget with what is reserved and spent."""
    rows = tx.all(select(budgets).where(budgets.c.tenant_id == tx.tenant))
    return tuple(
        Budget(
            row.scope,
            row.scope_id,
            row.period,
            Decimal(row.limit_micros) / _MICROS,
            Decimal(row.reserved_micros) / _MICROS,
            Decimal(row.spent_micros) / _MICROS,
            row.unit,
        )
        for row in rows
    )


def budgeted(call: Call, proceed: Proceed) -> BaseModel:
    """Reserve what the call may cost, and settle what it did; a call without a price costs no statement."""
    price = call.operation.cost
    tokens = call.operation.tokens if isinstance(call.operation, OutsideOperation) else 0
    if price <= 0 and not tokens:
        return proceed(call)
    call.reserved = _reserve(call, {"money": _micros(price), "tokens": tokens * _MICROS})
    try:
        result = proceed(call)
    except BaseException:
        told = isinstance(call.operation, OutsideOperation)  # what the service said that it cost all the same
        used = {"money": _micros(call.cost) if told else 0, "tokens": (call.tokens or 0) * _MICROS}
        settle(call.tx, call.reserved, used)
        raise
    settle(call.tx, call.reserved, {"money": _micros(call.cost), "tokens": (call.tokens or 0) * _MICROS})
    return result


def settle(tx: Tx, taken: Iterable[Reserved], used: dict[str, int] | None) -> None:
    """Give reservations back and count what was used of each unit; None counts all that was reserved."""
    rows = [
        (
            -one.amount,
            one.amount if used is None else used[one.unit],
            tx.tenant,
            one.scope,
            one.scope_id,
            one.period,
            one.unit,
        )
        for one in taken
    ]
    if rows:
        tx.raw_many(tx.statements.constant(_MOVE), rows)


def _reserve(call: Call, wanted: dict[str, int]) -> list[Reserved]:
    tx = call.tx
    taken: list[Reserved] = []
    for scope, name, unit, period in _drawn_on(call):
        amount = wanted[unit]
        if not amount:
            continue
        row = (amount, 0, tx.tenant, scope, name, period, unit, amount)
        if tx.raw_many(tx.statements.constant(_TAKE), [row]) != 1:
            settle(tx, taken, dict.fromkeys(UNITS, 0))
            what = "" if unit == "money" else f" in {unit}"
            raise OverBudget(
                f"the budget{what} of {scope} {name} for {period} would be exceeded",
                where=call.name,
                mend="Its owner may raise it.",
            )
        taken.append(Reserved(scope, name, period, unit, amount))
    return taken


def _drawn_on(call: Call) -> list[tuple[str, str, str, str]]:
    """Scope, id, unit and period of the budgets that there are for this call, always in the same order."""
    caller, period = call.caller, _period(call.at)
    scopes = {("company", "company")} | {("department", group) for group in caller.principal.groups}
    if caller.process_id:
        scopes.add(("process", caller.process_id))
    if caller.principal.kind == "agent":
        scopes.add(("agent", caller.principal.id))
    tx = call.tx
    rows = tx.raw(tx.statements.constant(_OF_PERIOD), (tx.tenant, period))
    return sorted((scope, name, unit, period) for scope, name, unit in rows if (scope, name) in scopes)


def _the(tx: Tx, budget: Budget) -> Update:
    return update(budgets).where(
        budgets.c.tenant_id == tx.tenant,
        budgets.c.scope == budget.scope,
        budgets.c.scope_id == budget.scope_id,
        budgets.c.period == budget.period,
        budgets.c.unit == budget.unit,
    )


def _period(at: datetime) -> str:
    return f"{at:%Y-%m}"


def _micros(amount: Decimal) -> int:
    """Millionths, rounded away from zero: a price is never taken for less than it is."""
    return int((amount * _MICROS).to_integral_value(rounding="ROUND_UP"))
