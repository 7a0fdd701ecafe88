"""Several people sign one user task: all, any, by vote, in order; signers added, removed, replaced."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mainspring.bpmn import ModelError
from mainspring.engine import CommandRejected
from mainspring.engine import approval_commands as ac
from mainspring.engine import approval_events as a
from mainspring.engine import commands as c
from mainspring.engine import events as e
from mainspring.engine.ballots import Ballot, Slot, needed
from mainspring.testing.desk import Desk
from mainspring.testing.drawings import Drawing


def signed(mode: str, **properties: str) -> Drawing:
    """One task that `people` sign, then a job that sees the outcome."""
    drawing = Drawing()
    drawing.user("sign", sign__mode=mode, sign__approvers="=people", **properties)
    drawing.job("look")
    return drawing.line("sign", "look")


def outcome(desk: Desk) -> str:
    assert desk.open == ["look"]
    return str(desk.variables["approval"]["outcome"])


PEOPLE = ["ann", "bob", "cid"]


def test_all_must_approve(desk: Desk) -> None:
    desk.begin(signed("all"), people=PEOPLE)
    assert desk.waiting == ["sign:ann", "sign:bob", "sign:cid"]
    for person in PEOPLE:
        assert not desk.open
        desk.answer("sign", person, "approved")
    assert outcome(desk) == "approved"


def test_where_all_must_approve_one_rejection_decides_and_the_others_are_not_asked_any_more(
    desk: Desk,
) -> None:
    desk.begin(signed("all"), people=PEOPLE)
    desk.answer("sign", "bob", "rejected", note="too dear")
    assert outcome(desk) == "rejected"
    assert desk.waiting == []
    [vote] = desk.variables["approval"]["votes"]
    assert (vote["person"], vote["outcome"], vote["note"]) == ("bob", "rejected", "too dear")


@pytest.mark.parametrize("said", ["approved", "rejected"])
def test_where_any_may_sign_the_first_answer_decides(desk: Desk, said: str) -> None:
    desk.begin(signed("any"), people=PEOPLE)
    desk.answer("sign", "cid", said)
    assert outcome(desk) == said
    assert desk.waiting == []


def test_in_order_each_is_asked_when_the_one_before_has_approved(desk: Desk) -> None:
    desk.begin(signed("order"), people=PEOPLE)
    for person in PEOPLE:
        assert desk.waiting == [f"sign:{person}"]
        desk.answer("sign", person, "approved")
    assert outcome(desk) == "approved"


def test_a_vote_passes_by_more_than_half_of_the_weight(desk: Desk) -> None:
    desk.begin(signed("vote", sign__weights="=weights"), people=PEOPLE, weights={"ann": 5})
    desk.answer("sign", "ann", "approved")
    assert outcome(desk) == "approved"


def test_a_vote_fails_as_soon_as_the_rest_cannot_carry_it(desk: Desk) -> None:
    desk.begin(signed("vote", sign__pass="60%"), people=PEOPLE)
    desk.answer("sign", "ann", "rejected")
    desk.answer("sign", "bob", "abstained")
    assert outcome(desk) == "rejected"


def test_so_many_vetoes_reject_a_vote_whatever_the_others_say(desk: Desk) -> None:
    desk.begin(signed("vote", sign__pass="1", sign__veto="1"), people=PEOPLE)
    desk.answer("sign", "bob", "rejected")
    assert outcome(desk) == "rejected"


def test_abstaining_is_for_votes(desk: Desk) -> None:
    desk.begin(signed("all"), people=PEOPLE)
    with pytest.raises(CommandRejected, match="'abstained' is no answer"):
        desk.answer("sign", "ann", "abstained")


def test_nobody_to_sign_is_an_incident_that_a_person_mends(desk: Desk) -> None:
    desk.begin(signed("all"), people=[])
    assert "names 0 people" in desk.incident.message
    desk.send(c.SetVariables(desk.root, {"people": ["ann"]}))
    desk.resolve()
    assert desk.waiting == ["sign:ann"]


def test_an_unknown_mode_refuses_the_model(desk: Desk) -> None:
    with pytest.raises(ModelError, match="'most' is none of"):
        desk.begin(signed("most"), people=PEOPLE)


def test_a_name_given_twice_signs_once(desk: Desk) -> None:
    desk.begin(signed("all"), people=["ann", "bob", "ann"])
    assert desk.waiting == ["sign:ann", "sign:bob"]


def single() -> Drawing:
    drawing = Drawing()
    drawing.user("sign", "ann")
    drawing.job("look")
    return drawing.line("sign", "look")


def add(desk: Desk, by: str, place: str, *people: str) -> list[Any]:
    return desk.send(ac.AddSigners(desk.task("sign", by), people, place, by=by))


def test_a_signer_added_before_is_asked_first_and_then_the_task_comes_back(desk: Desk) -> None:
    desk.begin(single())
    add(desk, "ann", "before", "bob", "cid")
    assert desk.waiting == ["sign:bob", "sign:cid"]
    desk.answer("sign", "bob", "approved")
    assert desk.waiting == ["sign:cid"]
    desk.answer("sign", "cid", "approved")
    assert desk.waiting == ["sign:ann"]
    desk.answer("sign", "ann")
    assert outcome(desk) == "approved"


def test_a_signer_added_after_is_asked_when_the_first_has_approved(desk: Desk) -> None:
    desk.begin(single())
    add(desk, "ann", "after", "bob")
    assert desk.waiting == ["sign:ann"]
    desk.answer("sign", "ann")
    assert desk.waiting == ["sign:bob"]
    desk.answer("sign", "bob", "rejected")
    assert outcome(desk) == "rejected"


def test_a_signer_added_beside_signs_at_the_same_time(desk: Desk) -> None:
    desk.begin(single())
    add(desk, "ann", "beside", "bob")
    assert desk.waiting == ["sign:ann", "sign:bob"]


def test_a_signer_added_in_an_order_is_waited_for_by_the_next(desk: Desk) -> None:
    desk.begin(signed("order"), people=["ann", "bob"])
    add(desk, "ann", "after", "eve")
    desk.answer("sign", "ann", "approved")
    assert desk.waiting == ["sign:eve"]
    desk.answer("sign", "eve", "approved")
    assert desk.waiting == ["sign:bob"]


def test_one_asked_before_another_does_not_decide_where_any_may_sign(desk: Desk) -> None:
    desk.begin(signed("any"), people=["ann"])
    add(desk, "ann", "before", "bob")
    desk.answer("sign", "bob", "approved")
    assert desk.waiting == ["sign:ann"]


def test_nobody_signs_twice(desk: Desk) -> None:
    desk.begin(signed("all"), people=["ann", "bob"])
    with pytest.raises(CommandRejected, match="bob sign already"):
        add(desk, "ann", "beside", "bob")
    with pytest.raises(CommandRejected, match="bob signs this already"):
        desk.send(ac.TransferTask(desk.task("sign", "ann"), "bob", by="ann"))


def test_a_signer_who_is_removed_is_not_waited_for(desk: Desk) -> None:
    desk.begin(signed("order"), people=PEOPLE)
    desk.send(ac.RemoveSigners(desk.task("sign"), ("bob",), by="boss"))
    desk.answer("sign", "ann", "approved")
    assert desk.waiting == ["sign:cid"]


def test_removing_the_last_whom_it_waits_for_decides(desk: Desk) -> None:
    desk.begin(signed("all"), people=["ann", "bob"])
    desk.answer("sign", "ann", "approved")
    desk.send(ac.RemoveSigners(desk.task("sign"), ("bob",), by="boss"))
    assert outcome(desk) == "approved"


def test_who_has_signed_and_the_only_signer_are_not_removed(desk: Desk) -> None:
    desk.begin(signed("all"), people=["ann", "bob"])
    desk.answer("sign", "ann", "approved")
    with pytest.raises(CommandRejected, match="ann has signed"):
        desk.send(ac.RemoveSigners(desk.task("sign"), ("ann",), by="boss"))
    desk.begin(signed("all"), people=["ann", "bob"])
    with pytest.raises(CommandRejected, match="nobody would be left"):
        desk.send(ac.RemoveSigners(desk.task("sign"), ("ann", "bob"), by="boss"))


def test_a_signature_is_taken_back_while_nothing_is_decided(desk: Desk) -> None:
    desk.begin(signed("all"), people=["ann", "bob"])
    desk.answer("sign", "ann", "approved")
    desk.send(ac.WithdrawStep(desk.root, by="ann"))
    assert desk.waiting == ["sign:ann", "sign:bob"]
    assert desk.of(a.VoteWithdrawn)
    desk.answer("sign", "ann", "rejected")
    assert outcome(desk) == "rejected"


def test_in_order_a_signature_is_taken_back_before_the_next_signs(desk: Desk) -> None:
    desk.begin(signed("order"), people=PEOPLE)
    desk.answer("sign", "ann", "approved")
    desk.send(ac.WithdrawStep(desk.root, by="ann"))
    assert desk.waiting == ["sign:ann"]
    desk.answer("sign", "ann", "approved")
    desk.answer("sign", "bob", "approved")
    with pytest.raises(CommandRejected, match="bob, who comes next, has signed"):
        desk.send(ac.WithdrawStep(desk.root, by="ann"))


def test_a_signing_that_is_returned_to_is_done_by_all_again(desk: Desk) -> None:
    drawing = Drawing()
    drawing.user("sign", sign__mode="all", sign__approvers="=people")
    drawing.user("last", "dan")
    desk.begin(drawing.line("sign", "last"), people=["ann", "bob"])
    for person in ("ann", "bob"):
        desk.answer("sign", person, "approved")
    desk.send(ac.ReturnTask(desk.task("last"), by="dan"))
    assert desk.waiting == ["sign:ann", "sign:bob"]


def test_a_return_out_of_a_signing_ends_it_and_comes_back_to_all(desk: Desk) -> None:
    drawing = Drawing()
    drawing.user("ask", "eve")
    drawing.user("sign", sign__mode="all", sign__approvers="=people")
    desk.begin(drawing.line("ask", "sign"), people=["ann", "bob"])
    desk.answer("ask", "eve")
    desk.answer("sign", "ann", "approved")
    desk.send(ac.ReturnTask(desk.task("sign"), mode=ac.BACK, by="bob"))
    assert desk.waiting == ["ask:eve"]
    desk.answer("ask", "eve")
    assert desk.waiting == ["sign:ann", "sign:bob"]


def test_the_initiator_amends_before_a_signing_goes_on(desk: Desk) -> None:
    desk.begin_as("eve", signed("all"), people=["ann", "bob"])
    desk.answer("sign", "ann", "approved")
    desk.send(ac.ReturnTask(desk.task("sign"), to=ac.INITIATOR, by="bob"))
    assert desk.waiting == ["sign:eve"]
    desk.answer("sign", "eve")
    assert desk.waiting == ["sign:bob"]
    desk.answer("sign", "bob", "approved")
    assert outcome(desk) == "approved"


def test_a_boundary_event_ends_a_signing_with_all_its_tasks(desk: Desk) -> None:
    drawing = signed("all")
    definition = "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>"
    drawing.node("boundaryEvent", "late", definition, attachedToRef="sign")
    drawing.path("late", "look")
    desk.begin(drawing, people=PEOPLE)
    desk.advance(3600, {})
    assert desk.waiting == []
    assert len(desk.of(e.TaskCanceled)) == 3


def test_a_user_task_repeated_for_each_person_counts_by_its_completion_condition(desk: Desk) -> None:
    drawing = Drawing()
    loop = (
        "<multiInstanceLoopCharacteristics><extensionElements>"
        '<zeebe:loopCharacteristics inputCollection="=people" inputElement="person" '
        'outputCollection="answers" outputElement="=yes"/></extensionElements>'
        "<completionCondition>=numberOfCompletedInstances &gt;= 2</completionCondition>"
        "</multiInstanceLoopCharacteristics>"
    )
    drawing.user("sign", "=person", inner=loop)
    drawing.job("look")
    desk.begin(drawing.line("sign", "look"), people=PEOPLE)
    desk.answer("sign", "ann", yes=True)
    desk.answer("sign", "cid", yes=False)
    assert desk.open == ["look"]
    assert desk.waiting == []


votes = st.lists(
    st.tuples(st.integers(1, 5), st.sampled_from(["approved", "rejected", "abstained"])),
    min_size=1,
    max_size=8,
)


def ballot_of(mode: str, weights: list[int], passing: str = "", veto: int = 1) -> Ballot:
    ballot = Ballot(mode, "approval", passing, veto)
    for number, weight in enumerate(weights):
        after = [number - 1] if mode == "order" and number else []
        ballot.slots[number] = Slot(f"p{number}", Decimal(weight), after, counts=True, by=None)
    return ballot


@given(votes, st.sampled_from(["", "50%", "100%", "3"]), st.integers(0, 3), st.randoms(use_true_random=False))
def test_a_vote_is_always_decided_and_the_order_of_answers_without_veto_never_matters(
    answers: list[tuple[int, str]], passing: str, veto: int, chance: Any
) -> None:
    found = set()
    for _ in range(2):
        ballot = ballot_of("vote", [weight for weight, _ in answers], passing, veto)
        order = list(range(len(answers)))
        chance.shuffle(order)
        for number in order:
            if ballot.verdict() is None:
                ballot.slots[number].outcome = answers[number][1]
        assert ballot.verdict() in {"approved", "rejected"}
        found.add(ballot.verdict())
    assert veto or len(found) == 1


@given(st.sampled_from(["all", "order"]), st.lists(st.booleans(), min_size=1, max_size=8))
def test_all_approve_or_it_is_rejected(mode: str, answers: list[bool]) -> None:
    ballot = ballot_of(mode, [1] * len(answers))
    for number, yes in enumerate(answers):
        if ballot.verdict() is None:
            assert number in ballot.openable()
            ballot.slots[number].outcome = "approved" if yes else "rejected"
    assert ballot.verdict() == ("approved" if all(answers) else "rejected")


@pytest.mark.parametrize("wrong", ["0", "-1", "101%", "half", "nan", "%"])
def test_what_passes_a_vote_is_a_share_or_a_weight(wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        needed(wrong)
