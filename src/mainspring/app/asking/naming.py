"""What people call cases, steps, tasks and those who act, with their pages."""

from typing import Any

from mainspring.app.asking.answer import Cell, Link
from mainspring.app.asking.question import Asked
from mainspring.runtime import queries
from mainspring.runtime.queries import Instance, Task


def title(one: Instance) -> str:
    """What people call a case."""
    return one.business_key or str(one.key)


def link(one: Instance) -> Link:
    """The page of a case."""
    return Link(title=title(one), to=f"/cases/{one.root}")


def name(asked: Asked, element: str) -> str:
    """What people call a step."""
    return asked.title(asked.names.get(element, element))


def task_title(asked: Asked, task: Task) -> str:
    """What a task asks, as lists show it."""
    made: Any = task.payload.get("title")
    return asked.title(made if isinstance(made, dict) else task.name)


def actor(asked: Asked, kind: str, who_id: str) -> Cell:
    """Who did something, with the page of a digital employee."""
    agent = next((one for one in asked.house.pack.agents if kind == "agent" and one.id == who_id), None)
    return Cell(text=who_id) if agent is None else Cell(text=asked.title(agent.title), to=f"/team/{who_id}")


def seen(asked: Asked) -> frozenset[str]:
    """The processes whose cases may be seen."""
    deployed = {one.id for one in queries.deployed(asked.tx, kind="process")}
    return frozenset(one for one in deployed if asked.may_see(one))
