"""Budgets: what the company, a process or an agent may spend in a month. Reserve first, settle after.

One conditional UPDATE reserves, so that of fifty callers at once no two take the same money; budgets are
taken in a fixed order, so that no two callers wait for each other.
"""

from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from pydantic import BaseModel
from sqlalchemy import Update, select, update

from mainspring.gateway.call import Call, Proceed
from mainspring.gateway.errors import OverBudget
from mainspring.govern.tables import budgets
from mainspring.store import Tx

_MICROS = 1_000_000
_OF_PERIOD = "SELECT scope, scope_id FROM budgets WHERE tenant_id = ? AND period = ?"
_MOVE = (
    "UPDATE budgets SET reserved_micros = reserved_micros + ?, spent_micros = spent_micros + ? "
    "WHERE tenant_id = ? AND scope = ? AND scope_id = ? AND period = ?"
)
_TAKE = _MOVE + " AND limit_micros - spent_micros - reserved_micros >= ?"


class Budget(NamedTuple):
    """A budget of a month such as 2026-11; `scope` is company, process or agent."""

    scope: str
    scope_id: str
    period: str
    limit: Decimal
    reserved: Decimal = Decimal(0)
    spent: Decimal = Decimal(0)


def set_budget(tx: Tx, budget: Budget) -> None:
    """Set the limit of a budget; what is spent and reserved stays."""
    changed = tx.execute(_the(tx, budget).values(limit_micros=_micros(budget.limit)))
    if changed.rowcount == 0:
        tx.insert(
            budgets,
            {
                "scope": budget.scope,
                "scope_id": budget.scope_id,
                "period": budget.period,
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
        )
        for row in rows
    )


def budgeted(call: Call, proceed: Proceed) -> BaseModel:
    """Reserve the price of the call, and settle what it cost; a call without a price costs no statement."""
    price = call.operation.cost
    if price <= 0:
        return proceed(call)
    taken = _reserve(call, price)
    try:
        result = proceed(call)
    except BaseException:
        _move(call.tx, taken, reserved=-price, spent=Decimal(0))
        raise
    _move(call.tx, taken, reserved=-price, spent=call.cost)
    return result


def _reserve(call: Call, price: Decimal) -> list[Budget]:
    tx = call.tx
    taken: list[Budget] = []
    micros = _micros(price)
    for budget in _drawn_on(call):
        row = (micros, 0, tx.tenant, budget.scope, budget.scope_id, budget.period, micros)
        if tx.raw_many(tx.statements.constant(_TAKE), [row]) != 1:
            _move(tx, taken, reserved=-price, spent=Decimal(0))
            raise OverBudget(
                f"the budget of {budget.scope} {budget.scope_id} for {budget.period} would be exceeded",
                where=call.name,
                mend="Its owner may raise it.",
            )
        taken.append(budget)
    return taken


def _drawn_on(call: Call) -> list[Budget]:
    """The budgets there are for this call, always in the same order."""
    caller, period = call.caller, _period(call.at)
    scopes = {("company", "company")}
    if caller.process_id:
        scopes.add(("process", caller.process_id))
    if caller.principal.kind == "agent":
        scopes.add(("agent", caller.principal.id))
    tx = call.tx
    rows = tx.raw(tx.statements.constant(_OF_PERIOD), (tx.tenant, period))
    known = sorted((scope, name) for scope, name in rows if (scope, name) in scopes)
    return [Budget(scope, name, period, Decimal(0)) for scope, name in known]


def _move(tx: Tx, taken: list[Budget], *, reserved: Decimal, spent: Decimal) -> None:
    rows = [
        (_micros(reserved), _micros(spent), tx.tenant, budget.scope, budget.scope_id, budget.period)
        for budget in taken
    ]
    if rows:
        tx.raw_many(tx.statements.constant(_MOVE), rows)


def _the(tx: Tx, budget: Budget) -> Update:
    return update(budgets).where(
        budgets.c.tenant_id == tx.tenant,
        budgets.c.scope == budget.scope,
        budgets.c.scope_id == budget.scope_id,
        budgets.c.period == budget.period,
    )


def _period(at: datetime) -> str:
    return f"{at:%Y-%m}"


def _micros(amount: Decimal) -> int:
    """Millionths, rounded away from zero: a price is never taken for less than it is."""
    return int((amount * _MICROS).to_integral_value(rounding="ROUND_UP"))
