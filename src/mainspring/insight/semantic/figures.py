"""Counting a plan: one statement of SQLAlchemy Core over the layer's tables, the same on both stores.

Averages are divided exactly from sums and counts, money of several currencies is never added up, and a
week or month is a span between two instants, so that no function of one database is needed.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    Select,
    and_,
    case,
    false,
    func,
    null,
    select,
    type_coerce,
)

from mainspring.insight.semantic.layer import Condition, Layer, Metric, Subject, column
from mainspring.insight.semantic.periods import GRAINS, Grain, begin_of, moved
from mainspring.insight.semantic.plan import Plan, PlanUnfit
from mainspring.store import Tx
from mainspring.store.tables import total
from mainspring.store.types import Number

MOST_SPANS = 120
MOST_ROWS = 500
_MICROS = Decimal(1_000_000)
_CENT = Decimal("0.01")


class Row(NamedTuple):
    """One figure: values of the plan's groups in their order, the figure, its currency, of how many rows."""

    groups: tuple[str, ...]
    value: Decimal | None
    currency: str | None
    rows: int


class _Query(NamedTuple):
    statement: Select[Any]
    spans: Sequence[date]


def figures(tx: Tx, layer: Layer, plan: Plan, now: datetime) -> tuple[list[Row], str]:
    """Count a plan that was checked.

    Args:
        tx: a transaction.
        layer: that the plan was checked against.
        plan: what to count.
        now: the moment that "overdue" is measured at.

    Returns:
        The rows, ranked or in the order of their groups, and the statement as it was sent, without values.

    Raises:
        PlanUnfit: the period has too many weeks or days to show each.
    """
    metric = layer.metrics[plan.metric]
    if metric.subject is None:
        raise PlanUnfit("metric", plan.metric)
    query = _query(tx, metric, layer.subjects[metric.subject], plan, now)
    rows = [_row(one, plan, metric, query.spans) for one in tx.all(query.statement)]
    said = str(query.statement.compile(dialect=tx.connection.dialect))
    return ranked([row for row in rows if row.rows], plan), said


def ranked(rows: list[Row], plan: Plan) -> list[Row]:
    """Rows in their order: spans of time by time, others by figure, the greatest or the least first."""
    if any(one in GRAINS for one in plan.by):
        return sorted(rows, key=lambda row: row.groups)
    known = [row for row in rows if row.value is not None]
    known.sort(key=lambda row: (row.value or Decimal(0), row.groups), reverse=not plan.least)
    return known if plan.top is None else known[: plan.top]


def _query(tx: Tx, metric: Metric, subject: Subject, plan: Plan, now: datetime) -> _Query:
    at = column(subject.at)
    wanted = [column(subject.at).table.c.tenant_id == tx.tenant]
    wanted += [_fits(one, now) for one in (*subject.where, *metric.where)]
    if plan.period is not None:
        wanted += [at >= instant(plan.period.since), at < instant(plan.period.until)]
    wanted += [column(subject.by[name]).in_(values) for name, values in plan.filters.items()]
    joined = _joined(tx, subject)
    spans: Sequence[date] = ()
    groups: list[ColumnElement[Any]] = []
    for name in plan.by:
        if name in GRAINS:
            spans = _spans(tx, at, joined, and_(*wanted), name)
            groups.append(_span_of(at, spans))
        else:
            groups.append(column(subject.by[name]))
    money = metric.currency or (subject.currency if metric.format == "money" else None)
    currency = column(money) if money else null()
    keys = [*groups, *([currency] if money else [])]
    named = [one.label(f"g{number}") for number, one in enumerate(groups)]
    statement = select(*named, currency.label("currency"), *_reckoned(metric, plan, now))
    statement = statement.select_from(joined).where(*wanted).limit(MOST_ROWS)
    return _Query(statement.group_by(*keys) if keys else statement, spans)


def _joined(tx: Tx, subject: Subject) -> FromClause:
    base = column(subject.at).table
    found: FromClause = base
    for name, join in subject.joins.items():
        beside = column(f"{name}.tenant_id").table
        on = [beside.c.tenant_id == tx.tenant]
        on += [beside.c[own] == column(path) for own, path in join.match.items()]
        on += [beside.c[own] == text for own, text in join.fixed.items()]
        found = found.outerjoin(beside, and_(*on))
    return found


