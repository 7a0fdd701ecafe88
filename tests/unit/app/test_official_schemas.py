"""Our electronic invoices against the official schemas of UBL 2.1 and Factur-X, and EN 16931's rules."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import facturx
import pytest
import saxonche
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.unit.app.test_factur_x import BUYER, DAY, LOOK, paper

from mainspring.app.papers import cii, drawing, ubl
from mainspring.app.papers.paper import Kind, Paper, Party, TaxOf
from mainspring.app.papers.template import Seller, Template

SHEETS = Path(str(facturx.__file__)).parent / "xsd_and_schematron"
CHINESE = Template(seller=Seller(name="示例五金", country="CN", tax_id="91330000DEMO00000X", iban="DEMO 1"))
FREE = Template(seller=LOOK.seller, zero_tax="G", zero_tax_reason="Export")
OUTSIDE = Template(
    seller=Seller(name="Demo", country="CN", registration="DEMO 1"),
    zero_tax="O",
    zero_tax_reason="Not subject to VAT",
)
WHOLE = Template(
    seller=Seller(
        name="Demo Hinges",
        street="1 Demo Road",
        city="Demo Town",
        postcode="10000",
        country="DE",
        tax_id="DE123456789",
        registration="DEMO 2",
        email="demo@demo.example",
        iban="DE89370400440532013000",
        bic="DEMODEFFXXX",
    )
)
FORMS = [(ubl.ubl, "ubl-2.1/EN16931-UBL-validation.xslt"), (cii.cii, "facturx-en16931/FACTUR-X_EN16931.xslt")]
Make = Callable[[Paper, Template], bytes]
XSD = {
    "Invoice": "ubl-2.1/maindoc/UBL-Invoice-2.1.xsd",
    "CreditNote": "ubl-2.1/maindoc/UBL-CreditNote-2.1.xsd",
    "CrossIndustryInvoice": "facturx-en16931/Factur-X_EN16931.xsd",
}


@cache
def schema(root: str) -> etree.XMLSchema:
    """The official schema of a document, read once: it takes a second."""
    return etree.XMLSchema(file=str(SHEETS / XSD[root]))


def demand(content: bytes) -> None:
    root = etree.fromstring(content)
    schema(etree.QName(root).localname).assertValid(root)


def part_paid() -> Paper:
    return replace(paper(), open=Decimal("1.90"))


CASES = [
    (paper(), LOOK),
    (paper("credit_note"), LOOK),
    (paper(), CHINESE),
    (paper(), WHOLE),
    (part_paid(), WHOLE),
    (replace(paper(), party=replace(BUYER, tax_id="FR12345678901", email="demo@demo.example")), WHOLE),
    (replace(paper(), party=replace(BUYER, tax_id="DEMO-TAX")), WHOLE),
    (paper(rate="0"), LOOK),
    (paper(rate="0"), FREE),
    (paper(rate="0"), OUTSIDE),
]


@pytest.mark.parametrize(("made", "look"), CASES)
@pytest.mark.parametrize("make", [ubl.ubl, cii.cii])
def test_each_form_of_each_invoice_meets_its_official_schema(made: Paper, look: Template, make: Make) -> None:
    demand(make(made, look))


@pytest.mark.parametrize(("make", "sheet"), FORMS)
def test_each_form_of_each_invoice_breaks_no_rule_of_the_standard(make: Make, sheet: str) -> None:
    with saxonche.PySaxonProcessor(license=False) as processor:
        rules = processor.new_xslt30_processor().compile_stylesheet(stylesheet_file=str(SHEETS / sheet))
        for made, look in CASES:
            source = processor.parse_xml(xml_text=make(made, look).decode())
            report = etree.fromstring(rules.transform_to_string(xdm_node=source).encode())
            broken = [one.get("id") for one in report.iter("{*}failed-assert") if one.get("flag") == "fatal"]
            assert broken == [], made


def test_the_peer_finds_our_document_in_our_pdf() -> None:
    name, content = facturx.get_facturx_xml_from_pdf(drawing.facturx(paper(), LOOK, "en"))
    assert (name, content) == ("factur-x.xml", cii.cii(paper(), LOOK))


_TEXTS = st.text(st.characters(blacklist_categories=["C"]), min_size=1, max_size=40).filter(str.strip)
_AMOUNTS = st.decimals("0.01", "99999", places=2)


@settings(deadline=None, max_examples=30)
@given(
    lines=st.lists(
        st.tuples(_TEXTS, _AMOUNTS, st.sampled_from(["pcs", "kg", "箱", "?"])), min_size=1, max_size=5
    ),
    name=_TEXTS,
    kind=st.sampled_from(["invoice", "credit_note"]),
)
def test_whatever_the_words_and_amounts_the_schemas_hold(
    lines: list[tuple[str, Decimal, str]], name: str, kind: Kind
) -> None:
    base = paper(kind)
    rows = tuple(
        dict(base.lines[0])
        | {"description": said, "net": net, "unit_price": net, "unit": unit}
        | {"quantity": Decimal(1)}
        for said, net, unit in lines
    )
    net = sum((one[1] for one in lines), Decimal(0))
    tax = (net * Decimal("0.19")).quantize(Decimal("0.01"))
    sums = (("net", net, "EUR"), ("tax", tax, "EUR"), ("total", net + tax, "EUR"))
    party = Party(name, "", name, name, "FR", "", "", "en")
    taxes = (TaxOf(Decimal("0.19"), net, tax),)
    made = replace(base, lines=rows, totals=sums, taxes=taxes, party=party, open=net + tax, day=DAY)
    for make, _ in FORMS:
        demand(make(made, LOOK))
