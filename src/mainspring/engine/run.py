"""One command at work: the events so far, what is still to be done, and how behaviours look at the state."""

from collections import deque
from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from mainspring.base.errors import MainspringError
from mainspring.base.jsonio import normalise
from mainspring.dmn import Result
from mainspring.engine.errors import Fault
from mainspring.engine.events import VariableSet
from mainspring.engine.evolve import CHANGES
from mainspring.engine.formula import Formula
from mainspring.engine.graph import Definition, Mapping, Node
from mainspring.engine.state import ElementInstance, State

Step = Callable[["Run", Any, Any], None]


class Library(Protocol):
    """Where the engine finds definitions and decisions; the caller gives it, the engine never searches."""

    def definition(self, key: int) -> Definition:
        """The definition of that key."""
        ...

    def process(
        self, process_id: str, binding: str, version_tag: str | None, caller_definition: int
    ) -> tuple[int, int, Definition] | None:
        """(key, version, definition) of the process to call, or None."""
        ...

    def decision(
        self, decision_id: str, binding: str, version_tag: str | None, caller_definition: int
    ) -> Callable[[dict[str, Any]], Result] | None:
        """A callable that takes the decision in a context, or None."""
        ...


class Run:
    """The work of one command; `emit` records an event and applies it at once, so decisions see it."""

    __slots__ = (
        "changed",
        "events",
        "fresh",
        "graphs",
        "keys",
        "library",
        "now",
        "state",
        "steps",
        "touched",
        "work",
    )

    def __init__(self, state: State, library: Library, now: datetime, keys: Callable[[], int]) -> None:
        self.state = state
        self.library = library
        self.now = now
        self.keys = keys
        self.events: list[Any] = []
        self.work: deque[tuple[Step, Any, Any]] = deque()
        self.graphs: dict[int, Definition] = {}
        self.touched: dict[int, None] = {}
        """Scopes with inclusive joins whose tokens moved."""
        self.changed: set[str] = set()
        """Variables set, while conditions are waited for."""
        self.fresh: set[int] = set()
        """Subscriptions to conditions that were opened just now."""
        self.steps = 0

    def emit(self, event: Any) -> None:
        """Record the event and advance the state by it."""
        self.events.append(event)
        CHANGES[type(event)](self.state, event)

    def graph(self, instance: int) -> Definition:
        """The definition that a process instance follows."""
        found = self.graphs.get(instance)
        if found is None:
            found = self.library.definition(self.state.instances[instance].definition)
            self.graphs[instance] = found
        return found

    def node(self, record: ElementInstance) -> Node:
        """The compiled element of an element instance."""
        node = record.node
        if node is None:
            graph = self.graph(record.instance)
            node = graph.root if record.key == record.instance else graph.nodes[record.element]
            record.node = node
        return node

    def context(self, record: ElementInstance, names: tuple[str, ...]) -> dict[str, Any]:
        """The values of these variables as seen from the element instance; unknown ones are absent."""
        found: dict[str, Any] = {}
        elements = self.state.elements
        while True:
            variables = record.variables
            if variables:
                for name in names:
                    if name in variables and name not in found:
                        found[name] = variables[name]
                if len(found) == len(names):
                    return found
            if record.key == record.instance:
                return found
            record = elements[record.scope]  # type: ignore[index] # only an instance has no scope around it

    def evaluate(self, record: ElementInstance, formula: Formula) -> Any:
        """The value of an expression as seen from the element instance."""
        if formula.static:
            return formula.value
        return formula.evaluate(self.context(record, formula.names), self.now)

    def text(self, record: ElementInstance, formula: Formula, what: str) -> str:
        """The value of an expression that must be a non-empty text (or a number, as its digits).

        Raises:
            Fault: it is something else.
        """
        value = self.evaluate(record, formula)
        if isinstance(value, str) and value:
            return value
        if value is not None and not isinstance(value, (bool, str, list, dict)):
            return str(value)
        message = f"the {what} '{formula.text}' gives {_shown(value)}, not a text"
        raise Fault("expression", self.explained(record, formula, message))

    def truth(self, record: ElementInstance, formula: Formula) -> bool:
        """The value of a condition.

        Raises:
            Fault: it is neither true nor false.
        """
        value = self.evaluate(record, formula)
        if value is True or value is False:
            return bool(value)
        message = f"the condition '{formula.text}' gives {_shown(value)}, neither true nor false"
        raise Fault("condition", self.explained(record, formula, message))

    def explained(self, record: ElementInstance, formula: Formula, message: str) -> str:
        """The message with what FEEL found wrong in the expression."""
        found = formula.complaints(self.context(record, formula.names), self.now)
        return f"{message}: {found}" if found else message

    def set(self, scope: int, name: str, value: Any) -> None:
        """Set a variable of exactly this scope.

        Raises:
            Fault: the value cannot be stored as JSON (a FEEL function, for instance).
        """
        try:
            kept = normalise(value)
        except MainspringError as error:
            raise Fault("expression", f"the variable '{name}' cannot be stored: {error.message}") from error
        self.emit(VariableSet(scope, name, kept))
        if self.state.conditions:
            self.changed.add(name)

    def propagate(self, record: ElementInstance, name: str, value: Any) -> None:
        """Set a variable at the nearest scope that has it, else at the process instance (as Camunda 8)."""
        elements = self.state.elements
        while True:
            if record.key == record.instance or (record.variables and name in record.variables):
                self.set(record.key, name, value)
                return
            record = elements[record.scope]  # type: ignore[index] # only an instance has no scope around it

    def map_in(self, record: ElementInstance, mappings: tuple[Mapping, ...]) -> None:
        """Apply input mappings: they make local variables."""
        for target, source in mappings:
            value = self.evaluate(record, source)
            own = record.variables.get(target[0]) if record.variables else None
            self.set(record.key, target[0], _nested(own, target[1:], value))

    def map_out(self, record: ElementInstance, mappings: tuple[Mapping, ...]) -> None:
        """Apply output mappings: evaluated inside, set outside."""
        outside = self.state.elements[record.scope]  # type: ignore[index] # a process has no output mappings
        for target, source in mappings:
            value = self.evaluate(record, source)
            name = target[0]
            if len(target) > 1:
                value = _nested(self.context(outside, (name,)).get(name), target[1:], value)
            self.propagate(outside, name, value)

    def take_results(self, node: Node, record: ElementInstance, variables: dict[str, Any]) -> None:
        """Variables that work, a person or a message brought: local if there are output mappings."""
        if node.outputs:
            for name, value in variables.items():
                self.set(record.key, name, value)
        else:
            for name, value in variables.items():
                self.propagate(record, name, value)


def _nested(base: Any, path: tuple[str, ...], value: Any) -> Any:
    """The value put at a path inside a context, without changing the context given."""
    if not path:
        return value
    inner = base if isinstance(base, dict) else {}
    return {**inner, path[0]: _nested(inner.get(path[0]), path[1:], value)}


def _shown(value: Any) -> str:
    return "null" if value is None else f"{value!r:.60}"
