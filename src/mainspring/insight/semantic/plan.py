"""What a question about a figure asks for, as a plan that is held against the layer before it is counted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pydantic import BaseModel, ConfigDict, Field

from mainspring.insight.semantic.layer import Aggregation, Layer
from mainspring.insight.semantic.lexicon import Meaning, Phrase
from mainspring.insight.semantic.periods import GRAINS, Period

MOST_GROUPS = 2
MOST_TOP = 100


class Plan(BaseModel):
    """A figure to count.

    Attributes:
        by: dimensions, and day, week, month, quarter or year.
        filters: values by dimension; a row fits when it has one of them.
        top: only so many, the greatest first (the least first with `least`).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    metric: str
    by: tuple[str, ...] = Field(default=(), max_length=MOST_GROUPS)
    filters: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    period: Period | None = None
    aggregation: Aggregation | None = None
    top: int | None = Field(default=None, ge=1, le=MOST_TOP)
    least: bool = False


class PlanUnfit(Exception):  # noqa: N818 - a word is said about the question, nothing failed
    """The words are known, and do not go together: `reason` says which rule, `parts` what it is about."""

    def __init__(self, reason: str, *parts: str) -> None:
        super().__init__(reason, *parts)
        self.reason = reason
        self.parts = parts


def check(plan: Plan, layer: Layer) -> Plan:
    """Hold a plan against the layer.

    Raises:
        PlanUnfit: no such metric, or it is not seen by such a dimension, or not aggregated so.
    """
    if plan.metric not in layer.metrics:
        raise PlanUnfit("metric", plan.metric)
    metric = layer.metrics[plan.metric]
    allowed = layer.dimensions_of(plan.metric)
    for name in (*plan.by, *plan.filters):
        if name not in allowed and not (name in GRAINS and name not in plan.filters):
            raise PlanUnfit("dimension", plan.metric, name)
    for name, values in plan.filters.items():
        known = layer.dimensions[name]
        if known.label is None and known.names is None and not set(values) <= known.values.keys():
            raise PlanUnfit("value", plan.metric, name)
    if plan.aggregation is not None and plan.aggregation not in metric.aggregations:
        raise PlanUnfit("aggregation", plan.metric, plan.aggregation)
    if plan.top is not None and len(plan.by) != 1:
        raise PlanUnfit("ranking", plan.metric)
    if len({one for one in plan.by if one in GRAINS}) > 1:
        raise PlanUnfit("grains", plan.metric)
    return plan


@dataclass(slots=True)
class _Told:
    """What the phrases of a question said so far."""

    metrics: list[str] = field(default_factory=list)
    marked: list[str] = field(default_factory=list)
    plain: list[str] = field(default_factory=list)
    values: list[tuple[Meaning, ...]] = field(default_factory=list)
    periods: list[Period] = field(default_factory=list)
    words: set[str] = field(default_factory=set)
    numbers: list[int] = field(default_factory=list)


_WORDS = frozenset(
    [
        "how_many",
        "how_much",
        "how_long",
        "how_fast",
        "each",
        "which",
        "most",
        "least",
        "longest",
        "shortest",
        "average",
        "total",
        "top",
        "number",
    ]
)
"""Words that may stand in a question about a figure, beside those of the layer and fillers."""
_MARKS = {"each", "which", "top"}
_ASKS: Mapping[str, tuple[str, ...]] = {
    "how_many": ("number",),
    "number": ("number",),
    "how_much": ("money", "share", "number"),
    "how_long": ("duration",),
    "how_fast": ("duration",),
}
"""The formats of figures that a question word fits."""


def understood(phrases: Iterable[Phrase], layer: Layer) -> Plan:
    """The plan of a question, every phrase of which has a part in it.

    Raises:
        PlanUnfit: a phrase has no part, or the parts do not go together.
    """
    read = tuple(phrases)
    named = any(one.means("metric") and not _dimensions(one) for one in read)
    told = _Told()
    mark = False
    for phrase in read:
        mark = _take(phrase, told, layer, marked=mark, named=named)
    if not told.metrics:
        told.metrics += _implied(told.values, layer)
    if len(set(told.metrics)) > 1:
        raise PlanUnfit("metrics", *dict.fromkeys(told.metrics))
    if len(told.periods) > 1:
        raise PlanUnfit("periods")
    return check(_settled(told, layer), layer)


def _dimensions(phrase: Phrase) -> list[str]:
    return [one.id for one in (*phrase.means("dimension"), *phrase.means("grain"))]


def _implied(values: Iterable[tuple[Meaning, ...]], layer: Layer) -> list[str]:
    """The metric that counts what is named by its kind, such as complaints."""
    found = {
        layer.dimensions[one.id].counts
        for meanings in values
        for one in meanings
        if one.id in layer.dimensions
    }
    counted = sorted(one for one in found if one is not None)
    if len(counted) != 1:
        raise PlanUnfit("no_metric")
    return counted


