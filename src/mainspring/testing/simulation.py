"""`Simulation`: try a process model in a few lines, on a virtual clock, in memory or on a real store."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Self

from mainspring.engine import approval_commands as ac
from mainspring.engine import commands as c
from mainspring.engine.events import Actor
from mainspring.runtime import AllowAll, Deployment, Job, Runtime, approvals, queries
from mainspring.runtime.outcomes import Complete, Fail, Outcome, ThrowError, Work
from mainspring.runtime.worker import Worker
from mainspring.simulation import Driver, VirtualClock
from mainspring.store import Store, open_store
from mainspring.store.keys import KeyGenerator
from mainspring.store.states import load

TESTER = Actor("person", "tester")
Source = str | Path | bytes


class BpmnError(Exception):
    """Raise it in a handler: the process may catch the error by its code."""

    def __init__(self, code: str, message: str = "", variables: Mapping[str, Any] | None = None) -> None:
        super().__init__(message or code)
        self.code = code
        self.message = message
        self.variables = dict(variables or {})


class JobFailure(Exception):  # noqa: N818 - what happens to the job, in the field's words
    """Raise it in a handler to fail the job with so many retries left (others leave one fewer)."""

    def __init__(self, message: str, retries: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.retries = retries


Handler = Callable[[Job], Mapping[str, Any] | None]


@dataclass(frozen=True, slots=True)
class InstanceView:
    """What became of an instance.

    Attributes:
        key: of the root instance.
        state: active, suspended, completed or terminated.
        variables: of the process instance.
        incidents: open ones.
        active: ids of the elements in which there are tokens, sorted.
        history: all events, in order.
    """

    key: int
    state: str
    variables: dict[str, Any]
    incidents: list[queries.Incident]
    active: list[str]
    history: list[queries.HistoryEntry]


class Simulation:
    """A runtime of its own, with a virtual clock and handlers as plain functions.

    Args:
        store: where to keep everything; None for SQLite in memory.
        reload_every_command: every command is its own transaction, after which all states are dropped and
            read back from the store for the next.
        start: where the virtual clock begins.
    """

    def __init__(
        self, store: Store | None = None, *, reload_every_command: bool = False, start: datetime | None = None
    ) -> None:
        self._own = store is None
        self.store = store if store is not None else open_store("sqlite://", "simulation")
        self.clock = VirtualClock(start) if start is not None else VirtualClock()
        keys = KeyGenerator(self.clock, self.store.node())
        self.runtime = Runtime(self.store, clock=self.clock, keys=keys, guard=AllowAll())
        self._reload = reload_every_command
        self._handlers: dict[str, Handler] = {}
        self._driver = self._new_driver()

    # Setting up

    def deploy(self, *sources: Source) -> Deployment:
        """Deploy files (paths, or bytes of BPMN, DMN or a form).

        Raises:
            DeploymentRefused: with the findings.
        """
        files = {}
        for number, source in enumerate(sources, 1):
            if isinstance(source, bytes):
                files[f"file-{number}{_suffix(source)}"] = source
            else:
                files[Path(source).name] = Path(source).read_bytes()
        try:
            return self.runtime.deploy(files, TESTER)
        finally:
            self._after()

    def on(self, job_type: str, handler: Handler) -> None:
        """Run `handler(job)` for jobs of this type; it gives variables, or raises."""
        self._handlers[job_type] = handler
        self._driver = self._new_driver()

    # Going on

    def start(
        self, process_id: str, variables: Mapping[str, Any] | None = None, *, business_key: str | None = None
    ) -> int:
        """Start the latest version; gives the key of the instance."""
        try:
            return self.runtime.start(process_id, variables or {}, actor=TESTER, business_key=business_key)
        finally:
            self._after()

    def publish(
        self,
        name: str,
        correlation_key: str = "",
        variables: Mapping[str, Any] | None = None,
        *,
        time_to_live: timedelta = timedelta(hours=1),
        message_id: str | None = None,
    ) -> int:
        """Publish a message; gives its key."""
        try:
            return self.runtime.publish(
                name,
                correlation_key,
                variables or {},
                actor=TESTER,
                time_to_live=time_to_live,
                message_id=message_id,
            )
        finally:
            self._after()

    def broadcast(self, signal: str, variables: Mapping[str, Any] | None = None) -> int:
        """Broadcast a signal; gives its key."""
        try:
            return self.runtime.broadcast(signal, variables or {}, actor=TESTER)
        finally:
            self._after()

    def execute(self, command: Any, *, actor: str = TESTER.id, instance: int | None = None) -> list[Any]:
        """Send a command of `mainspring.engine.commands`; gives its events."""
        try:
            return self.runtime.execute(command, actor=Actor("person", actor), instance=instance)
        finally:
            self._after()

    def run(self) -> None:
        """Go on until nothing can, without moving the clock."""
        self._driver.settle()

    def advance(self, seconds: float) -> None:
        """Let the virtual clock run, stopping at everything that falls due on the way."""
        self._driver.run(until=self.clock() + timedelta(seconds=seconds))

    # People

    def tasks(self, instance: int | None = None) -> list[queries.Task]:
        """Open tasks, oldest first."""
        with self.store.read() as tx:
            return queries.tasks(tx, instance=instance, limit=1_000_000)

    def complete(
        self,
        task: queries.Task | int,
        variables: Mapping[str, Any] | None = None,
        *,
        actor: str = TESTER.id,
        outcome: str = "completed",
    ) -> list[Any]:
        """Answer a task; gives the events."""
        return self.execute(c.CompleteTask(_key(task), dict(variables or {}), outcome), actor=actor)

    def return_task(
        self,
        task: queries.Task | int,
        to: str = ac.PREVIOUS,
        *,
        mode: str = ac.FORWARD,
        reason: str = "",
        actor: str = TESTER.id,
    ) -> list[Any]:
        """Send the case back to an earlier step; gives the events."""
        return self.execute(ac.ReturnTask(_key(task), to, mode, reason), actor=actor)

    def withdraw(self, instance: int, element: str | None = None, *, actor: str = TESTER.id) -> list[Any]:
        """Take one's own last step, or that of an element, back."""
        return self.execute(ac.WithdrawStep(instance, element), actor=actor)

    def revoke(self, instance: int, *, reason: str = "", actor: str = TESTER.id) -> list[Any]:
        """The initiator ends the case."""
        return self.execute(ac.RevokeInstance(instance, reason), actor=actor)

    def add_signers(
        self, task: queries.Task | int, *people: str, place: str = "beside", actor: str = TESTER.id
    ) -> list[Any]:
        """Ask further people to sign: before, after or beside."""
        return self.execute(ac.AddSigners(_key(task), people, place), actor=actor)

    def remove_signers(self, task: queries.Task | int, *people: str, actor: str = TESTER.id) -> list[Any]:
        """Ask these people no more."""
        return self.execute(ac.RemoveSigners(_key(task), people), actor=actor)

    def transfer(self, task: queries.Task | int, to: str, *, actor: str = TESTER.id) -> list[Any]:
        """Give the task to another person for good."""
        return self.execute(ac.TransferTask(_key(task), to), actor=actor)

    def delegate(self, task: queries.Task | int, to: str, *, actor: str = TESTER.id) -> list[Any]:
        """Let another person prepare the answer."""
        return self.execute(ac.DelegateTask(_key(task), to), actor=actor)

    def hand_over(self, person: str, to: str, *, actor: str = TESTER.id) -> approvals.HandedOver:
        """Give all open work of a person to another."""
        try:
            return approvals.hand_over(self.runtime, person, to, actor=Actor("person", actor))
        finally:
            self._after()

    def jump(self, instance: int, source: str, to: str, *, actor: str = TESTER.id) -> list[Any]:
        """Move the token in the element `source` to the element `to`."""
        with self.store.read() as tx:
            loaded = load(tx, instance)
            living = loaded.stream.living.items() if loaded is not None else ()
            key = next(key for key, (element, _) in living if element == source)
        return self.execute(ac.JumpTo(instance, key, to), actor=actor)

    def reopen(self, instance: int, at: str | None = None, *, actor: str = TESTER.id) -> list[Any]:
        """Let an ended case go on."""
        return self.execute(ac.ReopenInstance(instance, at), actor=actor)

    def options(self, task: queries.Task | int, *, actor: str = TESTER.id) -> approvals.Options:
        """What may be done with a task, and where a return may lead."""
        with self.store.read() as tx:
            return approvals.options_of(self.runtime, tx, _key(task), Actor("person", actor))

    # Looking

    def instance(self, key: int) -> InstanceView:
        """A root instance as it stands.

        Raises:
            NotFound: there is none of that key.
        """
        with self.store.read() as tx:
            loaded = load(tx, key)
            living = loaded.stream.living.values() if loaded is not None else ()
            return InstanceView(
                key,
                queries.instance(tx, key).state,
                queries.variables(tx, key),
                queries.incidents(tx, instance=key, limit=1_000_000),
                sorted(element for element, _ in living),
                queries.history(tx, key),
            )

    def instances(self, process_id: str | None = None) -> list[queries.Instance]:
        """All instances, oldest first."""
        with self.store.read() as tx:
            return queries.instances(tx, process_id=process_id, limit=1_000_000)

    def close(self) -> None:
        """Close the store if it is the simulation's own."""
        if self._own:
            self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Inside

    def _new_driver(self) -> Driver:
        handlers = {kind: _adapted(handler) for kind, handler in self._handlers.items()}
        worker = Worker(self.runtime, handlers, "simulation", batch=1 if self._reload else 64)
        return Driver(self.runtime, [worker], self.clock, between=self._after)

    def _after(self) -> None:
        if self._reload:
            self.runtime.forget()


def _adapted(handler: Handler) -> Callable[[Job, Work], Outcome]:
    def run(job: Job, work: Work) -> Outcome:
        del work
        try:
            return Complete(handler(job) or {})
        except BpmnError as error:
            return ThrowError(error.code, error.message, error.variables)
        except JobFailure as failure:
            return Fail(failure.message, retries=failure.retries)

    return run


def _key(task: queries.Task | int) -> int:
    return task if isinstance(task, int) else task.key


def _suffix(data: bytes) -> str:
    if data.lstrip()[:1] == b"{":
        return ".form"
    head = data[:4096]
    return ".dmn" if b"spec/DMN" in head or b"dmn.xsd" in head else ".bpmn"
