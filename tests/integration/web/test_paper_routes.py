"""Papers over REST: each kind in each language and form, the electronic invoice, the template, who may."""

import io
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pypdfium2
import pytest
from lxml import etree
from openpyxl import load_workbook
from PIL import Image
from sqlalchemy import update

from mainspring.app.house import House
from mainspring.app.papers import ubl_rules
from mainspring.app.papers.paper import KINDS
from mainspring.gateway import Caller
from mainspring.govern.principal import Principal
from mainspring.knowledge.documents import Limits, read
from mainspring.knowledge.documents.ubl import Trade, read_ubl
from mainspring.services.tables.money import credit_lines, credit_notes, invoices
from mainspring.services.tables.parties import customers
from mainspring.services.tables.sales import (
    deliveries,
    delivery_lines,
    order_lines,
    orders,
    quote_lines,
    quotes,
    sales_history,
)
from mainspring.testing.browser import Browser

OWNER = Principal("person", "owner", frozenset({"worker"}))
SignedIn = Callable[[str], Browser]
PATH = "/api/v1/papers"
NUMBERS = {
    "quotation": "Q-1",
    "proforma": "O-1",
    "confirmation": "O-1",
    "delivery_note": "D-1",
    "packing_list": "D-1",
    "invoice": "I-1",
    "credit_note": "C-1",
    "statement": "DEMO",
    "reminder": "I-1",
}
TEMPLATE = """
seller: {name: Demo Hinges, country: CN, tax_id: DEMO-TAX, iban: DEMO 1}
notes: {invoice: {en: Thank you, zh: 谢谢}}
hide: [tax_rate]
"""


@pytest.fixture
def owner(signed_in: SignedIn, house: House) -> Browser:
    """The owner of a made-up firm that sold four hinges and took one back."""
    now = house.clock()
    sums = {"currency": "EUR", "net": Decimal("10.00"), "tax": Decimal("1.90"), "total": Decimal("11.90")}
    sold = {
        "line": 1,
        "sku": "D1",
        "description": "=Demo hinge 铰链",
        "quantity": Decimal(4),
        "unit": "pcs",
        "unit_price": Decimal("2.50"),
        "tax_rate": Decimal("0.19"),
        "net": Decimal("10.00"),
        "tax": Decimal("1.90"),
    }
    mine = {"customer_id": "DEMO"}
    changes = {"created_at": now, "changed_at": now}
    went = {"reserved": Decimal(0), "delivered": Decimal(4), "cancelled": Decimal(0)}
    back = {"returned": Decimal(1), "credited_net": Decimal("2.50"), "credited_tax": Decimal("0.48")}
    less = {"net": Decimal("2.50"), "tax": Decimal("0.48"), "total": Decimal("2.98"), "open": Decimal("2.98")}
    with house.store.write() as tx:
        party = {"name": "Demo Doors", "country": "DE", "language": "en", "currency": "EUR"}
        rest = dict.fromkeys(("tier", "contact", "phone", "email", "tax_id", "city", "address"), "")
        terms = {"payment_days": 30, "credit_limit": None, "blocked": False, "blocked_reason": ""}
        terms |= {"e_invoice": ""}
        tx.insert(customers, mine | party | rest | terms | {"changed_at": now})
        head = {"quote_no": "Q-1", "revision": 1, "inquiry_no": None, "status": "sent", "reason": ""}
        until = {"valid_until": now + timedelta(days=30), "prepared_by": "owner"}
        tx.insert(quotes, head | mine | sums | until | changes)
        tx.insert(quote_lines, sold | {"quote_no": "Q-1"})
        order = {
            "order_no": "O-1",
            "quote_no": "Q-1",
            "source": "quote",
            "source_no": "PO 7",
            "status": "open",
        }
        booked = {"invoiced": Decimal(0), "ordered_at": now, "source_digest": "", "reason": ""}
        tx.insert(orders, order | mine | sums | booked | changes)
        tx.insert(order_lines, sold | {"order_no": "O-1"} | went)
        gone = {"status": "shipped", "invoice_no": "I-1", "created_at": now, "shipped_at": now}
        tx.insert(deliveries, {"delivery_no": "D-1", "order_no": "O-1"} | gone)
        part = {"delivery_no": "D-1", "line": 1, "sku": "D1", "quantity": Decimal(4)}
        tx.insert(delivery_lines, part)
        bill = {"invoice_no": "I-1", "order_no": "O-1", "delivery_no": "D-1", "settled_at": None}
        late = {"open": Decimal("11.90"), "dunning_level": 2}
        days = {"issued_at": now - timedelta(days=40), "due_at": now - timedelta(days=10)}
        tx.insert(invoices, bill | mine | sums | late | days)
        history = {"document": "I-1", "order_no": "O-1", "sold_at": now}
        tx.insert(sales_history, sold | mine | history | back)
        note = {"credit_note_no": "C-1", "source_no": "R 1", "source_digest": "", "reason": "bent"}
        tx.insert(credit_notes, note | mine | {"currency": "EUR", "issued_at": now} | less)
        line = {"credit_note_no": "C-1", "line": 1, "document": "I-1", "document_line": 1, "sku": "D1"}
        figures = {"quantity": Decimal(1), "unit_price": Decimal("2.50")}
        tx.insert(credit_lines, line | figures | {name: less[name] for name in ("net", "tax")})
    browser = signed_in("owner")
    assert browser.request("PUT", f"{PATH}/template", json={"text": TEMPLATE}).json() == {"number": 1}
    return browser


