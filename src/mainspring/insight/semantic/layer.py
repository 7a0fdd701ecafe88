"""The layer itself: subjects, dimensions and metrics as YAML says them, held against the tables there are."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import Column

from mainspring.insight.errors import SemanticError
from mainspring.insight.semantic.lexicon import Meaning
from mainspring.store.tables import metadata

Words = Mapping[str, str]
Terms = Mapping[str, tuple[str, ...]]
Format = Literal["number", "money", "share", "duration"]
Aggregation = Literal["sum", "avg", "max", "min"]
OF_MEASURES = ("activity",)
"""Dimensions that the measures of the log are seen by."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Condition(_Part):
    """What a row must be like: a column is one of these, above a number, before now, there, or true."""

    column: str
    one_of: tuple[str, ...] | None = None
    above: int | None = None
    before_now: bool = False
    present: bool | None = None
    holds: bool | None = None


class Join(_Part):
    """A table beside the subject's: its columns and the columns they equal, or fixed texts."""

    match: Mapping[str, str] = Field(default_factory=dict)
    fixed: Mapping[str, str] = Field(default_factory=dict)


class Subject(_Part):
    """What rows are counted: a table, when each happened, whose currency, what it may be seen by.

    Attributes:
        by: dimension to its column, `table.column`.
        where: what belongs to the subject at all.
    """

    table: str
    at: str
    joins: Mapping[str, Join] = Field(default_factory=dict)
    currency: str | None = None
    by: Mapping[str, str]
    where: tuple[Condition, ...] = ()


class Value(_Part):
    """What is reckoned of a row: that it is there, a column, the seconds between two, or whether it fits."""

    column: str | None = None
    seconds: tuple[str, str] | None = None
    share_of: tuple[Condition, ...] | None = None


class Metric(_Part):
    """A figure.

    Attributes:
        means: its definition in words.
        subject: whose rows; None for a measure of the log.
        measure: the key of a measure of the log (`docs/measures.md`).
        count: it counts rows, so that its noun alone is no question.
        about: dimensions whose noun says nothing new beside it.
        aggregations: which make sense; the first is meant where none is said.
    """

    title: Words
    means: Words
    terms: Terms
    format: Format = "number"
    subject: str | None = None
    measure: str | None = None
    value: Value = Value()
    where: tuple[Condition, ...] = ()
    about: tuple[str, ...] = ()
    aggregations: tuple[Aggregation, ...] = ("sum",)
    currency: str | None = None

    @property
    def count(self) -> bool:
        """Whether it counts rows."""
        return self.measure is None and self.value == Value()


class Label(_Part):
    """Where the names of a dimension's values stand."""

    table: str
    key: str
    en: str
    zh: str


class Dimension(_Part):
    """What figures are seen by.

    Attributes:
        values: the values that have names of their own: names by language, the first is the title.
        label: the table with the names of the others.
        names: names that the application knows (employee, process, activity, person).
        link: the page of a value, with `{value}`.
        counts: the metric that is meant where a value is named and no metric.
        holds: dimensions that say more about the same thing.
    """

    title: Words
    terms: Terms
    values: Mapping[str, Terms] = Field(default_factory=dict)
    label: Label | None = None
    names: str | None = None
    link: str | None = None
    counts: str | None = None
    holds: tuple[str, ...] = ()


class Layer(_Part):
    """All of it, by id."""

    subjects: Mapping[str, Subject] = Field(default_factory=dict)
    dimensions: Mapping[str, Dimension] = Field(default_factory=dict)
    metrics: Mapping[str, Metric] = Field(default_factory=dict)

    def dimensions_of(self, metric: str) -> tuple[str, ...]:
        """What a metric may be seen by, months and the like left out."""
        one = self.metrics[metric]
        return OF_MEASURES if one.subject is None else tuple(self.subjects[one.subject].by)

    def terms(self) -> Iterator[tuple[str, Meaning]]:
        """The terms of metrics, dimensions and their named values."""
        for name, metric in self.metrics.items():
            yield from ((term, Meaning("metric", name)) for term in _all(metric.terms))
        for name, dimension in self.dimensions.items():
            yield from ((term, Meaning("dimension", name)) for term in _all(dimension.terms))
            for value, terms in dimension.values.items():
                yield from ((term, Meaning("value", name, value)) for term in _all(terms))


