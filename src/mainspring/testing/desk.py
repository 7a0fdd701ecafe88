"""A desk for engine tests: deploy a drawing, start it, see who works on what.

Every command is preceded by a persist, drop and reload, so that each test is also one of the log and the
snapshot.
"""

from decimal import Decimal
from typing import Any

from mainspring.engine import commands as c
from mainspring.testing.drawings import Drawing
from mainspring.testing.memory import Memory, Stream


class Desk(Memory):
    """One process under test; `root` is its instance, `log` every event so far."""

    def __init__(self) -> None:
        super().__init__(reload=True)
        self.root = 0
        self.log: list[Any] = []

    def begin(self, drawing: Drawing, **variables: Any) -> "Desk":
        """Deploy and start a drawing."""
        first = self.deploy(drawing.xml())[-1]
        self.root = self.start(first, variables)
        return self

    def begin_as(self, person: str, drawing: Drawing, **variables: Any) -> "Desk":
        """Deploy a drawing; a person starts it."""
        first = self.deploy(drawing.xml())[-1]
        self.root = self.start(first, variables, initiator=person)
        return self

    def _note(self, stream: Stream, event: Any) -> None:
        super()._note(stream, event)
        self.log.append(event)

    @property
    def state(self) -> Any:
        """The state of the instance under test."""
        return self.streams[self.root].state

    @property
    def open(self) -> list[str]:
        """The job types that wait for a worker, sorted."""
        return sorted(job.created.type for job in self.jobs.values())

    def do(self, job_type: str, **variables: Any) -> "Desk":
        """Complete the oldest job of that type."""
        job = next(job for job in self.jobs.values() if job.created.type == job_type)
        self.send(c.CompleteJob(job.key, variables))
        return self

    def send(self, command: Any) -> list[Any]:
        """Send a command to the instance under test."""
        return self.execute(self.root, command)

    def of(self, kind: type) -> list[Any]:
        """The events of one kind so far."""
        return [event for event in self.log if type(event) is kind]

    def task(self, element: str, person: str | None = None) -> int:
        """The oldest open task of an element (assigned to that person)."""
        tasks = self.state.tasks.items()
        where = self.state.elements
        return next(
            int(key)
            for key, task in tasks
            if where[task.element_key].element == element and person in {None, task.assignee}
        )

    def answer(self, element: str, person: str, outcome: str = "completed", **variables: Any) -> list[Any]:
        """The person answers the element's oldest task that is theirs, or anybody's."""
        waiting = [
            (task.assignee != person, key)
            for key, task in self.state.tasks.items()
            if self.state.elements[task.element_key].element == element and task.assignee in {None, person}
        ]
        actor = {"kind": "person", "id": person}
        return self.send(c.CompleteTask(min(waiting)[1], variables, outcome, actor))

    @property
    def waiting(self) -> list[str]:
        """Who waits where: `element:person` of each open task, sorted."""
        where = self.state.elements
        return sorted(
            f"{where[task.element_key].element}:{task.assignee or ''}" for task in self.state.tasks.values()
        )

    @property
    def variables(self) -> dict[str, Any]:
        """The variables of the process instance."""
        values = self.state.elements[self.root].variables or {}
        return {name: int(v) if isinstance(v, Decimal) else v for name, v in values.items()}

    @property
    def incident(self) -> Any:
        """The one open incident."""
        [incident] = self.state.incidents.values()
        return incident

    def resolve(self) -> None:
        """Resolve the one open incident."""
        [key] = self.state.incidents
        self.send(c.ResolveIncident(key))

    def record(self, element: str) -> Any:
        """The first active instance of an element."""
        return next(r for r in self.state.elements.values() if r.element == element)

    @property
    def ended(self) -> bool:
        """Whether the instance has completed."""
        return bool(self.state.outcome == "completed")
