"""Soundness: can every run of a model end, with every activity used?

After van der Aalst, Verification of Workflow Nets (1997). Each scope is played as a token game that leaves
out data: any condition may hold or not, any event may come or not; what a boundary event starts beside its
activity is played by itself. Three faults are looked for, with the path that shows them: a deadlock (tokens
wait for ever at a join), a lack of synchronisation (two tokens on one flow, so that what follows is done
twice) and dead activities.

They are warnings: data may exclude the path. The search stops after MAX_MARKINGS markings; then nothing is
said of dead activities.
"""

from collections import deque
from collections.abc import Iterator
from itertools import combinations

from mainspring.bpmn.errors import Finding
from mainspring.bpmn.model import Element, Model
from mainspring.bpmn.names import ACTIVITIES, FLOW_NODES, SCOPES

MAX_MARKINGS = 3000
MAX_EFFORT = 300_000
"""Tokens looked at in one game, which bounds the time for models with many branches."""
LOOK_AROUND = frozenset({"inclusiveGateway", "complexGateway"})
MAX_WAYS = 6
"""An inclusive split with more ways than this is played with one, two and all of them only."""

Marking = tuple[str, ...]
"""The flows that hold a token, sorted; twice for two."""


def warnings(model: Model) -> list[Finding]:
    """The soundness warnings of all scopes of the executable processes."""
    found: list[Finding] = []
    for process in model.processes:
        if process.executable:
            for scope in process.element.walk():
                if scope.type in SCOPES and scope.type != "adHocSubProcess":
                    found.extend(_Game(model, scope).findings())
    return found


