"""A digest in words: its parts as tables of text, in one language; the same for mail, PDF and screen."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

import yaml

from mainspring.app.digest.collect import MOST, Content

Language = Literal["en", "zh"]
_MONEY = frozenset({"amount", "open", "expected", "low", "high", "net", "margin", "cost"})
_COUNTS = frozenset({"invoices", "days_late", "left", "activities", "alone", "corrected", "calls"})
_LARGE = 100
FIGURES = _MONEY | _COUNTS | {"share", "value", "target"}
"""Columns that stand to the right."""


class Section(NamedTuple):
    """A part: its title, what is said under it, the names and heads of its columns, and its rows.

    `links`: for each row the path of its page in the workbench, "" where it has none.
    """

    name: str
    title: str
    note: str
    columns: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    links: tuple[str, ...]


class Digest(NamedTuple):
    """A digest as it is read."""

    kind: str
    day: str
    language: Language
    title: str
    sections: tuple[Section, ...]
    foot: str


def said(content: Content, language: Language) -> Digest:
    """The content in words; decisions first, since they are what the reader can change."""
    word = _Words(language)
    decisions, margins = content["decisions"], content["margins"]
    parts = [
        word.section(
            "decisions", ("what", "case", "amount", "since"), map(_decision(word), decisions["rows"])
        )
    ]
    tasks = tuple(f"/inbox/{row['task']}" for row in decisions["rows"])
    parts[0] = parts[0]._replace(note=word("decisions_note", waiting=decisions["waiting"]), links=tasks)
    overdue = ("customer", "currency", "open", "invoices", "days_late")
    parts.append(word.section("overdue", overdue, content["overdue"]))
    for one in content["cash"]:
        weeks = [{**week, "when": word("week", number=week["number"])} for week in one["weeks"]]
        made = word.section("cash", ("when", "expected", "low", "high"), weeks)
        note = word("cash_note", later=_money(one["later"]), unknown=_money(one["unknown"]))
        parts.append(made._replace(title=f"{made.title} · {one['currency']}", note=note))
    columns = ("order_no", "customer_id", "currency", "net", "margin", "share")
    made = word.section("margins", columns, margins["rows"])
    parts.append(made._replace(note=word("margins_note", orders=margins["orders"])))
    parts.append(
        word.section("late", ("order_no", "customer_id", "wanted", "days_late", "left"), content["late"])
    )
    did = ("agent", "activities", "alone", "corrected", "calls", "cost")
    parts.append(word.section("employees", did, content["employees"]))
    if "targets" in content:
        rows = [_target(one, word) for one in content["targets"]]
        parts.insert(1, word.section("targets", ("measure", "value", "target", "met_column"), rows))
    span = {name: _moment(content[name]) for name in ("since", "until")}
    foot = word("foot", zone=content["time_zone"], **span)
    kind, day = content["kind"], content["day"]
    return Digest(kind, day, language, f"{word(kind)} · {day}", tuple(parts), foot)


class _Words:
    """The words of one language."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self._place = 0 if language == "en" else 1

    def __call__(self, name: str, **values: Any) -> str:
        return str(_words()[name][self._place]).format(**values)

    def known(self, name: str) -> str:
        """The word, or the name itself where there is none."""
        return self(name) if name in _words() else name

    def section(self, name: str, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Section:
        """A table; what is behind its first rows is counted."""
        told = list(rows)
        made = tuple(tuple(_value(column, row.get(column)) for column in columns) for row in told[:MOST])
        more = len(told) - MOST
        note = self("more", count=more) if more > 0 else "" if told else self("none")
        heads = tuple(map(self, columns))
        return Section(name, self(name), note, tuple(columns), heads, made, ("",) * len(made))

    def half(self, name: str) -> str:
        """Of "English · 中文" the half of this language."""
        english, _, chinese = name.partition(" · ")
        return chinese or english if self.language == "zh" else english


def _decision(word: _Words) -> Any:
    def shown(row: Mapping[str, Any]) -> dict[str, Any]:
        return {**row, "what": word.half(row["what"]), "since": _moment(row["since"])}

    return shown


def _target(one: Mapping[str, Any], word: _Words) -> dict[str, str]:
    result = "no_data" if one["met"] is None else "met" if one["met"] else "missed"
    value = "" if one["value"] is None else f"{one['value']:,.{_digits(one['value'])}f}"
    name = word.known(one["measure"])
    return {"measure": name, "value": value, "target": one["target"], "met_column": word(result)}


def _digits(value: float) -> int:
    """Behind the point: few where the number is large, so that a share and seconds are both legible."""
    return 0 if value >= _LARGE else 1 if value >= 1 else 3


def _value(column: str, value: Any) -> str:
    if value is None or value == "":
        return "–"
    if column == "share":
        return f"{Decimal(value):.1%}"
    return _money(value) if column in _MONEY else str(value)


def _money(amount: str) -> str:
    return f"{Decimal(amount):,.2f}"


def _moment(said_: str) -> str:
    return f"{datetime.fromisoformat(said_):%Y-%m-%d %H:%M}"


@cache
def _words() -> Mapping[str, Sequence[str]]:
    text = files("mainspring.app.digest").joinpath("words.yaml").read_text("utf-8")
    found: Mapping[str, Sequence[str]] = yaml.safe_load(text)
    return found
