"""The demo company holds together: every truth has its file, article and customer, and the books add up."""

import csv
import hashlib
import json
import re
from collections import Counter
from datetime import date, datetime, timedelta
from decimal import Decimal
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from openpyxl import load_workbook

DEMO = Path(__file__).parents[3] / "src" / "mainspring" / "packs" / "lead_to_cash" / "demo"
INQUIRIES = DEMO / "inquiries"
UNITS = {"pcs", "box", "m", "kg", "set", "roll", "pair", "l"}
KINDS = {"inquiry", "order", "complaint", "cancellation", "return", "lead", "other"}
# Of the frozen truth lines; changes only with a correction that the README of the demo company lists.
FROZEN_TRUTH = "cb28224b83ca6fea06fc1f04a5e1daf45f446eddfa2cfc1f953a169bf0630c21"


def _table(name: str) -> list[dict[str, str]]:
    with (DEMO / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _truth() -> list[dict[str, Any]]:
    text = (INQUIRIES / "truth.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture(scope="module")
def truth() -> list[dict[str, Any]]:
    return _truth()


@pytest.fixture(scope="module")
def skus() -> set[str]:
    return {row["sku"] for row in _table("products.csv")}


@pytest.fixture(scope="module")
def customer_ids() -> set[str]:
    return {row["customer_id"] for row in _table("customers.csv")}


def test_every_inquiry_has_one_truth_and_every_truth_its_file(truth: list[dict[str, Any]]) -> None:
    files = sorted(str(path.relative_to(INQUIRIES)) for path in INQUIRIES.glob("*/*"))
    assert sorted(row["file"] for row in truth) == files


def test_the_frozen_truth_is_as_it_was_written(truth: list[dict[str, Any]]) -> None:
    lines = [json.dumps(row, ensure_ascii=False, sort_keys=True) for row in truth if row["frozen"]]
    assert hashlib.sha256("\n".join(lines).encode()).hexdigest() == FROZEN_TRUTH


def test_truths_name_known_customers_articles_kinds_and_units(
    truth: list[dict[str, Any]], skus: set[str], customer_ids: set[str]
) -> None:
    assert {row["customer_id"] for row in truth} - {None} <= customer_ids
    assert {row["kind"] for row in truth} <= KINDS
    lines = [line for row in truth for line in row["lines"]]
    assert {line["sku"] for line in lines} - {None} <= skus
    assert {line["unit"] for line in lines} <= UNITS
    assert all(Decimal(line["quantity"]) > 0 for line in lines)


def test_a_line_without_an_article_says_why_and_only_an_ambiguous_one_asks(
    truth: list[dict[str, Any]],
) -> None:
    for row in truth:
        for line in row["lines"]:
            reasons = {None} if line["sku"] else {"ambiguous", "unknown_product"}
            assert line["why_null"] in reasons, row["file"]
            assert line["ask"] == (line["why_null"] == "ambiguous"), row["file"]


def test_only_orders_inquiries_returns_and_cancellations_have_lines(truth: list[dict[str, Any]]) -> None:
    with_lines = {row["kind"] for row in truth if row["lines"]}
    assert with_lines <= {"inquiry", "order", "return", "cancellation"}
    assert all(row["lines"] for row in truth if row["kind"] in {"inquiry", "order", "return"})


def test_inquiries_arrive_in_january_and_february_and_ask_for_a_later_day(
    truth: list[dict[str, Any]],
) -> None:
    for row in truth:
        received = datetime.fromisoformat(row["received"])
        assert received.tzinfo is not None
        assert date(2026, 1, 5) <= received.date() <= date(2026, 2, 28)
        if row["requested_date"]:
            assert received.date() <= date.fromisoformat(row["requested_date"]) <= date(2026, 3, 31), row[
                "file"
            ]


def test_there_are_as_many_inquiries_of_each_sort_as_promised(truth: list[dict[str, Any]]) -> None:
    assert len(truth) >= 120
    frozen = [row for row in truth if row["frozen"]]
    assert len(frozen) >= max(44, len(truth) / 3)
    languages = Counter(row["language"] for row in truth)
    assert 0.45 <= languages["en"] / len(truth) <= 0.55
    assert 0.30 <= languages["zh"] / len(truth) <= 0.38
    kinds = Counter(row["kind"] for row in truth)
    assert kinds["complaint"] >= 6
    assert kinds["cancellation"] >= 3
    assert kinds["return"] >= 3
    assert sum(row["injection"] for row in truth) >= 4
    reasons = Counter(line["why_null"] for row in truth for line in row["lines"])
    assert min(reasons["ambiguous"], reasons["unknown_product"]) >= 8


def test_each_format_occurs_among_the_frozen_and_the_open(truth: list[dict[str, Any]]) -> None:
    for frozen in (True, False):
        endings = {Path(row["file"]).suffix for row in truth if row["frozen"] == frozen}
        assert endings == {".eml", ".xlsx", ".pdf", ".png", ".jpg", ".txt"}


def test_two_complaints_are_repeated_within_seven_days_and_one_later(truth: list[dict[str, Any]]) -> None:
    matters: dict[tuple[str, str], list[datetime]] = {}
    for row in truth:
        if row["kind"] == "complaint":
            matters.setdefault((row["customer_id"], row["matter"]), []).append(
                datetime.fromisoformat(row["received"])
            )
    gaps = [times[-1] - times[0] for times in matters.values() if len(times) > 1]
    assert sum(gap <= timedelta(days=7) for gap in gaps) == 2
    assert sum(gap > timedelta(days=7) for gap in gaps) == 1


def test_blocked_customers_order_too(truth: list[dict[str, Any]]) -> None:
    blocked = {row["customer_id"] for row in _table("customers.csv") if row["blocked"] == "true"}
    assert blocked
    assert blocked <= {row["customer_id"] for row in truth if row["kind"] == "order"}


def test_mails_can_be_read_and_name_the_day_of_their_truth(truth: list[dict[str, Any]]) -> None:
    for row in truth:
        if row["file"].endswith(".eml"):
            message = message_from_bytes((INQUIRIES / row["file"]).read_bytes(), policy=default)
            assert message["Date"].datetime == datetime.fromisoformat(row["received"]), row["file"]
            assert message["From"].addresses


def test_mails_come_in_old_chinese_and_european_encodings_and_with_each_sort_of_attachment() -> None:
    charsets: set[str | None] = set()
    attached: set[str] = set()
    for path in INQUIRIES.glob("*/*.eml"):
        for part in message_from_bytes(path.read_bytes(), policy=default).walk():
            charsets.add(part.get_content_charset())
            attached.add(Path(part.get_filename() or "").suffix)
    assert {"gbk", "gb2312", "gb18030", "iso-8859-1", "utf-8"} <= charsets
    assert {".xlsx", ".pdf", ".png", ".jpg"} <= attached


def test_text_files_come_with_a_byte_order_mark_and_in_gbk() -> None:
    texts = [path.read_bytes() for path in INQUIRIES.glob("*/*.txt")]
    assert any(text.startswith(b"\xef\xbb\xbf") for text in texts)
    chinese = [text for text in texts if not _is_utf8(text)]
    assert chinese
    assert all(re.search("[一-鿿]", text.decode("gbk")) for text in chinese)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def test_one_pdf_is_locked_two_are_scans_and_the_others_have_text() -> None:
    sorts = Counter(_sort_of_pdf(path) for path in INQUIRIES.glob("*/*.pdf"))
    assert sorts == {"locked": 1, "scan": 2, "text": 5}


def _sort_of_pdf(path: Path) -> str:
    if b"/Encrypt" in path.read_bytes():
        with pytest.raises(pdfium.PdfiumError, match="password"):
            pdfium.PdfDocument(path)
        return "locked"
    document = pdfium.PdfDocument(path)
    text = document[0].get_textpage().get_text_range()
    document.close()
    return "text" if text.strip() else "scan"


def test_a_spreadsheet_has_merged_cells_and_formulas_with_their_results() -> None:
    path = INQUIRIES / "open" / "033.xlsx"
    formulas, values = load_workbook(path).active, load_workbook(path, data_only=True).active
    assert formulas is not None
    assert values is not None
    assert formulas.merged_cells.ranges
    assert formulas["C5"].value == "=C3+C4"
    assert values["C5"].value == values["C3"].value + values["C4"].value


def test_the_catalogue_is_complete_unique_and_full_of_near_duplicates(skus: set[str]) -> None:
    rows = _table("products.csv")
    assert len(skus) == len(rows)
    assert 290 <= len(rows) <= 330
    for row in rows:
        assert all(row[field] for field in row), row["sku"]
        assert row["unit"] in UNITS
        assert Decimal(0) < Decimal(row["cost"]) < Decimal(row["list_price"]), row["sku"]
    same_but_for_digits = Counter(re.sub(r"\d+", "#", row["name_en"]) for row in rows)
    assert sum(count for count in same_but_for_digits.values() if count > 1) > 150
    assert {"HB-0830-ZN", "HB-0835-ZN", "HB-0840-ZN", "HB-0830-A2", "HB-0830-A4", "HB-0830-PL"} <= skus


def test_barcodes_have_right_check_digits_of_the_range_for_own_use() -> None:
    codes = [row["barcode_or_drawing"] for row in _table("products.csv")]
    assert len(set(codes)) == len(codes)
    for code in codes:
        if not code.startswith("D-"):
            assert code.startswith("2")
            assert sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(code)) % 10 == 0


def test_names_are_plainly_demo_and_mail_goes_nowhere() -> None:
    rows = _table("customers.csv")
    assert len(rows) == 60
    demo = "Demo |Sample |Example |Exemple |Esempio |Muster |Muestra |Przyklad |示例|演示|样例"
    assert all(re.match(demo, row["name"]) for row in rows)
    assert all(row["email"].endswith(".example") for row in rows)


def test_accounts_have_right_check_digits_and_no_bank() -> None:
    for row in _table("customers.csv"):
        if row["iban"].startswith("DEMO"):
            continue
        moved = row["iban"][4:] + row["iban"][:4]
        assert int("".join(str(int(sign, 36)) for sign in moved)) % 97 == 1, row["customer_id"]
        assert "00000000" in row["iban"]


def test_price_rules_name_known_customers_tiers_articles_and_categories(
    skus: set[str], customer_ids: set[str]
) -> None:
    categories = {row["category"] for row in _table("products.csv")}
    rules = _table("price_rules.csv")
    assert rules
    for rule in rules:
        assert rule["customer_id_or_tier"] in customer_ids | {"A", "B", "C"}
        assert rule["sku_or_category"] in skus | categories
        assert rule["kind"] in {"price", "discount"}
        assert rule["valid_from"] < rule["valid_to"]
        if rule["kind"] == "discount":
            assert Decimal(0) < Decimal(rule["price_or_discount"]) < 1


def test_stock_covers_the_catalogue_and_some_of_it_is_short_or_sold_out(skus: set[str]) -> None:
    rows = _table("stock.csv")
    assert [row["sku"] for row in rows] == [row["sku"] for row in _table("products.csv")]
    assert len(rows) == len(skus)
    none = sum(row["on_hand"] == "0" for row in rows)
    short = sum(0 < int(row["on_hand"]) < int(row["reorder_point"]) for row in rows)
    assert 5 <= none <= 40
    assert 15 <= short <= 80


def test_past_orders_are_sold_above_cost_to_known_customers(skus: set[str], customer_ids: set[str]) -> None:
    rows = _table("history.csv")
    assert 1400 <= len(rows) <= 1600
    assert {row["sku"] for row in rows} <= skus
    assert {row["customer_id"] for row in rows} <= customer_ids
    goods = {row["sku"]: row for row in _table("products.csv")}
    below = [row for row in rows if Decimal(row["unit_price"]) <= Decimal(goods[row["sku"]]["cost"])]
    assert len(below) <= len(rows) // 100
    assert all(Decimal(row["unit_price"]) <= Decimal(goods[row["sku"]]["list_price"]) for row in rows)
    assert [row["date"] for row in rows] == sorted(row["date"] for row in rows)


def test_orders_that_returns_speak_of_stand_in_the_books(truth: list[dict[str, Any]]) -> None:
    past = {row["order_no"]: row["customer_id"] for row in _table("history.csv")}
    new = {row["order_no"]: row["customer_id"] for row in truth if row["kind"] == "order"}
    known = past | new
    spoken_of = [row for row in truth if row["kind"] in {"complaint", "return", "cancellation"}]
    assert spoken_of
    assert all(known[row["order_no"]] == row["customer_id"] for row in spoken_of)


def test_open_invoices_add_up_from_their_orders_and_stay_within_the_credit_limit() -> None:
    rows = _table("open_invoices.csv")
    assert len({row["invoice_no"] for row in rows}) == len(rows) == 70
    net: Counter[str] = Counter()
    for line in _table("history.csv"):
        net[line["order_no"]] += Decimal(line["unit_price"]) * int(line["quantity"])  # type: ignore[assignment]  # a Counter of Decimal
    owed: dict[str, Decimal] = {}
    for row in rows:
        assert Decimal(row["amount"]) == (net[row["order_no"]] * Decimal("1.19")).quantize(Decimal("0.01"))
        assert row["issued"] < row["due"]
        owed[row["customer_id"]] = owed.get(row["customer_id"], Decimal(0)) + Decimal(row["amount"])
    limits = {row["customer_id"]: Decimal(row["credit_limit"]) for row in _table("customers.csv")}
    assert all(amount <= limits[customer] for customer, amount in owed.items())
    assert {customer for customer, amount in owed.items() if amount > limits[customer] * Decimal("0.8")} == {
        "C030",
        "C050",
    }


def _statement() -> tuple[Decimal, list[Decimal], Decimal]:
    text = (DEMO / "bank" / "statement-2026-01.sta").read_bytes().decode("ascii")
    assert all(len(line) <= 70 for line in text.split("\r\n"))

    def balance(tag: str) -> Decimal:
        found = re.search(rf"^:{tag}:C\d{{6}}EUR([\d,]+)\r$", text, re.MULTILINE)
        assert found
        return Decimal(found[1].replace(",", "."))

    entries = [
        Decimal(amount.replace(",", ".")) * (1 if sign == "C" else -1)
        for sign, amount in re.findall(r"^:61:\d{10}([CD])([\d,]+)N", text, re.MULTILINE)
    ]
    return balance("60F"), entries, balance("62F")


def test_the_balances_of_the_statement_add_up() -> None:
    opening, entries, closing = _statement()
    assert 60 <= len(entries) <= 90
    assert opening + sum(entries) == closing


def test_the_parts_of_each_entry_add_up_to_it_and_no_invoice_is_paid_twice() -> None:
    _, entries, _ = _statement()
    rows = json.loads((DEMO / "bank" / "truth.json").read_text(encoding="utf-8"))
    assert [row["index"] for row in rows] == list(range(len(entries)))
    amounts = {row["invoice_no"]: Decimal(row["amount"]) for row in _table("open_invoices.csv")}
    paid = dict.fromkeys(amounts, Decimal(0))
    for row, entry in zip(rows, entries, strict=True):
        assert Decimal(row["amount"]) == entry
        parts = sum((Decimal(part["amount"]) for part in row["parts"]), Decimal(0))
        assert parts == (entry if row["parts"] else 0)
        assert bool(row["parts"]) == (row["case"] not in {"nobody", "own"})
        for part in row["parts"]:
            paid[part["invoice_no"]] += Decimal(part["amount"]) + Decimal(row["fee"])
    assert all(paid[number] <= amount for number, amount in amounts.items())


def test_every_awkward_payment_occurs() -> None:
    rows = json.loads((DEMO / "bank" / "truth.json").read_text(encoding="utf-8"))
    cases = Counter(row["case"] for row in rows)
    wanted = {
        "exact",
        "partial",
        "merged",
        "fee",
        "missing_reference",
        "damaged_reference",
        "equal",
        "nobody",
    }
    assert wanted <= set(cases)
    assert all(cases[case] >= 3 for case in wanted)


def test_leads_are_labelled_and_not_all_won() -> None:
    rows = _table("leads.csv")
    assert 75 <= len(rows) <= 85
    outcomes = Counter(row["outcome"] for row in rows)
    assert set(outcomes) == {"won", "lost"}
    assert min(outcomes.values()) >= 25
    assert all(int(row["answered_within_h"]) > 0 and int(row["visits"]) >= 0 for row in rows)


def test_the_demo_company_stays_small() -> None:
    assert sum(path.stat().st_size for path in DEMO.rglob("*") if path.is_file()) < 6_000_000
