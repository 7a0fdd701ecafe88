"""Money on its way through the books: quoted, ordered, invoiced and not yet paid; how much of it is late."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, func, select, type_coerce

from mainspring.services import columns
from mainspring.services.tables.money import invoices
from mainspring.services.tables.sales import orders, quotes
from mainspring.store import Tx

Stage = dict[str, Any]


def money_in_flight(tx: Tx, now: datetime) -> list[Stage]:
    """What each stage holds in each currency, nearest money last.

    `quoted` counts quotes that the customer has and has not answered, late when no longer valid; `ordered`
    open orders less what of them is invoiced (none of it is late: the books keep no promised day); `invoiced`
    what is open of invoices, late when due before `now`. Amounts are exact, never added over currencies.
    """
    q, o, i = quotes.c, orders.c, invoices.c
    mine = {"quoted": q.tenant_id, "ordered": o.tenant_id, "invoiced": i.tenant_id}
    found = {
        "quoted": (q.currency, q.total, q.valid_until < now, q.status == "sent"),
        "ordered": (
            o.currency,
            type_coerce(o.total - o.invoiced, columns.amount()),
            false(),
            o.status == "open",
        ),
        "invoiced": (i.currency, i.open, i.due_at < now, i.settled_at.is_(None)),
    }
    return [
        stage
        for name, (currency, amount, late, chosen) in found.items()
        for stage in _summed(tx, name, currency, amount, late, and_(mine[name] == tx.tenant, chosen))
    ]


def _summed(
    tx: Tx,
    name: str,
    currency: ColumnElement[str],
    amount: ColumnElement[Decimal],
    late: ColumnElement[bool],
    chosen: ColumnElement[bool],
) -> Iterable[Stage]:
    shown: list[ColumnElement[Any]] = [
        currency.label("currency"),
        func.count().label("many"),
        type_coerce(func.sum(amount), columns.amount()).label("amount"),
        type_coerce(func.sum(case((late, amount), else_=Decimal(0))), columns.amount()).label("late"),
    ]
    query = select(*shown).where(chosen).group_by(currency).order_by(currency)
    for row in tx.all(query):
        yield {
            "stage": name,
            "currency": row.currency,
            "count": row.many,
            "amount": row.amount,
            "late": row.late,
        }
