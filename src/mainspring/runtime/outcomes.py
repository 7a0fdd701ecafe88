"""What a handler says of a job: done, people must be asked, failed, or a BPMN error."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from mainspring.engine.commands import TaskSpec
from mainspring.runtime.jobs import Job
from mainspring.store import Tx


@dataclass(frozen=True, slots=True)
class Complete:
    """The job is done with these variables. `result` is for ad-hoc sub-processes (what to do next)."""

    variables: Mapping[str, Any] = field(default_factory=dict)
    result: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """People are asked; the job comes back with their `answers`. `kind` is review or approval."""

    kind: str
    tasks: tuple[TaskSpec, ...]


@dataclass(frozen=True, slots=True)
class Fail:
    """This attempt failed; what it wrote is undone. `retry_in`: wait so long; `retries` None: one fewer."""

    message: str
    retry_in: timedelta | None = None
    retries: int | None = None


@dataclass(frozen=True, slots=True)
class ThrowError:
    """A BPMN error that the process may catch."""

    code: str
    message: str = ""
    variables: Mapping[str, Any] = field(default_factory=dict)


Outcome = Complete | Ask | Fail | ThrowError


class Work(Protocol):
    """What a handler gets besides the job: `tx` the open transaction, `now` the present, `keys` for new keys.

    A costly handler has no transaction (`tx` raises) but `step`.
    """

    now: datetime
    keys: Callable[[], int]

    @property
    def tx(self) -> Tx:
        """The open transaction, in which the job will be completed."""
        ...

    def step(self, name: str, do: Callable[[], Any], *, repeatable: bool = False) -> Any:
        """Do a costly step once: its outcome is kept in the journal, and given again after a crash."""
        ...


Handler = Callable[[Job, Work], Outcome]
"""May have attributes: `costly` (runs outside a transaction, with a step journal), `actor` (as whom)."""
