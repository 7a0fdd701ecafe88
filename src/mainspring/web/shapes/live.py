"""The company's processes as they are right now."""

from typing import Literal

from mainspring.web.shapes.parts import Exact, Shape


class WaitShape(Shape):
    """Tasks that wait for a group ("" when for named people)."""

    group: str
    count: int
    late: int


class Stake(Shape):
    """What is at stake in one currency."""

    currency: str
    amount: Exact


class ArchitecturePlace(Shape):
    """A place of the architecture with the figures of all that is below it.

    `level` is that of the landscape, 0 for what it does not name; `parent` the place above, counted from 0;
    `process` and `activity` are there where it is one of these, or a part of that process. Shares are in
    [0, 1], null where nothing was counted.
    """

    parent: int | None
    level: int
    name: str
    process: str | None
    activity: str | None
    running: int
    waiting: int
    waiting_for: list[WaitShape]
    late: int
    incidents: int
    penetration: float | None
    aar: float | None
    money: list[Stake]


class MoneyStage(Shape):
    """Money on its way, by currency: what waits in a stage, and how much of it is late."""

    stage: Literal["quoted", "ordered", "invoiced"]
    currency: str
    count: int
    amount: Exact
    late: Exact


class Landscape(Shape):
    """The architecture as far as I may see its processes, parents before what is below them.

    `plan` is the number of the landscape in force, 0 for the one that ships. Money, here and in the places,
    is for whom the company's figures are open.
    """

    plan: int
    places: list[ArchitecturePlace]
    money: list[MoneyStage]


class LiveElement(Shape):
    """Tokens in an element and those that left it; tasks that wait and incidents there."""

    active: int
    completed: int
    terminated: int
    waiting: int
    incidents: int


class LiveMap(Shape):
    """The elements of a version, by id."""

    elements: dict[str, LiveElement]
