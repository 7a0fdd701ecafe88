"""Payments, credit notes, refunds, write-offs and reminders: the money side of the books."""

from decimal import Decimal
from typing import Any

import pytest

from mainspring.services.errors import AlreadyExistsError, AmountDiffersError, RuleBrokenError
from mainspring.services.sales import SoldLine, load_history
from mainspring.testing.trading import TradingDesk


def allocate(desk: TradingDesk, payment: Any, *shares: tuple[Any, str, str]) -> Any:
    """(invoice, amount, fee) each."""
    return desk.call(
        "payments.allocate",
        payment_no=payment.payment_no,
        allocations=[{"invoice_no": i.invoice_no, "amount": amount, "fee": fee} for i, amount, fee in shares],
    )


def credit(
    desk: TradingDesk, invoice: Any, sku: str, quantity: str, source_no: str = "C1", **more: Any
) -> Any:
    lines = [{"document": invoice.invoice_no, "sku": sku, "quantity": quantity}]
    preview = desk.call("credit_notes.preview", customer_id="K1", currency="EUR", lines=lines)
    given: dict[str, Any] = {"customer_id": "K1", "currency": "EUR", "lines": lines, "total": preview.total}
    return desk.call("credit_notes.issue", source_no=source_no, **(given | more))


def test_a_statement_entry_is_taken_in_once(desk: TradingDesk) -> None:
    first, again = desk.pay("12.50", entry=1), desk.pay("12.50", entry=1)
    assert (again.payment_no, again.already_known) == (first.payment_no, True)
    with pytest.raises(AlreadyExistsError):
        desk.pay("99", entry=1)
    assert desk.balances() == {"cash": Decimal("12.50"), "receipts": Decimal("-12.50")}


def test_one_payment_settles_two_invoices_and_the_rest_stays_visible(desk: TradingDesk) -> None:
    one, two = desk.invoice(("A", "1", "30")), desk.invoice(("B", "1", "20"))
    left = allocate(desk, desk.pay("55"), (one, "30", "0"), (two, "20", "0"))
    assert left.open == 5
    assert [payment.open for payment in desk.call("payments.open").payments] == [5]
    assert desk.balances()["receipts"] == -5


def test_a_partial_payment_leaves_the_rest_of_the_invoice_open(desk: TradingDesk) -> None:
    invoice = desk.invoice(("A", "1", "30"))
    allocate(desk, desk.pay("10"), (invoice, "10", "0"))
    (still,) = desk.call("invoices.open", customer_ids=["K1"]).invoices
    assert (still.open, still.customer_name) == (20, "Demo Trading Ltd")


def test_a_fee_that_a_bank_kept_settles_the_invoice_too(desk: TradingDesk) -> None:
    invoice = desk.invoice(("A", "1", "100"))
    allocate(desk, desk.pay("85"), (invoice, "85", "15"))
    assert desk.balances() == {"cash": Decimal(85), "fees": Decimal(15), "revenue": Decimal(-100)}


def test_a_fee_too_large_to_be_one_is_refused(desk: TradingDesk) -> None:
    invoice = desk.invoice(("A", "1", "1000"))
    with pytest.raises(RuleBrokenError, match="too much for a fee"):
        allocate(desk, desk.pay("900"), (invoice, "900", "51"))


def test_more_than_is_left_or_open_is_never_allocated(desk: TradingDesk) -> None:
    invoice, payment = desk.invoice(("A", "1", "30")), desk.pay("40")
    with pytest.raises(RuleBrokenError, match=r"30\.00 EUR is open"):
        allocate(desk, payment, (invoice, "31", "0"))
    with pytest.raises(RuleBrokenError, match=r"40\.00 EUR is left"):
        allocate(desk, payment, (invoice, "41", "0"))
    assert desk.call("payments.get", payment_no=payment.payment_no).open == 40


