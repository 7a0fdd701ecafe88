"""The behaviour of a BPMN model as moves over marked places, for comparing it with what happened.

A marking is a whole number with one bit a place. A move needs some places marked and others empty, clears
some, and marks some. Sequence flows are places; activities are moves with a label, everything else is silent.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from mainspring.bpmn import Element, Model
from mainspring.insight.errors import MiningError

ACTIVITIES = frozenset(
    {
        "task", "userTask", "serviceTask", "scriptTask", "businessRuleTask", "manualTask", "sendTask",
        "receiveTask", "callActivity",
    }
)  # fmt: skip
_SCOPES = frozenset({"subProcess", "transaction", "adHocSubProcess"})
_MOST_BRANCHES = 8


@dataclass(frozen=True, slots=True)
class Move:
    """One step: `label` of an activity, empty for silent ones; sets of places as bits."""

    label: str
    needs: int
    marks: int
    clears: int = 0
    empty: int = 0
    element: str = ""


@dataclass(frozen=True, slots=True)
class Net:
    """All moves, the marking at the beginning, the one at the end, and the sequence flow of each bit."""

    moves: tuple[Move, ...]
    initial: int
    final: int
    places: int
    flows: Mapping[int, str] = field(default_factory=dict)

    @property
    def labels(self) -> frozenset[str]:
        """What the model can do."""
        return frozenset(move.label for move in self.moves if move.label)


@dataclass(slots=True)
class _Builder:
    by_flow: dict[str, int] = field(default_factory=dict)
    moves: list[Move] = field(default_factory=list)
    count: int = 0
    spent: int = 0
    """Places that say only that a non-interrupting event has happened; no token waits there."""

    def place(self) -> int:
        self.count += 1
        return 1 << (self.count - 1)

    def flow(self, element: Element) -> int:
        if element.id not in self.by_flow:
            self.by_flow[element.id] = self.place()
        return self.by_flow[element.id]

    def add(
        self, needs: int, marks: int, *, label: str = "", clears: int = 0, empty: int = 0, element: str = ""
    ) -> None:
        self.moves.append(Move(label, needs, marks, clears, empty, element))


def net_of(model: Model, process_id: str | None = None, names: Iterable[str] = ()) -> Net:
    """The net of one process.

    Args:
        model: a BPMN model.
        process_id: which process; the only one when None.
        names: activities of the log: an activity of the model is called by its id where the log uses that,
            by its name otherwise.

    Raises:
        MiningError: there is no such process, or none at all.
    """
    processes = [
        one for one in model.processes if process_id in {None, one.id} and one.element.all("startEvent")
    ]
    if not processes:
        raise MiningError("the model has no process with a start event", where=model.source)
    known, builder = frozenset(names), _Builder()
    initial, final = builder.place(), builder.place()
    _scope(builder, processes[0].element, initial, final, known)
    flows = {bit: flow for flow, bit in builder.by_flow.items()}
    return Net(tuple(builder.moves), initial, final, builder.count, flows)


def label_of(element: Element, known: frozenset[str]) -> str:
    """What the log calls an activity."""
    return element.id if element.id in known or not element.name else element.name


def _scope(builder: _Builder, scope: Element, begin: int, end: int, known: frozenset[str]) -> int:
    """Moves of a process or sub-process, from `begin` marked to `end` marked; gives the places inside."""
    first = builder.count
    flows = scope.all("sequenceFlow")
    into: dict[str, list[int]] = defaultdict(list)
    out: dict[str, list[int]] = defaultdict(list)
    for flow in flows:
        into[flow.get("targetRef")].append(builder.flow(flow))
        out[flow.get("sourceRef")].append(builder.flow(flow))
    running, ended = builder.place(), builder.place()
    for element in scope.children:
        enter, leave = into[element.id], out[element.id]
        if element.type == "startEvent" and not enter:
            builder.add(begin, running | _all(leave))
        elif element.type == "endEvent":
            for place in enter:
                builder.add(place, ended)
        elif element.type.endswith("Gateway"):
            _gateway(builder, element, enter, leave, flows)
        elif element.type in ACTIVITIES or element.type in _SCOPES:
            _activity(builder, scope, element, enter, _all(leave) or ended, out, known)
        elif element.type.startswith("intermediate"):
            _step(builder, enter, _all(leave) or ended)
    inside = ((1 << builder.count) - 1) & ~((1 << first) - 1)
    spent = inside & builder.spent
    builder.add(running | ended, end, clears=spent, empty=inside & ~(running | ended | spent))
    return inside


def _activity(
    builder: _Builder,
    scope: Element,
    element: Element,
    enter: list[int],
    leave: int,
    out: dict[str, list[int]],
    known: frozenset[str],
) -> None:
    begin = builder.place()
    for place in enter:
        builder.add(place, begin)
    inside, after = begin, builder.place()
    if element.type in _SCOPES and element.first("startEvent") is not None:
        inside |= _scope(builder, element, begin, after, known)
        builder.add(after, leave)
    else:
        builder.add(begin, after, label=label_of(element, known), element=element.id)
        builder.add(after, leave)
        if element.first("multiInstanceLoopCharacteristics", "standardLoopCharacteristics") is not None:
            builder.add(after, begin)
            builder.add(begin, after)
    for boundary in scope.all("boundaryEvent"):
        if boundary.get("attachedToRef") != element.id:
            continue
        way = _all(out[boundary.id])
        if boundary.flag("cancelActivity", default=True):
            for bit in _bits(inside):
                builder.add(bit, way, clears=inside)
        else:
            once = builder.place()
            builder.spent |= once
            for bit in _bits(inside):
                builder.add(bit, bit | way | once, empty=once | way)


def _step(builder: _Builder, enter: list[int], leave: int) -> None:
    for place in enter:
        builder.add(place, leave)


def _gateway(
    builder: _Builder, element: Element, enter: list[int], leave: list[int], flows: list[Element]
) -> None:
    middle = builder.place()
    if element.type == "parallelGateway":
        builder.add(_all(enter), middle)
    elif element.type == "inclusiveGateway" and 1 < len(enter) <= _MOST_BRANCHES:
        _inclusive_join(builder, element, enter, middle, flows)
    else:
        _step(builder, enter, middle)
    if element.type == "parallelGateway":
        builder.add(middle, _all(leave))
    elif element.type == "inclusiveGateway" and 1 < len(leave) <= _MOST_BRANCHES:
        for size in range(1, len(leave) + 1):
            for chosen in combinations(leave, size):
                builder.add(middle, _all(chosen))
    else:
        for place in leave:
            builder.add(middle, place)


def _inclusive_join(
    builder: _Builder, element: Element, enter: list[int], middle: int, flows: list[Element]
) -> None:
    """The join goes on when no flow that could still bring a token to an empty entry is marked."""
    before: dict[int, int] = {}
    for place in enter:
        reached, waiting = 0, [place]
        while waiting:
            here = waiting.pop()
            source = next(flow.get("sourceRef") for flow in flows if builder.flow(flow) == here)
            for flow in flows:
                found = builder.flow(flow)
                if flow.get("targetRef") == source != element.id and not found & reached:
                    reached |= found
                    waiting.append(found)
        before[place] = reached
    for size in range(1, len(enter) + 1):
        for chosen in combinations(enter, size):
            others = [place for place in enter if place not in chosen]
            empty = _all(others) | _all(before[place] for place in others)
            builder.add(_all(chosen), middle, empty=empty & ~_all(chosen))


def _all(places: Iterable[int]) -> int:
    found = 0
    for place in places:
        found |= place
    return found


def _bits(mask: int) -> Iterable[int]:
    while mask:
        bit = mask & -mask
        yield bit
        mask ^= bit
