"""The guard port: who may send which command. `govern` fills it; without a guard everything is denied."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, NamedTuple, Protocol

from mainspring.engine.events import Actor
from mainspring.runtime.errors import Denied
from mainspring.store import Tx


class Deploy(NamedTuple):
    """Asked of the guard when files are to be deployed."""

    names: tuple[str, ...]


class Start(NamedTuple):
    """Asked of the guard when an instance is to start."""

    process_id: str
    variables: Mapping[str, Any]
    business_key: str | None = None


class Publish(NamedTuple):
    """Asked of the guard when a message is to be published."""

    name: str
    correlation_key: str
    variables: Mapping[str, Any]
    time_to_live: timedelta
    message_id: str | None = None


class Broadcast(NamedTuple):
    """Asked of the guard when a signal is to be broadcast."""

    name: str
    variables: Mapping[str, Any]


class Delete(NamedTuple):
    """Asked of the guard when an instance that has ended is to be deleted."""

    instance: int


class TaskFacts(NamedTuple):
    """What the guard may want to know of a task."""

    key: int
    kind: str
    name: str
    assignee: str | None
    candidate_users: tuple[str, ...]
    candidate_groups: tuple[str, ...]
    payload: Mapping[str, Any]


class Facts(NamedTuple):
    """What a command is about; None where it does not apply or is not known.

    `initiator` is the person who started the case, `added_by` who added the signers that are to be removed
    (None: the model named one).
    """

    instance: int | None = None
    process_id: str | None = None
    element: str | None = None
    element_key: int | None = None
    job_type: str | None = None
    task: TaskFacts | None = None
    initiator: str | None = None
    added_by: tuple[str | None, ...] = ()


class Guard(Protocol):
    """Says whether an actor may send a command."""

    def check(self, tx: Tx, actor: Actor, command: Any, facts: Facts) -> None:
        """Return when it is allowed.

        Args:
            tx: the command's transaction.
            actor: who asks.
            command: an engine command, or one of the requests of this module.
            facts: what it is about.

        Raises:
            Denied: it is not allowed, with the reason.
        """
        ...


class DenyAll:
    """The guard when none is given."""

    def check(self, tx: Tx, actor: Actor, command: Any, facts: Facts) -> None:
        """Deny."""
        del tx, facts
        raise Denied(
            f"{actor.kind} {actor.id} may not send {type(command).__name__}",
            mend="No guard is configured: give the runtime one.",
        )


class AllowAll:
    """A guard that allows everything: for tests and simulations."""

    def check(self, tx: Tx, actor: Actor, command: Any, facts: Facts) -> None:
        """Allow."""
