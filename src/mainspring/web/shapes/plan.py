"""The plan: landscape, scenes in their quadrants, autonomy of processes, steps of 180 days."""

from datetime import date
from typing import Literal

from mainspring.insight.plan.landscape import Node
from mainspring.web.shapes.parts import Exact, Shape, Titles


class NodeShape(Shape):
    """A row of the landscape with its name and its place from the domain down."""

    node: Node
    title: str
    path: list[str]


class SceneShape(Shape):
    """A scene: means from 1 to 5, its quadrant, and the share of other weights that leave it there."""

    row: int
    title: str
    process: str
    activity: str
    value: float
    difficulty: float
    quadrant: Literal["quick_win", "strategic", "experiment", "avoid"]
    certainty: float


class DemandShape(Shape):
    """A fact that a level asks for; `have` is null where nothing was measured."""

    level: int
    name: str
    title: Titles
    have: float | None
    need: float
    met: bool


class AutonomyShape(Shape):
    """How far a process is, 0 to 5, and what is missing for the next level."""

    process: str
    level: int
    title: Titles
    demands: list[DemandShape]
    missing: list[DemandShape]


class StepShape(Shape):
    """A scene in its phase with the measure that tells, today and at its target."""

    phase: Literal["pilot", "end_to_end", "reorganise"]
    due: date
    scene: SceneShape
    measure: Literal["penetration", "aar"]
    now: float | None
    target: float
    reached: bool


class PlanShape(Shape):
    """The plan in force; number 0 is the one that ships."""

    number: int
    weights: dict[str, Exact]
    nodes: list[NodeShape]
    scenes: list[SceneShape]
    autonomy: list[AutonomyShape]
    steps: list[StepShape]


class PlanPut(Shape):
    """A plan was put in force."""

    number: int
    rows: int
