"""compile(model, process_id): from the model as drawn to the graph that runs."""

import re
from dataclasses import replace

from mainspring.bpmn import Element, Model, ModelError
from mainspring.bpmn.names import ACTIVITIES, FLOW_NODES, GLOBAL_TASKS, SUBPROCESSES
from mainspring.engine.approvals.moving import come_back
from mainspring.engine.behaviour.gateways import gather_quantity
from mainspring.engine.behaviour.multi_instance import inner_done, repeat
from mainspring.engine.behaviour.subprocess import settle
from mainspring.engine.behaviour.table import ENTER, GATHER, behaviour
from mainspring.engine.graph import Definition, ElementInfo, EventSpec, Flow, Node, StartEvent
from mainspring.engine.reach import reachable
from mainspring.engine.specs import Specs

STARTS_ITSELF = frozenset({"message", "signal", "timer", "conditional"})


def compile(model: Model, process_id: str) -> Definition:  # noqa: A001 - the field's word, as in re.compile
    """Compile one process of a model.

    Raises:
        ModelError: there is no such process, or an expression in it is no FEEL.
    """
    process = model.process(process_id)
    if process is None:
        raise ModelError(f"there is no process '{process_id}'", where=model.source)
    return _Compiler(model, process.element).definition()


class _Compiler:
    """One process on its way from elements to nodes."""

    def __init__(self, model: Model, process: Element) -> None:
        self.model = model
        self.process = process
        self.specs = Specs(model)
        self.nodes: dict[str, Node] = {}
        self.flows: dict[str, Flow] = {}
        self.infos: dict[str, ElementInfo] = {}
        self.count = 0
        self.flaw = ""

    def definition(self) -> Definition:
        root = self._global_task() if self.process.type in GLOBAL_TASKS else self._scope(self.process, None)
        root.flaw = self.flaw
        root.prelude = root.prelude or bool(root.flaw)
        version = self.process.extension("versionTag")
        return Definition(
            self.process.id,
            self.process.name or self.process.id,
            None if version is None else version.get("value") or None,
            root,
            self.nodes,
            self.flows,
            tuple(self._start_events(root)),
            self.infos,
            frozenset(self._job_types()),
        )

    def _global_task(self) -> Node:
        """A global task is called like a process: one that holds this task alone."""
        element = replace(self.process, type=_task_type(self.process.type))
        root = Node(element.id, element.name, "process", 0, None, ENTER["process"])
        self.count = 1
        task = self._node(element, root)
        root.children = root.starts = (task,)
        return root

    def _scope(self, element: Element, parent: Node | None) -> Node:
        node = self._node(element, parent)
        if parent is None:
            del self.nodes[node.id]
        inside: list[Node] = []
        for child in element.all(*FLOW_NODES):
            if child.type in SUBPROCESSES:
                inside.append(self._scope(child, node))
            else:
                inside.append(self._node(child, node))
        node.children = tuple(inside)
        self._connect(element)
        self._attach(element, node)
        self._begin(node)
        node.joins = tuple(n for n in inside if n.gather is not None and _by_reach(n))
        for join in node.joins:
            join.reach = reachable(join, node)
        node.prelude = _has_prelude(node)
        return node

    def _node(self, element: Element, parent: Node | None) -> Node:
        specs, kind = self.specs, element.type
        node = Node(element.id, element.name, kind, self.count, parent, ENTER["task"])
        self.count += 1
        node.inputs = specs.mappings(element, "input")
        node.outputs = specs.mappings(element, "output")
        node.job = specs.job(element)
        node.events = specs.events(element)
        node.loop = specs.loop(element) if kind in ACTIVITIES else None
        node.repeatable = specs.repeatable(element)
        node.start_listeners = specs.listeners(element, "start")
        node.end_listeners = specs.listeners(element, "end")
        node.start_quantity = _quantity(element, "startQuantity")
        node.completion_quantity = _quantity(element, "completionQuantity")
        if min(node.start_quantity, node.completion_quantity) < 1:
            self.flaw = f"'{node.id}' has a start or completion quantity below 1"
        node.for_compensation = element.flag("isForCompensation")
        node.event_subprocess = element.flag("triggeredByEvent")
        node.parallel_multiple = element.flag("parallelMultiple")
        node.interrupting = element.flag(
            "cancelActivity" if kind == "boundaryEvent" else "isInterrupting", default=True
        )
        self._own(node, element)
        node.behave = behaviour(node)
        if node.loop is not None:
            node.repeat, node.inner_done = repeat, inner_done
        node.coda = bool(node.outputs or node.end_listeners or node.data_out)
        node.prelude = _has_prelude(node)
        self.nodes[node.id] = node
        self.infos[node.id] = self._info(element)
        return node

    def _info(self, element: Element) -> ElementInfo:
        documentation, properties = element.value("documentation"), self.specs.properties(element)
        return ElementInfo(element.id, element.name, element.type, documentation, properties)

    def _own(self, node: Node, element: Element) -> None:
        """What only one type of element has."""
        specs, kind = self.specs, node.type
        if kind == "userTask":
            node.task, node.sign, node.come_back = specs.task(element), specs.sign(element), come_back
            node.task_listeners = specs.task_listeners(element)
        elif kind == "callActivity":
            node.call = specs.call(element)
        elif kind == "businessRuleTask":
            node.decision = specs.decision(element)
        elif kind == "scriptTask":
            node.script = specs.script(element)
        elif kind in {"receiveTask", "sendTask"}:
            node.events = (specs.message(self.model.find(element.get("messageRef"))),)
        elif kind == "adHocSubProcess":
            node.ad_hoc, node.settle = specs.ad_hoc(element), settle
        elif kind == "complexGateway":
            condition = element.value("activationCondition")
            if condition:
                node.activation = specs.formula(condition, element, always_feel=True)
        elif kind == "exclusiveGateway":
            node.exclusive = True
        self._data(node, element)

    def _data(self, node: Node, element: Element) -> None:
        """Data associations between data objects and the element's inputs and outputs, by their names."""
        node.data_in = tuple(self._associations(element, "dataInputAssociation"))
        node.data_out = tuple(self._associations(element, "dataOutputAssociation"))

    def _associations(self, element: Element, kind: str) -> list[tuple[str, str]]:
        found = []
        for association in element.all(kind):
            source, target = association.value("sourceRef"), association.value("targetRef")
            names = (self._data_name(source), self._data_name(target))
            if names[0] and names[1] and names[0] != names[1]:
                found.append((names[0], names[1]))
        return found

    def _data_name(self, reference: str) -> str:
        item = self.model.find(reference) if reference else None
        if item is not None and item.get("dataObjectRef"):
            item = self.model.find(item.get("dataObjectRef")) or item
        return "" if item is None else item.name or item.id

    def _connect(self, element: Element) -> None:
        """Sequence flows of one scope, in document order."""
        incoming: dict[str, list[Flow]] = {}
        outgoing: dict[str, list[Flow]] = {}
        for child in element.all("sequenceFlow"):
            source = self.nodes.get(child.get("sourceRef"))
            target = self.nodes.get(child.get("targetRef"))
            if source is None or target is None:
                raise self.specs.refused(child, "flow-ends", "the sequence flow has no source or no target")
            text = child.value("conditionExpression")
            condition = None
            if text and source.type not in {"parallelGateway", "eventBasedGateway"}:
                condition = self.specs.formula(text, child, always_feel=True)
            flow = Flow(child.id, source, target, condition)
            self.flows[flow.id] = flow
            outgoing.setdefault(source.id, []).append(flow)
            incoming.setdefault(target.id, []).append(flow)
        for child in element.all(*FLOW_NODES):
            node = self.nodes[child.id]
            node.incoming = tuple(incoming.get(node.id, ()))
            node.outgoing = tuple(outgoing.get(node.id, ()))
            node.default = self.flows.get(child.get("default")) if child.get("default") else None
            conditional = any(flow.condition is not None for flow in node.outgoing)
            several = node.exclusive and len(node.outgoing) > 1
            node.plain_out = not (conditional or several or node.default is not None)
            if node.type in GATHER and len(node.incoming) > 1:
                node.gather = GATHER[node.type]
            elif node.start_quantity > 1:
                node.gather = gather_quantity

    def _attach(self, element: Element, scope: Node) -> None:
        """Boundary events, compensation handlers, links and event sub-processes."""
        inside = {node.id: node for node in scope.children}
        for child in element.all("boundaryEvent"):
            node, host = inside[child.id], inside.get(child.get("attachedToRef"))
            if host is None:
                raise self.specs.refused(child, "boundary-host", "the boundary event is attached to nothing")
            node.attached_to = host
            if any(event.kind == "compensate" for event in node.events):
                host.handler = self._handler(element, node, inside)
            else:
                host.boundaries = (*host.boundaries, node)
                host.prelude = True
        catches = {
            str(event.name.value): node.id
            for node in scope.children
            if node.type == "intermediateCatchEvent"
            for event in node.events
            if event.kind == "link" and event.name is not None
        }
        for node in scope.children:
            if node.type == "intermediateThrowEvent":
                node.events = tuple(_linked(event, catches) for event in node.events)
        starts = [n for sub in scope.children if sub.event_subprocess for n in sub.starts]
        scope.event_starts = tuple(n for n in starts if not _compensates(n))
        undo = next((n.parent for n in starts if _compensates(n)), None)
        if undo is not None:
            scope.handler = scope.handler or undo

    def _handler(self, element: Element, boundary: Node, inside: dict[str, Node]) -> Node | None:
        for association in element.all("association"):
            if association.get("sourceRef") == boundary.id:
                return inside.get(association.get("targetRef"))
        return None

    def _begin(self, node: Node) -> None:
        """Where a scope begins: at its start events, else at everything that nothing leads to."""
        starts = [child for child in node.children if child.type == "startEvent"]
        if node.event_subprocess:
            node.starts = tuple(starts)
            return
        if starts and node.parent is None:
            node.starts = tuple(start for start in starts if not start.events)
            return
        if starts:
            node.starts = tuple(starts[:1])
            return
        node.starts = tuple(
            child
            for child in node.children
            if not child.incoming
            and not child.for_compensation
            and not child.event_subprocess
            and child.type != "boundaryEvent"
            and not any(event.kind == "link" for event in child.events)
            and not (child.type == "receiveTask" and self._instantiates(child))
        )

    def _instantiates(self, node: Node) -> bool:
        element = self.model.by_id.get(node.id)
        return node.parent is not None and element is not None and element.flag("instantiate")

    def _start_events(self, root: Node) -> list[StartEvent]:
        found: list[StartEvent] = []
        for node in root.children:
            if node.type == "startEvent" and not node.events:
                found.append(StartEvent(node.id, "none"))
            begins = node.type == "startEvent" or (
                node.type == "receiveTask" and not node.incoming and self._instantiates(node)
            )
            if begins:
                found.extend(
                    StartEvent(node.id, event.kind, event.name, event.correlation, event.timer, event.formula)
                    for event in node.events
                    if event.kind in STARTS_ITSELF
                )
            if node.type == "eventBasedGateway" and not node.incoming and self._instantiates(node):
                found.extend(
                    StartEvent(flow.target.id, event.kind, event.name, event.correlation)
                    for flow in node.outgoing
                    for event in flow.target.events
                )
        return found

    def _job_types(self) -> set[str]:
        jobs = [node.job for node in self.nodes.values() if node.job is not None]
        for node in self.nodes.values():
            jobs.extend((*node.start_listeners, *node.end_listeners))
            jobs.extend(job for asked in node.task_listeners.values() for job in asked)
        return {str(job.type.value) for job in jobs if job.type.static}


def _quantity(element: Element, attribute: str) -> int:
    text = element.get(attribute).strip()
    return int(text) if re.fullmatch(r"-?\d+", text) else 1


def _task_type(global_type: str) -> str:
    name = global_type.removeprefix("global")
    return name[0].lower() + name[1:]


def _by_reach(node: Node) -> bool:
    return node.type in {"inclusiveGateway", "complexGateway"}


def _has_prelude(node: Node) -> bool:
    return bool(
        node.inputs
        or node.start_listeners
        or node.boundaries
        or node.event_starts
        or node.loop is not None
        or node.data_in
    )


def _compensates(start: Node) -> bool:
    return any(event.kind == "compensate" for event in start.events)


def _linked(event: EventSpec, catches: dict[str, str]) -> EventSpec:
    if event.kind != "link" or event.name is None:
        return event
    return event._replace(target=catches.get(str(event.name.value), ""))
