"""Answers about figures: a plan counted, told in words, as a table and as bars."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from sqlalchemy import select

from mainspring.app import measures
from mainspring.app.asking.answer import Bar, Cell, Link, Said, cells
from mainspring.app.asking.question import Asked
from mainspring.app.asking.vocabulary import layer_of
from mainspring.insight import semantic
from mainspring.insight.measures import Measures, NodeMeasures, measure
from mainspring.insight.semantic import Dimension, Layer, Metric, Plan, PlanUnfit, Row
from mainspring.insight.semantic.figures import MOST_SPANS, instant, ranked
from mainspring.insight.semantic.layer import column
from mainspring.insight.semantic.periods import GRAINS, Period, begin_of, moved
from mainspring.runtime import queries
from mainspring.store import process_tables as t

MOST_ROWS = 50
_BARS = 12
_BEST_SHOWN = 5


def answered(asked: Asked, plan: Plan) -> Said:
    """Count the plan and tell it.

    Raises:
        Forbidden: whoever asks may not see measures.
        PlanUnfit: it cannot be counted so.
    """
    asked.demand("measure")
    layer = layer_of(asked.house.pack.semantic)
    metric = layer.metrics[plan.metric]
    wide = plan.model_copy(update={"top": _BEST_SHOWN}) if plan.top == 1 else plan
    if metric.subject is None:
        rows, query = _measured(asked, wide, metric), ""
    else:
        rows, query = semantic.figures(asked.tx, layer, wide, asked.now)
    if metric.measure is not None or metric.format != "money":
        currency = asked.house.pack.costs.currency
        rows = [row._replace(currency=currency) if metric.format == "money" else row for row in rows]
    names = [
        _names(asked, layer, name, {row.groups[place] for row in rows}) for place, name in enumerate(plan.by)
    ]
    shown = rows[:MOST_ROWS]
    return Said(
        sentence=_sentence(asked, layer, plan, rows, names),
        columns=[*(_heading(asked, layer, name) for name in plan.by), asked.title(metric.title)],
        rows=[
            cells(
                *(_cell(layer, name, row.groups[place], names[place]) for place, name in enumerate(plan.by)),
                asked.figure(row.value, metric.format, row.currency),
            )
            for row in shown
        ]
        if plan.by
        else [],
        bars=_bars(asked, layer, plan, metric, rows, names),
        links=_links(asked, plan),
        understood=said_plan(asked, layer, plan),
        query=query,
        plan=plan,
    )


def said_plan(asked: Asked, layer: Layer, plan: Plan) -> list[str]:
    """The plan in words: which figure, defined how, by what, of what, when."""
    metric = layer.metrics[plan.metric]
    parts = [f"{asked.title(metric.title)}{asked.say(': ', '：')}{asked.title(metric.means)}"]
    if plan.aggregation is not None:
        words = {
            "sum": ("total", "合计"),
            "avg": ("average", "平均"),
            "max": ("highest", "最高"),
            "min": ("lowest", "最低"),
        }
        parts.append(asked.say(*words[plan.aggregation]))
    elif metric.aggregations[0] == "avg":
        parts.append(asked.say("average", "平均"))
    for name in plan.by:
        heading = _heading(asked, layer, name)
        parts.append(asked.say(f"by {heading}", f"按{heading}"))
    for name, values in plan.filters.items():
        known = _names(asked, layer, name, set(values))
        said = asked.say(", ", "、").join(known.get(one, one) for one in values)
        parts.append(
            asked.say(f"{_heading(asked, layer, name)}: {said}", f"{_heading(asked, layer, name)}：{said}")
        )
    if plan.top is not None:
        least = asked.say("the least first", "从小到大")
        most = asked.say("the greatest first", "从大到小")
        parts.append(least if plan.least else most)
    if plan.period is not None:
        parts.append(_period(asked, plan.period))
        if asked.today != asked.now.date():
            parts.append(
                asked.say(
                    f"reckoned from {asked.today}, the last day in the books",
                    f"以账面最后一天 {asked.today} 为准",
                )
            )
    else:
        parts.append(asked.say("all time", "全部时间"))
    return parts


def _period(asked: Asked, period: Period) -> str:
    last = moved("day", period.until, -1)
    return asked.say(f"{period.since} to {last}", f"{period.since} 至 {last}")


def _sentence(
    asked: Asked, layer: Layer, plan: Plan, rows: Sequence[Row], names: Sequence[Mapping[str, str]]
) -> str:
    metric = layer.metrics[plan.metric]
    title = asked.title(metric.title)
    told = [row for row in rows if row.value is not None]
    if not told:
        return asked.say(f"{title}: there is nothing to count.", f"{title}：没有可统计的数据。")
    if not plan.by:
        values = asked.say(" and ", "和").join(
            asked.figure(row.value, metric.format, row.currency) for row in told
        )
        how = {
            "avg": asked.say("Average ", "平均"),
            "max": asked.say("Highest ", "最高"),
            "min": asked.say("Lowest ", "最低"),
        }
        head = how.get(plan.aggregation or metric.aggregations[0], "")
        return asked.say(
            f"{head}{title if head else title[:1].upper() + title[1:]}: {values}.",
            f"{head}{title}：{values}。",
        )
    if any(one in GRAINS for one in plan.by):
        return asked.say(
            f"{title[:1].upper() + title[1:]}, {len(rows)} rows.", f"{title}，共 {len(rows)} 行。"
        )
    best = told[0] if plan.least or plan.top else max(told, key=lambda row: row.value or Decimal(0))
    label = asked.say(", ", "、").join(
        _label(layer, name, best.groups[place], names[place]) for place, name in enumerate(plan.by)
    )
    alike = sum(row.value == best.value for row in told) - 1
    if alike:
        label = asked.say(f"{label} and {alike} other(s)", f"{label}等 {alike + 1} 项")
    value = asked.figure(best.value, metric.format, best.currency)
    if plan.least:
        return asked.say(f"The least is {label} with {value}.", f"最低的是{label}，为 {value}。")
    return asked.say(
        f"{title[:1].upper() + title[1:]}: the most is {label} with {value}.",
        f"{title}最高的是{label}，为 {value}。",
    )


def _bars(
    asked: Asked,
    layer: Layer,
    plan: Plan,
    metric: Metric,
    rows: Sequence[Row],
    names: Sequence[Mapping[str, str]],
) -> list[Bar]:
    """Bars for figures by one thing, as long as they are of one currency."""
    told = [row for row in rows if row.value is not None]
    if len(plan.by) != 1 or len(told) < 2 or len({row.currency for row in told}) > 1:  # noqa: PLR2004 - a chart of one bar says nothing
        return []
    name = plan.by[0]
    chosen = told[-_BARS:] if name in GRAINS else told[:_BARS]
    longest = max(abs(row.value or Decimal(0)) for row in chosen) or Decimal(1)
    return [
        Bar(
            label=_label(layer, name, row.groups[0], names[0]),
            part=float(max(row.value or Decimal(0), Decimal(0)) / longest),
            text=asked.figure(row.value, metric.format, row.currency),
            to=_to(layer, name, row.groups[0]),
        )
        for row in chosen
    ]


def _links(asked: Asked, plan: Plan) -> list[Link]:
    places = {
        "cases": ("/cases", "Cases · 业务单"),
        "tasks": ("/inbox", "Inbox · 待办"),
        "calls": ("/services/calls", "Calls · 调用"),
        "call_cost": ("/services/calls", "Calls · 调用"),
    }
    to, title = places.get(plan.metric, ("/insight", "Insight · 洞察"))
    if plan.metric == "cases":
        given = {"process": plan.filters.get("process"), "state": plan.filters.get("case_state")}
        said = "&".join(
            f"{name}={values[0]}" for name, values in given.items() if values and len(values) == 1
        )
        to = f"{to}?{said}" if said else to
    return [Link(title=asked.title(title), to=to)]


def _heading(asked: Asked, layer: Layer, name: str) -> str:
    grains = {
        "day": "day · 日",
        "week": "week · 周",
        "month": "month · 月",
        "quarter": "quarter · 季度",
        "year": "year · 年",
    }
    return asked.title(grains[name]) if name in grains else asked.title(layer.dimensions[name].title)


def _cell(layer: Layer, name: str, value: str, names: Mapping[str, str]) -> Cell:
    return Cell(text=_label(layer, name, value, names), to=_to(layer, name, value))


def _label(layer: Layer, name: str, value: str, names: Mapping[str, str]) -> str:
    if name in GRAINS:
        begin = value[:7] if name == "month" else value[:4] if name == "year" else value
        return begin if name != "quarter" else f"{value[:4]} Q{(int(value[5:7]) + 2) // 3}"
    del layer
    return names.get(value, value) or "–"


def _to(layer: Layer, name: str, value: str) -> str | None:
    link = layer.dimensions[name].link if name in layer.dimensions else None
    return link.replace("{value}", value) if link and value else None


def _names(asked: Asked, layer: Layer, name: str, values: set[str]) -> dict[str, str]:
    """The names of a dimension's values in the language of the question."""
    if name in GRAINS or not values:
        return {}
    dimension = layer.dimensions[name]
    found = {
        value: (terms.get(asked.language) or terms["en"])[0]
        for value, terms in dimension.values.items()
        if value in values
    }
    if dimension.label is not None:
        found |= _labels(asked, dimension, values)
    if dimension.names in ("employee", "principal", "operation"):
        found |= {value: _principal(asked, value) for value in values}
    if dimension.names == "activity":
        known = asked.names
        found |= {value: asked.title(known.get(value, value)) for value in values}
    if dimension.names == "process":
        found |= {one.id: asked.title(one.name) for one in queries.deployed(asked.tx, kind="process")}
    return found


