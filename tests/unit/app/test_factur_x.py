"""Factur-X: what is inside the PDF, what PDF/A asks of it, and that our own reader gets every figure back."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pypdfium2
import pytest
from lxml import etree

from mainspring.app.errors import SetUpError
from mainspring.app.papers import archive, cii, fonts, ubl
from mainspring.app.papers.drawing import facturx
from mainspring.app.papers.paper import Kind, Paper, Party, TaxOf
from mainspring.app.papers.template import Seller, Template
from mainspring.knowledge import documents

DAY = date(2026, 3, 1)
OWN = Seller(
    name="Demo Hinges", country="DE", city="Demo Town", tax_id="DE123456789", email="demo@demo.example"
)
LOOK = Template(seller=OWN)
BUYER = Party("Demo Doors", "", "1 Demo Road", "Demo Town", "FR", "", "", "en")


def paper(kind: Kind = "invoice", description: str = "Demo hinge & pin", rate: str = "0.19") -> Paper:
    net, tax = Decimal("10.00"), (Decimal(10) * Decimal(rate)).quantize(Decimal("0.01"))
    line: dict[str, Any] = {
        "sku": "D1",
        "description": description,
        "quantity": Decimal(4),
        "unit": "pcs",
        "unit_price": Decimal("2.50"),
        "tax_rate": Decimal(rate),
        "net": net,
    }
    sums = (("net", net, "EUR"), ("tax", tax, "EUR"), ("total", net + tax, "EUR"))
    facts = (("order", "O-1"), ("delivery", "D-1")) if kind == "invoice" else (("reason", "bent"),)
    if kind == "credit_note":
        line["document"] = "I-1"
    columns = tuple(line)
    taxes = (TaxOf(Decimal(rate), net, tax),)
    due = DAY if kind == "invoice" else None
    return Paper(kind, "N-1", DAY, "EUR", BUYER, facts, columns, (line,), sums, taxes, net + tax, due)


def inside(content: bytes) -> bytes:
    document = pypdfium2.PdfDocument(content)
    try:
        (name,) = [document.get_attachment(i).get_name() for i in range(document.count_attachments())]
        assert name == "factur-x.xml"
        return bytes(document.get_attachment(0).get_data())
    finally:
        document.close()


@pytest.mark.parametrize(("kind", "said"), [("invoice", "Invoice"), ("credit_note", "CreditNote")])
def test_our_reader_gets_back_what_was_put_into_the_pdf(kind: Kind, said: str) -> None:
    made = documents.read(facturx(paper(kind), LOOK, "en"), "paper.pdf")
    trade = made.data
    assert (trade.kind, trade.id, trade.issued, trade.currency) == (said, "N-1", DAY, "EUR")
    assert (trade.seller.name, trade.seller.tax_id) == ("Demo Hinges", "DE123456789")
    assert (trade.buyer.name, trade.buyer.country) == ("Demo Doors", "FR")
    (line,) = trade.lines
    assert (line.seller_item, line.name, line.unit_code) == ("D1", "Demo hinge & pin", "H87")
    assert (line.quantity, line.price) == (Decimal(4), Decimal("2.5"))
    assert "Demo Doors" in made.text


def test_both_electronic_forms_say_the_same() -> None:
    read = [documents.read(make(paper(), LOOK), "paper.xml").data for make in (ubl.ubl, cii.cii)]
    heads = [(one.kind, one.id, one.issued, one.order_reference, one.seller.tax_id) for one in read]
    lines = [[(one.name, one.quantity, one.price, one.unit_code) for one in each.lines] for each in read]
    assert heads[0] == heads[1]
    assert lines[0] == lines[1]


def test_the_same_paper_is_the_same_bytes() -> None:
    assert facturx(paper(), LOOK, "en") == facturx(paper(), LOOK, "en")


def test_the_metadata_say_pdf_a_3_and_what_is_embedded() -> None:
    content = facturx(paper(), LOOK, "en")
    packet = content[content.index(b"<rdf:RDF") : content.index(b"</rdf:RDF>") + len(b"</rdf:RDF>")]
    said = {etree.QName(one).localname: one.text for one in etree.fromstring(packet).iter("{*}*")}
    assert (said["part"], said["conformance"]) == ("3", "B")
    assert said["ConformanceLevel"] == "EN 16931"
    assert said["DocumentFileName"] == archive.FILE


def test_every_font_is_embedded_and_colours_have_a_profile() -> None:
    content = facturx(paper(), LOOK, "en")
    assert re.findall(rb"/BaseFont /(?!\w{6}\+)", content) == []
    assert len(re.findall(rb"/FontFile2", content)) == len(re.findall(rb"/BaseFont", content)) > 0
    assert b"/GTS_PDFA1" in content
    assert content.startswith(b"%PDF-1.7")


def test_every_stream_ends_with_a_line_and_every_object_is_where_the_table_says() -> None:
    content = facturx(paper(), LOOK, "en")
    assert re.findall(rb"[^\r\n]endstream", content) == []
    table = content[content.rindex(b"xref\n0 ") : content.rindex(b"trailer")].splitlines()[3:]
    assert len(table) > 10
    for number, row in enumerate(table, 1):
        assert content[int(row[:10]) :].startswith(b"%d 0 obj" % number)


def test_the_length_of_each_stream_is_what_stands_before_its_end() -> None:
    content = facturx(paper(), LOOK, "en")
    for found in re.finditer(rb"/Length (\d+)[^>]*(?:>>[^>]*)*?>>\nstream\n", content):
        end = found.end() + int(found[1])
        assert content[end:].lstrip(b"\n").startswith(b"endstream")


def test_a_character_without_a_font_to_embed_is_named_instead_of_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        "mainspring.app.papers.pdf.ready", lambda: fonts.Fonts("STSong-Light", embedded=False)
    )
    with pytest.raises(SetUpError, match="铰"):
        facturx(paper(description="铰链"), LOOK, "en")


def test_figures_that_do_not_add_up_make_no_electronic_invoice() -> None:
    wrong = replace(paper(), totals=(("net", Decimal(11), "EUR"), ("total", Decimal("11.90"), "EUR")))
    with pytest.raises(SetUpError, match="BR-CO-10"):
        facturx(wrong, LOOK, "en")


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"country": ""}, "BR-09"),
        ({"tax_id": ""}, "BR-S-02"),
        ({"tax_id": "", "registration": ""}, "BR-CO-26"),
    ],
)
def test_what_the_standard_needs_is_named_with_its_rule(change: dict[str, str], rule: str) -> None:
    lacking = LOOK.model_copy(update={"seller": OWN.model_copy(update=change)})
    with pytest.raises(SetUpError, match=rule):
        cii.cii(paper(), lacking)


def test_a_chinese_credit_code_is_a_tax_number_but_no_vat_identifier() -> None:
    chinese = Template(seller=Seller(name="Demo", country="CN", tax_id="91330000DEMO00000X"))
    root = etree.fromstring(cii.cii(paper(), chinese))
    (number,) = root.iterfind(".//{*}SellerTradeParty/{*}SpecifiedTaxRegistration/{*}ID")
    assert (number.text, number.get("schemeID")) == ("91330000DEMO00000X", "FC")
    assert root.findtext(".//{*}SellerTradeParty/{*}SpecifiedLegalOrganization/{*}ID") == number.text


def test_the_embedded_document_is_the_cii_and_nothing_else() -> None:
    assert inside(facturx(paper(), LOOK, "en")) == cii.cii(paper(), LOOK)


def test_a_broken_invoice_inside_a_pdf_is_a_problem_of_the_document_and_no_failure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cii, "cii", lambda *_: b'<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>')
    read = documents.read(facturx(paper(), LOOK, "en"), "paper.pdf")
    assert read.data is None
    assert [one.kind for one in read.problems] == ["damaged"]
    assert "Demo Doors" in read.text