def test_a_wrong_settlement_is_taken_back(desk: TradingDesk) -> None:
    wrong, right = desk.invoice(("A", "1", "30")), desk.invoice(("B", "1", "30"))
    payment = desk.pay("30")
    allocate(desk, payment, (wrong, "30", "0"))
    desk.call("payments.revoke", payment_no=payment.payment_no, invoice_no=wrong.invoice_no)
    allocate(desk, payment, (right, "30", "0"))
    assert [one.invoice_no for one in desk.call("invoices.open").invoices] == [wrong.invoice_no]


def test_a_bank_charge_is_booked_from_what_left_the_account(desk: TradingDesk) -> None:
    charge = desk.pay("-7.50")
    assert desk.call("payments.book_charge", payment_no=charge.payment_no).open == 0
    assert desk.balances() == {"cash": Decimal("-7.50"), "fees": Decimal("7.50")}
    with pytest.raises(RuleBrokenError, match="no charge"):
        desk.call("payments.book_charge", payment_no=desk.pay("5").payment_no)


def test_a_credit_note_lowers_the_invoice_and_puts_the_goods_back(desk: TradingDesk) -> None:
    invoice = desk.invoice(("C", "10", "1.00"))
    note = credit(desk, invoice, "C", "4", reason="wrong size")
    assert (note.net, note.tax, note.total, note.open) == (4, Decimal("0.80"), Decimal("4.80"), 0)
    assert desk.call("invoices.get", invoice_no=invoice.invoice_no).open == Decimal("7.20")
    assert desk.call("stock.levels", skus=["C"]).levels[0].on_hand == 94


def test_what_was_paid_and_comes_back_is_refunded_and_leaves_with_a_statement_entry(
    desk: TradingDesk,
) -> None:
    invoice = desk.invoice(("A", "10", "1.00"))
    allocate(desk, desk.pay("10"), (invoice, "10", "0"))
    note = credit(desk, invoice, "A", "10", restock=False)
    assert note.open == 10
    refund = desk.call(
        "refunds.approve",
        source=note.credit_note_no,
        customer_id="K1",
        currency="EUR",
        total="10",
        reason="returned",
    )
    assert desk.balances()["refunds_payable"] == -10
    left = desk.pay("-10")
    desk.call("refunds.record_payout", refund_no=refund.refund_no, payment_no=left.payment_no)
    assert desk.balances() == {"returns": Decimal(10), "revenue": Decimal(-10)}
    assert desk.call("stock.levels", skus=["A"]).levels[0].on_hand == 90


def test_an_open_credit_settles_another_invoice(desk: TradingDesk) -> None:
    paid = desk.invoice(("A", "10", "1.00"))
    allocate(desk, desk.pay("10"), (paid, "10", "0"))
    note, other = credit(desk, paid, "A", "5"), desk.invoice(("B", "10", "1.00"))
    given = {"credit_note_no": note.credit_note_no, "invoice_no": other.invoice_no}
    assert desk.call("credit_notes.apply", **given, amount="5").open == 0
    assert desk.call("invoices.get", invoice_no=other.invoice_no).open == 5
    with pytest.raises(RuleBrokenError, match=r"0\.00 EUR is open"):
        desk.call("credit_notes.apply", **given, amount="1")


def test_nobody_returns_more_than_was_bought(desk: TradingDesk) -> None:
    invoice = desk.invoice(("A", "10", "1.00"))
    credit(desk, invoice, "A", "8")
    with pytest.raises(RuleBrokenError, match="has no 1 of A left"):
        credit(desk, invoice, "A", "3", source_no="C2")


def test_the_same_cancellation_is_one_credit_note(desk: TradingDesk) -> None:
    invoice = desk.invoice(("A", "10", "1.00"))
    given = {
        "customer_id": "K1",
        "currency": "EUR",
        "source_no": "C1",
        "total": "2",
        "lines": [{"document": invoice.order_no, "sku": "A", "quantity": "2"}],
    }
    first, again = desk.call("credit_notes.issue", **given), desk.call("credit_notes.issue", **given)
    assert first == again
    with pytest.raises(AlreadyExistsError):
        desk.call("credit_notes.issue", **(given | {"total": "3"}))


