"""Invoices and receipts read: issuer, day, number, total, and when each is sure."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mainspring.agents.skills.extract.bills import Bill, read_bill
from mainspring.agents.skills.extract.bills.amounts import amounts
from mainspring.base.bilingual import told
from mainspring.knowledge.documents import Document, Place, Problem, read
from mainspring.knowledge.documents.document import Block
from mainspring.knowledge.documents.layout import Page, Word, blocks

INVOICE = """Mustergarten GmbH
Hauptweg 1, 10115 Musterstadt

Bill to: Beispiel Handel Ltd
Nebenweg 2

Invoice No: RE-2026-0815
Invoice Date: 14 March 2026
Due Date: 13 April 2026

Net\t100.00
VAT 19%\t19.00
Subtotal\t100.00
Grand total EUR\t119.00

www.mustergarten.example
"""
RECEIPT = """TESTLADEN ENTERPRISE
CASH BILL
Date 25/12/2025
Total\tRM 33.92
Rounding Adjustment\t-RM 0.02
Total Rounded\tRM 33.90
Cash\tRM 50.00
Change\tRM 16.10
"""


def bill(text: str) -> Bill:
    return read_bill(read(text.encode(), "bill.txt"))


def test_an_invoice_in_words_is_read() -> None:
    found = bill(INVOICE)
    assert found.issuer.value == "Mustergarten GmbH"
    assert found.issued.value == date(2026, 3, 14)
    assert found.number.value == "RE-2026-0815"
    assert (found.total.value, found.currency.value) == (Decimal("119.00"), "EUR")


def test_a_total_that_net_and_tax_confirm_is_surer_than_a_bare_label() -> None:
    alone = bill(INVOICE.replace("Net\t100.00\nVAT 19%\t19.00\nSubtotal\t100.00\n", ""))
    assert alone.total.value == Decimal("119.00")
    assert alone.total.confidence < 0.9 < bill(INVOICE).total.confidence


def test_what_was_paid_less_the_change_confirms_the_rounded_total() -> None:
    found = bill(RECEIPT)
    assert found.total.value == Decimal("33.90")
    assert found.total.confidence > 0.95
    assert "cash less change" in found.total.evidence[-1].why


def test_cash_and_change_find_a_total_that_recognition_lost() -> None:
    lost = "\n".join(line for line in RECEIPT.splitlines() if not line.startswith(("Total", "Round")))
    found = bill(lost)
    assert found.total.value == Decimal("33.90")
    assert found.total.confidence < 0.9


def test_a_summary_of_taxes_is_not_the_total() -> None:
    found = bill(f"{RECEIPT}GST Summary\tAmount\tTax\nSR 6%\t31.98\t1.92\nTotal\t31.98\t1.92\n")
    assert found.total.value == Decimal("33.90")


def test_sums_that_contradict_each_other_leave_the_total_unsure() -> None:
    assert bill("Total\t90.00\nTotal\t70.00\n").total.confidence < 0.9


def test_a_bill_in_chinese_is_read() -> None:
    found = bill("销售方: 示例商贸有限公司\n发票号码: 00123456\n开票日期: 2026年3月5日\n价税合计 ¥1,130.00\n")
    assert found.issuer.value == "示例商贸有限公司"
    assert (found.number.value, found.issued.value) == ("00123456", date(2026, 3, 5))
    assert found.total.value == Decimal("1130.00")


def test_a_german_invoice_writes_amounts_with_a_comma() -> None:
    found = bill("Rechnungsnr. 30064443\nRechnungsdatum 7. Mai 2014\nGesamtbetrag 1.234,56 EUR\n")
    assert (found.total.value, found.issued.value) == (Decimal("1234.56"), date(2014, 5, 7))


def test_another_date_of_the_bill_tells_which_comes_first_day_or_month() -> None:
    assert bill("Date: 03/04/2026\n").issued.value == date(2026, 4, 3)
    assert bill("Date: 03/04/2026\nOrder date: 03/25/2026\n").issued.value == date(2026, 3, 4)


def test_a_day_whose_order_nothing_shows_is_less_sure() -> None:
    assert bill("Date: 03/04/2026\n").issued.confidence < bill("Date: 13/04/2026\n").issued.confidence


def test_the_due_date_is_never_the_day_of_the_bill_while_there_is_another() -> None:
    assert bill("Due date: 13 April 2026\nInvoice date: 14 March 2026\n").issued.value == date(2026, 3, 14)


def test_a_number_below_its_heading_is_found() -> None:
    assert bill("Customer\tFactuur\tDue\nK77\tVF1005\t2026-01-02\n").number.value == "VF1005"


def test_the_customer_is_not_the_issuer() -> None:
    assert bill("Bill to: Beispiel Handel Ltd\nTotal 5.00\n").issuer.value is None


def test_small_print_beside_a_large_heading_keeps_its_own_lines() -> None:
    words = [Word("INVOICE", 10, 10, 200, 60), Word("Testladen", 300, 12, 360, 24)]
    words += [Word("Hauptweg", 300, 26, 360, 38), Word("Musterstadt", 300, 40, 370, 52)]
    said = "\n".join(block.text for block in blocks(words, Page(1, 500, 500)))
    assert all(word.text in said.split() for word in words)


def test_a_slip_of_recognition_in_a_label_is_forgiven() -> None:
    assert bill("T0tal\tRM 1.00\nTatal Amount\tRM 12.50\nCash\tRM 12.50\n").total.value == Decimal("12.50")


def test_a_picture_without_text_goes_to_a_person_with_the_reason() -> None:
    empty = Document("a.jpg", "image", (), problems=(Problem("empty", "no text was recognised", "page 1"),))
    found = read_bill(empty)
    assert found.total.value is None
    assert told(found.doubts[0], "en") == "page 1: no text was recognised"


def test_a_bill_of_two_hundred_pages_is_read_as_far_as_it_may_be_and_says_so() -> None:
    pages = tuple(
        Block("\n".join(f"line {n} of page {p}" for n in range(40)), Place(page=p)) for p in range(200)
    )
    found = read_bill(Document("long.pdf", "pdf", pages))
    assert any("only the first 3000 were read" in doubt for doubt in found.doubts)


def test_a_bill_in_a_language_it_does_not_know_ends_with_a_person() -> None:
    found = bill("Счёт № 17 от 5 марта 2026\nИтого: 1000\n")
    assert "no total was found" in [told(doubt, "en") for doubt in found.doubts]


@given(st.text(max_size=200))
def test_any_text_is_read_without_failing_and_every_field_is_within_bounds(text: str) -> None:
    found = read_bill(Document("a.txt", "text", (Block(text, Place(part="body", line=1)),)))
    for each in (found.issuer, found.issued, found.number, found.total, found.currency):
        assert 0.0 <= each.confidence <= 1.0
        assert each.value is not None or each.confidence == 0.0


@given(
    st.decimals(min_value=Decimal("0.01"), max_value=Decimal(999999), places=2),
    st.sampled_from(["{:,.2f}", "EUR {:,.2f}", "-{:.2f}"]),
)
def test_a_printed_amount_is_read_to_the_cent(value: Decimal, form: str) -> None:
    (found,) = amounts(form.format(value).lower())
    assert found == (-value if form.startswith("-") else value, True)


@pytest.mark.parametrize(
    "text", ["12-01-19", "25/12/2018", "19%", "09:44:00", "5 pieces", "tel 07-3507405", "1.2.3"]
)
def test_dates_rates_and_times_are_no_exact_amounts(text: str) -> None:
    assert not any(found.exact for found in amounts(text))
