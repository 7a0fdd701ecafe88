"""Task listeners: asked when a task is made, assigned, updated or completed; they may deny and correct."""

import pytest

from mainspring.engine import CommandRejected
from mainspring.engine import commands as c
from mainspring.engine import events as e
from mainspring.testing.desk import Desk
from mainspring.testing.drawings import Drawing


def heard(*changes: str) -> Drawing:
    """A task of nobody in particular, with a listener for each of these changes."""
    listeners = "".join(f'<zeebe:taskListener eventType="{one}" type="{one}"/>' for one in changes)
    drawing = Drawing()
    drawing.user("ask", extensions=f"<zeebe:taskListeners>{listeners}</zeebe:taskListeners>")
    return drawing.line("ask")


def job(desk: Desk, kind: str) -> int:
    return next(one.key for one in desk.jobs.values() if one.created.type == kind)


def test_a_task_is_there_when_the_listener_of_its_creation_is_done(desk: Desk) -> None:
    desk.begin(heard("creating"))
    assert desk.waiting == []
    desk.do("creating")
    assert desk.waiting == ["ask:"]


def test_an_assignment_waits_for_its_listener(desk: Desk) -> None:
    desk.begin(heard("assigning"))
    desk.send(c.ClaimTask(desk.task("ask"), "ann"))
    assert desk.waiting == ["ask:"]
    with pytest.raises(CommandRejected, match="its listeners are at work"):
        desk.answer("ask", "ann")
    desk.do("assigning")
    assert desk.waiting == ["ask:ann"]


def test_a_listener_may_deny_a_change_which_leaves_the_task_as_it_was(desk: Desk) -> None:
    desk.begin(heard("completing"))
    desk.answer("ask", "ann", amount=3)
    desk.send(c.CompleteJob(job(desk, "completing"), {}, {"denied": True, "deniedReason": "too much"}))
    assert desk.waiting == ["ask:"]
    assert desk.variables == {}
    desk.answer("ask", "ann", amount=2)
    desk.do("completing")
    assert desk.ended
    assert desk.of(e.TaskCompleted)[0].actor == {"kind": "person", "id": "ann"}


def test_a_listener_may_name_another_assignee_and_correct_dates(desk: Desk) -> None:
    desk.begin(heard("assigning"))
    desk.send(c.AssignTask(desk.task("ask"), "ann"))
    corrections = {"assignee": "bob", "priority": 70}
    desk.send(c.CompleteJob(job(desk, "assigning"), {}, {"corrections": corrections}))
    assert desk.waiting == ["ask:bob"]
    assert desk.of(e.TaskUpdated)[0].changes == {"priority": 70}


def test_listeners_are_asked_one_after_the_other_and_told_what_is_to_change(desk: Desk) -> None:
    listeners = "".join(f'<zeebe:taskListener eventType="updating" type="{one}"/>' for one in ("a", "b"))
    drawing = Drawing()
    drawing.user("ask", extensions=f"<zeebe:taskListeners>{listeners}</zeebe:taskListeners>")
    desk.begin(drawing.line("ask"))
    desk.send(c.UpdateTask(desk.task("ask"), {"priority": 5}))
    assert desk.open == ["a"]
    headers = desk.of(e.JobCreated)[0].headers
    assert headers["eventType"] == "updating"
    assert '"priority":5' in headers["change"].replace(" ", "")
    desk.do("a")
    assert desk.open == ["b"]
    assert desk.of(e.TaskUpdated) == []
    desk.do("b")
    assert desk.of(e.TaskUpdated)[0].changes == {"priority": 5}


def test_the_listener_of_a_cancelled_task_is_told_while_the_case_goes_on(desk: Desk) -> None:
    drawing = heard("canceling")
    due = "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>"
    drawing.node("boundaryEvent", "late", due, attachedToRef="ask")
    drawing.path("late", drawing.job("mend"), "end")
    desk.begin(drawing)
    desk.advance(3600, {})
    assert desk.open == ["canceling", "mend"]
    desk.do("canceling")
    assert desk.open == ["mend"]
    desk.do("mend")
    assert desk.ended


def test_with_the_case_such_a_job_is_gone_too(desk: Desk) -> None:
    desk.begin(heard("canceling"))
    desk.send(c.CancelInstance(desk.root))
    assert desk.open == []
    assert not desk.state.jobs


def test_a_task_that_ends_takes_its_waiting_change_along(desk: Desk) -> None:
    drawing = heard("completing")
    due = "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>"
    drawing.node("boundaryEvent", "late", due, attachedToRef="ask")
    drawing.path("late", "end")
    desk.begin(drawing)
    desk.answer("ask", "ann")
    desk.advance(3600, {})
    assert desk.ended
    assert desk.of(e.TaskCompleted) == []
