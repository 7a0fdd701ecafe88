"""The measures: AI penetration, automation coverage, straight-through rate, cost, times; in all and by node.

Formulas and their words are those of `docs/measures.md`. A node is an activity that people or digital
employees do; what the system does by itself (gateways, events, receive tasks, decisions by table) counts for
neither.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from decimal import Decimal
from statistics import median
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, func, select

from mainspring.govern.tables import calls
from mainspring.insight.costs import CostTable
from mainspring.services.tables.contact import tickets
from mainspring.store import Tx
from mainspring.store.log import events
from mainspring.store.process_tables import instances
from mainspring.store.tables import total

CENT = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class NodeMeasures:
    """What happened at one activity; None where nothing did.

    Attributes:
        completed: how often it was done.
        touched: in how many of these a person had a hand.
        penetration: calls by AI / (calls by people + calls by AI).
        aar: share done with no human touch; for a single activity the straight-through rate is the same.
        cost_to_serve: people's time and calls for one completion.
        cost: the same in all, with what went into activities that never completed.
        cycle_time_median_s: median seconds from its beginning to its end, waiting for people included.
    """

    process: str
    completed: int
    touched: int
    calls_by_ai: int
    calls_by_people: int
    penetration: float | None
    aar: float | None
    straight_through: float | None
    cost_to_serve: Decimal | None
    cycle_time_median_s: float | None
    cost: Decimal


@dataclass(frozen=True, slots=True)
class Measures:
    """What happened in all; shares in [0, 1], money as in the cost table, None where there is no data."""

    cases: int
    completed: int
    penetration: float | None
    aar: float | None
    straight_through: float | None
    cost_to_serve: Decimal | None
    cycle_time_median_s: float | None
    first_contact_resolution: float | None
    currency: str
    nodes: Mapping[str, NodeMeasures] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


class _Visit(NamedTuple):
    """One activity of one case; `seconds` from beginning to end, None where it was left undone."""

    element: str
    process: str
    root: int
    seconds: float | None
    tasks: int


def measure(
    tx: Tx,
    *,
    process_ids: Sequence[str] | None = None,
    costs: CostTable | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    business_keys: Collection[str] | None = None,
) -> Measures:
    """Measure root instances of these processes, with the processes they called.

    Args:
        tx: a transaction.
        process_ids: of the roots; None for all.
        costs: what time and tools cost.
        since: only instances started from then on.
        until: only instances started before then.
        business_keys: only instances of these keys; None for all.
    """
    prices = costs or CostTable()
    if tx.writable:
        tx.flush()
    chosen = _roots(tx, process_ids, since, until, business_keys)
    roots = tx.all(chosen)
    visits = _visits(tx, chosen)
    called = _calls(tx, chosen)
    nodes = _nodes(visits, called, prices)
    ended = [row for row in roots if row.state == "completed"]
    touched = {visit.root for visit in visits if visit.tasks}
    done = [visit for visit in visits if visit.seconds is not None]
    cost = sum((node.cost for node in nodes.values()), Decimal(0))
    return Measures(
        cases=len(roots),
        completed=len(ended),
        penetration=_share(
            sum(node.calls_by_ai for node in nodes.values()),
            sum(node.calls_by_ai + node.calls_by_people for node in nodes.values()),
        ),
        aar=_share(sum(visit.tasks == 0 for visit in done), len(done)),
        straight_through=_share(sum(row.key not in touched for row in ended), len(ended)),
        cost_to_serve=(cost / len(roots)).quantize(CENT) if roots else None,
        cycle_time_median_s=_median((row.ended_at - row.started_at).total_seconds() for row in ended),
        first_contact_resolution=_first_contact(tx, since, until),
        currency=prices.currency,
        nodes=nodes,
    )


def _roots(
    tx: Tx,
    process_ids: Sequence[str] | None,
    since: datetime | None,
    until: datetime | None,
    business_keys: Collection[str] | None,
) -> Select[Any]:
    i = instances.c
    query = select(i.key, i.state, i.started_at, i.ended_at).where(
        i.tenant_id == tx.tenant, i.parent.is_(None)
    )
    if process_ids is not None:
        query = query.where(i.process_id.in_(tuple(process_ids)))
    if since is not None:
        query = query.where(i.started_at >= since)
    if until is not None:
        query = query.where(i.started_at < until)
    if business_keys is not None:
        query = query.where(i.business_key.in_(sorted(business_keys)))
    return query


def _visits(tx: Tx, chosen: Select[Any]) -> list[_Visit]:
    """Activities that a digital employee or a person did, with the tasks answered in them."""
    e, i, roots = events.c, instances.c, chosen.subquery()

    def at(kind: str) -> ColumnElement[Any]:
        return case((e.type == kind, e.at))

    def happened(kind: str, actor: str) -> ColumnElement[Any]:
        return case((and_(e.type == kind, e.actor_kind == actor), 1), else_=0)

    tasks = func.sum(happened("TaskCompleted", "person"))
    done_by_agent = func.sum(happened("JobCompleted", "agent"))
    began, ended = func.min(at("ElementActivated")), func.max(at("ElementCompleted"))
    kinds = ("ElementActivated", "ElementCompleted", "JobCompleted", "TaskCompleted")
    query = (
        select(
            e.element,
            i.process_id,
            e.instance,
            began.label("began"),
            ended.label("ended"),
            tasks.label("tasks"),
        )
        .join(roots, roots.c.key == e.instance)
        .join(i.key.table, and_(i.tenant_id == e.tenant_id, i.key == e.process_instance))
        .where(e.tenant_id == tx.tenant, e.type.in_(kinds))
        .group_by(e.instance, e.key, e.element, i.process_id)
        .having(and_(began.is_not(None), done_by_agent + tasks > 0))
    )
    return [
        _Visit(row.element, row.process_id, row.instance, _seconds(row.began, row.ended), row.tasks)
        for row in tx.all(query)
    ]


class _Called(NamedTuple):
    """Calls at one element: by whom, how many business operations, what all of them cost."""

    element: str
    process: str
    actor_kind: str
    operations: int
    cost: Decimal


def _calls(tx: Tx, chosen: Select[Any]) -> list[_Called]:
    """Calls by people and AI; no retry and no cached read is an operation, but it is paid for."""
    c, roots = calls.c, chosen.subquery()
    counted = and_(c.outcome == "ok", c.cached.is_(False), c.retry.is_(False))
    same = (
        c.element,
        c.actor_kind,
        c.operation,
        c.element_key,
        func.coalesce(c.idempotency_key, c.arguments_digest),
    )
    once = (
        select(
            c.element,
            c.actor_kind,
            func.max(c.process_id).label("process"),
            func.max(case((counted, 1), else_=0)).label("counted"),
            total(c.cost).label("cost"),
        )
        .join(roots, roots.c.key == c.instance)
        .where(c.tenant_id == tx.tenant, c.actor_kind.in_(("person", "agent")), c.element.is_not(None))
        .group_by(*same)
        .subquery()
    )
    by = (once.c.element, once.c.actor_kind)
    query = select(
        *by,
        func.max(once.c.process).label("process"),
        func.sum(once.c.counted).label("operations"),
        total(once.c.cost).label("cost"),
    ).group_by(*by)
    return [
        _Called(row.element, row.process or "", row.actor_kind, int(row.operations), row.cost)
        for row in tx.all(query)
    ]


def _nodes(visits: Iterable[_Visit], called: Iterable[_Called], prices: CostTable) -> dict[str, NodeMeasures]:
    visited: dict[str, list[_Visit]] = {}
    for visit in visits:
        visited.setdefault(visit.element, []).append(visit)
    asked: dict[str, list[_Called]] = {}
    for one in called:
        asked.setdefault(one.element, []).append(one)
    return {
        element: _node(element, visited.get(element, []), asked.get(element, []), prices)
        for element in sorted(visited.keys() | asked.keys())
    }


def _node(
    element: str, visits: Sequence[_Visit], called: Sequence[_Called], prices: CostTable
) -> NodeMeasures:
    ai = sum(one.operations for one in called if one.actor_kind == "agent")
    people = sum(one.operations for one in called if one.actor_kind == "person")
    seconds = [visit.seconds for visit in visits if visit.seconds is not None]
    touched = sum(visit.tasks > 0 for visit in visits if visit.seconds is not None)
    tools = sum((one.cost for one in called), Decimal(0))
    tasks = sum(visit.tasks for visit in visits)
    cost = tasks * prices.task(element) + ai * prices.agent_call + tools
    processes = [visit.process for visit in visits] + [one.process for one in called]
    untouched = _share(len(seconds) - touched, len(seconds))
    return NodeMeasures(
        process=processes[0],
        completed=len(seconds),
        touched=touched,
        calls_by_ai=ai,
        calls_by_people=people,
        penetration=_share(ai, ai + people),
        aar=untouched,
        straight_through=untouched,
        cost_to_serve=(cost / len(seconds)).quantize(CENT) if seconds else None,
        cycle_time_median_s=_median(seconds),
        cost=cost.quantize(CENT),
    )


def _first_contact(tx: Tx, since: datetime | None, until: datetime | None) -> float | None:
    """Tickets resolved without a second interaction / resolved tickets, by when they were opened."""
    t = tickets.c
    once = func.sum(case((t.interactions == 1, 1), else_=0))
    counted: tuple[ColumnElement[Any], ...] = (func.count().label("resolved"), once.label("once"))
    query = select(*counted).where(t.tenant_id == tx.tenant, t.resolved_at.is_not(None))
    if since is not None:
        query = query.where(t.opened_at >= since)
    if until is not None:
        query = query.where(t.opened_at < until)
    rows = tx.all(query)
    return _share(rows[0].once or 0, rows[0].resolved)


def _seconds(began: datetime, ended: datetime | None) -> float | None:
    return None if ended is None else (ended - began).total_seconds()


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 6) if whole else None


def _median(seconds: Iterable[float]) -> float | None:
    values = list(seconds)
    return float(median(values)) if values else None
