"""A call through the gateway: who may, with which arguments, what is done and what is recorded."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from pydantic import BaseModel

from mainspring.gateway import ArgumentsInvalid, Caller, Denied, GatewayError, OverBudget, Unavailable
from mainspring.gateway.budget import Budget, all_budgets, set_budget
from mainspring.gateway.limit import Rate
from mainspring.govern.principal import Principal
from mainspring.store import Store

if TYPE_CHECKING:
    from tests.integration.gateway.conftest import Bank


class Other(BaseModel):
    text: str


def test_a_call_is_carried_out_and_recorded_with_its_step(bank: "Bank") -> None:
    bank.call("notes.write", {"text": "hello"})
    (row,) = bank.rows()
    assert (row.operation, row.effect, row.outcome) == ("notes.write", "write", "ok")
    assert (row.actor_kind, row.actor_id, row.process_id) == ("agent", "clerk", "lead_to_cash")
    assert (row.instance, row.element, row.element_key, row.job) == (11, "refund", 12, 13)
    assert (row.cached, row.retry, row.at) == (False, False, bank.now)


def test_an_unknown_operation_is_denied_like_one_that_is_not_yours(bank: "Bank") -> None:
    stranger = Caller(Principal("agent", "stranger"))
    with pytest.raises(Denied) as unknown:
        bank.call("notes.burn", {"text": "x"})
    with pytest.raises(Denied) as hidden:
        bank.call("notes.write", {"text": "x"}, stranger)
    assert unknown.value.message == hidden.value.message
    assert [row.outcome for row in bank.rows()] == ["denied", "denied"]
    assert bank.effects() == 0


@pytest.mark.parametrize(
    "principal",
    [Principal("person", ""), Principal("robot", "r"), Principal("customer", "c-1")],  # type: ignore[arg-type]  # a kind that does not exist
)
def test_nobody_in_particular_may_do_anything(bank: "Bank", principal: Principal) -> None:
    with pytest.raises(Denied):
        bank.call("notes.write", {"text": "x"}, Caller(principal))
    assert bank.effects() == 0


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        ({"text": "x", "approved": True}, "approved"),
        ({}, "text"),
        ({"text": 5}, "text"),
        ("text", "arguments"),
        (Other(text="x"), "Other"),
    ],
)
def test_arguments_that_are_not_declared_are_refused_by_name(
    bank: "Bank", arguments: object, field: str
) -> None:
    with pytest.raises(ArgumentsInvalid, match=field):
        bank.call("notes.write", arguments)
    assert bank.effects() == 0
    assert bank.rows()[0].outcome == "denied"


def test_a_model_built_past_its_checks_moves_no_money(bank: "Bank") -> None:
    forged = bank.Refund.model_construct(customer_id="c-1", total=Decimal("NaN"))
    with pytest.raises(ArgumentsInvalid, match="total"):
        bank.call("pay.refund", forged)


def test_a_worker_may_write_but_not_see_money(bank: "Bank") -> None:
    caller = Caller(bank.wei)
    bank.call("notes.write", {"text": "x"}, caller)
    with pytest.raises(Denied):
        bank.call("pay.refund", {"customer_id": "c", "total": "1"}, caller)
    assert {operation.name for operation in bank.gateway.operations(bank.wei)} == {
        "mail.send", "notes.read", "notes.scan", "notes.write",
    }  # fmt: skip


def test_a_handler_that_fails_half_way_leaves_nothing_but_its_record(bank: "Bank") -> None:
    with pytest.raises(bank.BrokenError):
        bank.call("notes.write", {"text": "break"})
    assert bank.effects() == 0
    (row,) = bank.rows()
    assert (row.outcome, row.problem) == ("error", "BrokenError")


def test_the_record_of_a_denial_outlives_the_rollback_of_its_job(bank: "Bank") -> None:
    def job() -> None:
        with tx.savepoint():
            bank.gateway.call(tx, bank.clerk, "notes.write", {"text": "done before"})
            bank.gateway.call(tx, bank.clerk, "notes.burn", {})

    with bank.store.write() as tx:
        with pytest.raises(Denied):
            job()
        bank.gateway.call(tx, bank.clerk, "notes.write", {"text": "the next job"})
    assert bank.effects() == 1
    assert [(row.operation, row.outcome) for row in bank.rows()] == [
        ("notes.burn", "denied"),
        ("notes.write", "ok"),
    ]


def test_rows_of_one_transaction_are_numbered_without_gaps(bank: "Bank") -> None:
    for _ in range(2):
        with bank.store.write() as tx:
            for text in ("a", "b"):
                bank.gateway.call(tx, bank.clerk, "notes.write", {"text": text})
    assert [row.position for row in bank.rows()] == [1, 2, 3, 4]


def test_the_same_idempotency_key_gets_the_same_answer_and_acts_once(bank: "Bank") -> None:
    caller = replace(bank.clerk, idempotency_key="once")
    first = bank.call("notes.write", {"text": "x"}, caller)
    again = bank.call("notes.write", {"text": "x"}, caller)
    assert first == again
    assert bank.effects() == 1
    assert [row.retry for row in bank.rows()] == [False, True]


def test_an_idempotency_key_stands_for_one_set_of_arguments(bank: "Bank") -> None:
    caller = replace(bank.clerk, idempotency_key="once")
    bank.call("notes.write", {"text": "x"}, caller)
    with pytest.raises(GatewayError, match="other arguments"):
        bank.call("notes.write", {"text": "y"}, caller)


def test_another_caller_never_gets_the_answer_kept_for_someone_else(bank: "Bank") -> None:
    bank.call("notes.write", {"text": "x"}, replace(bank.clerk, idempotency_key="once"))
    bank.call("notes.write", {"text": "x"}, Caller(bank.wei, idempotency_key="once"))
    assert bank.effects() == 2


def test_a_call_that_failed_may_be_made_again_under_its_key(bank: "Bank") -> None:
    caller = replace(bank.clerk, idempotency_key="once")
    with pytest.raises(bank.BrokenError):
        bank.call("notes.write", {"text": "break"}, caller)
    with pytest.raises(bank.BrokenError):
        bank.call("notes.write", {"text": "break"}, caller)
    assert [row.retry for row in bank.rows()] == [False, False]


def test_a_cacheable_read_is_asked_once_a_job_until_its_service_is_written_to(bank: "Bank") -> None:
    def read() -> BaseModel:
        answer: BaseModel = bank.gateway.call(tx, bank.clerk, "notes.read", {"text": "n"})
        return answer

    with bank.store.write() as tx:
        first, second = read(), read()
        bank.gateway.call(tx, bank.clerk, "notes.write", {"text": "x"})
        third = read()
    assert first == second != third
    assert [row.cached for row in bank.rows()] == [False, True, False, False]


def test_a_cached_answer_is_not_given_to_another_job(bank: "Bank") -> None:
    with bank.store.write() as tx:
        for job in (1, 2):
            bank.gateway.call(tx, replace(bank.clerk, job=job), "notes.read", {"text": "n"})
    assert [row.cached for row in bank.rows()] == [False, False]


def test_a_budget_is_spent_to_its_limit_and_not_beyond(bank: "Bank") -> None:
    with bank.store.write() as tx:
        set_budget(tx, Budget("agent", "clerk", "2026-11", Decimal(1)))
        set_budget(tx, Budget("process", "lead_to_cash", "2026-11", Decimal(5)))
    for _ in range(2):
        bank.call("notes.scan", {"text": "x"})
    with pytest.raises(OverBudget, match="agent clerk"):
        bank.call("notes.scan", {"text": "x"})
    with bank.store.read() as tx:
        left = {each.scope: (each.spent, each.reserved) for each in all_budgets(tx)}
    assert left == {
        "agent": (Decimal("0.8"), Decimal(0)),
        "process": (Decimal("0.8"), Decimal(0)),
    }
    assert [row.outcome for row in bank.rows()] == ["ok", "ok", "denied"]


def test_a_failed_call_gives_its_money_back(bank: "Bank") -> None:
    with bank.store.write() as tx:
        set_budget(tx, Budget("company", "company", "2026-11", Decimal(1)))
    with pytest.raises(bank.BrokenError):
        bank.call("notes.scan", {"text": "break"})
    with bank.store.read() as tx:
        (budget,) = all_budgets(tx)
    assert (budget.spent, budget.reserved) == (Decimal(0), Decimal(0))


def test_a_rate_lets_a_burst_pass_and_then_so_many_a_second(store: Store, bank: "Bank") -> None:
    limited = type(bank)(store, rates={"notes.*": Rate(1, 2)})
    for _ in range(2):
        limited.call("notes.write", {"text": "x"})
    with pytest.raises(Unavailable, match="calls a second"):
        limited.call("notes.write", {"text": "x"})
    limited.pass_time(seconds=1)
    limited.call("notes.write", {"text": "x"})
    assert limited.effects() == 3


def test_policies_that_look_at_the_amount_are_asked_for_each_amount(store: Store, bank: "Bank") -> None:
    capped = type(bank)(
        store,
        extra_policies='@id("cap") forbid(principal, action == Action::"call", resource) '
        'when { context has amount && context.amount.greaterThan(decimal("20.0")) };',
    )
    capped.call("pay.refund", {"customer_id": "c", "total": "20"})
    with pytest.raises(Denied, match="forbidden by cap"):
        capped.call("pay.refund", {"customer_id": "c", "total": "20.01"})


def test_of_fifty_calls_at_once_none_spends_what_another_has_taken(bank: "Bank") -> None:
    with bank.store.write() as tx:
        set_budget(tx, Budget("agent", "clerk", "2026-11", Decimal(8)))

    def scan(_: int) -> bool:
        try:
            bank.call("notes.scan", {"text": "x"})
        except OverBudget:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        passed = sum(pool.map(scan, range(50)))
    with bank.store.read() as tx:
        (budget,) = all_budgets(tx)
    assert passed == 20
    assert (budget.spent, budget.reserved) == (Decimal(8), Decimal(0))
    assert bank.effects() == 20
    assert [row.position for row in bank.rows()] == list(range(1, 51))