def _fits(one: Condition, now: datetime) -> ColumnElement[bool]:
    here = column(one.column)
    terms: list[ColumnElement[bool]] = []
    if one.one_of is not None:
        terms.append(here.in_(one.one_of))
    if one.above is not None:
        terms.append(here > one.above)
    if one.before_now:
        terms.append(here < now)
    if one.present is not None:
        terms.append(here.is_not(None) if one.present else here.is_(None))
    if one.holds is not None:
        terms.append(here.is_(one.holds))
    return and_(*terms)


def _reckoned(metric: Metric, plan: Plan, now: datetime) -> list[ColumnElement[Any]]:
    """Rows in all, rows with a value, and the aggregate: a sum unless the plan asks for an extreme."""
    value = metric.value
    whole = func.count()
    if value.share_of is not None:
        fits = and_(*(_fits(one, now) for one in value.share_of))
        return [whole.label("rows"), whole.label("known"), func.sum(case((fits, 1), else_=0)).label("made")]
    if value.seconds is not None:
        begin, end = (type_coerce(column(path), BigInteger) for path in value.seconds)
        amount: ColumnElement[Any] = end - begin
        made = _extreme(plan, metric)(amount)
        return [whole.label("rows"), func.count(amount).label("known"), made.label("made")]
    if value.column is not None:
        amount = column(value.column)
        reckon = _extreme(plan, metric)
        made = total(amount) if reckon is func.sum and isinstance(amount.type, Number) else reckon(amount)
        return [
            whole.label("rows"),
            func.count(amount).label("known"),
            type_coerce(made, amount.type).label("made"),
        ]
    return [whole.label("rows"), whole.label("known"), whole.label("made")]


def _extreme(plan: Plan, metric: Metric) -> Callable[[Any], ColumnElement[Any]]:
    chosen = plan.aggregation or metric.aggregations[0]
    extremes: dict[str, Callable[[Any], ColumnElement[Any]]] = {"max": func.max, "min": func.min}
    return extremes.get(chosen, func.sum)


def _row(row: Any, plan: Plan, metric: Metric, spans: Sequence[date]) -> Row:
    groups = tuple(
        _span_said(row[number], spans) if name in GRAINS else _said(row[number])
        for number, name in enumerate(plan.by)
    )
    return Row(groups, _value(row, plan, metric), row.currency, int(row.rows))


def _value(row: Any, plan: Plan, metric: Metric) -> Decimal | None:
    if row.made is None or not row.known:
        return None
    made = Decimal(row.made)
    if metric.value.seconds is not None:
        made /= _MICROS
    chosen = plan.aggregation or metric.aggregations[0]
    if metric.value.share_of is not None or chosen == "avg":
        made /= row.known
    return made.quantize(_CENT, ROUND_HALF_UP) if metric.format == "money" else made


def _said(value: Any) -> str:
    return "" if value is None else str(value)


def _span_said(number: Any, spans: Sequence[date]) -> str:
    return spans[int(number)].isoformat()


def instant(day: date) -> datetime:
    """The first moment of a day (UTC)."""
    return datetime.combine(day, time(), UTC)


def _spans(
    tx: Tx, at: ColumnElement[Any], joined: FromClause, wanted: ColumnElement[bool], grain: str
) -> list[date]:
    """The first days of all weeks, months and so on in which something happened, and of those between."""
    name: Grain = next(one for one in GRAINS if one == grain)
    ends = select(func.min(at).label("first"), func.max(at).label("last"))
    row = tx.all(ends.select_from(joined).where(wanted))[0]
    first, last = row.first, row.last
    if first is None:
        return []
    found = [begin_of(name, first.date())]
    while (after := moved(name, found[-1], 1)) <= last.date():
        found.append(after)
        if len(found) > MOST_SPANS:
            raise PlanUnfit("spans", name)
    return found


def _span_of(at: ColumnElement[Any], spans: Sequence[date]) -> ColumnElement[Any]:
    """The number of the span that an instant lies in."""
    if not spans:
        return case((false(), 0), else_=0)
    before = [(at < instant(begin), number) for number, begin in enumerate(spans[1:])]
    return case(*before, else_=len(spans) - 1) if before else case((false(), 0), else_=0)
