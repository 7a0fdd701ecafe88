"""Returning a case to an earlier step: where it leads, what forbids it."""

from typing import Any

import pytest

from mainspring.engine import CommandRejected
from mainspring.engine import approval_commands as ac
from mainspring.engine import approval_events as a
from mainspring.engine import events as e
from mainspring.testing.desk import Desk
from mainspring.testing.drawings import Drawing, extend, marked


def three() -> Drawing:
    """Three people, one after the other."""
    drawing = Drawing()
    for name, person in (("ask", "ann"), ("check", "bob"), ("approve", "cid")):
        drawing.user(name, person)
    return drawing.line("ask", "check", "approve")


def back(desk: Desk, element: str, by: str, **more: Any) -> list[Any]:
    return desk.send(ac.ReturnTask(desk.task(element), by=by, **more))


def at_approve(desk: Desk) -> Desk:
    desk.begin_as("ann", three())
    desk.answer("ask", "ann")
    desk.answer("check", "bob")
    return desk


def test_a_return_to_the_previous_person_gives_them_the_task_again(desk: Desk) -> None:
    at_approve(desk)
    back(desk, "approve", "cid", reason="a page is missing")
    assert desk.waiting == ["check:bob"]
    [returned] = desk.of(a.TaskReturned)
    assert (returned.target, returned.mode, returned.reason) == ("check", "forward", "a page is missing")


def test_after_a_return_the_case_goes_forward_as_drawn(desk: Desk) -> None:
    at_approve(desk)
    back(desk, "approve", "cid", to="ask")
    for element, person in (("ask", "ann"), ("check", "bob"), ("approve", "cid")):
        assert desk.waiting == [f"{element}:{person}"]
        desk.answer(element, person)
    assert desk.ended


def test_a_return_may_come_straight_back_to_the_one_who_returned_it(desk: Desk) -> None:
    at_approve(desk)
    back(desk, "approve", "cid", to="ask", mode=ac.BACK)
    desk.answer("ask", "ann")
    assert desk.waiting == ["approve:cid"]
    desk.answer("approve", "cid")
    assert desk.ended


def test_two_returns_one_in_the_other_come_back_one_after_the_other(desk: Desk) -> None:
    at_approve(desk)
    back(desk, "approve", "cid", mode=ac.BACK)
    back(desk, "check", "bob", to="ask", mode=ac.BACK)
    desk.answer("ask", "ann")
    assert desk.waiting == ["check:bob"]
    desk.answer("check", "bob")
    assert desk.waiting == ["approve:cid"]


def test_a_return_to_the_initiator_leads_to_the_step_that_was_theirs(desk: Desk) -> None:
    at_approve(desk)
    back(desk, "approve", "cid", to=ac.INITIATOR)
    assert desk.waiting == ["ask:ann"]


def test_an_initiator_without_a_step_amends_the_case_before_the_first_step(desk: Desk) -> None:
    desk.begin_as("eve", three())
    desk.answer("ask", "ann")
    back(desk, "check", "bob", to=ac.INITIATOR)
    assert desk.waiting == ["ask:eve"]
    desk.answer("ask", "eve", amount=7)
    assert desk.waiting == ["ask:ann"]
    assert desk.variables["amount"] == 7


def test_from_the_first_step_the_initiator_amends_and_the_same_person_goes_on(desk: Desk) -> None:
    desk.begin_as("eve", three())
    back(desk, "ask", "ann", to=ac.INITIATOR)
    assert desk.waiting == ["ask:eve"]
    desk.answer("ask", "eve")
    desk.answer("ask", "ann")
    assert desk.waiting == ["check:bob"]


def test_what_comes_after_the_step_is_no_way_back_any_more(desk: Desk) -> None:
    at_approve(desk)
    back(desk, "approve", "cid", to="ask")
    with pytest.raises(CommandRejected, match="'check' before this task"):
        back(desk, "ask", "ann", to="check")


def test_a_step_that_nobody_has_done_is_refused_by_name(desk: Desk) -> None:
    desk.begin_as("ann", three())
    with pytest.raises(CommandRejected, match="nobody has done a step before"):
        back(desk, "ask", "ann")


