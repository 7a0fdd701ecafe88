"""Gateways: exclusive, parallel, inclusive, complex, event-based; implicit splits and merges."""

import pytest

from mainspring.engine import commands as c
from mainspring.testing.desk import Desk
from mainspring.testing.drawings import Drawing, message, timer


def choice(kind: str) -> Drawing:
    """Two tasks behind a gateway by conditions, a third by default, and a look after their join."""
    drawing = Drawing()
    drawing.node("startEvent", "start")
    drawing.node("endEvent", "end")
    drawing.node(kind, "split", default="split_c_4")
    drawing.node(kind, "join")
    drawing.path("start", "split")
    for name, condition in (("a", "=x > 1"), ("b", "=x > 2"), ("c", "")):
        drawing.job(name)
        drawing.flow("split", name, condition)
    for name in "abc":
        drawing.flow(name, "join")
    drawing.job("look")
    drawing.path("join", "look", "end")
    return drawing


@pytest.mark.parametrize(("x", "taken"), [(3, ["a"]), (2, ["a"]), (0, ["c"])])
def test_an_exclusive_gateway_takes_the_first_way_that_holds(desk: Desk, x: int, taken: list[str]) -> None:
    desk.begin(choice("exclusiveGateway"), x=x)
    assert desk.open == taken


@pytest.mark.parametrize(("x", "taken"), [(3, ["a", "b"]), (2, ["a"]), (0, ["c"])])
def test_an_inclusive_gateway_takes_all_ways_that_hold_and_joins_them(
    desk: Desk, x: int, taken: list[str]
) -> None:
    desk.begin(choice("inclusiveGateway"), x=x)
    assert desk.open == taken
    for name in taken:
        assert "look" not in desk.open
        desk.do(name)
    assert desk.open == ["look"]
    assert desk.do("look").ended


def test_a_condition_that_is_neither_true_nor_false_is_an_incident_that_can_be_mended(desk: Desk) -> None:
    desk.begin(choice("exclusiveGateway"), x="many")
    assert desk.incident.kind == "condition"
    assert "x > 1" in desk.incident.message
    desk.send(c.SetVariables(desk.root, {"x": 5}))
    desk.resolve()
    assert desk.open == ["a"]


def test_no_way_out_is_an_incident(desk: Desk) -> None:
    drawing = Drawing()
    drawing.node("startEvent", "start")
    drawing.node("endEvent", "end")
    drawing.node("exclusiveGateway", "split")
    drawing.node("endEvent", "other")
    drawing.path("start", "split")
    drawing.flow("split", "end", "=false")
    drawing.flow("split", "other", "=false")
    desk.begin(drawing)
    assert "no outgoing sequence flow" in desk.incident.message


def test_a_parallel_join_waits_for_every_branch(desk: Desk) -> None:
    drawing = Drawing()
    drawing.node("startEvent", "start")
    drawing.node("endEvent", "end")
    drawing.node("parallelGateway", "split")
    drawing.node("parallelGateway", "join")
    drawing.path("start", "split")
    for name in "abc":
        drawing.job(name)
        drawing.path("split", name, "join")
    drawing.job("look")
    drawing.path("join", "look", "end")
    desk.begin(drawing)
    assert desk.open == ["a", "b", "c"]
    desk.do("b").do("a")
    assert desk.open == ["c"]
    assert desk.do("c").open == ["look"]


def test_two_flows_out_of_a_task_split_and_two_into_it_merge_without_waiting(desk: Desk) -> None:
    drawing = Drawing()
    drawing.node("startEvent", "start")
    drawing.node("endEvent", "end")
    drawing.job("a")
    drawing.job("b")
    drawing.job("merged")
    drawing.path("start", "a", "merged", "end")
    drawing.path("start", "b", "merged")
    desk.begin(drawing)
    desk.do("a").do("b")
    assert desk.open == ["merged", "merged"]
    assert desk.do("merged").do("merged").ended


def test_an_inclusive_join_does_not_wait_for_a_token_that_took_another_way(desk: Desk) -> None:
    drawing = Drawing()
    drawing.node("startEvent", "start")
    drawing.node("endEvent", "end")
    drawing.node("endEvent", "gone")
    drawing.node("parallelGateway", "split")
    drawing.node("inclusiveGateway", "join")
    drawing.node("exclusiveGateway", "leave")
    drawing.job("a")
    drawing.job("b")
    drawing.job("look")
    drawing.path("start", "split", "a", "join", "look", "end")
    drawing.path("split", "b", "leave")
    drawing.flow("leave", "gone", "=out")
    drawing.flow("leave", "join", "=not(out)")
    desk.begin(drawing, out=True)
    desk.do("a")
    assert desk.open == ["b"]
    desk.do("b")
    assert desk.open == ["look"]


