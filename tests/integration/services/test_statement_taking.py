"""Statements taken in: every line counts once over all files, payers are remembered, rates go by day."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from mainspring.services.bank.errors import DoesNotAddUp
from mainspring.services.errors import RuleBrokenError, UnknownRecordError
from mainspring.testing.trading import TradingDesk


def entry(day: int, amount: str, reference: str = "", **more: str) -> dict[str, Any]:
    return {
        "day": f"2026-01-{day:02d}",
        "amount": amount,
        "currency": "EUR",
        "bank_reference": reference,
    } | more


def taken(desk: TradingDesk, *entries: dict[str, Any], **more: Any) -> Any:
    given = {"account": "DE1", "number": "1", "currency": "EUR", "entries": entries, "file": "a.sta"}
    return desk.call("statements.take_in", **(given | more))


def test_each_new_line_becomes_a_payment_and_the_books_stay_true(desk: TradingDesk) -> None:
    found = taken(desk, entry(5, "100"), entry(6, "-20"), opening="10", closing="90")
    assert (len(found.payment_nos), found.known, found.statement) == (2, 0, "DE1/1")
    assert desk.balances() == {"cash": Decimal(80), "receipts": Decimal(-80)}


def test_lines_that_another_file_brought_count_once(desk: TradingDesk) -> None:
    taken(desk, entry(5, "100", "B1"), entry(6, "5", "B2"))
    again = taken(desk, entry(6, "5", "B2"), entry(7, "7", "B3"), number="2", file="b.sta")
    assert (len(again.payment_nos), again.known) == (1, 1)
    assert taken(desk, entry(5, "100", "B1")).payment_nos == ()
    assert desk.balances()["cash"] == Decimal(112)


def test_two_equal_payments_on_one_day_are_two(desk: TradingDesk) -> None:
    assert len(taken(desk, entry(5, "10"), entry(5, "10")).payment_nos) == 2


def test_a_statement_that_does_not_add_up_is_taken_in_only_when_someone_says_so(desk: TradingDesk) -> None:
    with pytest.raises(DoesNotAddUp, match="10 and entries of 5 do not give 20"):
        taken(desk, entry(5, "5"), opening="10", closing="20")
    assert desk.balances() == {}
    assert len(taken(desk, entry(5, "5"), opening="10", closing="20", although=True).payment_nos) == 1


def test_a_statement_that_is_missing_in_between_shows_as_a_gap(desk: TradingDesk) -> None:
    taken(desk, entry(5, "5"), opening="0", closing="5")
    assert taken(desk, entry(9, "1"), number="3", opening="25", closing="26").gap == 20


def test_a_payment_of_a_customer_without_an_invoice_is_a_deposit_and_its_payer_is_remembered(
    desk: TradingDesk,
) -> None:
    found = taken(desk, entry(5, "300", payer="Someone's Holding Co", account="DE00123456"))
    desk.call("payments.assign", payment_no=found.payment_nos[0], customer_id="K1")
    (deposit,) = desk.call("payments.deposits").deposits
    assert (deposit.customer_id, deposit.amount, deposit.payments) == ("K1", 300, 1)
    (match,) = desk.call("customers.find", payer="SOMEONE'S HOLDING CO").matches
    assert match.customer.customer_id == "K1"


def test_one_payment_settles_several_invoices_with_a_fee(desk: TradingDesk) -> None:
    first, second = desk.invoice(("A", "10", "10")), desk.invoice(("A", "10", "5"))
    found = taken(desk, entry(5, "148"))
    shares = [
        {"invoice_no": first.invoice_no, "amount": "100"},
        {"invoice_no": second.invoice_no, "amount": "48", "fee": "2"},
    ]
    paid = desk.call("payments.allocate", payment_no=found.payment_nos[0], allocations=shares)
    assert paid.open == 0
    assert desk.balances()["fees"] == 2


def test_a_payment_that_settled_for_one_customer_is_not_given_to_another(desk: TradingDesk) -> None:
    invoice = desk.invoice(("A", "10", "10"))
    found = taken(desk, entry(5, "150"))
    share = {"invoice_no": invoice.invoice_no, "amount": "100"}
    desk.call("payments.allocate", payment_no=found.payment_nos[0], allocations=[share])
    with pytest.raises(RuleBrokenError, match="has settled invoices of K1"):
        desk.call("payments.assign", payment_no=found.payment_nos[0], customer_id="K3")


def test_an_amount_is_turned_by_the_newest_rate_up_to_its_day(desk: TradingDesk) -> None:
    rates = [
        {"currency": "USD", "base": "CNY", "day": "2026-01-01", "rate": "7.10"},
        {"currency": "USD", "base": "CNY", "day": "2026-01-10", "rate": "7.20"},
    ]
    desk.call("rates.keep", rates=rates)

    def turned(amount: str, day: str, **way: str) -> Any:
        return desk.call("rates.turn", amount=amount, day=day, **({"currency": "USD", "into": "CNY"} | way))

    assert turned("100", "2026-01-09").amount == Decimal("710.00")
    assert turned("100", "2026-02-01").day == date(2026, 1, 10)
    back = turned("720", "2026-01-10", currency="CNY", into="USD")
    assert (back.amount, back.inverse) == (Decimal("100.00"), True)
    with pytest.raises(UnknownRecordError, match="no rate of USD in CNY is known up to 2025-12-31"):
        turned("1", "2025-12-31")
