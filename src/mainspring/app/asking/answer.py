"""An answer as it is handed out: sentence, table, bars, what was understood, links, proposed actions."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from mainspring.insight.semantic import Plan

Language = Literal["en", "zh"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_serialization_defaults_required=True)


class Link(_Part):
    """A page of the workbench where the source stands."""

    title: str
    to: str


class Cell(_Part):
    """A cell of the table, with the page behind it."""

    text: str
    to: str | None = None


class Bar(_Part):
    """A bar of the chart: its part of the longest, from 0 to 1, and the figure in words."""

    label: str
    part: float
    text: str
    to: str | None = None


class Proposal(_Part):
    """What could be done now; it goes the usual way, with its permission, when the person confirms it."""

    kind: Literal["claim", "remind", "retry"]
    key: str
    title: str


class Answer(_Part):
    """What is known about a question.

    Attributes:
        answered: whether it could be said; else `sentence` says why not and `nearest` what could.
        kind: of the question, as `docs/copilot.md` lists them; empty where it was not understood.
        understood: the question as it was understood, in words.
        unknown: the words that were not understood.
        query: the statement behind a figure, without values.
        source: `grammar`, or the profile of the model that chose the plan.
    """

    question: str
    language: Language
    answered: bool
    kind: str = ""
    sentence: str
    understood: list[str] = Field(default_factory=list)
    columns: list[str] = Field(default_factory=list)
    rows: list[list[Cell]] = Field(default_factory=list)
    bars: list[Bar] = Field(default_factory=list)
    links: list[Link] = Field(default_factory=list)
    proposals: list[Proposal] = Field(default_factory=list)
    unknown: list[str] = Field(default_factory=list)
    nearest: list[str] = Field(default_factory=list)
    plan: Plan | None = None
    query: str = ""
    source: str = "grammar"


class Said(_Part):
    """What one kind of question has to say; `Answer` without what is known before."""

    sentence: str
    columns: list[str] = Field(default_factory=list)
    rows: list[list[Cell]] = Field(default_factory=list)
    bars: list[Bar] = Field(default_factory=list)
    links: list[Link] = Field(default_factory=list)
    proposals: list[Proposal] = Field(default_factory=list)
    understood: list[str] = Field(default_factory=list)
    query: str = ""
    plan: Plan | None = None


def cells(*values: Any) -> list[Cell]:
    """A row of a table; what is no cell yet becomes one."""
    return [
        value if isinstance(value, Cell) else Cell(text="–" if value in (None, "") else str(value))
        for value in values
    ]