def branches(*, more: str = "", **of_branch: str) -> Drawing:
    """A step, two parallel branches of one step (and perhaps a job), their join, a last step."""
    drawing = Drawing()
    for name, person in (("ask", "ann"), ("left", "bob"), ("right", "cid"), ("last", "dan")):
        drawing.user(name, person)
    drawing.node("parallelGateway", "split")
    drawing.node("parallelGateway", "join")
    drawing.line("ask", "split", "left", "join", "last")
    if more:
        drawing.node(
            "serviceTask", more, extend(f'<zeebe:taskDefinition type="{more}"/>{marked(**of_branch)}')
        )
        drawing.path("split", "right", more, "join")
    else:
        drawing.path("split", "right", "join")
    return drawing


def test_a_return_before_the_split_withdraws_the_other_branch(desk: Desk) -> None:
    desk.begin(branches())
    desk.answer("ask", "ann")
    back(desk, "left", "bob")
    assert desk.waiting == ["ask:ann"]
    desk.answer("ask", "ann")
    assert desk.waiting == ["left:bob", "right:cid"]


def test_a_branch_that_waits_at_the_join_is_withdrawn_too(desk: Desk) -> None:
    desk.begin(branches())
    desk.answer("ask", "ann")
    desk.answer("right", "cid")
    back(desk, "left", "bob")
    assert desk.of(a.TokensWithdrawn)
    for element, person in (("ask", "ann"), ("left", "bob"), ("right", "cid"), ("last", "dan")):
        desk.answer(element, person)
    assert desk.ended


def test_coming_straight_back_leaves_the_other_branch_alone(desk: Desk) -> None:
    desk.begin(branches(more="send"))
    desk.answer("ask", "ann")
    desk.answer("right", "cid")
    desk.do("send")
    back(desk, "left", "bob", mode=ac.BACK)
    assert desk.waiting == ["ask:ann"]
    desk.answer("ask", "ann")
    assert desk.waiting == ["left:bob"]
    desk.answer("left", "bob")
    desk.answer("last", "dan")
    assert desk.ended


def test_a_return_into_a_branch_whose_sibling_has_joined_names_join_and_sibling(desk: Desk) -> None:
    desk.begin(branches())
    for element, person in (("ask", "ann"), ("left", "bob"), ("right", "cid")):
        desk.answer(element, person)
    with pytest.raises(CommandRejected, match="'join' would wait for the branch of 'left'"):
        back(desk, "last", "dan", to="right")
    back(desk, "last", "dan", to="ask")
    assert desk.waiting == ["ask:ann"]


def test_a_step_in_the_other_branch_does_not_come_before(desk: Desk) -> None:
    desk.begin(branches())
    desk.answer("ask", "ann")
    desk.answer("right", "cid")
    with pytest.raises(CommandRejected, match="does not come before"):
        back(desk, "left", "bob", to="right")


def test_what_acted_on_the_outside_is_not_passed(desk: Desk) -> None:
    desk.begin(branches(more="send"))
    desk.answer("ask", "ann")
    desk.answer("right", "cid")
    desk.do("send")
    with pytest.raises(CommandRejected, match="'send' has acted on the outside") as refused:
        back(desk, "left", "bob")
    assert "return.allowed" in (refused.value.mend or "")


def test_what_the_model_allows_to_do_again_is_passed(desk: Desk) -> None:
    desk.begin(branches(more="send", return__allowed="true"))
    desk.answer("ask", "ann")
    desk.answer("right", "cid")
    desk.do("send")
    back(desk, "left", "bob")
    assert desk.waiting == ["ask:ann"]


def test_an_effect_on_the_way_not_taken_does_not_matter(desk: Desk) -> None:
    drawing = Drawing()
    for name, person in (("ask", "ann"), ("check", "bob")):
        drawing.user(name, person)
    drawing.job("mail")
    drawing.node("exclusiveGateway", "choose", default="on")
    drawing.node("startEvent", "start")
    drawing.node("endEvent", "end")
    drawing.path("start", "ask", "choose").flow("choose", "mail", "=mail")
    drawing.flow("choose", "check", identifier="on")
    drawing.path("mail", "check", "end")
    desk.begin(drawing, mail=False)
    desk.answer("ask", "ann")
    back(desk, "check", "bob")
    assert desk.waiting == ["ask:ann"]


def repeated() -> Drawing:
    """A step, then for each item a sub-process of two steps."""
    drawing = Drawing()
    drawing.user("ask", "ann")
    count = "<loopCardinality>=2</loopCardinality>"
    loop = f"<multiInstanceLoopCharacteristics>{count}</multiInstanceLoopCharacteristics>"
    with drawing.inside("subProcess", "each", loop):
        drawing.node("startEvent", "s")
        drawing.node("endEvent", "x")
        drawing.user("one", "bob")
        drawing.user("two", "cid")
        drawing.path("s", "one", "two", "x")
    return drawing.line("ask", "each")


