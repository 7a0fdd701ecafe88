"""Papers' pure parts: the arithmetic of electronic invoices, runs of fonts, and what a template may say."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from mainspring.app.errors import SetUpError
from mainspring.app.papers import fonts, template, ubl_rules

_SPACE = "urn:oasis:names:specification:ubl:schema:xsd:"
_INVOICE = f"""<Invoice xmlns="{_SPACE}Invoice-2" xmlns:a="{_SPACE}CommonAggregateComponents-2"
 xmlns:b="{_SPACE}CommonBasicComponents-2">
 <a:TaxTotal><b:TaxAmount>1.90</b:TaxAmount><a:TaxSubtotal><b:TaxableAmount>10.00</b:TaxableAmount>
  <b:TaxAmount>1.90</b:TaxAmount><a:TaxCategory><b:ID>S</b:ID><b:Percent>19</b:Percent></a:TaxCategory>
 </a:TaxSubtotal></a:TaxTotal>
 <a:LegalMonetaryTotal><b:LineExtensionAmount>10.00</b:LineExtensionAmount>
  <b:TaxExclusiveAmount>10.00</b:TaxExclusiveAmount><b:TaxInclusiveAmount>11.90</b:TaxInclusiveAmount>
  <b:PayableAmount>11.90</b:PayableAmount></a:LegalMonetaryTotal>
 <a:InvoiceLine><b:LineExtensionAmount>10.00</b:LineExtensionAmount><a:Item><a:ClassifiedTaxCategory>
  <b:ID>S</b:ID><b:Percent>19</b:Percent></a:ClassifiedTaxCategory></a:Item></a:InvoiceLine>
</Invoice>"""


def test_an_invoice_that_adds_up_breaks_no_rule() -> None:
    assert ubl_rules.broken(etree.fromstring(_INVOICE)) == []


@pytest.mark.parametrize(
    ("right", "wrong", "rule"),
    [
        ("<b:TaxExclusiveAmount>10.00", "<b:TaxExclusiveAmount>10.01", "BR-CO-13"),
        ("<b:TaxInclusiveAmount>11.90", "<b:TaxInclusiveAmount>11.91", "BR-CO-15"),
        ("<b:PayableAmount>11.90", "<b:PayableAmount>11.89", "BR-CO-16"),
        ("<b:TaxAmount>1.90", "<b:TaxAmount>3.90", "BR-CO-17"),
        ("<a:TaxTotal><b:TaxAmount>1.90", "<a:TaxTotal><b:TaxAmount>1.91", "BR-CO-14"),
        ("<b:TaxableAmount>10.00", "<b:TaxableAmount>10.01", "BR-S-08"),
        ("<a:InvoiceLine><b:LineExtensionAmount>10", "<a:InvoiceLine><b:LineExtensionAmount>9", "BR-CO-10"),
    ],
)
def test_a_figure_that_is_off_is_named_with_its_rule(right: str, wrong: str, rule: str) -> None:
    changed = _INVOICE.replace(right, wrong)
    assert changed != _INVOICE
    assert any(fault.startswith(rule) for fault in ubl_rules.broken(etree.fromstring(changed)))


@given(st.text())
def test_runs_of_fonts_lose_no_character(text: str) -> None:
    assert "".join(run for _, run in fonts.ready().runs(text)) == text


def test_chinese_and_latin_are_set_in_fonts_that_have_them() -> None:
    ready = fonts.ready()
    assert ready.runs("Demo 铰链 8") == [(fonts.LATIN, "Demo "), (ready.chinese, "铰链"), (fonts.LATIN, " 8")]


def test_a_font_file_without_chinese_is_refused_with_what_to_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "font.ttf"
    file.write_bytes(b"no font")
    monkeypatch.setenv(fonts.SETTING, str(file))
    with pytest.raises(SetUpError, match="no TrueType font"):
        fonts.ready()


def test_the_template_to_start_from_is_one() -> None:
    assert template.read(template.EXAMPLE) == template.Template()


@pytest.mark.parametrize("text", ["seller: [", "colour: red", "script: x", "!!python/object:os.system {}"])
def test_a_template_holds_plain_values_alone(text: str) -> None:
    with pytest.raises(SetUpError):
        template.read(text)
