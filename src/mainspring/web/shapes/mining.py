"""Process mining on our own cases. Activities by id, with `names`; times in seconds, shares in [0, 1]."""

from typing import Annotated

from pydantic import Field

from mainspring.web.shapes.parts import Shape, Titles, When

Names = dict[str, str]


class MapActivity(Shape):
    """An activity of the map and how often it happened."""

    id: str
    name: str
    times: int


class MapPath(Shape):
    """A step of the map; null stands for the begin or the end of cases."""

    before: str | None
    after: str | None
    times: int
    mean_s: float
    median_s: float
    p95_s: float


class MapShape(Shape):
    """The directly-follows map of the most frequent activities and steps; how many there are in all."""

    activities: list[MapActivity]
    paths: list[MapPath]
    all_activities: int
    all_paths: int


class VariantShape(Shape):
    """A sequence of activities, how many cases took it, and how long they took."""

    digest: str
    activities: list[str]
    cases: int
    share: float
    median_s: float


class VariantsShape(Shape):
    """The most frequent variants, and how many there are; the cases of all."""

    names: Names
    items: list[VariantShape]
    total: int
    cases: int


class StepTime(Shape):
    """A step with the time of all cases in it and its share of all their time."""

    before: str
    after: str
    times: int
    total_s: float
    share: float


class WaitingCauses(Shape):
    """Seconds that work waited before an activity, by cause."""

    activity: str
    batching: float
    prioritisation: float
    contention: float
    unavailability: float
    extraneous: float


class WaitingShape(Shape):
    """On which steps the time goes, and why work waits."""

    names: Names
    steps: list[StepTime]
    causes: list[WaitingCauses]


class ReworkShape(Shape):
    """An activity done again: in how many cases, their share, repetitions in all."""

    activity: str
    cases: int
    share: float
    repeated: int


class HandoverShape(Shape):
    """How often work went from one to another."""

    before: Titles
    after: Titles
    times: int


class HandsShape(Shape):
    """What is done again, and who hands over to whom."""

    names: Names
    rework: list[ReworkShape]
    handovers: list[HandoverShape]


class DifferenceShape(Shape):
    """An activity in a group of cases and in the rest: share of cases, median time before it, chance."""

    activity: str
    share: Annotated[list[float], Field(min_length=2, max_length=2)]
    median_s: Annotated[list[float | None], Field(min_length=2, max_length=2)]
    chance: float


class BranchShape(Shape):
    """Cases with something in common, and the share of them in the group."""

    rule: str
    cases: int
    share: float
    examples: list[str]
    branches: list["BranchShape"]


class ChangedStep(Shape):
    """A step whose share of all steps changed."""

    before: str
    after: str
    share: Annotated[list[float], Field(min_length=2, max_length=2)]


class DriftShape(Shape):
    """When the process began to run otherwise, and in which steps."""

    at: When
    changed: list[ChangedStep]


class NamedActivity(Shape):
    """An activity with its name."""

    id: str
    name: str


class DifferencesShape(Shape):
    """How a group of cases differs from the rest; only what is more than chance.

    `among`: only cases with this activity were compared; `activities` are those that can be chosen.
    """

    names: Names
    among: NamedActivity
    activities: list[str]
    cases: int
    in_group: int
    differences: list[DifferenceShape]
    causes: BranchShape
    drift: list[DriftShape]


class ReasonShape(Shape):
    """A deviation in words, with the numbers of some cases."""

    text: Titles
    cases: int
    examples: list[str]


class ConformingShape(Shape):
    """How ended cases fit a version of their model, from 0 to 1, and where they leave it."""

    version: int
    versions: list[int]
    fitness: float
    fitting: float
    reasons: list[ReasonShape]
