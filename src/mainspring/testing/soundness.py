"""Random sound processes (hypothesis): blocks put into each other, so that every run can end.

A block is a task (plain, repeated, with boundary events, with a compensation handler), a throw of
compensation, a sequence, a choice, a parallel or inclusive split with its join, or a sub-process, perhaps
with event sub-processes.
"""

from itertools import pairwise
from typing import Any, NamedTuple

from hypothesis import strategies as st

from mainspring.testing.drawings import Drawing, extend, marked, timer

KINDS = ("sequence", "choice", "parallel", "inclusive", "subprocess", "ad_hoc", "watched")
PEOPLE = ("person", "all", "any", "vote", "order")
LEAVES = ("job", "task", "script", "multi", "loop", "guarded", "undoable", "undo")


class Sound(NamedTuple):
    """A sound process: its document, and a value for its variable `n`."""

    xml: bytes
    number: int


def sound_processes(*, people: bool = False) -> st.SearchStrategy[Sound]:
    """Processes of up to about twenty elements, with a variable n between 0 and 9 that conditions look at.

    With `people` they also have user tasks, of one person and signed by several, and what acts outside may be
    done again (`return.allowed`).
    """
    kinds = (*LEAVES, *(PEOPLE * 3)) if people else LEAVES
    leaf: st.SearchStrategy[tuple[str, list[Any]]] = st.sampled_from(kinds).map(lambda kind: (kind, []))
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
    may = marked(return__allowed="true")
    xml = drawing.xml().replace(b'isExecutable="true">', f'isExecutable="true">{extend(may)}'.encode())
    return Sound(xml, number)


class _Blocks:
    """Draws blocks; each gives the elements where it begins and ends."""

    def __init__(self, drawing: Drawing) -> None:
        self.drawing = drawing
        self.count = 0
        self.in_ad_hoc = False
        """An ad-hoc sub-process has no end events, so nothing in it leads aside."""

    def name(self, kind: str) -> str:
        self.count += 1
        return f"{kind}{self.count}"

    def draw(self, block: tuple[str, list[Any]]) -> tuple[str, str]:
        kind, inner = block
        if not inner:
            if kind == "guarded" and not self.in_ad_hoc:
                return self.guarded()
            name = self.leaf(kind)
            return name, name
        if kind == "sequence":
            ends = [self.draw(part) for part in inner]
            for (_, before), (after, _) in pairwise(ends):
                self.drawing.path(before, after)
            return ends[0][0], ends[-1][1]
        if kind in {"subprocess", "ad_hoc", "watched"}:
            return self.scope(kind, inner)
        return self.split(kind, inner)

    def leaf(self, kind: str) -> str:
        drawing, name = self.drawing, self.name(kind)
        if kind in PEOPLE:
            return self.person(kind, name)
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
        if kind in {"undoable", "undo"}:
            return self.with_events(kind, name)
        return drawing.job(name, '<standardLoopCharacteristics loopMaximum="2"/>' if kind == "loop" else "")

    def person(self, kind: str, name: str) -> str:
        if kind == "person":
            return self.drawing.user(name, "ann")
        return self.drawing.user(name, sign__mode=kind, sign__approvers='=["ann", "bob"]')

    def with_events(self, kind: str, name: str) -> str:
        drawing = self.drawing
        if self.in_ad_hoc:
            return drawing.job(name)
        if kind == "undo":
            return drawing.node("intermediateThrowEvent", name, "<compensateEventDefinition/>")
        drawing.job(name)
        if kind == "undoable":
            handler = drawing.job(self.name("handler"), isForCompensation="true")
            edge = self.name("edge")
            drawing.node("boundaryEvent", edge, "<compensateEventDefinition/>", attachedToRef=name)
            drawing.node("association", self.name("link"), sourceRef=edge, targetRef=handler)
            return name
        return name

    def guarded(self) -> tuple[str, str]:
        """A job with a reminder beside it and an error that takes another way to the same point."""
        drawing, name, edge = self.drawing, self.name("guarded"), self.name("edge")
        drawing.job(name)
        due = timer("timeCycle", "R2/PT1H")
        drawing.node("boundaryEvent", f"{edge}r", due, attachedToRef=name, cancelActivity="false")
        drawing.node("boundaryEvent", edge, "<errorEventDefinition/>", attachedToRef=name)
        drawing.path(
            f"{edge}r", drawing.job(self.name("remind")), drawing.node("endEvent", self.name("over"))
        )
        merge = drawing.node("exclusiveGateway", self.name("merge"))
        drawing.path(name, merge)
        drawing.path(edge, drawing.job(self.name("mend")), merge)
        return name, merge

    def watch(self, definition: str, *, interrupting: bool) -> None:
        drawing = self.drawing
        with drawing.inside("subProcess", self.name("handler"), triggeredByEvent="true"):
            begins = "true" if interrupting else "false"
            start = drawing.node("startEvent", self.name("hs"), definition, isInterrupting=begins)
            work, end = drawing.job(self.name("watch")), drawing.node("endEvent", self.name("he"))
            drawing.path(start, work, end)

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
            outside, self.in_ad_hoc = self.in_ad_hoc, True
            with drawing.inside("adHocSubProcess", name):
                for part in inner:
                    self.draw(part)
            self.in_ad_hoc = outside
            return name, name
        start, end = self.name("s"), self.name("e")
        outside, self.in_ad_hoc = self.in_ad_hoc, False
        with drawing.inside("subProcess", name):
            drawing.node("startEvent", start)
            drawing.node("endEvent", end)
            before = start
            for part in inner:
                first, last = self.draw(part)
                drawing.path(before, first)
                before = last
            drawing.path(before, end)
            if kind == "watched":
                self.watch(timer("timeDuration", "PT2H"), interrupting=False)
                self.watch("<errorEventDefinition/>", interrupting=True)
        self.in_ad_hoc = outside
        return name, name