def _all(terms: Terms) -> Iterator[str]:
    for several in terms.values():
        yield from several


def read(texts: Iterable[tuple[str, str]]) -> Layer:
    """Read the layer from several files, later ones adding to earlier ones.

    Args:
        texts: pairs of a file's name and its YAML.

    Raises:
        SemanticError: not YAML, a field is wrong, something is named twice, or names no table or column.
    """
    merged: dict[str, dict[str, Any]] = {"subjects": {}, "dimensions": {}, "metrics": {}}
    for name, text in texts:
        layer = _read(name, text)
        for part, known in merged.items():
            added = getattr(layer, part)
            twice = known.keys() & added.keys()
            if twice:
                raise SemanticError(
                    f"{part} named twice: {', '.join(sorted(twice))}", where=name, mend="Choose other names."
                )
            known.update(added)
    layer = Layer(**merged)
    _hold(layer)
    return layer


def _read(name: str, text: str) -> Layer:
    try:
        return Layer.model_validate(yaml.safe_load(text) or {})
    except yaml.YAMLError as error:
        raise SemanticError(f"not valid YAML: {error}", where=name) from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise SemanticError(first["msg"], where=f"{name}, {place}", mend="Correct the field.") from error


def column(path: str) -> Column[Any]:
    """The column of a path `table.column`.

    Raises:
        SemanticError: there is no such column.
    """
    table, _, name = path.partition(".")
    if table not in metadata.tables or name not in metadata.tables[table].c:
        raise SemanticError(f"there is no column {path}", mend="Name table.column of the database.")
    found: Column[Any] = metadata.tables[table].c[name]
    return found


def _hold(layer: Layer) -> None:
    """Hold every name in the layer against what it names."""
    for name, subject in layer.subjects.items():
        paths = [subject.at, *subject.by.values(), *([subject.currency] if subject.currency else [])]
        paths += [one.column for one in subject.where]
        for table, join in subject.joins.items():
            paths += [*join.match.values(), *(f"{table}.{own}" for own in (*join.match, *join.fixed))]
        _columns(paths, {subject.table, *subject.joins}, f"subject {name}")
        _known(subject.by, layer.dimensions, f"subject {name}")
    for name, metric in layer.metrics.items():
        where = f"metric {name}"
        if (metric.subject is None) == (metric.measure is None):
            raise SemanticError("it needs either a subject or a measure", where=where)
        _known(metric.about, layer.dimensions, where)
        if metric.subject is not None:
            _known([metric.subject], layer.subjects, where)
            subject = layer.subjects[metric.subject]
            value = metric.value
            paths = [*(value.seconds or ()), *([value.column] if value.column else [])]
            paths += [one.column for one in (*metric.where, *(value.share_of or ()))]
            _columns(paths, {subject.table, *subject.joins}, where)
    for name, dimension in layer.dimensions.items():
        _known(dimension.holds, layer.dimensions, f"dimension {name}")
        _known([dimension.counts] if dimension.counts else [], layer.metrics, f"dimension {name}")
        if dimension.label is not None:
            one = dimension.label
            _columns([f"{one.table}.{each}" for each in (one.key, one.en, one.zh)], {one.table}, name)


def _columns(paths: Iterable[str], tables: set[str], where: str) -> None:
    for path in paths:
        column(path)
        if path.partition(".")[0] not in tables:
            raise SemanticError(f"{path} is of a table that is not joined", where=where, mend="Join it.")


def _known(names: Iterable[str], among: Mapping[str, Any], where: str) -> None:
    missing = [name for name in names if name not in among]
    if missing:
        raise SemanticError(f"nothing is called {', '.join(missing)}", where=where)
