"""A net with fewer silent moves allows the same traces, at the same costs."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mainspring import bpmn
from mainspring.insight.log import from_cases
from mainspring.insight.mine.align import Aligner
from mainspring.insight.mine.net import Net, net_of
from mainspring.insight.mine.play import Play
from mainspring.insight.mine.reduction import reduced
from mainspring.testing.drawings import Drawing
from mainspring.testing.soundness import Sound, sound_processes

TRACES = st.lists(st.text("abcdx", min_size=1, max_size=6), min_size=1, max_size=8)
MOST_MOVES = 80
"""Larger nets take long without being reduced."""


def same_costs(net: Net, traces: list[tuple[str, ...]]) -> bool:
    whole, fewer = Aligner(Play(net)), Aligner(Play(reduced(net)))
    return [whole.align(trace).cost for trace in traces] == [fewer.align(trace).cost for trace in traces]


@settings(deadline=None, max_examples=100)
@given(TRACES, TRACES, st.sampled_from([0.0, 0.2]))
def test_mined_models_cost_the_same(seen: list[str], asked: list[str], noise: float) -> None:
    log = from_cases({str(n): [(what, at) for at, what in enumerate(one)] for n, one in enumerate(seen)})
    assert same_costs(net_of(log.discover(noise)), [tuple(trace) for trace in (*asked, *seen)])


@settings(deadline=None, max_examples=60)
@given(sound_processes(), st.data())
def test_drawn_models_cost_the_same(sound: Sound, data: st.DataObject) -> None:
    net = net_of(bpmn.read(sound.xml))
    assume(len(net.moves) <= MOST_MOVES)
    names = st.lists(st.sampled_from([*sorted(net.labels), "?"]), max_size=6).map(tuple)
    assert same_costs(net, data.draw(st.lists(names, min_size=1, max_size=4)))


@pytest.mark.parametrize("interrupting", ["true", "false"])
def test_events_at_a_subprocess_keep_their_meaning(interrupting: str) -> None:
    drawing = Drawing()
    with drawing.inside("subProcess", "sub"):
        drawing.node("startEvent", "s")
        drawing.node("endEvent", "e")
        for name in "ab":
            drawing.node("userTask", name)
        drawing.path("s", "a", "b", "e")
    drawing.node("boundaryEvent", "late", attachedToRef="sub", cancelActivity=interrupting)
    drawing.node("userTask", "c")
    drawing.node("endEvent", "out")
    drawing.line("sub").path("late", "c", "out")
    net = net_of(bpmn.read(drawing.xml()))
    traces = ["", "a", "ab", "ac", "abc", "acb", "cab", "c", "ca", "cabc", "bc", "acc"]
    assert same_costs(net, [tuple(trace) for trace in traces])


def test_what_only_passes_tokens_on_is_gone() -> None:
    drawing = Drawing()
    for name in "abc":
        drawing.node("userTask", name)
    net = net_of(bpmn.read(drawing.line("a", "b", "c").xml()))
    fewer = reduced(net)
    assert [move.label for move in fewer.moves if move.label] == ["a", "b", "c"]
    assert len(fewer.moves) < len(net.moves) / 2
