"""Windows of the long lists, and how many rows a list has in all."""

from typing import Any

from mainspring.web.shapes.cases import InstanceShape
from mainspring.web.shapes.parts import Exact, Shape
from mainspring.web.shapes.tasks import BriefTask


class TaskLine(BriefTask):
    """A row of the inbox: for whom it is and how much money is at stake, where the case says so."""

    who: str | None
    amount: Exact | None
    currency: str | None


class TaskWindow(Shape):
    """Rows of the inbox from a place on, the most urgent first; `total` is how many the whole list has."""

    items: list[TaskLine]
    total: int


class CaseWindow(Shape):
    """Rows of the table of cases from a place on, the newest first; `total` as above."""

    items: list[InstanceShape]
    total: int


class Queues(Shape):
    """How many tasks wait: in all, by kind, and past due."""

    all: int
    task: int
    review: int
    approval: int
    late: int


class Preferences(Shape):
    """What I keep here for myself, by name."""

    values: dict[str, Any]
