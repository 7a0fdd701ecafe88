"""Soundness warnings: deadlock, lack of synchronisation, dead activities."""

from hypothesis import given, settings

from mainspring import bpmn
from mainspring.bpmn import soundness
from mainspring.testing.drawings import Drawing, timer
from mainspring.testing.soundness import Sound, sound_processes


def split_and_join(split: str, join: str) -> Drawing:
    """Two jobs between a split and a join."""
    drawing = Drawing()
    drawing.node("startEvent", "start")
    drawing.node("endEvent", "end")
    drawing.node(split, "split")
    drawing.node(join, "join")
    drawing.job("look")
    drawing.path("start", "split")
    for name in ("a", "b"):
        drawing.job(name)
        drawing.path("split", name, "join")
    drawing.path("join", "look", "end")
    return drawing


def warned(drawing: Drawing) -> list[tuple[str, str]]:
    """(element, rule) of each warning."""
    return [(f.element, f.rule) for f in soundness.warnings(bpmn.read(drawing.xml()))]


def test_a_matching_split_and_join_is_sound() -> None:
    assert warned(split_and_join("parallelGateway", "parallelGateway")) == []
    assert warned(split_and_join("exclusiveGateway", "exclusiveGateway")) == []
    assert warned(split_and_join("inclusiveGateway", "inclusiveGateway")) == []


def test_a_choice_before_a_parallel_join_is_a_deadlock_with_its_path() -> None:
    [finding] = soundness.warnings(bpmn.read(split_and_join("exclusiveGateway", "parallelGateway").xml()))
    assert (finding.element, finding.rule, finding.severity) == ("join", "deadlock", "warning")
    assert "path: split > a" in finding.message


def test_a_parallel_split_before_a_simple_merge_is_a_lack_of_synchronisation() -> None:
    assert ("look", "unsynchronised") in warned(split_and_join("parallelGateway", "exclusiveGateway"))


def test_an_activity_that_nothing_leads_to_is_dead() -> None:
    drawing = Drawing()
    drawing.job("work")
    drawing.job("alone")
    drawing.line("work")
    drawing.path("alone", "end")
    assert warned(drawing) == [("alone", "dead")]


def test_boundary_events_and_links_are_ways_too() -> None:
    drawing = Drawing()
    drawing.job("work")
    drawing.node("boundaryEvent", "late", timer("timeDuration", "PT1H"), attachedToRef="work")
    drawing.job("remind")
    drawing.line("work")
    drawing.path("late", "remind", "end")
    assert warned(drawing) == []


@settings(max_examples=100, deadline=None)
@given(sound_processes())
def test_sound_processes_have_no_warning(process: Sound) -> None:
    assert soundness.warnings(bpmn.read(process.xml)) == []


def test_a_deadlock_is_found_among_many_branches() -> None:
    drawing = Drawing()
    drawing.node("startEvent", "start")
    drawing.node("endEvent", "end")
    drawing.node("parallelGateway", "split")
    drawing.node("parallelGateway", "join")
    drawing.node("exclusiveGateway", "choice")
    drawing.path("start", "split", "choice")
    for number in range(40):
        drawing.path("split", drawing.job(f"job{number}"), "join")
    for name in ("a", "b"):
        drawing.path("choice", drawing.job(name), "join")
    drawing.path("join", "end")
    assert ("join", "deadlock") in warned(drawing)