def _principal(asked: Asked, value: str) -> str:
    agent = next((one for one in asked.house.pack.agents if one.id == value), None)
    return value if agent is None else asked.title(agent.title)


def _labels(asked: Asked, dimension: Dimension, values: set[str]) -> dict[str, str]:
    label = dimension.label
    if label is None:
        return {}
    key = column(f"{label.table}.{label.key}")
    name = column(f"{label.table}.{label.zh if asked.language == 'zh' else label.en}")
    query = select(key.label("key"), name.label("name"))
    rows = asked.tx.all(query.where(key.table.c.tenant_id == asked.tx.tenant, key.in_(sorted(values))))
    return {row.key: row.name or row.key for row in rows}


# -- the measures of the log, which `insight.measures` counts ------------------------------------------------


def _measured(asked: Asked, plan: Plan, metric: Metric) -> list[Row]:
    key = metric.measure or ""
    periods = _spans(asked, plan)
    rows: list[Row] = []
    for begin, period in periods:
        found = _counted(asked, period)
        for groups, value in _by(plan, found, key, begin):
            count = 0 if value is None else 1
            rows.append(Row(groups, None if value is None else Decimal(str(value)), None, count))
    return ranked([row for row in rows if row.rows], plan)


def _spans(asked: Asked, plan: Plan) -> list[tuple[str, Period | None]]:
    """The spans of time that are shown each, or the one that the plan names."""
    grain = next((one for one in GRAINS if one in plan.by), None)
    if grain is None:
        return [("", plan.period)]
    i = t.instances.c
    earliest = asked.tx.scalar(
        select(i.started_at).where(i.tenant_id == asked.tx.tenant).order_by(i.key).limit(1)
    )
    if earliest is None:
        return []
    first = plan.period.since if plan.period else earliest.date()
    last = plan.period.until if plan.period else moved("day", asked.today, 1)
    found: list[tuple[str, Period | None]] = []
    begin = begin_of(grain, first)
    while begin < last:
        after = moved(grain, begin, 1)
        found.append((begin.isoformat(), Period(since=begin, until=after)))
        begin = after
        if len(found) > MOST_SPANS:
            raise PlanUnfit("spans", grain)
    return found


def _counted(asked: Asked, period: Period | None) -> Measures:
    since, until = (instant(period.since), instant(period.until)) if period else (None, None)
    costs = asked.house.pack.costs
    return measure(asked.tx, process_ids=measures.PROCESSES, costs=costs, since=since, until=until)


def _by(
    plan: Plan, found: Measures, key: str, begin: str
) -> list[tuple[tuple[str, ...], float | Decimal | None]]:
    """The figure in all, or of each activity that the plan wants."""
    wanted = plan.filters.get("activity")
    if "activity" in plan.by or wanted:
        if key not in NodeMeasures.__slots__:
            raise PlanUnfit("dimension", plan.metric, "activity")
        nodes = {name: node for name, node in found.nodes.items() if not wanted or name in wanted}
        return [
            (tuple(begin if one in GRAINS else name for one in plan.by), getattr(node, key))
            for name, node in nodes.items()
        ]
    return [(tuple(begin for _ in plan.by), getattr(found, key))]
