"""A process tree as a BPMN model that runs here: user tasks, gateways, conditions, and the drawing.

Every choice asks a process variable of its own (`way_1`, `way_2`, ...) and has a default, so that the draft
can be deployed, tried, and then given its real conditions.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from mainspring import bpmn
from mainspring.insight.mine.tree import Tree

if TYPE_CHECKING:
    from mainspring.bpmn import Model

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" '
    'xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" '
    'xmlns:di="http://www.omg.org/spec/DD/20100524/DI" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" '
    'id="mined" targetNamespace="https://mainspring.dev/mined" exporter="Mainspring">\n'
)
_TASK = "<bpmn:extensionElements><zeebe:userTask/></bpmn:extensionElements>"
TASK_WIDTH, TASK_HEIGHT, GATEWAY, EVENT = 100, 80, 50, 36
GAP_ACROSS, GAP_DOWN, MARGIN = 50, 40, 60


class Size(NamedTuple):
    """Room a block needs: `above` and `below` the line on which it is entered and left."""

    width: int
    above: int
    below: int


@dataclass(slots=True)
class _Canvas:
    """What has been drawn so far."""

    nodes: list[str] = field(default_factory=list)
    flows: list[str] = field(default_factory=list)
    shapes: list[str] = field(default_factory=list)
    edges: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def number(self, kind: str) -> int:
        self.counts[kind] = self.counts.get(kind, 0) + 1
        return self.counts[kind]

    def shape(self, name: str, x: int, y: int, width: int, height: int) -> None:
        bounds = f'<dc:Bounds x="{x}" y="{y}" width="{width}" height="{height}"/>'
        self.shapes.append(
            f'<bpmndi:BPMNShape id="{name}_di" bpmnElement="{name}">{bounds}</bpmndi:BPMNShape>'
        )

    def gateway(self, kind: str, x: int, y: int) -> str:
        name = f"{kind}_{self.number(kind)}"
        self.shape(name, x, y - GATEWAY // 2, GATEWAY, GATEWAY)
        return name


Path = list[tuple[int, int]]


class End(NamedTuple):
    """Where a block is left: the element, the line drawn from it so far, the way to write on its flow."""

    source: str
    path: Path
    way: str = ""


class _Draft:
    """Draws blocks from left to right; a block is entered and left on one line."""

    def __init__(self) -> None:
        self.canvas = _Canvas()
        self._defaults: dict[str, str] = {}
        self._kinds: dict[str, str] = {}

    def draw(self, tree: Tree, x: int, y: int, before: End) -> End:
        """Draw a block after what stands before it."""
        if tree.kind == "silent":
            return before
        if tree.kind == "activity":
            return self._activity(tree, x, y, before)
        if tree.kind == "sequence":
            for child in tree.children:
                before = self.draw(child, x, y, before)
                x += size(child).width + GAP_ACROSS
            return before
        return self._loop(tree, x, y, before) if tree.kind == "loop" else self._branches(tree, x, y, before)

    def _activity(self, tree: Tree, x: int, y: int, before: End) -> End:
        name = f"task_{self.canvas.number('task')}"
        task = f'<bpmn:userTask id="{name}" name={quoteattr(tree.label)}>{_TASK}</bpmn:userTask>'
        self.canvas.nodes.append(task)
        self.canvas.shape(name, x, y - TASK_HEIGHT // 2, TASK_WIDTH, TASK_HEIGHT)
        self.flow(before, name, [(x, y)])
        return End(name, [(x + TASK_WIDTH, y)])

    def _branches(self, tree: Tree, x: int, y: int, before: End) -> End:
        kind = "parallelGateway" if tree.kind == "parallel" else "exclusiveGateway"
        split, right = self._gateway(kind, x, y), x + size(tree).width - GATEWAY
        self.flow(before, split, [(x, y)])
        join = self._gateway(kind, right, y)
        line = y
        for number, child in enumerate(tree.children):
            room = size(child)
            line += room.above if number else 0
            leave: Path = [(x + GATEWAY, y)]
            enter: Path = [(right, y)]
            if line != y:
                leave = [(x + GATEWAY // 2, y + GATEWAY // 2), (x + GATEWAY // 2, line)]
                enter = [(right + GATEWAY // 2, line), (right + GATEWAY // 2, y + GATEWAY // 2)]
            way = f"{split}/{number}" if tree.kind == "choice" else ""
            end = self.draw(child, x + GATEWAY + GAP_ACROSS, line, End(split, leave, way))
            self.flow(end, join, enter)
            line += room.below + GAP_DOWN
        return End(join, [(right + GATEWAY, y)])

    def _loop(self, tree: Tree, x: int, y: int, before: End) -> End:
        body, again = tree.children
        join = self._gateway("exclusiveGateway", x, y)
        self.flow(before, join, [(x, y)])
        left, right = x + GATEWAY + GAP_ACROSS, x + size(tree).width - GATEWAY
        end = self.draw(body, left, y, End(join, [(x + GATEWAY, y)]))
        split = self._gateway("exclusiveGateway", right, y)
        self.flow(end, split, [(right, y)])
        line = y + size(body).below + GAP_DOWN + size(again).above
        middle, bottom = GATEWAY // 2, y + GATEWAY // 2
        down: Path = [(right + middle, bottom), (right + middle, line)]
        up: Path = [(x + middle, line), (x + middle, bottom)]
        if again.kind != "silent":
            under = line + size(again).below + GAP_DOWN // 2
            down[1:] = [
                (right + middle, under),
                (left - GAP_ACROSS // 2, under),
                (left - GAP_ACROSS // 2, line),
            ]
        end = self.draw(again, left, line, End(split, down, f"{split}/1"))
        if again.kind != "silent":
            over, turn = line - size(again).above - GAP_DOWN // 2, end.path[-1][0] + GAP_ACROSS // 4
            up[:1] = [(turn, line), (turn, over), (x + middle, over)]
        self.flow(end, join, up)
        return End(split, [(right + GATEWAY, y)], f"{split}/0")

    def _gateway(self, kind: str, x: int, y: int) -> str:
        name = self.canvas.gateway("parallel" if kind == "parallelGateway" else "exclusive", x, y)
        self._kinds[name] = kind
        return name

    def flow(self, end: End, target: str, path: Path) -> None:
        """Draw a sequence flow; the way of a choice becomes its condition, the first one its default."""
        name = f"flow_{self.canvas.number('flow')}"
        condition = ""
        split, _, number = end.way.partition("/")
        if split and number == "0":
            self._defaults[split] = name
        elif split:
            text = f'=way_{split.rpartition("_")[2]} = "{number}"'
            condition = (
                '<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">'
                f"{escape(text)}</bpmn:conditionExpression>"
            )
        ends = f'sourceRef="{end.source}" targetRef="{target}"'
        self.canvas.flows.append(f'<bpmn:sequenceFlow id="{name}" {ends}>{condition}</bpmn:sequenceFlow>')
        marks = "".join(f'<di:waypoint x="{x}" y="{y}"/>' for x, y in [*end.path, *path])
        self.canvas.edges.append(
            f'<bpmndi:BPMNEdge id="{name}_di" bpmnElement="{name}">{marks}</bpmndi:BPMNEdge>'
        )

    def gateways(self) -> list[str]:
        """The gateways, now that their defaults are known."""
        return [
            f'<bpmn:{kind} id="{name}"'
            + (f' default="{self._defaults[name]}"' if name in self._defaults else "")
            + "/>"
            for name, kind in self._kinds.items()
        ]


def size(tree: Tree) -> Size:
    """The room a block needs."""
    if tree.kind == "activity":
        return Size(TASK_WIDTH, TASK_HEIGHT // 2, TASK_HEIGHT // 2)
    if tree.kind == "silent":
        return Size(GAP_ACROSS, GATEWAY // 2, GATEWAY // 2)
    rooms = [size(child) for child in tree.children]
    if tree.kind == "sequence":
        width = sum(room.width for room in rooms) + GAP_ACROSS * (len(rooms) - 1)
        return Size(width, max(room.above for room in rooms), max(room.below for room in rooms))
    width = max(room.width for room in rooms) + 2 * (GATEWAY + GAP_ACROSS)
    if tree.kind == "loop":
        body, again = rooms
        return Size(width, body.above, body.below + GAP_DOWN + again.above + again.below + GAP_DOWN)
    whole = sum(room.above + room.below for room in rooms) + GAP_DOWN * (len(rooms) - 1)
    above = rooms[0].above
    return Size(width, above, whole - above)


def as_bpmn(tree: Tree, process_id: str = "mined_process", name: str = "") -> "Model":
    """The model of a tree: one executable process with user tasks, and its diagram."""
    draft = _Draft()
    room = size(tree)
    y = MARGIN + max(room.above, EVENT)
    start, end = "start", "end"
    x = MARGIN + EVENT + GAP_ACROSS
    draft.canvas.shape(start, MARGIN, y - EVENT // 2, EVENT, EVENT)
    last = draft.draw(tree, x, y, End(start, [(MARGIN + EVENT, y)]))
    right = x + room.width + GAP_ACROSS
    draft.canvas.shape(end, right, y - EVENT // 2, EVENT, EVENT)
    draft.flow(last, end, [(right, y)])
    canvas = draft.canvas
    title = f" name={quoteattr(name)}" if name else ""
    process = "\n".join(
        [
            f'<bpmn:process id={quoteattr(process_id)}{title} isExecutable="true">',
            f'<bpmn:startEvent id="{start}"/>',
            *canvas.nodes,
            *draft.gateways(),
            f'<bpmn:endEvent id="{end}"/>',
            *canvas.flows,
            "</bpmn:process>",
        ]
    )
    plane = "\n".join([*canvas.shapes, *canvas.edges])
    diagram = (
        '<bpmndi:BPMNDiagram id="diagram">'
        f'<bpmndi:BPMNPlane id="plane" bpmnElement={quoteattr(process_id)}>\n'
        f"{plane}\n</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>"
    )
    return bpmn.read(f"{_HEAD}{process}\n{diagram}\n</bpmn:definitions>".encode(), f"{process_id}.bpmn")
