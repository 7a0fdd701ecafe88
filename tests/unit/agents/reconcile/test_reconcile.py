"""Which invoices a payment settles, and when nobody may say but a person."""

from datetime import date
from decimal import Decimal

import pytest

from mainspring.agents.skills.reconcile import Assignment, Entry, Invoice, Part, Reconciler, reconcile
from mainspring.agents.skills.reconcile.errors import ReconcileError

ANNA, BERT = "Demo Anna Trading GmbH", "Demo Bert Supplies Ltd"


def invoice(
    number: str, amount: str, customer: str = "C1", name: str = ANNA, account: str = "DE01"
) -> Invoice:
    return Invoice(number, Decimal(amount), customer, name, account, issued=date(2026, 1, 5))


def entry(amount: str, text: str = "", *, payer: str = ANNA, account: str = "", number: str = "E1") -> Entry:
    return Entry(number, Decimal(amount), date(2026, 1, 20), payer, account, text)


OPEN = (
    invoice("561904", "1200.00"),
    invoice("561911", "310.50"),
    invoice("561987", "310.50", "C2", BERT, "DE02"),
    invoice("562040", "89.90", "C2", BERT, "DE02"),
)


def only(found: list[Assignment]) -> Assignment:
    (assignment,) = found
    return assignment


def paid(amount: str, text: str = "", *, payer: str = ANNA, account: str = "") -> Assignment:
    return only(reconcile([entry(amount, text, payer=payer, account=account)], OPEN))


def part(number: str, amount: str, kind: str = "exact") -> Part:
    return Part(number, Decimal(amount), kind)  # type: ignore[arg-type]  # the test's strings are kinds


@pytest.mark.parametrize(
    "text",
    [
        "INV 561904",
        "Rechnung 561904 vom 05.01.2026",
        "货款561904",
        "pmt 5619 04 amount 1200.00",
        "RE-NR:561904/2",
        "inv 5619O4",
    ],
)
def test_a_named_invoice_of_the_right_amount_is_booked(text: str) -> None:
    found = paid("1200.00", text)
    assert found.automatic
    assert found.parts == (part("561904", "1200.00"),)


def test_the_payer_and_the_amount_are_enough_without_a_reference() -> None:
    found = paid("310.50", "thank you", payer="DEMO BERT SUPPLIES")
    assert found.automatic
    assert found.parts == (part("561987", "310.50"),)


def test_the_account_tells_the_payer_when_the_name_does_not() -> None:
    assert paid("1200.00", payer="Demo Holding", account="DE 01").parts == (part("561904", "1200.00"),)


def test_a_damaged_reference_is_mended_by_payer_and_amount() -> None:
    found = paid("310.50", "invoice 561191")
    assert found.automatic
    assert found.parts == (part("561911", "310.50"),)


def test_a_part_payment_that_names_its_invoice_is_booked() -> None:
    found = paid("500.00", "part of 561904")
    assert found.automatic
    assert found.parts == (part("561904", "500.00", "partial"),)


def test_a_payment_short_by_a_bank_fee_settles_its_invoice() -> None:
    found = paid("1185.00", "561904")
    assert found.automatic
    assert found.parts == (part("561904", "1185.00", "fee"),)


@pytest.mark.parametrize("text", ["561904, 561911", "561904/561911", "561904 and 56191", ""])
def test_one_payment_for_several_invoices_is_taken_apart(text: str) -> None:
    found = paid("1510.50", text)
    assert found.automatic
    assert sorted(found.parts) == [part("561904", "1200.00", "merged"), part("561911", "310.50", "merged")]


@pytest.mark.parametrize(
    ("amount", "text", "payer"),
    [
        ("310.50", "", "Somebody Else"),
        ("77.77", "Refund 2025", "Somebody Else"),
        ("1200.00", "salary", ANNA),
        ("640.00", "", ANNA),
        ("1300.00", "561904", ANNA),
        ("1100.00", "561904", BERT),
        ("310.50", "561987", ANNA),
    ],
)
def test_what_is_not_clear_is_never_booked(amount: str, text: str, payer: str) -> None:
    found = paid(amount, text, payer=payer)
    assert not found.automatic
    assert found.reason


def test_a_customer_may_pay_the_invoice_of_another_that_it_names_to_the_cent() -> None:
    assert paid("1200.00", "561904", payer=BERT).parts == (part("561904", "1200.00"),)


def test_two_equal_amounts_of_one_customer_are_left_to_a_person() -> None:
    twins = [invoice("1001", "50.00"), invoice("1002", "50.00")]
    assert not only(reconcile([entry("50.00")], twins)).automatic