class _Game:
    """The token game of one scope."""

    def __init__(self, model: Model, scope: Element) -> None:
        self.model = model
        self.scope = scope
        self.nodes = {node.id: node for node in scope.all(*sorted(FLOW_NODES))}
        self.into: dict[str, list[str]] = {name: [] for name in self.nodes}
        self.out_of: dict[str, list[str]] = {name: [] for name in self.nodes}
        self.target: dict[str, str] = {}
        self.conditional: set[str] = set()
        for flow in scope.all("sequenceFlow"):
            source, target = flow.get("sourceRef"), flow.get("targetRef")
            if source in self.nodes and target in self.nodes:
                self.out_of[source].append(flow.id)
                self.into[target].append(flow.id)
                self.target[flow.id] = target
                if flow.first("conditionExpression") is not None:
                    self.conditional.add(flow.id)
        self.boundaries: dict[str, list[Element]] = {}
        for event in scope.all("boundaryEvent"):
            self.boundaries.setdefault(event.get("attachedToRef"), []).append(event)
        self.links = {
            link.name: event.id
            for event in scope.all("intermediateCatchEvent")
            for link in event.all("linkEventDefinition")
        }
        self.paths: dict[str, list[str]] = {}
        self.fired: set[str] = set()
        self.before: dict[Marking, tuple[Marking, str] | None] = {}
        self.doubled: set[str] = set()
        self.stuck: set[str] = set()

    def findings(self) -> Iterator[Finding]:
        """Play the game twice and report.

        First one node at a time, which finds every deadlock (the nodes of a free-choice net that can go on do
        not disturb each other); then in every order, as far as the bounds allow, for what is done twice.
        """
        complete = self._play(in_turn=True)
        self.before = {}
        self._play(in_turn=False)
        for name in self.doubled:
            yield self._finding(name, "unsynchronised", "it may be done twice", self.paths[name])
        for name in self.stuck:
            yield self._finding(name, "deadlock", "it may wait for ever for a token", self.paths[name])
        if complete and not self.stuck:
            for name in self.nodes:
                if name not in self.fired and self.nodes[name].type in ACTIVITIES and self._ordinary(name):
                    yield self._finding(name, "dead", "no path leads to it", [])

    def _ordinary(self, name: str) -> bool:
        node = self.nodes[name]
        return not (node.flag("triggeredByEvent") or node.flag("isForCompensation"))

    def _finding(self, name: str, rule: str, message: str, path: list[str]) -> Finding:
        shown = f" (path: {' > '.join(path)})" if path else ""
        node = self.nodes[name]
        return Finding(
            "warning",
            rule,
            name,
            message + shown,
            self.model.source,
            node.line,
            "Check the gateways before it.",
        )

    def _play(self, *, in_turn: bool) -> bool:
        """The markings in breadth-first order; False when there were too many or one is no good."""
        effort = 0
        waiting: deque[Marking] = deque()
        for start, marking in self._beginnings():
            self.fired.add(start)
            if marking not in self.before:
                self.before[marking] = None
                waiting.append(marking)
        while waiting:
            marking = waiting.popleft()
            moves = list(self._moves(marking, in_turn=in_turn))
            effort += len(moves) * len(marking)
            if not moves and marking:
                self._note(self.stuck, self.target[marking[0]], marking)
            for name, following, made in moves:
                self.fired.add(name)
                if following in self.before:
                    continue
                self.before[following] = (marking, name)
                double = next((flow for flow in made if self._matters(flow, following)), None)
                if double is not None:
                    self._note(self.doubled, self.target[double], following)
                elif len(self.before) > MAX_MARKINGS or effort > MAX_EFFORT:
                    return False
                else:
                    waiting.append(following)
        return not self.doubled

    def _matters(self, flow: str, marking: Marking) -> bool:
        """Whether two tokens on the flow do something twice; an end event swallows any number."""
        return marking.count(flow) > 1 and self.nodes[self.target[flow]].type != "endEvent"

    def _note(self, found: set[str], name: str, marking: Marking) -> None:
        if name not in self.paths:
            found.add(name)
            self.paths[name] = self._path(marking)

    def _path(self, marking: Marking) -> list[str]:
        path: list[str] = []
        step = self.before.get(marking)
        while step is not None:
            path.append(step[1])
            step = self.before.get(step[0])
        return path[::-1]

    def _beginnings(self) -> Iterator[tuple[str, Marking]]:
        starts = [name for name, node in self.nodes.items() if node.type == "startEvent"]
        if not starts:
            plain = [name for name in self.nodes if not self.into[name] and self._begins(name)]
            flows = [flow for name in plain for flow in self.out_of[name]]
            for name in plain:
                yield name, tuple(sorted(flows))
        for name in starts:
            yield name, tuple(sorted(self.out_of[name]))
        for events in self.boundaries.values():
            for event in events:
                if not event.flag("cancelActivity", default=True):
                    yield event.id, tuple(sorted(self.out_of[event.id]))

    def _begins(self, name: str) -> bool:
        return (
            self._ordinary(name)
            and self.nodes[name].type != "boundaryEvent"
            and name not in self.links.values()
        )

    def _moves(self, marking: Marking, *, in_turn: bool) -> Iterator[tuple[str, Marking, list[str]]]:
        """The nodes that can go on, each with the marking after it and the flows it put tokens on.

        `in_turn`: only the first of them, with all its outcomes; joins that look at other tokens come last.
        """
        seen: set[str] = set()
        if in_turn:
            ranked = sorted(marking, key=lambda flow: self.nodes[self.target[flow]].type in LOOK_AROUND)
            marking = tuple(ranked)
        for flow in marking:
            name = self.target[flow]
            kind = self.nodes[name].type
            if kind in {"parallelGateway", "inclusiveGateway", "complexGateway"}:
                if name in seen:
                    continue
                seen.add(name)
                taken = self._joined(name, kind, marking)
                if taken is None:
                    continue
            else:
                taken = [flow]
            left = list(marking)
            for token in taken:
                left.remove(token)
            for made in self._results(name, kind):
                yield name, tuple(sorted([*left, *made])), made
            if in_turn and kind not in LOOK_AROUND:
                return

    def _joined(self, name: str, kind: str, marking: Marking) -> list[str] | None:
        full = [flow for flow in self.into[name] if flow in marking]
        if len(full) == len(self.into[name]):
            return full
        if kind == "parallelGateway":
            return None
        empty = [flow for flow in self.into[name] if flow not in full]
        others = {self.target[flow] for flow in marking if self.target[flow] != name}
        return None if any(self._reaches(other, empty, name) for other in others) else full

    def _reaches(self, start: str, flows: list[str], without: str) -> bool:
        waiting, seen = [start], {start}
        while waiting:
            name = waiting.pop()
            ways = [
                *self.out_of[name],
                *(f for b in self.boundaries.get(name, ()) for f in self.out_of[b.id]),
            ]
            for flow in ways:
                if flow in flows:
                    return True
                following = self.target[flow]
                if following not in seen and following != without:
                    seen.add(following)
                    waiting.append(following)
        return False

    def _results(self, name: str, kind: str) -> Iterator[list[str]]:
        """The sets of flows that the node may put a token on."""
        node, ways = self.nodes[name], self.out_of[name]
        if node.first("terminateEventDefinition") is not None:
            return
        link = node.first("linkEventDefinition")
        if link is not None and link.name in self.links:
            yield list(self.out_of[self.links[link.name]])
            return
        if kind in {"exclusiveGateway", "eventBasedGateway"} and ways:
            yield from ([way] for way in ways)
        elif kind in {"inclusiveGateway", "complexGateway"} and len(ways) > 1:
            yield from _subsets(ways)
        elif kind != "parallelGateway" and self.conditional.intersection(ways):
            always = [way for way in ways if way not in self.conditional and way != node.get("default")]
            yield from ([*always, *some] for some in _subsets([w for w in ways if w not in always]))
        else:
            yield list(ways)
        for event in self.boundaries.get(name, ()):
            self.fired.add(event.id)
            if event.flag("cancelActivity", default=True) and not _undoes(event):
                yield list(self.out_of[event.id])


def _undoes(event: Element) -> bool:
    return event.first("compensateEventDefinition") is not None


def _subsets(ways: list[str]) -> Iterator[list[str]]:
    sizes = range(1, len(ways) + 1) if len(ways) <= MAX_WAYS else (1, 2, len(ways))
    for size in sizes:
        yield from (list(some) for some in combinations(ways, size))
