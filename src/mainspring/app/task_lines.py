"""What an open task is about, in its one line of the inbox: for whom, and how much money."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from sqlalchemy import select

from mainspring.app.house import House
from mainspring.app.shown import Shown
from mainspring.govern.masking import HIDDEN, Masker, default_names
from mainspring.govern.principal import Principal
from mainspring.runtime.queries import Task
from mainspring.store import Tx
from mainspring.store import process_tables as t

_WHO: Final = ("customer_name", "supplier_name")
_MUCH: Final = ("open_amount", "total")
_CURRENCY: Final = "currency"
"""Variables of a case that say for whom it is and how much is at stake, the telling one first."""
MONEY: Final = (*_MUCH, _CURRENCY)


def subjects(
    tx: Tx, house: House, principal: Principal, tasks: Sequence[Task], asked: Sequence[bool]
) -> list[Shown]:
    """Of each task `who`, `amount` and `currency` as this principal may see them; None what is not known.

    The amount of a confirmation is the one to be confirmed; of any other task that of its case.

    Args:
        tx: a transaction.
        house: whose policies say which fields the principal sees.
        principal: who looks.
        tasks: open ones.
        asked: for each task whether it asks for the principal.
    """
    known = _variables(tx, sorted({one.instance for one in tasks}))
    names = default_names()
    maskers: dict[tuple[str, bool], Masker] = {}
    found = []
    for task, for_me in zip(tasks, asked, strict=True):
        place = (task.process_id, for_me)
        if place not in maskers:
            maskers[place] = Masker(
                house.policies, principal, names, process_id=task.process_id, asked=for_me
            )
        found.append(_subject(_values(task, known.get(task.instance, {})), maskers[place]))
    return found


def asks(task: Task, me: Principal) -> bool:
    """Whether a task asks for this person: by name, by a group, or for whom they stand in."""
    names = {me.id, me.on_behalf_of or me.id}
    if task.assignee is not None:
        return task.assignee in names
    return bool(names & set(task.candidate_users)) or any(me.holds(group) for group in task.candidate_groups)


def _variables(tx: Tx, instances: Sequence[int]) -> Mapping[int, Mapping[str, Any]]:
    v = t.variables.c
    query = select(v.scope, v.name, v.value).where(
        v.tenant_id == tx.tenant, v.scope.in_(instances), v.name.in_((*_WHO, *MONEY))
    )
    found: dict[int, dict[str, Any]] = {}
    for row in tx.all(query):
        found.setdefault(row.scope, {})[row.name] = row.value
    return found


def _values(task: Task, case: Mapping[str, Any]) -> Mapping[str, Any]:
    if "approval" not in task.payload:
        return case
    given = task.payload.get("arguments") or {}
    money = {name: value for name, value in case.items() if name not in MONEY}
    return money | {"total": task.payload.get("amount"), _CURRENCY: given.get(_CURRENCY)}


def _subject(values: Mapping[str, Any], masker: Masker) -> Shown:
    who = next(((name, values[name]) for name in _WHO if values.get(name)), None)
    much = at_stake(values)
    shown = much is not None and masker.sees(much[0])
    return {
        "who": None if who is None else str(who[1]) if masker.sees(who[0]) else HIDDEN,
        "amount": much[1] if much is not None and shown else None,
        "currency": much[2] if much is not None and shown else None,
    }


def at_stake(values: Mapping[str, Any]) -> tuple[str, Decimal, str] | None:
    """The variable of a case that says how much is at stake, the amount, its currency; None without one."""
    currency = values.get(_CURRENCY)
    found = ((name, number) for name in _MUCH if (number := _number(values.get(name))))
    much = next(found, None)
    return None if much is None or not isinstance(currency, str) else (*much, currency)


def _number(value: Any) -> Decimal | None:
    """An amount that says something: a number other than nothing."""
    if value is None or isinstance(value, bool):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() and number else None