def test_of_two_equal_amounts_the_one_left_over_is_booked() -> None:
    twins = [invoice("100001", "50.00"), invoice("100002", "50.00")]
    found = reconcile([entry("50.00", number="E1"), entry("50.00", "100001", number="E2")], twins)
    assert [assignment.automatic for assignment in found] == [True, True]
    assert [assignment.parts[0].invoice_no for assignment in found] == ["100002", "100001"]


def test_an_order_number_names_the_invoice_too() -> None:
    opened = [
        Invoice("R-1", Decimal(80), order_no="PO-77812"),
        Invoice("R-2", Decimal(80), order_no="PO-77899"),
    ]
    assert (
        only(reconcile([entry("80", "your order PO-77899", payer="X")], opened)).parts[0].invoice_no == "R-2"
    )


@pytest.mark.parametrize("text", ["INV-2026-00017", "inv 2026 00017", "invoice 00017"])
def test_structured_numbers_are_found_however_they_are_written(text: str) -> None:
    opened = [Invoice(f"INV-2026-000{n}", Decimal(80), "C1", ANNA) for n in (16, 17, 18)]
    assert only(reconcile([entry("80", text)], opened)).parts[0].invoice_no == "INV-2026-00017"


def test_another_currency_pays_nothing() -> None:
    foreign = Entry("E1", Decimal("1200.00"), None, ANNA, "", "561904", "CNY")
    assert only(reconcile([foreign], OPEN)).parts == ()


def test_an_invoice_is_never_paid_before_it_was_issued() -> None:
    early = Entry("E1", Decimal("1200.00"), date(2026, 1, 4), ANNA, "", "561904")
    assert not only(reconcile([early], OPEN)).automatic


def test_the_rest_of_a_part_payment_settles_the_invoice() -> None:
    reconciler = Reconciler(OPEN)
    reconciler.add_entry(entry("500.00", "561904", number="E1"))
    found = reconciler.add_entry(entry("700.00", "rest of 561904", number="E2"))
    assert found.parts == (part("561904", "700.00"),)
    assert "561904" not in {invoice.invoice_no for invoice in reconciler.open_invoices}


def test_an_invoice_that_comes_later_is_matched_when_the_day_is_settled() -> None:
    reconciler = Reconciler()
    assert not reconciler.add_entry(entry("310.50", "561911")).automatic
    reconciler.add_invoice(OPEN[1])
    assert only(reconciler.settle()).automatic
    assert reconciler.waiting == ()


def test_what_a_person_confirms_is_booked() -> None:
    reconciler = Reconciler(OPEN)
    proposal = reconciler.add_entry(entry("640.00"))
    decided = Assignment(proposal.entry, (part("561904", "640.00", "partial"),), 1.0, (), automatic=False)
    reconciler.confirm(decided)
    assert reconciler.waiting == ()
    assert {each.invoice_no: each.amount for each in reconciler.open_invoices}["561904"] == Decimal("560.00")


def test_a_decision_that_pays_more_than_is_open_books_nothing() -> None:
    reconciler = Reconciler(OPEN)
    proposal = reconciler.add_entry(entry("640.00"))
    parts = (part("562040", "40.00", "partial"), part("561911", "600.00"))
    with pytest.raises(ReconcileError, match="more than is open"):
        reconciler.confirm(Assignment(proposal.entry, parts, 1.0, (), automatic=False))
    assert len(reconciler.waiting) == 1
    assert {each.invoice_no: each.amount for each in reconciler.open_invoices}["562040"] == Decimal("89.90")


def test_whose_account_it_was_is_remembered_from_what_a_person_confirmed() -> None:
    reconciler = Reconciler(OPEN)
    strange = entry("640.00", payer="Demo Holding", account="DE99")
    reconciler.add_entry(strange)
    decided = Assignment("E1", (part("561904", "640.00", "partial"),), 1.0, (), automatic=False)
    reconciler.confirm(decided)
    later = Entry("E2", Decimal("310.50"), date(2026, 2, 1), "Demo Holding", "DE99", "")
    assert reconciler.add_entry(later).parts == (part("561911", "310.50"),)


def test_an_entry_given_twice_is_refused() -> None:
    reconciler = Reconciler(OPEN)
    reconciler.add_entry(entry("1200.00", "561904"))
    with pytest.raises(ReconcileError, match="given before"):
        reconciler.add_entry(entry("1200.00", "561904"))


def test_an_invoice_opened_twice_is_refused() -> None:
    with pytest.raises(ReconcileError, match="open already"):
        Reconciler([OPEN[0], OPEN[0]])


@pytest.mark.parametrize("amount", ["0", "-5"])
def test_amounts_not_above_zero_are_refused(amount: str) -> None:
    with pytest.raises(ReconcileError, match="above zero"):
        Reconciler([invoice("1", amount)])
    with pytest.raises(ReconcileError, match="above zero"):
        Reconciler().add_entry(entry(amount))
