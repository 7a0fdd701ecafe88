"""Digests as they are read, when they come, and targets of measures."""

from typing import Literal

from mainspring.web.shapes.parts import Shape, When


class SectionShape(Shape):
    """A part of a digest: names and heads of its columns, its rows as text, the path of each row's page."""

    name: str
    title: str
    note: str
    columns: list[str]
    heads: list[str]
    rows: list[list[str]]
    links: list[str]


class DigestShape(Shape):
    """A digest in one language."""

    kind: Literal["daily", "weekly"]
    day: str
    language: Literal["en", "zh"]
    title: str
    sections: list[SectionShape]
    foot: str


class TargetStanding(Shape):
    """How a measure stands; `met` is null without data, `since` is when its open alarm was raised."""

    measure: str
    target: str
    value: float | None
    met: bool | None
    since: When | None


class TargetsShape(Shape):
    """The targets in force as YAML (number 0: none were set), and how each stands."""

    number: int
    text: str
    days: int
    items: list[TargetStanding]
