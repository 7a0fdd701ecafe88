"""An operation inside one item of a repetition (a sub-process each) leaves the other items alone."""

from collections.abc import Callable
from typing import Any

import pytest

from mainspring.engine import approval_commands as ac
from mainspring.testing.desk import Desk
from mainspring.testing.drawings import Drawing

LOOP = (
    "<multiInstanceLoopCharacteristics><loopCardinality>=2</loopCardinality>"
    "</multiInstanceLoopCharacteristics>"
)


def items() -> Drawing:
    """For each of two items a sub-process of two steps, bob's and then cid's."""
    drawing = Drawing()
    with drawing.inside("subProcess", "each", LOOP):
        drawing.node("startEvent", "s")
        drawing.node("endEvent", "x")
        drawing.user("one", "bob")
        drawing.user("two", "cid")
        drawing.path("s", "one", "two", "x")
    return drawing.line("each")


def add(place: str) -> Callable[[Desk], Any]:
    """Dan is asked to sign beside, before or after cid."""
    return lambda desk: ac.AddSigners(desk.task("two"), ("dan",), place, by="cid")


def jump(desk: Desk) -> ac.JumpTo:
    """The token at cid's step goes back to bob's."""
    return ac.JumpTo(desk.root, desk.record("two").key, "one", by="boss")


@pytest.mark.parametrize(
    ("command", "waiting"),
    [
        (lambda desk: ac.ReturnTask(desk.task("two"), by="cid"), ["one:bob"]),
        (lambda desk: ac.WithdrawStep(desk.root, by="bob"), ["one:bob"]),
        (jump, ["one:bob"]),
        (add("beside"), ["two:cid", "two:dan"]),
        (add("before"), ["two:dan"]),
        (add("after"), ["two:cid"]),
        (lambda desk: ac.TransferTask(desk.task("two"), "dan", by="cid"), ["two:dan"]),
        (lambda desk: ac.DelegateTask(desk.task("two"), "dan", by="cid"), ["two:dan"]),
        (lambda desk: ac.HandOver(desk.root, "cid", "dan", by="boss"), ["two:dan"]),
        (lambda desk: ac.RemindTask(desk.task("two"), by="boss"), ["two:cid"]),
        (lambda desk: ac.SaveDraft(desk.task("two"), {"sum": 1}, by="cid"), ["two:cid"]),
    ],
)
def test_it_is_done_in_its_item_alone_and_both_items_end(
    desk: Desk, command: Callable[[Desk], Any], waiting: list[str]
) -> None:
    desk.begin(items())
    desk.answer("one", "bob")
    [other] = [key for key in desk.state.tasks if key != desk.task("two")]
    before = desk.state.tasks[other].element_key
    desk.send(command(desk))
    assert desk.waiting == sorted([*waiting, "one:bob"])
    assert desk.state.tasks[other].element_key == before
    while desk.waiting:
        element, person = desk.waiting[0].split(":")
        signs = desk.state.tasks[desk.task(element, person)].slot is not None
        desk.answer(element, person, "approved" if signs else "completed")
    assert desk.ended