def test_crediting_bit_by_bit_comes_to_exactly_the_line(desk: TradingDesk) -> None:
    invoice = desk.invoice(("C", "3", "0.11"))
    parts = [credit(desk, invoice, "C", "1", source_no=f"C{n}").total for n in range(3)]
    assert sum(parts) == invoice.total


def test_a_credit_note_is_refused_for_another_total_than_its_lines(desk: TradingDesk) -> None:
    invoice = desk.invoice(("A", "10", "1.00"))
    with pytest.raises(AmountDiffersError, match=r"come to 2\.00 EUR"):
        credit(desk, invoice, "A", "2", total="2.01")


def test_a_sale_of_the_time_before_this_system_can_come_back(desk: TradingDesk) -> None:
    sold = SoldLine("OLD-1", 1, "OLD-1", "K1", "A", "bolt", Decimal(4), Decimal("0.90"), desk.now)
    with desk.transaction() as tx:
        assert load_history(tx, [sold]) == 1
    desk.later(days=1)
    (found,) = desk.call("sales.find_sold", customer_id="K1", skus=["A"], before=desk.now).lines
    lines = [{"document": found.document, "line": found.line, "sku": "A", "quantity": "4"}]
    note = desk.call(
        "credit_notes.issue", customer_id="K1", currency="EUR", lines=lines, source_no="C1", total="3.60"
    )
    assert note.open == Decimal("3.60")
    assert desk.call("sales.find_sold", customer_id="K1", skus=["A"]).lines == ()


def test_a_write_off_closes_what_will_not_be_paid(desk: TradingDesk) -> None:
    invoice = desk.invoice(("A", "10", "1.00"))
    given = {"invoice_no": invoice.invoice_no, "customer_id": "K1", "currency": "EUR", "reason": "insolvent"}
    with pytest.raises(RuleBrokenError, match=r"10\.00 EUR is open"):
        desk.call("write_offs.book", **given, total="10.01")
    desk.call("write_offs.book", **given, total="10")
    assert desk.balances() == {"revenue": Decimal(-10), "write_offs": Decimal(10)}


def test_reminders_go_level_by_level_and_only_for_what_is_late(desk: TradingDesk) -> None:
    invoice = desk.invoice(("A", "10", "1.00"))
    with pytest.raises(RuleBrokenError, match="not late"):
        desk.call("dunning.remind", invoice_no=invoice.invoice_no, level=1)
    desk.later(days=37, hours=1)
    (late,) = desk.call("dunning.due").invoices
    assert (late.days_late, late.level) == (7, 1)
    desk.call("dunning.remind", invoice_no=invoice.invoice_no, level=1)
    assert desk.call("dunning.due").invoices == ()
    with pytest.raises(RuleBrokenError, match="one after the other"):
        desk.call("dunning.remind", invoice_no=invoice.invoice_no, level=3)
    (letter,) = desk.call("outbox.waiting").messages
    assert (letter.kind, letter.recipient) == ("reminder", "buyer@demo.example")


def test_the_check_finds_what_somebody_spoiled(spoilt_desk: TradingDesk) -> None:
    desk, invoice = spoilt_desk, spoilt_desk.invoice(("A", "10", "1.00"))
    with desk.store.write() as tx:
        tx.raw(
            tx.statements.constant("UPDATE invoices SET open = open - 10000 WHERE tenant_id = ?"),
            (tx.tenant,),
        )
    found = desk.check()
    assert {finding.where for finding in found} == {"EUR", invoice.invoice_no}
    assert {(finding.left, finding.right) for finding in found} == {("10.00", "9.00"), ("9.00", "10.00")}
