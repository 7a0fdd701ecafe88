"""Handing work on, and operations on whole cases: transfer, delegate, remind, copy, jump, revoke, reopen."""

import pytest

from mainspring.engine import CommandRejected
from mainspring.engine import approval_commands as ac
from mainspring.engine import approval_events as a
from mainspring.engine import commands as c
from mainspring.engine import events as e
from mainspring.testing.desk import Desk
from mainspring.testing.drawings import Drawing, extend, marked


def two() -> Drawing:
    drawing = Drawing()
    drawing.user("ask", "ann")
    drawing.user("approve", "bob")
    return drawing.line("ask", "approve")


def test_a_transferred_task_is_the_others_for_good(desk: Desk) -> None:
    desk.begin(two())
    desk.send(ac.TransferTask(desk.task("ask"), "cid", "on leave", by="ann"))
    assert desk.waiting == ["ask:cid"]
    desk.answer("ask", "cid")
    assert desk.waiting == ["approve:bob"]


def test_a_task_is_not_transferred_to_whom_it_belongs(desk: Desk) -> None:
    desk.begin(two())
    with pytest.raises(CommandRejected, match="ann's already"):
        desk.send(ac.TransferTask(desk.task("ask"), "ann", by="ann"))


def test_a_delegated_task_comes_back_with_the_delegates_answer_as_a_draft(desk: Desk) -> None:
    desk.begin(two())
    desk.send(ac.DelegateTask(desk.task("ask"), "cid", by="ann"))
    desk.send(ac.DelegateTask(desk.task("ask"), "dan", by="cid"))
    desk.answer("ask", "dan", amount=3)
    desk.answer("ask", "cid", amount=4)
    assert desk.waiting == ["ask:ann"]
    assert [event.owner for event in desk.of(a.DelegationReturned)] == ["cid", "ann"]
    assert desk.variables == {}
    desk.answer("ask", "ann", amount=4)
    assert desk.variables == {"amount": 4}


def test_a_delegate_does_not_decide_where_the_case_goes(desk: Desk) -> None:
    desk.begin(two())
    desk.answer("ask", "ann")
    desk.send(ac.DelegateTask(desk.task("approve"), "cid", by="bob"))
    with pytest.raises(CommandRejected, match="delegated to cid"):
        desk.send(ac.ReturnTask(desk.task("approve"), by="cid"))
    with pytest.raises(CommandRejected, match="bob's own"):
        desk.send(ac.DelegateTask(desk.task("approve"), "bob", by="cid"))


def test_all_work_of_one_who_leaves_is_handed_over_with_signatures_to_come(desk: Desk) -> None:
    drawing = Drawing()
    drawing.user("ask", "ann")
    drawing.user("sign", sign__mode="order", sign__approvers="=people")
    drawing.node("parallelGateway", "split")
    drawing.node("parallelGateway", "join")
    drawing.line("split", "ask", "join").path("split", "sign", "join")
    desk.begin(drawing, people=["bob", "ann"])
    desk.send(ac.HandOver(desk.root, "ann", "eve", "left the firm", by="boss"))
    assert desk.waiting == ["ask:eve", "sign:bob"]
    desk.answer("sign", "bob", "approved")
    assert desk.waiting == ["ask:eve", "sign:eve"]


def test_work_is_not_handed_to_one_who_signs_beside_the_leaver(desk: Desk) -> None:
    drawing = Drawing()
    drawing.user("sign", sign__mode="all", sign__approvers="=people")
    desk.begin(drawing.line("sign"), people=["bob", "ann"])
    with pytest.raises(CommandRejected, match="bob and ann both sign 'sign'"):
        desk.send(ac.HandOver(desk.root, "ann", "bob", by="boss"))


def test_a_reminder_leaves_the_task_in_peace_for_a_while(desk: Desk) -> None:
    desk.begin(two())
    desk.send(ac.RemindTask(desk.task("ask"), "please", by="boss"))
    with pytest.raises(CommandRejected, match="a reminder was sent"):
        desk.send(ac.RemindTask(desk.task("ask"), by="boss"))
    desk.advance(600, {})
    desk.send(ac.RemindTask(desk.task("ask"), by="boss"))
    assert [event.note for event in desk.of(a.TaskReminded)] == ["please", ""]


