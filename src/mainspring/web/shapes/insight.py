"""Simulations and proposals."""

from datetime import datetime
from typing import Any

from mainspring.web.shapes.parts import KeyText, Shape


class EstimateShape(Shape):
    """A mean over replications with its 95% interval."""

    mean: float
    low: float
    high: float


class OutcomeShape(Shape):
    """What replications gave: measures of a case, waiting by activity, how busy people were."""

    measures: dict[str, EstimateShape]
    waiting_by: dict[str, EstimateShape]
    utilisation: dict[str, EstimateShape]
    cases: int
    replications: int
    warm_up: int
    stuck: float
    why_stuck: str


class ActivityShape(Shape):
    """An activity that can be changed, and how many people do it."""

    element: str
    name: str
    people: int


class SimulationShape(Shape):
    """A process as it is and, where something was asked, as it would be; `gain` is before minus after."""

    process: str
    source: str
    groups: list[str]
    activities: list[ActivityShape]
    before: OutcomeShape
    after: OutcomeShape | None
    gain: dict[str, EstimateShape] | None


class BothLanguages(Shape):
    """Words in English and Chinese."""

    en: str
    zh: str


class MeasuredShape(Shape):
    """Figures before and after the release, and their difference (before minus after)."""

    cases: int
    before: dict[str, float]
    after: dict[str, float]
    gain: dict[str, float]


class ProposalShape(Shape):
    """What could be better: evidence, predicted gain of each measure, money a case, draft, and what came.

    `state` is proposed, opened, released or measured; `monthly_cost` is of further posts.
    """

    key: KeyText
    process: str
    state: str
    kind: str
    element: str
    name: str
    title: BothLanguages
    risk: BothLanguages
    evidence: dict[str, Any]
    monthly_cost: float
    worth: EstimateShape
    predicted: dict[str, EstimateShape]
    draft: dict[str, str]
    measured: MeasuredShape | None
    found_at: datetime
    released_at: datetime | None
