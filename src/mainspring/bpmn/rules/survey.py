"""What the rules look things up in: who is connected to whom, and what is inside what."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from mainspring.bpmn.model import Element, Model
from mainspring.bpmn.names import FLOW_NODES, SCOPES

Messages = Iterable[str]


class Survey:
    """A model with its connections worked out once for all rules."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.outgoing: dict[str, list[Element]] = {}
        self.incoming: dict[str, list[Element]] = {}
        self.boundaries: dict[str, list[Element]] = {}
        self.handlers: dict[str, Element] = {}
        """Compensation handlers by the id of their boundary event."""
        self.pools: dict[str, Element] = {}
        """Participants by the id of the process they hold."""
        self.executable = {p.id for p in model.processes if p.executable and p.element.type == "process"}
        self.lists_flows = bool(model.elements("incoming", "outgoing"))
        for flow in model.elements("sequenceFlow"):
            self.outgoing.setdefault(flow.get("sourceRef"), []).append(flow)
            self.incoming.setdefault(flow.get("targetRef"), []).append(flow)
        for event in model.elements("boundaryEvent"):
            self.boundaries.setdefault(event.get("attachedToRef"), []).append(event)
        for link in model.elements("association"):
            target = model.find(link.get("targetRef"))
            if target is not None and target.type in FLOW_NODES:
                self.handlers[link.get("sourceRef")] = target
        for pool in model.elements("participant"):
            if pool.get("processRef"):
                self.pools[pool.get("processRef").split(":")[-1]] = pool

    def find(self, reference: str) -> Element | None:
        """The element a reference points at."""
        return self.model.find(reference) if reference else None

    def into(self, element: Element) -> list[Element]:
        """Sequence flows that lead to the element."""
        return self.incoming.get(element.id, [])

    def out_of(self, element: Element) -> list[Element]:
        """Sequence flows that leave the element."""
        return self.outgoing.get(element.id, [])

    def process_of(self, element: Element) -> Element | None:
        """The process around the element, or the element itself if it is one."""
        if element.type == "process":
            return element
        return next((above for above in element.ancestors() if above.type == "process"), None)

    def runs(self, element: Element) -> bool:
        """Whether the element stands in a process that is to be executed, or beside all processes."""
        process = self.process_of(element)
        return process is None or process.id in self.executable

    def definitions(self, event: Element) -> list[Element]:
        """The event definitions of an event: its own and those referred to."""
        own = [child for child in event.children if child.type.endswith("EventDefinition")]
        referred = [self.find(reference) for reference in event.values("eventDefinitionRef")]
        return own + [definition for definition in referred if definition is not None]

    def kinds(self, event: Element) -> list[str]:
        """The kinds of its event definitions: message, timer, ..."""
        return [definition.type.removesuffix("EventDefinition") for definition in self.definitions(event)]

    def scope(self, element: Element) -> Element | None:
        """The process or sub-process the element lies in directly."""
        above = element.parent
        return above if above is not None and above.type in SCOPES else None

    def pool_of(self, element: Element) -> Element | None:
        """The participant an element lies in, or the participant itself."""
        if element.type == "participant":
            return element
        process = self.process_of(element)
        return self.pools.get(process.id) if process is not None else None


class Rule(NamedTuple):
    """One rule: its stable name, the element types it looks at, the check, and how to mend a breach.

    The check yields one message for each breach. `execution` limits it to processes that are to run; a rule
    that only `warns` does not stop a deployment.
    """

    name: str
    types: tuple[str, ...]
    check: Callable[[Survey, Element], Messages]
    mend: str
    execution: bool = False
    warns: bool = False
