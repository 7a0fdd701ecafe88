"""The measures: AI penetration, automation coverage, straight-through rate, cost, times; in all and by node.

Formulas and their words are those of `docs/measures.md`. A node is an activity that people or digital
employees do; what the system does by itself (gateways, events, receive tasks, decisions by table) counts for
neither.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from decimal import Decimal
from statistics import median
from typing import Any

from sqlalchemy import ColumnElement, case, func, select

from mainspring.insight import happened
from mainspring.insight.costs import CostTable
from mainspring.insight.happened import Answer, Called, Visit
from mainspring.services.tables.contact import tickets
from mainspring.store import Tx

CENT = Decimal("0.0001")
MINUTE_S = 60


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
        sla: share of its tasks answered before they were due.
        rework: share of its completions that came after an earlier one in the same case.
        first_time_right: share of its completions that were neither that nor changed by a person.
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
    sla: float | None
    rework: float | None
    first_time_right: float | None


@dataclass(frozen=True, slots=True)
class Measures:
    """What happened in all; shares in [0, 1], money as in the cost table, None where there is no data.

    Attributes:
        waiting_time_median_s: median seconds of completed cases in which nobody worked on them.
        touch_time_s: mean seconds that people worked on a completed case, by the cost table.
        sla: share of tasks answered before they were due, of those that were due at all.
        rework: share of completed activities that came after an earlier completion in the same case.
        first_time_right: share of completed cases in which nothing was done again and no draft changed.
        per_head: completed cases for each person who answered a task in any case.
    """

    cases: int
    completed: int
    penetration: float | None
    aar: float | None
    straight_through: float | None
    cost_to_serve: Decimal | None
    cycle_time_median_s: float | None
    waiting_time_median_s: float | None
    touch_time_s: float | None
    first_contact_resolution: float | None
    sla: float | None
    rework: float | None
    first_time_right: float | None
    per_head: float | None
    currency: str
    nodes: Mapping[str, NodeMeasures] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


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
    if tx.writable:
        tx.flush()
    chosen = happened.roots(tx, process_ids, since, until, business_keys)
    seen = happened.visits(tx, chosen), happened.calls_of(tx, chosen), happened.answers(tx, chosen)
    return measured(tx.all(chosen), *seen, costs or CostTable(), _first_contact(tx, since, until))


def measured(
    roots: Collection[Any],
    visits: Collection[Visit],
    called: Iterable[Called],
    answers: Collection[Answer],
    prices: CostTable,
    first_contact: float | None,
) -> Measures:
    """Measure cases that were read already.

    Args:
        roots: of each case its key, state, started_at and ended_at.
        visits: what was done in them.
        called: what was called in them.
        answers: what people answered in them.
        prices: what time and tools cost.
        first_contact: the share of tickets resolved at the first contact.
    """
    again = repeated(visits)
    nodes = _nodes(visits, called, answers, again, prices)
    ended = [row for row in roots if row.state == "completed"]
    touched = {visit.root for visit in visits if visit.tasks}
    done = [visit for visit in visits if visit.seconds is not None]
    wrong = {visit.root for visit in again} | {one.root for one in answers if one.changed}
    touch = _touch(answers, prices)
    people = {one.person for one in answers}
    cost = sum((node.cost for node in nodes.values()), Decimal(0))
    return Measures(
        cases=len(roots),
        completed=len(ended),
        penetration=share(
            sum(node.calls_by_ai for node in nodes.values()),
            sum(node.calls_by_ai + node.calls_by_people for node in nodes.values()),
        ),
        aar=share(sum(visit.tasks == 0 for visit in done), len(done)),
        straight_through=share(sum(row.key not in touched for row in ended), len(ended)),
        cost_to_serve=(cost / len(roots)).quantize(CENT) if roots else None,
        cycle_time_median_s=middle((row.ended_at - row.started_at).total_seconds() for row in ended),
        waiting_time_median_s=middle(
            max(0.0, (row.ended_at - row.started_at).total_seconds() - touch[row.key]) for row in ended
        ),
        touch_time_s=sum(touch[row.key] for row in ended) / len(ended) if ended else None,
        first_contact_resolution=first_contact,
        sla=in_time(answers),
        rework=share(len(again), len(done)),
        first_time_right=share(sum(row.key not in wrong for row in ended), len(ended)),
        per_head=len(ended) / len(people) if people else None,
        currency=prices.currency,
        nodes=nodes,
    )


def repeated(visits: Iterable[Visit]) -> list[Visit]:
    """The completions that came after an earlier one of the same activity in the same case.

    What began before the earlier one had ended ran beside it and is no repetition.
    """
    first: dict[tuple[int, str], datetime] = {}
    again = []
    for visit in sorted((one for one in visits if one.ended is not None), key=lambda one: one.began):
        place = visit.root, visit.element
        if place not in first:
            first[place] = visit.ended or visit.began
        elif visit.began >= first[place]:
            again.append(visit)
    return again


def in_time(answers: Iterable[Answer]) -> float | None:
    """The share of tasks answered before they were due, of those that were due at all."""
    due = [one.in_time for one in answers if one.due is not None]
    return share(sum(map(bool, due)), len(due))


def _touch(answers: Iterable[Answer], prices: CostTable) -> Mapping[int, float]:
    """Seconds of people's work by case, as the cost table states them."""
    found: dict[int, float] = defaultdict(float)
    for one in answers:
        found[one.root] += float(prices.task_minutes(one.element)) * MINUTE_S
    return found