def test_each_person_gets_one_copy_of_a_case(desk: Desk) -> None:
    desk.begin(two())
    desk.send(ac.CopyCase(desk.root, ("cid", "dan", "cid"), by="ann"))
    desk.send(ac.CopyCase(desk.root, ("dan", "eve"), by="ann"))
    assert [event.people for event in desk.of(a.CaseCopied)] == [["cid", "dan"], ["eve"]]
    with pytest.raises(CommandRejected, match="have a copy of this case already"):
        desk.send(ac.CopyCase(desk.root, ("cid",), by="ann"))


def test_a_draft_changes_nothing_but_itself(desk: Desk) -> None:
    desk.begin(two())
    desk.send(ac.SaveDraft(desk.task("ask"), {"amount": 1}, by="ann"))
    assert desk.of(e.TaskUpdated)[0].changes == {"draft": {"amount": 1}}
    assert desk.waiting == ["ask:ann"]
    assert desk.variables == {}


def branches() -> Drawing:
    """Two branches of two steps each, between two steps."""
    drawing = Drawing()
    for name in ("first", "l1", "l2", "r1", "last"):
        drawing.user(name, name)
    drawing.node("parallelGateway", "split")
    drawing.node("parallelGateway", "join")
    drawing.line("first", "split", "l1", "l2", "join", "last")
    drawing.path("split", "r1", "join")
    return drawing


def jump(desk: Desk, source: str, to: str) -> None:
    desk.send(ac.JumpTo(desk.root, desk.record(source).key, to, by="boss"))


def test_a_token_jumps_forwards_and_backwards_within_its_branch(desk: Desk) -> None:
    desk.begin(branches())
    desk.answer("first", "first")
    jump(desk, "l1", "l2")
    assert desk.waiting == ["l2:l2", "r1:r1"]
    jump(desk, "l2", "l1")
    assert desk.waiting == ["l1:l1", "r1:r1"]
    for step in ("l1", "l2", "r1", "last"):
        desk.answer(step, step)
    assert desk.ended


def test_a_jump_before_the_split_withdraws_the_other_branch(desk: Desk) -> None:
    desk.begin(branches())
    desk.answer("first", "first")
    jump(desk, "l1", "first")
    assert desk.waiting == ["first:first"]


@pytest.mark.parametrize(
    ("source", "to", "why"),
    [
        ("first", "l1", "lies in a branch: 'join' would wait for the branch of 'r1'"),
        ("l1", "last", "'join' would wait for ever for the branch of 'l1'"),
        ("l1", "join", "waits for several tokens"),
        ("l1", "start", "an event that happens"),
        ("l1", "nowhere", "lies in no scope around the token"),
        ("l1", "l1", "at 'l1' already"),
    ],
)
def test_a_jump_that_would_leave_a_join_waiting_for_ever_is_refused(
    desk: Desk, source: str, to: str, why: str
) -> None:
    desk.begin(branches())
    if source != "first":
        desk.answer("first", "first")
    with pytest.raises(CommandRejected, match=why):
        jump(desk, source, to)


def test_the_initiator_revokes_the_case_and_nobody_else(desk: Desk) -> None:
    desk.begin_as("ann", two())
    with pytest.raises(CommandRejected, match="only who began the case"):
        desk.send(ac.RevokeInstance(desk.root, by="bob"))
    desk.send(ac.RevokeInstance(desk.root, "not needed", by="ann"))
    assert desk.state.outcome == "terminated"
    assert desk.of(a.InstanceRevoked)[0].reason == "not needed"


def paid(**properties: str) -> Drawing:
    drawing = Drawing()
    drawing.user("ask", "ann")
    drawing.node("serviceTask", "pay", extend(f'<zeebe:taskDefinition type="pay"/>{marked(**properties)}'))
    drawing.user("file", "bob")
    return drawing.line("ask", "pay", "file")


def test_a_case_that_has_acted_on_the_outside_is_not_revoked(desk: Desk) -> None:
    desk.begin_as("ann", paid())
    desk.answer("ask", "ann")
    desk.do("pay")
    with pytest.raises(CommandRejected, match="'pay' has acted on the outside"):
        desk.send(ac.RevokeInstance(desk.root, by="ann"))


