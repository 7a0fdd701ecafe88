"""Random sound processes (hypothesis): blocks put into each other, so that every run can end.

A block is a task, a sequence, a choice, a parallel or inclusive split with its join, a loop that ends, a
sub-process, or a multi-instance task.
"""

from itertools import pairwise
from typing import Any, NamedTuple

from hypothesis import strategies as st

from mainspring.testing.drawings import Drawing, extend

KINDS = ("sequence", "choice", "parallel", "inclusive", "subprocess", "ad_hoc")
LEAVES = ("job", "task", "script", "multi", "loop")


class Sound(NamedTuple):
    """A sound process: its document, and a value for its variable `n`."""

    xml: bytes
    number: int


def sound_processes() -> st.SearchStrategy[Sound]:
    """Processes of up to about twenty elements, with a variable n between 0 and 9 that conditions look at."""
    leaf: st.SearchStrategy[tuple[str, list[Any]]] = st.sampled_from(LEAVES).map(lambda kind: (kind, []))
    block = st.recursive(
        leaf,
        lambda inner: st.tuples(st.sampled_from(KINDS), st.lists(inner, min_size=1, max_size=3)),
        max_leaves=10,
    )
    return st.builds(_build, block, st.integers(0, 9))


def _build(block: tuple[str, list[Any]], number: int) -> Sound:
    drawing = Drawing()
    drawing.node("startEvent", "start")
    drawing.node("endEvent", "end")
    first, last = _Blocks(drawing).draw(block)
    drawing.path("start", first)
    drawing.path(last, "end")
    return Sound(drawing.xml(), number)


class _Blocks:
    """Draws blocks; each gives the elements where it begins and ends."""

    def __init__(self, drawing: Drawing) -> None:
        self.drawing = drawing
        self.count = 0

    def name(self, kind: str) -> str:
        self.count += 1
        return f"{kind}{self.count}"

    def draw(self, block: tuple[str, list[Any]]) -> tuple[str, str]:
        kind, inner = block
        if not inner:
            name = self.leaf(kind)
            return name, name
        if kind == "sequence":
            ends = [self.draw(part) for part in inner]
            for (_, before), (after, _) in pairwise(ends):
                self.drawing.path(before, after)
            return ends[0][0], ends[-1][1]
        if kind in {"subprocess", "ad_hoc"}:
            return self.scope(kind, inner)
        return self.split(kind, inner)

    def leaf(self, kind: str) -> str:
        drawing, name = self.drawing, self.name(kind)
        if kind == "task":
            return drawing.node("task", name)
        if kind == "script":
            script = extend('<zeebe:script expression="=n" resultVariable="n"/>')
            return drawing.node("scriptTask", name, script)
        if kind == "multi":
            size = "<loopCardinality>=n - 3 * floor(n / 3)</loopCardinality>"
            return drawing.job(
                name, f"<multiInstanceLoopCharacteristics>{size}</multiInstanceLoopCharacteristics>"
            )
        if kind == "loop":
            return drawing.job(name, '<standardLoopCharacteristics loopMaximum="2"/>')
        return drawing.job(name)

    def split(self, kind: str, inner: list[Any]) -> tuple[str, str]:
        drawing = self.drawing
        gateway = {"choice": "exclusiveGateway", "parallel": "parallelGateway"}.get(kind, "inclusiveGateway")
        before, after = self.name("split"), self.name("join")
        ends = [self.draw(part) for part in inner]
        bypass = drawing.node("task", self.name("bypass"))
        default = {"default": f"{before}_default"} if kind != "parallel" else {}
        drawing.node(gateway, before, **default)
        drawing.node(gateway, after)
        for number, (first, last) in enumerate(ends):
            drawing.flow(before, first, "" if kind == "parallel" else f"=n > {3 * number}")
            drawing.path(last, after)
        drawing.flow(before, bypass, identifier=f"{before}_default")
        drawing.path(bypass, after)
        return before, after

    def scope(self, kind: str, inner: list[Any]) -> tuple[str, str]:
        drawing, name = self.drawing, self.name("scope")
        if kind == "ad_hoc":
            with drawing.inside("adHocSubProcess", name):
                for part in inner:
                    self.draw(part)
            return name, name
        start, end = self.name("s"), self.name("e")
        with drawing.inside("subProcess", name):
            drawing.node("startEvent", start)
            drawing.node("endEvent", end)
            before = start
            for part in inner:
                first, last = self.draw(part)
                drawing.path(before, first)
                before = last
            drawing.path(before, end)
        return name, name
