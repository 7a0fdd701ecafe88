"""The engine alone, in memory: streams, their logs, a virtual clock; no store, no rights, no network.

For tests and measurements of the engine itself; `Simulation` drives the whole runtime.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from typing import Any, NamedTuple

from mainspring import bpmn, dmn, engine
from mainspring.base.jsonio import dumps, loads
from mainspring.engine import commands as c
from mainspring.engine import events as e

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
MAX_ROUNDS = 100_000
"""Commands of one `run`; more means that the models never stand still."""


class Stream:
    """One root instance: its state and its log as written."""

    __slots__ = ("log", "state")

    def __init__(self) -> None:
        self.state = engine.State()
        self.log: list[tuple[str, bytes]] = []


class WaitingJob(NamedTuple):
    """A job that a worker may take now."""

    stream: Stream
    key: int
    created: e.JobCreated


class Message(NamedTuple):
    """A published message that nobody has taken yet."""

    name: str
    correlation_key: str
    variables: dict[str, Any]
    expires: datetime


Handler = Callable[[WaitingJob, dict[str, Any]], c.CompleteJob | c.FailJob | c.ThrowJobError | None]


class Memory:
    """Definitions, streams and messages; `reload` persists, drops and reloads before each command."""

    def __init__(self, *, reload: bool = False) -> None:
        self.reload = reload
        self.now = EPOCH
        self.definitions: dict[int, engine.Definition] = {}
        self.latest: dict[str, int] = {}
        self.decisions: dict[str, Callable[[dict[str, Any]], dmn.Result]] = {}
        self.streams: dict[int, Stream] = {}
        self.jobs: dict[int, WaitingJob] = {}
        self.messages: list[Message] = []
        self.incidents: list[e.IncidentRaised] = []
        self._keys = count(1)

    # Library

    def definition(self, key: int) -> engine.Definition:
        """The definition of that key."""
        return self.definitions[key]

    def process(
        self, process_id: str, binding: str, version_tag: str | None, caller_definition: int
    ) -> tuple[int, int, engine.Definition] | None:
        """The latest definition of that process."""
        del binding, version_tag, caller_definition
        key = self.latest.get(process_id)
        return None if key is None else (key, 1, self.definitions[key])

    def decision(
        self, decision_id: str, binding: str, version_tag: str | None, caller_definition: int
    ) -> Callable[[dict[str, Any]], dmn.Result] | None:
        """The decision of that id."""
        del binding, version_tag, caller_definition
        return self.decisions.get(decision_id)

    # Use

    def deploy(self, data: bytes, source: str = "model.bpmn") -> list[str]:
        """Check and compile every executable process of a model; the ids of the processes.

        Raises:
            ModelError: with the findings.
        """
        model = bpmn.read(data, source)
        bpmn.check(model)
        compiled = [engine.compile(model, p.id) for p in model.processes if p.executable]
        for definition in compiled:
            key = next(self._keys)
            self.definitions[key] = definition
            self.latest[definition.process_id] = key
        return [definition.process_id for definition in compiled]

    def deploy_decisions(self, data: bytes) -> None:
        """Make the decisions of a DMN model available."""
        model = dmn.load(data)
        for decision in model.decisions:
            self.decisions[decision.id] = partial(model.evaluate, decision.id)

    def start(
        self,
        process_id: str,
        variables: dict[str, Any] | None = None,
        element: str | None = None,
        initiator: str | None = None,
    ) -> int:
        """Start the latest version; the key of the instance."""
        stream = Stream()
        command = c.StartInstance(self.latest[process_id], variables or {}, element, initiator=initiator)
        self._execute(stream, command)
        return int(stream.state.root or 0)

    def execute(self, instance: int, command: Any) -> list[Any]:
        """Send a command to the stream of a root instance."""
        return self._execute(self.streams[instance], command)

    def publish(self, name: str, correlation_key: str, variables: dict[str, Any], seconds: int = 0) -> None:
        """Publish a message; it waits `seconds` for a receiver."""
        self.messages.append(Message(name, correlation_key, variables, self.now + timedelta(seconds=seconds)))
        self._deliver()

    def broadcast(
        self, name: str, variables: dict[str, Any] | None = None, but: Stream | None = None
    ) -> None:
        """Broadcast a signal to every stream that waits for it, and to signal start events."""
        for stream in list(self.streams.values()):
            if stream is not but:
                for key in list(stream.state.signals.get(name, ())):
                    if key in stream.state.subscriptions:
                        self._execute(stream, c.ReceiveSignal(key, name, variables or {}))
        for process_id, element in list(self._starts("signal", name)):
            self.start(process_id, variables, element)

    def run(self, handlers: dict[str, Handler]) -> None:
        """Work until nothing can go on without the clock moving."""
        for _ in range(MAX_ROUNDS):
            job = next((job for job in self.jobs.values() if job.created.type in handlers), None)
            if job is None:
                return
            del self.jobs[job.key]
            command = handlers[job.created.type](job, job.stream.state.variables(job.created.key))
            if command is not None:
                self._execute(job.stream, command)
        raise RuntimeError(f"the models did not stand still within {MAX_ROUNDS} jobs")

    def advance(self, seconds: float, handlers: dict[str, Handler]) -> None:
        """Let the virtual clock run, stopping at every timer on the way."""
        until = self.now + timedelta(seconds=seconds)
        while True:
            self.run(handlers)
            due = [
                (timer.due, key, stream)
                for stream in self.streams.values()
                for key, timer in stream.state.timers.items()
                if timer.due <= until
            ]
            if not due:
                break
            when, key, stream = min(due, key=lambda entry: entry[:2])
            self.now = max(self.now, when)
            self._execute(stream, c.FireTimer(key))
        self.now = until
        self.run(handlers)

    # Inside

    def _execute(self, stream: Stream, command: Any) -> list[Any]:
        if self.reload:
            stream.state = reloaded(stream.state, stream.log)
        events = engine.decide(stream.state, command, library=self, now=self.now, keys=self._keys.__next__)
        if type(command) is c.StartInstance and stream.state.root is not None:
            self.streams[stream.state.root] = stream
        for event in events:
            if self.reload:
                name, body = engine.encode(event)
                stream.log.append((name, dumps(body)))
            self._note(stream, event)
        for event in events:
            self._after(stream, event)
        return events

    def _note(self, stream: Stream, event: Any) -> None:
        kind = type(event)
        if kind is e.JobCreated:
            self.jobs[event.job] = WaitingJob(stream, event.job, event)
        elif kind is e.JobCanceled or kind is e.JobCompleted or kind is e.JobErrorThrown:
            self.jobs.pop(event.job, None)
        elif kind is e.IncidentRaised:
            self.incidents.append(event)

    def _after(self, stream: Stream, event: Any) -> None:
        kind = type(event)
        if kind is e.MessageThrown:
            self.publish(event.name, event.correlation_key, event.variables, event.time_to_live)
        elif kind is e.SignalThrown:
            self.broadcast(event.name, event.variables, but=stream)
        elif kind is e.SubscriptionOpened and event.kind == "message":
            self._deliver()

    def _deliver(self) -> None:
        waiting, self.messages = self.messages, []
        for message in waiting:
            if not self._taken(message) and message.expires > self.now:
                self.messages.append(message)

    def _taken(self, message: Message) -> bool:
        taken = False
        served: set[str] = set()
        for stream in list(self.streams.values()):
            for key, subscription in list(stream.state.subscriptions.items()):
                if (
                    subscription.kind == "message"
                    and subscription.name == message.name
                    and subscription.correlation_key == message.correlation_key
                ):
                    record = stream.state.elements[subscription.element_key]
                    process = stream.state.instances[record.instance].process_id
                    if process not in served:
                        served.add(process)
                        self._execute(stream, c.Correlate(key, None, message.name, message.variables))
                        taken = True
        for process_id, element in list(self._starts("message", message.name)):
            self.start(process_id, message.variables, element)
            taken = True
        return taken

    def _starts(self, kind: str, name: str) -> Iterable[tuple[str, str]]:
        for process_id, key in self.latest.items():
            for start in self.definitions[key].start_events:
                if (
                    start.kind == kind
                    and start.name is not None
                    and start.name.evaluate({}, self.now) == name
                ):
                    yield process_id, start.element


def reloaded(state: engine.State, log: list[tuple[str, bytes]]) -> engine.State:
    """The state after a trip through storage: folded from its log, which must equal its restored snapshot.

    Raises:
        AssertionError: they differ.
    """
    folded = engine.State()
    for name, body in log:
        engine.evolve(folded, engine.decode(name, loads(body)))
    restored = engine.restore(loads(dumps(engine.snapshot(state))))
    if engine.snapshot(folded) != engine.snapshot(restored):
        raise AssertionError("the fold of the log differs from the snapshot of the state")
    return restored