def test_a_closed_case_goes_on_at_its_last_step_with_its_variables(desk: Desk) -> None:
    desk.begin_as("ann", two())
    desk.answer("ask", "ann", amount=3)
    desk.answer("approve", "bob")
    assert desk.ended
    desk.send(ac.ReopenInstance(desk.root, by="boss", reason="a mistake"))
    assert desk.waiting == ["approve:bob"]
    assert desk.variables == {"amount": 3}
    desk.send(ac.ReturnTask(desk.task("approve"), to=ac.INITIATOR, by="bob"))
    assert desk.waiting == ["ask:ann"]
    desk.answer("ask", "ann")
    desk.answer("approve", "bob")
    assert desk.ended


def test_a_revoked_case_goes_on_where_it_is_told(desk: Desk) -> None:
    desk.begin_as("ann", two())
    desk.send(ac.RevokeInstance(desk.root, by="ann"))
    with pytest.raises(CommandRejected, match="no person did a step"):
        desk.send(ac.ReopenInstance(desk.root, by="ann"))
    desk.send(ac.ReopenInstance(desk.root, "approve", by="ann"))
    assert desk.waiting == ["approve:bob"]


def test_a_case_is_not_reopened_before_what_acted_on_the_outside(desk: Desk) -> None:
    desk.begin(paid())
    desk.answer("ask", "ann")
    desk.do("pay")
    desk.answer("file", "bob")
    with pytest.raises(CommandRejected, match="'pay' has acted"):
        desk.send(ac.ReopenInstance(desk.root, "ask", by="boss"))
    desk.send(ac.ReopenInstance(desk.root, by="boss"))
    assert desk.waiting == ["file:bob"]


def test_a_case_is_not_reopened_inside_a_branch(desk: Desk) -> None:
    desk.begin(branches())
    for step in ("first", "l1", "l2", "r1", "last"):
        desk.answer(step, step)
    with pytest.raises(CommandRejected, match="'join' would wait for the branch of 'r1'"):
        desk.send(ac.ReopenInstance(desk.root, "l2", by="boss"))
    desk.send(ac.ReopenInstance(desk.root, "first", by="boss"))
    for step in ("first", "l1", "l2", "r1", "last"):
        desk.answer(step, step)
    assert desk.ended


def test_compensated_work_is_not_reopened(desk: Desk) -> None:
    drawing = Drawing()
    drawing.job("book")
    drawing.job("unbook", isForCompensation="true")
    drawing.node("boundaryEvent", "edge", "<compensateEventDefinition/>", attachedToRef="book")
    drawing.node("association", "link", sourceRef="edge", targetRef="unbook")
    drawing.node("intermediateThrowEvent", "undo", "<compensateEventDefinition/>")
    drawing.user("last", "bob")
    desk.begin(drawing.line("book", "undo", "last"))
    desk.do("book").do("unbook")
    desk.answer("last", "bob")
    with pytest.raises(CommandRejected, match="'book' has been compensated"):
        desk.send(ac.ReopenInstance(desk.root, by="boss"))


def test_a_called_process_is_reopened_with_its_caller_only(desk: Desk) -> None:
    called = Drawing("sub")
    called.user("inner", "bob")
    desk.deploy(called.line("inner").xml())
    drawing = Drawing()
    drawing.node("callActivity", "call", extend('<zeebe:calledElement processId="sub"/>'))
    desk.begin(drawing.line("call"))
    inner = desk.of(e.InstanceStarted)[1].key
    desk.send(c.CancelInstance(desk.root))
    with pytest.raises(CommandRejected, match="was called by another process"):
        desk.send(ac.ReopenInstance(inner, by="boss"))


def test_a_running_or_suspended_case_refuses_by_its_state(desk: Desk) -> None:
    desk.begin_as("ann", two())
    with pytest.raises(CommandRejected, match="has not ended"):
        desk.send(ac.ReopenInstance(desk.root, by="boss"))
    desk.send(c.SuspendInstance(desk.root))
    with pytest.raises(CommandRejected, match="suspended"):
        desk.send(ac.TransferTask(desk.task("ask"), "cid", by="ann"))