def _nodes(
    visits: Iterable[Visit],
    called: Iterable[Called],
    answers: Iterable[Answer],
    again: Iterable[Visit],
    prices: CostTable,
) -> dict[str, NodeMeasures]:
    of: dict[str, _Of] = defaultdict(_Of)
    for visit in visits:
        of[visit.element].visits.append(visit)
    for call in called:
        of[call.element].called.append(call)
    for answer in answers:
        of[answer.element].answers.append(answer)
    for visit in again:
        of[visit.element].again += 1
    worked = {element: one for element, one in sorted(of.items()) if one.visits or one.called}
    return {element: _node(element, one, prices) for element, one in worked.items()}


@dataclass(slots=True)
class _Of:
    """What happened at an activity."""

    visits: list[Visit] = field(default_factory=list)
    called: list[Called] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    again: int = 0


def _node(element: str, of: _Of, prices: CostTable) -> NodeMeasures:
    visits, called = of.visits, of.called
    ai = sum(one.operations for one in called if one.actor_kind == "agent")
    people = sum(one.operations for one in called if one.actor_kind == "person")
    seconds = [visit.seconds for visit in visits if visit.seconds is not None]
    touched = sum(visit.tasks > 0 for visit in visits if visit.seconds is not None)
    tools = sum((one.cost for one in called), Decimal(0))
    tasks = sum(visit.tasks for visit in visits)
    cost = tasks * prices.task(element) + ai * prices.agent_call + tools
    processes = [visit.process for visit in visits] + [one.process for one in called]
    untouched = share(len(seconds) - touched, len(seconds))
    wrong = min(len(seconds), of.again + sum(one.changed for one in of.answers))
    return NodeMeasures(
        process=processes[0],
        completed=len(seconds),
        touched=touched,
        calls_by_ai=ai,
        calls_by_people=people,
        penetration=share(ai, ai + people),
        aar=untouched,
        straight_through=untouched,
        cost_to_serve=(cost / len(seconds)).quantize(CENT) if seconds else None,
        cycle_time_median_s=middle(seconds),
        cost=cost.quantize(CENT),
        sla=in_time(of.answers),
        rework=share(of.again, len(seconds)),
        first_time_right=share(len(seconds) - wrong, len(seconds)),
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
    return share(rows[0].once or 0, rows[0].resolved)


def share(part: int, whole: int) -> float | None:
    """A share in [0, 1] of six digits; None of nothing."""
    return round(part / whole, 6) if whole else None


def middle(seconds: Iterable[float]) -> float | None:
    """The median; None of nothing."""
    values = list(seconds)
    return float(median(values)) if values else None
