"""The company's processes as they are right now."""

from mainspring.web.shapes.parts import KeyText, Shape


class WaitShape(Shape):
    """Tasks that wait for a group ("" when for named people)."""

    group: str
    count: int
    late: int


class ProcessCard(Shape):
    """A process in the landscape; shares in [0, 1], null where nothing was counted."""

    key: KeyText
    id: str
    name: str
    version: int
    active: int
    completed: int
    terminated: int
    waiting: int
    waiting_for: list[WaitShape]
    late: int
    incidents: int
    penetration: float | None
    aar: float | None


class Landscape(Shape):
    """All deployed processes that I may see."""

    processes: list[ProcessCard]


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
