"""What is over in a scope and still matters: which people's steps and which effects on the outside it holds.

A return looks here for where it may lead and for what it may not pass. It is kept small: one entry an
element, the latest. Keys of tasks and jobs grow with time, so they are the order.
"""

from typing import Any


class Step:
    """A user task that was completed: the key of its (last) task, and who completed it."""

    __slots__ = ("person", "task")

    def __init__(self, task: int, person: str | None) -> None:
        self.task = task
        self.person = person


class Past:
    """Of one scope: element -> step; element -> when it acted outside; element -> when it was compensated."""

    __slots__ = ("effects", "steps", "undone")

    def __init__(self) -> None:
        self.steps: dict[str, Step] = {}
        self.effects: dict[str, int] = {}
        self.undone: dict[str, int] = {}

    def take(self, inner: "Past") -> None:
        """What happened in a scope that has ended happened in the one around it."""
        self.steps.update(inner.steps)
        self.effects.update(inner.effects)
        self.undone.update(inner.undone)

    def forget(self, elements: list[str]) -> None:
        """These elements will be done again: what they did before is no way back any more."""
        for element in elements:
            self.steps.pop(element, None)
            self.effects.pop(element, None)

    def rename(self, names: dict[str, str]) -> None:
        """Follow the element ids of another version."""
        self.steps = {names.get(element, element): step for element, step in self.steps.items()}
        self.effects = {names.get(element, element): at for element, at in self.effects.items()}
        self.undone = {names.get(element, element): at for element, at in self.undone.items()}

    def as_json(self) -> list[list[list[Any]]]:
        """In JSON form."""
        return [
            [[element, step.task, step.person] for element, step in self.steps.items()],
            [list(pair) for pair in self.effects.items()],
            [list(pair) for pair in self.undone.items()],
        ]

    @staticmethod
    def of_json(data: list[list[list[Any]]]) -> "Past":
        """From JSON form; numbers may have become Decimal."""
        past = Past()
        steps, effects, undone = data
        past.steps = {element: Step(int(task), person) for element, task, person in steps}
        past.effects = {element: int(at) for element, at in effects}
        past.undone = {element: int(at) for element, at in undone}
        return past