def _take(  # noqa: PLR0911 - one way out for each part of speech
    phrase: Phrase, told: _Told, layer: Layer, *, marked: bool, named: bool
) -> bool:
    """Give a phrase its part; whether a word that marks a grouping still waits for its noun.

    With `named` another phrase is the metric for certain, so that a noun that could be either is a dimension.
    """
    if phrase.means("period"):
        meaning = phrase.means("period")[0]
        since, _, until = meaning.value.partition("/")
        told.periods.append(Period.model_validate({"since": since, "until": until}))
        return marked
    metrics = [one.id for one in phrase.means("metric")]
    dimensions = _dimensions(phrase)
    if dimensions and (marked or named or not metrics):
        (told.marked if marked else told.plain).append(_fitting(dimensions, told, layer))
        return False
    if metrics:
        told.metrics.append(metrics[0])
        return marked
    if phrase.means("value"):
        told.values.append(phrase.means("value"))
        return False
    if phrase.means("ranked"):
        told.words.add("top")
        told.numbers.append(int(phrase.means("ranked")[0].value))
        return True
    words = {one.id for one in phrase.means("word")} & _WORDS
    if words:
        told.words |= words
        return marked or bool(words & _MARKS)
    if phrase.means("filler"):
        return marked
    raise PlanUnfit("word", phrase.text)


def _fitting(dimensions: list[str], told: _Told, layer: Layer) -> str:
    """Of several dimensions of one name that which the metric named so far is seen by."""
    for metric in told.metrics:
        allowed = (*layer.dimensions_of(metric), *GRAINS)
        for one in dimensions:
            if one in allowed:
                return one
    return dimensions[0]


def _settled(told: _Told, layer: Layer) -> Plan:
    name = told.metrics[0]
    metric = layer.metrics[name]
    filters = _filters(told.values, layer, name)
    by = [_same(one, layer, name) for one in told.marked]
    for one in told.plain:
        held = {one, *(layer.dimensions[one].holds if one in layer.dimensions else ())}
        if one not in metric.about and not held & filters.keys():
            by.append(_same(one, layer, name))
    by = [one for one in dict.fromkeys(by) if one not in filters]
    for word in told.words & _ASKS.keys():
        if metric.format not in _ASKS[word]:
            raise PlanUnfit("asks", name, word)
    if metric.count and not (by or told.words & {"how_many", "number", "how_much", "total", "top"}):
        raise PlanUnfit("no_metric")
    aggregation, top, least = _extremes(told, metric.aggregations, by)
    if aggregation == metric.aggregations[0]:
        aggregation = None
    if len(by) > MOST_GROUPS:
        raise PlanUnfit("groups", name)
    return Plan(
        metric=name,
        by=tuple(by),
        filters=filters,
        period=told.periods[0] if told.periods else None,
        aggregation=aggregation,
        top=top,
        least=least,
    )


def _same(dimension: str, layer: Layer, metric: str) -> str:
    """The dimension that the metric is seen by, of those with the same word."""
    allowed = (*layer.dimensions_of(metric), *GRAINS)
    if dimension in allowed or dimension not in layer.dimensions:
        return dimension
    terms = {term for several in layer.dimensions[dimension].terms.values() for term in several}
    for other in allowed:
        if other in layer.dimensions:
            alike = {term for several in layer.dimensions[other].terms.values() for term in several}
            if terms & alike:
                return other
    return dimension


def _filters(values: Iterable[tuple[Meaning, ...]], layer: Layer, metric: str) -> dict[str, tuple[str, ...]]:
    """What the metric is filtered by; each value must be one of a single dimension that it is seen by."""
    allowed = layer.dimensions_of(metric)
    found: dict[str, tuple[str, ...]] = {}
    for meanings in values:
        fitting = [one for one in meanings if one.id in allowed]
        if not fitting:
            raise PlanUnfit("dimension", metric, meanings[0].id)
        if len({one.id for one in fitting}) > 1:
            raise PlanUnfit("value", metric, fitting[0].id)
        name = fitting[0].id
        found[name] = tuple(dict.fromkeys((*found.get(name, ()), *(one.value for one in fitting))))
    return found


def _extremes(
    told: _Told, aggregations: tuple[Aggregation, ...], by: list[str]
) -> tuple[Aggregation | None, int | None, bool]:
    """The aggregation, how many of a ranking, and whether the least come first."""
    most, least = told.words & {"most", "longest"}, told.words & {"least", "shortest"}
    if most and least:
        raise PlanUnfit("extremes")
    aggregation: Aggregation | None = None
    if "average" in told.words:
        aggregation = "avg"
    elif "total" in told.words:
        aggregation = "sum"
    if "top" in told.words:
        return aggregation, told.numbers[0] if told.numbers else 5, bool(least)
    if not most and not least:
        return aggregation, None, False
    extreme: Aggregation = "max" if most else "min"
    ranked = len(by) == 1 and (
        "which" in told.words or extreme not in aggregations or "each" not in told.words
    )
    if ranked:
        return aggregation, 1, bool(least)
    if aggregation is not None:
        raise PlanUnfit("extremes")
    return extreme, None, False