def text_of(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


@pytest.mark.parametrize("kind", KINDS)
def test_every_paper_is_drawn_in_each_language_with_its_number(owner: Browser, kind: str) -> None:
    titles = {}
    for language in ("en", "zh", "both"):
        made = owner.get(f"{PATH}/{kind}/{NUMBERS[kind]}?language={language}")
        assert (made.status_code, made.headers["content-type"]) == (200, "application/pdf")
        titles[language] = text_of(made.content)
        assert NUMBERS[kind] in titles[language]
        assert "Demo Hinges" in titles[language]
    assert len(set(titles.values())) == 3


def test_an_invoice_says_its_lines_and_sums_and_hides_what_the_template_hides(owner: Browser) -> None:
    said = text_of(owner.get(f"{PATH}/invoice/I-1?language=en").content)
    for part in ("Demo Doors", "铰链", "11.90 EUR", "Thank you", "DEMO 1", "Page 1 of 1"):
        assert part in said
    assert "Tax rate" not in said
    chinese = text_of(owner.get(f"{PATH}/invoice/I-1?language=zh").content)
    assert "价税合计" in chinese
    assert "谢谢" in chinese


def test_a_packing_list_says_how_many_cartons_there_are(owner: Browser, house: House) -> None:
    product = {"sku": "D1", "name": "Demo hinge", "pack_size": 3}
    house.gateway.perform(house.store, Caller(OWNER), "products.save", product)
    said = text_of(owner.get(f"{PATH}/packing_list/D-1?language=en").content)
    assert "Per carton" in " ".join(said.split())  # the heading stands on two lines
    assert "Cartons in all 2" in said


def test_the_language_is_the_customers_where_none_is_named(owner: Browser) -> None:
    assert "Invoice" in text_of(owner.get(f"{PATH}/invoice/I-1").content)


def test_a_reminder_speaks_as_its_level_does(owner: Browser) -> None:
    assert "in spite of our reminder" in text_of(owner.get(f"{PATH}/reminder/I-1").content)


def test_a_statement_adds_up_what_is_open_late_and_not_yet_used(owner: Browser) -> None:
    said = text_of(owner.get(f"{PATH}/statement/DEMO").content)
    for sum_ in ("Open 11.90 EUR", "Of this late 11.90 EUR", "Credit not yet used 2.98 EUR"):
        assert sum_ in said


@pytest.mark.parametrize("kind", KINDS)
def test_every_paper_is_a_workbook_whose_texts_are_no_formulas(owner: Browser, kind: str) -> None:
    made = owner.get(f"{PATH}/{kind}/{NUMBERS[kind]}?form=xlsx&language=both")
    sheet = load_workbook(io.BytesIO(made.content)).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert any(cell.data_type == "n" for cell in cells)


@pytest.mark.parametrize(
    ("kind", "number", "root"), [("invoice", "I-1", "Invoice"), ("credit_note", "C-1", "CreditNote")]
)
def test_the_electronic_form_keeps_the_rules_and_reads_back(
    owner: Browser, kind: str, number: str, root: str
) -> None:
    content = owner.get(f"{PATH}/{kind}/{number}?form=ubl").content
    assert ubl_rules.broken(etree.fromstring(content)) == []
    trade = read_ubl(content, "paper.xml", Limits()).data
    assert isinstance(trade, Trade)
    assert (trade.kind, trade.id, trade.currency) == (root, number, "EUR")
    assert (trade.seller.name, trade.buyer.name, trade.buyer.country) == ("Demo Hinges", "Demo Doors", "DE")
    (line,) = trade.lines
    assert (line.seller_item, line.unit_code, line.price) == ("D1", "H87", Decimal("2.5"))


def test_an_invoice_is_factur_x_where_the_customer_wants_that(owner: Browser, house: House) -> None:
    assert "wants no electronic form" in owner.get(f"{PATH}/invoice/I-1?form=wanted").text
    with house.store.write() as tx:
        tx.execute(update(sales_history).values(description="Demo hinge"))  # in a font that is embedded
        tx.execute(update(customers).values(e_invoice="facturx"))
    made = owner.get(f"{PATH}/invoice/I-1?form=wanted&language=en")
    assert (made.status_code, made.headers["content-type"]) == (200, "application/pdf")
    trade = read(made.content, "invoice.pdf").data
    assert (trade.id, trade.buyer.name, trade.lines[0].name) == ("I-1", "Demo Doors", "Demo hinge")


def test_an_invoice_is_ubl_where_the_customer_wants_that(owner: Browser, house: House) -> None:
    with house.store.write() as tx:
        tx.execute(update(customers).values(e_invoice="ubl"))
    made = owner.get(f"{PATH}/invoice/I-1?form=wanted")
    assert made.headers["content-type"] == "application/xml"
    assert read(made.content, "invoice.xml").data.id == "I-1"


def test_what_the_electronic_form_lacks_is_named(owner: Browser) -> None:
    owner.request("PUT", f"{PATH}/template", json={"text": "seller: {name: Demo Hinges}"})
    refused = owner.get(f"{PATH}/invoice/I-1?form=ubl")
    assert refused.status_code == 400
    assert "seller.country (BR-09)" in refused.text
    assert owner.get(f"{PATH}/quotation/Q-1?form=ubl").status_code == 400


def test_a_document_that_is_not_in_the_books_is_refused(owner: Browser) -> None:
    assert owner.get(f"{PATH}/invoice/I-9").status_code == 422


def test_a_template_that_says_what_no_template_can_is_refused_with_the_place(owner: Browser) -> None:
    refused = owner.request("PUT", f"{PATH}/template", json={"text": "seller: {country: Germany}"})
    assert refused.status_code == 400
    assert "seller.country" in refused.text
    assert owner.get(f"{PATH}/template").json()["text"] == TEMPLATE


def test_who_only_works_in_processes_changes_no_template(owner: Browser, signed_in: SignedIn) -> None:
    worker = signed_in("sales-1")
    assert worker.request("PUT", f"{PATH}/template", json={"text": TEMPLATE}).status_code == 403


def test_a_template_is_seen_before_it_is_in_force(owner: Browser) -> None:
    values = owner.get(f"{PATH}/template").json()["values"]
    values["seller"]["name"] = "Demo Locks"
    seen = []
    for colour in ("FF0000", "0000FF"):
        answer = owner.post(f"{PATH}/preview", json={"values": values | {"colour": colour}})
        seen.append(Image.open(io.BytesIO(answer.content)))
    assert [(255, 0, 0) in dict.fromkeys(one.getdata()) for one in seen] == [True, False]
    assert owner.get(f"{PATH}/template").json()["values"]["seller"]["name"] == "Demo Hinges"
    assert owner.request("PUT", f"{PATH}/template", json={"values": values}).json() == {"number": 2}
    assert owner.get(f"{PATH}/template").json()["values"]["seller"]["name"] == "Demo Locks"