def test_an_event_gateway_follows_the_first_event_and_forgets_the_others(desk: Desk) -> None:
    drawing = Drawing()
    drawing.top(message("paid", "=no"))
    drawing.node("startEvent", "start")
    drawing.node("endEvent", "end")
    drawing.node("eventBasedGateway", "wait")
    drawing.node("intermediateCatchEvent", "paid", '<messageEventDefinition messageRef="m"/>')
    drawing.node("intermediateCatchEvent", "late", timer("timeDuration", "P3D"))
    drawing.job("thank")
    drawing.job("remind")
    drawing.path("start", "wait", "paid", "thank", "end")
    drawing.path("wait", "late", "remind", "end")
    desk.begin(drawing, no="1")
    assert (len(desk.state.timers), len(desk.state.subscriptions)) == (1, 1)
    desk.publish("paid", "1", {"amount": 7})
    assert desk.open == ["thank"]
    assert desk.variables["amount"] == 7
    assert (len(desk.state.timers), len(desk.state.subscriptions)) == (0, 0)


def test_an_event_gateway_follows_the_timer_when_it_comes_first(desk: Desk) -> None:
    drawing = Drawing()
    drawing.top(message("paid", "=no"))
    drawing.node("startEvent", "start")
    drawing.node("endEvent", "end")
    drawing.node("eventBasedGateway", "wait")
    drawing.node("intermediateCatchEvent", "paid", '<messageEventDefinition messageRef="m"/>')
    drawing.node("intermediateCatchEvent", "late", timer("timeDuration", '=duration("P3D")'))
    drawing.job("remind")
    drawing.path("start", "wait", "paid", "end")
    drawing.path("wait", "late", "remind", "end")
    desk.begin(drawing, no="1")
    desk.advance(3 * 86400, {})
    assert desk.open == ["remind"]


def complex_join(condition: str) -> Drawing:
    """Three branches into a complex gateway with this activation condition."""
    drawing = Drawing()
    drawing.node("startEvent", "start")
    drawing.node("endEvent", "end")
    drawing.node("parallelGateway", "split")
    drawing.node("complexGateway", "join", f"<activationCondition>{condition}</activationCondition>")
    drawing.path("start", "split")
    for name in "abc":
        drawing.job(name)
        drawing.path("split", name, "join")
    drawing.job("look")
    drawing.path("join", "look", "end")
    return drawing


def test_a_complex_gateway_fires_when_its_condition_holds_and_takes_the_late_tokens(desk: Desk) -> None:
    desk.begin(complex_join("=activationCount &gt;= 2"))
    desk.do("a")
    assert "look" not in desk.open
    desk.do("b")
    assert desk.open == ["c", "look"]
    desk.do("look")
    assert not desk.ended
    assert desk.do("c").ended


def test_an_activity_with_a_start_quantity_waits_for_that_many_tokens(desk: Desk) -> None:
    drawing = Drawing()
    drawing.node("startEvent", "start")
    drawing.node("endEvent", "end")
    drawing.job("two", completionQuantity="2")
    drawing.job("pair", startQuantity="2")
    drawing.path("start", "two", "pair", "end")
    desk.begin(drawing)
    desk.do("two")
    assert desk.open == ["pair"]
    assert desk.do("pair").ended


def test_a_loop_that_never_waits_stops_with_an_incident(desk: Desk) -> None:
    drawing = Drawing()
    drawing.node("startEvent", "start")
    drawing.node("endEvent", "end")
    drawing.node("exclusiveGateway", "again", default="again_round_2")
    drawing.node("task", "round")
    drawing.path("start", "again", "round")
    drawing.path("round", "again")
    drawing.flow("again", "end", "=done = true")
    desk.reload = False
    desk.begin(drawing, done=False)
    assert desk.incident.kind == "loop"


def test_a_complex_gateway_that_ends_its_scope_leaves_nothing_behind(desk: Desk) -> None:
    desk.begin(complex_join("=activationCount &gt;= 3"))
    desk.do("a").do("b").do("c")
    assert desk.do("look").ended
    assert desk.state.gateways == {}
