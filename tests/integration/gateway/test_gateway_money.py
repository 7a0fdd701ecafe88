"""Attempts to move money that nobody confirmed, or that somebody else confirmed, or twice."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from mainspring.gateway import Caller, ConfirmationNeeded, Denied, PersonOnly
from mainspring.govern import notices
from mainspring.govern.errors import ApprovalError
from mainspring.govern.principal import Principal

if TYPE_CHECKING:
    from tests.integration.gateway.conftest import Bank


def refund(total: str, customer: str = "c-1") -> dict[str, Any]:
    return {"customer_id": customer, "total": total}


def asked(bank: "Bank", arguments: dict[str, Any], caller: Caller | None = None) -> Any:
    with pytest.raises(ConfirmationNeeded) as needed:
        bank.call("pay.refund", arguments, caller)
    return needed.value.request


def test_a_small_refund_of_which_the_agent_is_sure_runs_alone(bank: "Bank") -> None:
    bank.call("pay.refund", refund("50"))
    assert bank.effects() == 1
    assert bank.rows()[0].rule.startswith("small")


def test_money_without_an_approval_does_not_move(bank: "Bank") -> None:
    asked(bank, refund("100"))
    assert bank.effects() == 0
    assert [row.outcome for row in bank.rows()] == ["confirmation"]


@pytest.mark.parametrize("confidence", [float("nan"), Decimal("sNaN"), 1.2, -0.1, float("inf")])
def test_a_confidence_that_is_no_probability_leaves_it_to_a_person(bank: "Bank", confidence: Any) -> None:
    with pytest.raises(PersonOnly):
        bank.call("pay.refund", refund("10"), replace(bank.clerk, confidence=confidence))
    assert bank.effects() == 0


def test_no_stated_confidence_asks_for_a_confirmation(bank: "Bank") -> None:
    asked(bank, refund("10"), replace(bank.clerk, confidence=None))


def test_a_confirmed_refund_runs_once_and_the_record_names_the_approval(bank: "Bank") -> None:
    request = asked(bank, refund("100"))
    bank.answer(request, bank.anna)
    bank.call("pay.refund", refund("100"))
    assert bank.effects() == 1
    assert [(row.outcome, row.approval) for row in bank.rows()] == [
        ("confirmation", request.key),
        ("ok", request.key),
    ]


def test_an_approval_is_used_once(bank: "Bank") -> None:
    request = asked(bank, refund("100"))
    bank.answer(request, bank.anna)
    bank.call("pay.refund", refund("100"))
    second = asked(bank, refund("100"))
    assert second.key != request.key
    assert bank.effects() == 1


@pytest.mark.parametrize(
    "changed", [refund("100.01"), refund("100", "c-2"), refund("10O0".replace("O", "0"))]
)
def test_an_approval_for_other_arguments_is_worth_nothing(bank: "Bank", changed: dict[str, Any]) -> None:
    bank.answer(asked(bank, refund("100")), bank.anna)
    asked(bank, changed)
    assert bank.effects() == 0


def test_the_same_amount_written_otherwise_is_the_same_arguments(bank: "Bank") -> None:
    bank.answer(asked(bank, refund("100")), bank.anna)
    bank.call("pay.refund", refund("100.00"))
    assert bank.effects() == 1


def test_an_approval_holds_only_at_the_step_that_asked(bank: "Bank") -> None:
    bank.answer(asked(bank, refund("100")), bank.anna)
    asked(bank, refund("100"), replace(bank.clerk, instance=99))
    asked(bank, refund("100"), replace(bank.clerk, element_key=99))
    assert bank.effects() == 0


def test_an_answer_must_name_what_was_seen(bank: "Bank") -> None:
    request = asked(bank, refund("100"))
    with pytest.raises(ApprovalError, match="not those"):
        bank.answer(request, bank.anna, digest=request.digest[:-1] + "x")


def test_one_confirmation_is_not_two(bank: "Bank") -> None:
    bank.answer(asked(bank, refund("900")), bank.anna)
    assert asked(bank, refund("900")).missing == 1
    assert bank.effects() == 0


def test_the_same_person_does_not_count_twice(bank: "Bank") -> None:
    request = asked(bank, refund("900"))
    bank.answer(request, bank.anna)
    with pytest.raises(ApprovalError, match="confirmed already"):
        bank.answer(request, bank.anna)


def test_two_people_make_two_confirmations(bank: "Bank") -> None:
    request = asked(bank, refund("900"))
    bank.answer(request, bank.anna)
    bank.answer(request, bank.bo)
    bank.call("pay.refund", refund("900"))
    assert bank.effects() == 1


def test_the_preparer_never_confirms(bank: "Bank") -> None:
    edited = replace(bank.clerk, preparer="anna")
    request = asked(bank, refund("100"), edited)
    with pytest.raises(Denied, match="preparer-never-approves"):
        bank.answer(request, bank.anna)
    with bank.store.write() as tx, pytest.raises(ApprovalError, match="prepared it"):
        bank.approvals.approve(tx, request.key, bank.anna, digest=request.digest, now=bank.now)


def test_whoever_lent_the_authority_never_confirms(bank: "Bank") -> None:
    lent = replace(bank.clerk, principal=Principal("agent", "clerk", on_behalf_of="anna"))
    request = asked(bank, refund("100"), lent)
    with pytest.raises(Denied):
        bank.answer(request, bank.anna)


def test_a_person_who_calls_does_not_confirm_the_own_call(bank: "Bank") -> None:
    request = asked(bank, refund("100"), Caller(bank.anna))
    with pytest.raises(Denied):
        bank.answer(request, bank.anna)
    bank.answer(request, bank.bo)
    bank.call("pay.refund", refund("100"), Caller(bank.anna))
    assert bank.rows()[-1].actor_id == "anna"


def test_an_agent_never_confirms(bank: "Bank") -> None:
    request = asked(bank, refund("100"))
    with pytest.raises(Denied, match="only-people-approve"):
        bank.answer(request, Principal("agent", "other", frozenset({"approver"})))


def test_a_person_without_the_role_does_not_confirm(bank: "Bank") -> None:
    with pytest.raises(ApprovalError, match="role approver"):
        bank.answer(asked(bank, refund("100")), bank.wei)


def test_an_expired_request_takes_no_answer(bank: "Bank") -> None:
    request = asked(bank, refund("100"))
    bank.pass_time(days=8)
    with pytest.raises(ApprovalError, match="expired"):
        bank.answer(request, bank.anna)


def test_an_expired_approval_is_asked_again(bank: "Bank") -> None:
    request = asked(bank, refund("100"))
    bank.answer(request, bank.anna)
    bank.pass_time(days=8)
    assert asked(bank, refund("100")).key != request.key
    assert bank.effects() == 0


def test_a_refusal_denies_the_call(bank: "Bank") -> None:
    bank.answer(asked(bank, refund("100")), bank.anna, approved=False)
    with pytest.raises(Denied, match="anna refused"):
        bank.call("pay.refund", refund("100"))
    assert bank.effects() == 0


def test_a_refused_request_cannot_be_confirmed_after_all(bank: "Bank") -> None:
    request = asked(bank, refund("100"))
    bank.answer(request, bank.anna, approved=False)
    with pytest.raises(ApprovalError, match="refused already"):
        bank.answer(request, bank.bo)


def test_a_refund_split_below_the_limit_is_added_up(bank: "Bank") -> None:
    for _ in range(2):
        bank.call("pay.refund", refund("25"))
    request = asked(bank, refund("25"))
    assert (request.amount, request.cumulated) == (25, 75)
    bank.call("pay.refund", refund("25", "c-2"))
    assert bank.effects() == 3


def test_splitting_within_one_transaction_is_added_up_too(bank: "Bank") -> None:
    with bank.store.write() as tx:
        bank.gateway.call(tx, bank.clerk, "pay.refund", refund("40"))
        with pytest.raises(ConfirmationNeeded):
            bank.gateway.call(tx, bank.clerk, "pay.refund", refund("40"))


def test_the_window_of_adding_up_ends(bank: "Bank") -> None:
    bank.call("pay.refund", refund("50"))
    bank.pass_time(hours=25)
    bank.call("pay.refund", refund("50"))
    assert bank.effects() == 2


def test_an_approval_that_no_longer_suffices_is_asked_again(bank: "Bank") -> None:
    bank.answer(asked(bank, refund("400")), bank.anna)
    bank.call("pay.refund", refund("50"), replace(bank.clerk, element_key=5))
    bank.call("pay.refund", refund("400"))
    other = replace(bank.clerk, element_key=6)
    assert asked(bank, refund("90"), other).requirement.confirmations == 2


def test_what_only_a_person_does_is_taken_over_and_recorded_as_theirs(bank: "Bank") -> None:
    with pytest.raises(PersonOnly) as only:
        bank.call("pay.refund", refund("9000"))
    bank.answer(only.value.request, bank.owner)
    bank.call("pay.refund", refund("9000"))
    row = bank.rows()[-1]
    assert (row.outcome, row.actor_kind, row.actor_id) == ("ok", "person", "olga")


def test_what_only_a_person_does_needs_a_person_of_that_role(bank: "Bank") -> None:
    with pytest.raises(Denied, match="role owner"):
        bank.call("pay.refund", refund("9000"), Caller(bank.anna))
    bank.call("pay.refund", refund("9000"), Caller(bank.owner))
    assert bank.effects() == 1


@pytest.mark.parametrize(
    ("grade", "error"), [("A1", PersonOnly), ("A3", ConfirmationNeeded), ("A9", PersonOnly)]
)
def test_an_agent_s_own_grade_narrows_the_ladder(bank: "Bank", grade: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        bank.call("pay.refund", refund("10"), replace(bank.clerk, grade=grade))


def test_a_failed_use_leaves_the_approval_for_the_next_attempt(bank: "Bank") -> None:
    request = asked(bank, refund("100", "break"))
    bank.answer(request, bank.anna)
    for _ in range(2):
        with pytest.raises(bank.BrokenError):
            bank.call("pay.refund", refund("100", "break"))
    with bank.store.read() as tx:
        assert bank.approvals.get(tx, request.key).state == "approved"
    assert bank.effects() == 0


def test_what_is_done_with_report_is_reported_to_the_role(bank: "Bank") -> None:
    bank.call("mail.send", {"text": "hello"})
    with bank.store.write() as tx:
        (notice,) = notices.waiting(tx, bank.wei)
        notices.seen(tx, bank.wei, [notice["key"]], now=bank.now)
        assert notices.waiting(tx, bank.wei) == []
        assert notice["operation"] == "mail.send"


def test_what_takes_two_people_is_not_done_by_one_of_them_alone(bank: "Bank") -> None:
    request = asked(bank, refund("200000"), Caller(bank.owner))
    assert request.missing == 1
    other = Principal("person", "otto", frozenset({"owner"}))
    bank.answer(request, other)
    bank.call("pay.refund", refund("200000"), Caller(bank.owner))
    assert bank.effects() == 1


def test_splitting_by_several_at_once_is_added_up_too(bank: "Bank") -> None:
    def pay(number: int) -> bool:
        try:
            bank.call("pay.refund", refund("25"), replace(bank.clerk, element_key=number))
        except ConfirmationNeeded:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(pay, range(8))) == 2
    assert bank.effects() == 2