def test_a_return_inside_an_item_stays_in_that_item(desk: Desk) -> None:
    desk.begin(repeated())
    desk.answer("ask", "ann")
    desk.answer("one", "bob")
    back(desk, "two", "cid")
    assert desk.waiting == ["one:bob", "one:bob"]


def test_a_return_out_of_an_item_withdraws_the_whole_repetition(desk: Desk) -> None:
    desk.begin(repeated())
    desk.answer("ask", "ann")
    desk.answer("one", "bob")
    with pytest.raises(CommandRejected, match="is withdrawn together with others"):
        back(desk, "two", "cid", to="ask", mode=ac.BACK)
    back(desk, "two", "cid", to="ask")
    assert desk.waiting == ["ask:ann"]
    desk.answer("ask", "ann")
    assert desk.waiting == ["one:bob", "one:bob"]


def nested() -> Drawing:
    """A sub-process of two steps, then a step."""
    drawing = Drawing()
    with drawing.inside("subProcess", "whole"):
        drawing.node("startEvent", "s")
        drawing.node("endEvent", "x")
        drawing.user("one", "ann")
        drawing.user("two", "bob")
        drawing.path("s", "one", "two", "x")
    drawing.user("last", "cid")
    return drawing.line("whole", "last")


def test_a_return_into_a_sub_process_that_has_ended_opens_it_anew(desk: Desk) -> None:
    desk.begin(nested())
    desk.answer("one", "ann")
    desk.answer("two", "bob")
    back(desk, "last", "cid", to="two")
    assert desk.waiting == ["two:bob"]
    desk.answer("two", "bob")
    assert desk.waiting == ["last:cid"]


def test_coming_straight_back_leaves_the_sub_process_that_was_opened_anew(desk: Desk) -> None:
    desk.begin(nested())
    desk.answer("one", "ann")
    desk.answer("two", "bob")
    back(desk, "last", "cid", to="one", mode=ac.BACK)
    desk.answer("one", "ann")
    assert desk.waiting == ["last:cid"]
    desk.answer("last", "cid")
    assert desk.ended


def test_a_return_from_a_called_process_leads_to_the_caller(desk: Desk) -> None:
    called = Drawing("sub")
    called.user("inner", "bob")
    desk.deploy(called.line("inner").xml())
    drawing = Drawing()
    drawing.user("ask", "ann")
    drawing.node("callActivity", "call", extend('<zeebe:calledElement processId="sub"/>'))
    desk.begin(drawing.line("ask", "call"))
    desk.answer("ask", "ann")
    back(desk, "inner", "bob")
    assert desk.waiting == ["ask:ann"]
    assert desk.of(e.InstanceTerminated)


def test_compensated_work_is_not_gone_through_again(desk: Desk) -> None:
    drawing = Drawing()
    drawing.user("ask", "ann")
    drawing.job("book", extensions=marked(return__allowed="true"))
    drawing.job("unbook", isForCompensation="true")
    drawing.node("boundaryEvent", "edge", "<compensateEventDefinition/>", attachedToRef="book")
    drawing.node("association", "link", sourceRef="edge", targetRef="unbook")
    drawing.node("intermediateThrowEvent", "undo", "<compensateEventDefinition/>")
    drawing.user("last", "bob")
    desk.begin(drawing.line("ask", "book", "undo", "last"))
    desk.answer("ask", "ann")
    desk.do("book").do("unbook")
    with pytest.raises(CommandRejected, match="'book' has been compensated"):
        back(desk, "last", "bob")


def test_a_loop_around_the_step_does_not_make_it_come_after(desk: Desk) -> None:
    drawing = Drawing()
    for name, person in (("ask", "ann"), ("check", "bob"), ("last", "cid")):
        drawing.user(name, person)
    drawing.node("exclusiveGateway", "again", default="on")
    drawing.node("startEvent", "start")
    drawing.node("endEvent", "end")
    drawing.path("start", "ask", "check", "again").flow("again", "ask", "=again")
    drawing.flow("again", "last", identifier="on")
    drawing.path("last", "end")
    desk.begin(drawing, again=True)
    desk.answer("ask", "ann")
    desk.answer("check", "bob", again=False)
    desk.send(ac.ReturnTask(desk.task("last"), to="check", by="cid"))
    assert desk.waiting == ["check:bob"]
    desk.send(ac.ReturnTask(desk.task("check"), by="bob"))
    assert desk.waiting == ["ask:ann"]
