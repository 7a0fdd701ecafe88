"""Taking one's own step back, before the next person acts."""

import pytest

from mainspring.engine import CommandRejected
from mainspring.engine import approval_commands as ac
from mainspring.engine import approval_events as a
from mainspring.testing.desk import Desk
from mainspring.testing.drawings import Drawing, extend, marked, timer


def three() -> Drawing:
    """Three people, one after the other."""
    drawing = Drawing()
    for name, person in (("ask", "ann"), ("check", "bob"), ("approve", "cid")):
        drawing.user(name, person)
    return drawing.line("ask", "check", "approve")


def at_approve(desk: Desk) -> Desk:
    desk.begin_as("ann", three())
    desk.answer("ask", "ann")
    desk.answer("check", "bob")
    return desk


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


def test_a_withdrawn_step_is_its_persons_task_again(desk: Desk) -> None:
    desk.begin_as("ann", three())
    desk.answer("ask", "ann")
    desk.send(ac.WithdrawStep(desk.root, by="ann"))
    assert desk.waiting == ["ask:ann"]
    [taken] = desk.of(a.StepWithdrawn)
    assert (taken.target, taken.person) == ("ask", "ann")


def test_after_the_next_person_has_acted_a_step_stays(desk: Desk) -> None:
    at_approve(desk)
    with pytest.raises(CommandRejected, match="bob has done 'check'"):
        desk.send(ac.WithdrawStep(desk.root, by="ann"))
    desk.send(ac.WithdrawStep(desk.root, by="bob"))
    assert desk.waiting == ["check:bob"]


def test_a_step_before_a_split_is_withdrawn_from_all_branches(desk: Desk) -> None:
    desk.begin(branches())
    desk.answer("ask", "ann")
    desk.send(ac.WithdrawStep(desk.root, by="ann"))
    assert desk.waiting == ["ask:ann"]


def test_a_step_that_waits_at_a_join_is_withdrawn_alone(desk: Desk) -> None:
    desk.begin(branches())
    desk.answer("ask", "ann")
    desk.answer("right", "cid")
    desk.send(ac.WithdrawStep(desk.root, by="cid"))
    assert desk.waiting == ["left:bob", "right:cid"]


def test_a_step_behind_which_something_acted_outside_stays(desk: Desk) -> None:
    desk.begin(branches(more="send"))
    desk.answer("ask", "ann")
    desk.answer("right", "cid")
    desk.do("send")
    with pytest.raises(CommandRejected, match="'send' has acted"):
        desk.send(ac.WithdrawStep(desk.root, by="cid"))


def test_work_that_runs_is_withdrawn_with_its_timers(desk: Desk) -> None:
    drawing = Drawing()
    drawing.user("ask", "ann")
    drawing.node("intermediateCatchEvent", "wait", timer("timeDuration", "PT1H"))
    desk.begin(drawing.line("ask", "wait"))
    desk.answer("ask", "ann")
    desk.send(ac.WithdrawStep(desk.root, by="ann"))
    assert not desk.state.timers
    assert desk.waiting == ["ask:ann"]


def test_who_did_nothing_takes_nothing_back(desk: Desk) -> None:
    desk.begin_as("ann", three())
    with pytest.raises(CommandRejected, match="bob has done no step"):
        desk.send(ac.WithdrawStep(desk.root, by="bob"))


def test_a_step_whose_branch_has_joined_stays_also_while_nobody_is_behind_the_join(desk: Desk) -> None:
    drawing = Drawing()
    for name, person in (("one", "ann"), ("two", "bob"), ("three", "cid")):
        drawing.user(name, person)
    for name in ("split", "inner", "joined", "join"):
        drawing.node("parallelGateway", name)
    drawing.line("split", "inner", "one", "joined", "join")
    drawing.path("inner", "two", "joined").path("split", "three", "join")
    desk.begin(drawing)
    desk.answer("two", "bob")
    desk.answer("one", "ann")
    with pytest.raises(CommandRejected, match="'joined' would wait for the branch of 'two'"):
        desk.send(ac.WithdrawStep(desk.root, by="ann"))
