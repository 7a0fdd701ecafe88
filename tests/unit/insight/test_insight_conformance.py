"""Cases are compared with a model; deviations are few, true and said in words."""

from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mainspring import bpmn
from mainspring.insight.log import Log, from_cases, read_log
from mainspring.insight.mine.align import Aligner
from mainspring.insight.mine.conformance import conformance
from mainspring.insight.mine.net import net_of
from mainspring.insight.mine.play import Play
from mainspring.insight.mine.replay import Replayer, replayed
from mainspring.testing.drawings import Drawing

FLOWS = (("split", "a"), ("split", "b"), ("a", "join"), ("b", "join"))


def logged(*traces: str) -> Log:
    return from_cases(
        {str(number): [(what, at) for at, what in enumerate(trace)] for number, trace in enumerate(traces)}
    )


def model(drawing: Drawing) -> bpmn.Model:
    return bpmn.read(drawing.xml())


def line(*names: str) -> bpmn.Model:
    drawing = Drawing().line(*names)
    for name in names:
        drawing.node("userTask", name)
    return model(drawing)


def gateways(kind: str) -> bpmn.Model:
    drawing = Drawing()
    for name in "ab":
        drawing.node("userTask", name)
    drawing.node(kind, "split")
    drawing.node(kind, "join")
    drawing.line("split")
    for place, (source, target) in enumerate(FLOWS):
        drawing.flow(source, target, identifier=f"x{place}")
    drawn = drawing.xml()
    return bpmn.read(drawn.replace(b'sourceRef="split" targetRef="end"', b'sourceRef="join" targetRef="end"'))


def cost(of: bpmn.Model, trace: str) -> int:
    return Aligner(Play(net_of(of))).align(tuple(trace)).cost


@pytest.mark.parametrize(
    ("kind", "fits"),
    [
        ("parallelGateway", {"ab", "ba"}),
        ("exclusiveGateway", {"a", "b"}),
        ("inclusiveGateway", {"a", "b", "ab", "ba"}),
    ],
)
def test_gateways_mean_what_bpmn_says(kind: str, fits: set[str]) -> None:
    found = {"".join(trace) for size in range(4) for trace in permutations("abb", size)}
    assert {trace for trace in found if cost(gateways(kind), trace) == 0} == fits


def test_an_interrupting_event_ends_all_inside_a_subprocess() -> None:
    drawing = Drawing()
    with drawing.inside("subProcess", "sub"):
        drawing.node("startEvent", "s")
        drawing.node("endEvent", "e")
        for name in "ab":
            drawing.node("userTask", name)
        drawing.path("s", "a", "b", "e")
    drawing.node("boundaryEvent", "late", attachedToRef="sub")
    drawing.node("userTask", "c")
    drawing.node("endEvent", "out")
    drawing.line("sub").path("late", "c", "out")
    drawn = model(drawing)
    assert [cost(drawn, trace) for trace in ("ab", "ac", "c", "bc")] == [0, 0, 0, 1]


def test_a_case_may_end_after_an_event_that_interrupts_nothing() -> None:
    drawing = Drawing()
    drawing.node("startEvent", "s")
    drawing.node("userTask", "a")
    drawing.node("endEvent", "e")
    drawing.path("s", "a", "e")
    drawing.node("boundaryEvent", "late", attachedToRef="a", cancelActivity="false")
    drawing.node("userTask", "r")
    drawing.node("endEvent", "reminded")
    drawing.path("late", "r", "reminded")
    drawn = model(drawing)
    assert [cost(drawn, trace) for trace in ("a", "ra", "ar", "r")] == [0, 0, 0, 1]


def test_an_activity_out_of_order_left_out_or_unknown_is_said_in_words() -> None:
    log = logged(*["dip"] * 96, "idp", "idp", "dp", "dipx")
    found = conformance(log, line(*"dip"))
    texts = found.texts()
    assert texts[0] in {"i before d in 2.0% of cases", "d before i in 2.0% of cases"}
    assert "i left out in 1.0% of cases" in texts
    assert "x where the model does not expect it in 1.0% of cases" in texts
    assert found.fitting == 0.96
    assert "1.0%的案例中缺少“i”" in found.texts("zh")


def test_what_deviating_cases_have_in_common_is_said_with_its_shares(tmp_path: Path) -> None:
    rows = ["case,activity,time,customer"]
    for case in range(200):
        customer = "Hafen" if case % 10 == 0 else f"other {case % 3}"
        early = case in {0, 10, 20, 30, 40, 50, 71, 82}
        for hour, name in enumerate(("invoice", "delivery") if early else ("delivery", "invoice")):
            rows.append(f"{case},{name},2026-01-01T{hour:02}:00:00Z,{customer}")
    path = tmp_path / "orders.csv"
    path.write_text("\n".join(rows), "utf-8")
    found = conformance(read_log(path), line("delivery", "invoice"))
    (text,) = found.texts()
    assert text.startswith(("invoice before delivery", "delivery before invoice"))
    assert text.endswith("in 4.0% of cases, mostly customer Hafen (75% of them, 10% of all)")
    assert "多见于customer为Hafen(占其中75%,总体为10%)" in found.texts("zh")[0]


@settings(deadline=None, max_examples=50)
@given(st.lists(st.text("abcd", min_size=1, max_size=6), min_size=1, max_size=8))
def test_a_model_mined_without_noise_fits_every_case_both_ways(traces: list[str]) -> None:
    log = logged(*traces)
    mined = log.discover(0)
    assert log.conformance(mined).fitting == 1
    assert replayed(Play(net_of(mined)), log.variants()).fitting == 1


@settings(deadline=None, max_examples=50)
@given(st.text("abcx", max_size=7))
def test_a_deviation_less_is_never_dearer_than_editing_by_hand(trace: str) -> None:
    assert cost(line(*"abc"), trace) == 3 + len(trace) - 2 * _longest(trace, "abc")


def _longest(one: str, other: str) -> int:
    """The longest common subsequence."""
    rows = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i, a in enumerate(one):
        for j, b in enumerate(other):
            rows[i + 1][j + 1] = rows[i][j] + 1 if a == b else max(rows[i][j + 1], rows[i + 1][j])
    return rows[-1][-1]


def test_replay_counts_what_is_missing_and_what_remains() -> None:
    replayer = Replayer(Play(net_of(line(*"abc"))))
    assert replayer.replay("abc").fits
    tokens = replayer.replay("ac")
    assert tokens.missing > 0
    assert tokens.remaining > 0
