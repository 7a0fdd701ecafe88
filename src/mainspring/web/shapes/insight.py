"""Simulations and proposals."""

from mainspring.web.shapes.parts import Shape


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
