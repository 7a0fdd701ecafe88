"""The newest cases of a process with all that happened in them, read once for every figure about them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select

from mainspring.base import jsonio
from mainspring.engine import decode
from mainspring.insight import happened
from mainspring.insight.happened import Answer, Called, Visit
from mainspring.services.tables.contact import tickets
from mainspring.services.tables.parties import customers
from mainspring.store import Tx
from mainspring.store.log import events
from mainspring.store.process_tables import instances

MOST_CASES = 20_000
"""So many of the newest cases are looked at."""
EARLY = 3
"""What a case knew after so many activities counts as known at its beginning."""
_CUSTOMER = "customer_id"
_LONGEST = 60

Value = str | float


@dataclass(frozen=True, slots=True)
class Case:
    """A case (root instance) with its number, its customer's name, and what was known at its beginning.

    `known` holds single values by name, those inside a context by their path.
    """

    key: int
    number: str
    process: str
    state: str
    started_at: datetime
    ended_at: datetime | None
    customer: str
    known: Mapping[str, Value]

    @property
    def seconds(self) -> float | None:
        """From its start to its end; None while it goes on or where it was stopped."""
        return (
            None
            if self.state != "completed" or self.ended_at is None
            else (self.ended_at - self.started_at).total_seconds()
        )


class Ticket(NamedTuple):
    """A resolved ticket: opened when and by whom, and whether one contact was enough."""

    opened_at: datetime
    customer: str
    once: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """The newest cases of a process; `whole` counts all there are, `cases` is in the order of their start."""

    process: str
    whole: int
    cases: Mapping[int, Case]
    visits: tuple[Visit, ...]
    called: tuple[Called, ...]
    answers: tuple[Answer, ...]
    tickets: tuple[Ticket, ...]


def read(tx: Tx, process_id: str) -> Facts:
    """Read what happened in the newest cases of a process, with the processes that they called."""
    every, i = happened.roots(tx, (process_id,)), instances.c
    whole = int(tx.scalar(select(func.count()).select_from(every.subquery())))
    first = tx.scalar(
        every.with_only_columns(i.started_at).order_by(i.started_at.desc()).offset(MOST_CASES).limit(1)
    )
    newest = every if first is None else every.where(i.started_at > first)
    visits = happened.visits(tx, newest)
    activities = frozenset(visit.element for visit in visits)
    names = _customers(tx)
    said = _said(tx, newest, activities)
    rows = sorted(
        tx.all(newest.add_columns(i.process_id, i.business_key)), key=lambda row: (row.started_at, row.key)
    )
    cases = {
        row.key: Case(
            row.key,
            row.business_key or str(row.key),
            row.process_id,
            row.state,
            row.started_at,
            row.ended_at,
            names.get(said[row.key].customer, said[row.key].customer),
            said[row.key].known,
        )
        for row in rows
    }
    return Facts(
        process_id,
        whole,
        cases,
        tuple(sorted((visit for visit in visits if visit.root in cases), key=lambda one: one.began)),
        tuple(happened.calls_of(tx, newest, by_case=True)),
        tuple(happened.answers(tx, newest)),
        tuple(_tickets(tx, names)),
    )


@dataclass(slots=True)
class _Said:
    """What a case said: its customer, what was known early, and how many activities were done by then."""

    customer: str
    known: dict[str, Value]
    done: int


def _said(tx: Tx, chosen: Select[Any], activities: frozenset[str]) -> Mapping[int, _Said]:
    e, cases = events.c, chosen.subquery()
    query = (
        select(e.instance, e.type, e.element, e.body)
        .join(cases, cases.c.key == e.instance)
        .where(e.tenant_id == tx.tenant, e.type.in_(("VariableSet", "ElementCompleted")))
        .order_by(e.instance, e.seq)
    )
    found: dict[int, _Said] = defaultdict(lambda: _Said("", {}, 0))
    for row in tx.all(query):
        said = found[row.instance]
        if row.type == "ElementCompleted":
            said.done += row.element in activities
        elif said.done < EARLY or not said.customer:
            event: Any = decode(row.type, jsonio.loads(row.body))
            if event.scope == row.instance:
                _learn(said, event.name, event.value)
    return found


def _learn(said: _Said, name: str, value: Any) -> None:
    if name == _CUSTOMER and value:
        said.customer = str(value)
    elif said.done < EARLY:
        parts = (
            {f"{name}.{inner}": one for inner, one in value.items()}
            if isinstance(value, Mapping)
            else {name: value}
        )
        for path, part in parts.items():
            if isinstance(part, bool):
                said.known[path] = str(part).lower()
            elif isinstance(part, int | float | Decimal):
                said.known[path] = float(part)
            elif isinstance(part, str) and 0 < len(part) <= _LONGEST:
                said.known[path] = part


def _customers(tx: Tx) -> Mapping[str, str]:
    c = customers.c
    query = select(c.customer_id, c.name).where(c.tenant_id == tx.tenant)
    return {row.customer_id: row.name for row in tx.all(query)}


def _tickets(tx: Tx, names: Mapping[str, str]) -> list[Ticket]:
    t = tickets.c
    query = select(t.opened_at, t.customer, t.interactions).where(
        t.tenant_id == tx.tenant, t.resolved_at.is_not(None)
    )
    return [
        Ticket(row.opened_at, names.get(row.customer, row.customer), row.interactions == 1)
        for row in tx.all(query)
    ]
