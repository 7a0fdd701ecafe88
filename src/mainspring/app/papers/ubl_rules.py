"""The rules of arithmetic of EN 16931, read from a UBL invoice or credit note as it is written.

Names of the rules are those of the standard's business rules; tax may differ by less than one unit of the
currency from the rate's, as in its published validation (BR-CO-17).
"""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from lxml import etree

_NAMES = {
    "a": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "b": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
}
_CENT, _TOLERATED, _ZERO = Decimal("0.01"), Decimal(1), Decimal(0)


def broken(root: etree._Element) -> list[str]:
    """The rules that the document breaks, each with its figures; empty when all hold."""
    return list(_broken(root))


def _broken(root: etree._Element) -> Iterator[str]:
    if not _lines(root):
        yield "BR-16: there is no line"
    nets = sum((_sum(line, "b:LineExtensionAmount") for line in _lines(root)), _ZERO)
    net = _sum(root, "a:LegalMonetaryTotal/b:LineExtensionAmount")
    without = _sum(root, "a:LegalMonetaryTotal/b:TaxExclusiveAmount")
    total = _sum(root, "a:LegalMonetaryTotal/b:TaxInclusiveAmount")
    paid = _sum(root, "a:LegalMonetaryTotal/b:PrepaidAmount")
    due = _sum(root, "a:LegalMonetaryTotal/b:PayableAmount")
    tax = _sum(root, "a:TaxTotal/b:TaxAmount")
    yield from _equal("BR-CO-10: the sum of the lines", net, nets)
    yield from _equal("BR-CO-13: the total without tax", without, net)
    yield from _equal("BR-CO-14: the tax", tax, _sum(root, "a:TaxTotal/a:TaxSubtotal/b:TaxAmount"))
    yield from _equal("BR-CO-15: the total with tax", total, without + tax)
    yield from _equal("BR-CO-16: what is to be paid", due, total - paid)
    for part in root.iterfind("a:TaxTotal/a:TaxSubtotal", _NAMES):
        yield from _category(root, part)


def _category(root: etree._Element, part: etree._Element) -> Iterator[str]:
    code = _text(part, "a:TaxCategory/b:ID")
    rate = _sum(part, "a:TaxCategory/b:Percent")
    base, tax = _sum(part, "b:TaxableAmount"), _sum(part, "b:TaxAmount")
    due = (base * rate / 100).quantize(_CENT, ROUND_HALF_UP)
    if abs(tax - due) >= _TOLERATED or (not rate and tax):
        yield f"BR-CO-17: the tax at {rate} % is {tax}, not {due}"
    of_lines = _ZERO
    for line in _lines(root):
        category = "a:Item/a:ClassifiedTaxCategory/"
        if (_text(line, f"{category}b:ID"), _sum(line, f"{category}b:Percent")) == (code, rate):
            of_lines += _sum(line, "b:LineExtensionAmount")
    yield from _equal(f"BR-{code}-08: the base of the tax at {rate} %", base, of_lines)


def _equal(rule: str, said: Decimal, due: Decimal) -> Iterator[str]:
    if said != due:
        yield f"{rule} is {said}, not {due}"


def _lines(root: etree._Element) -> list[etree._Element]:
    return [*root.iterfind("a:InvoiceLine", _NAMES), *root.iterfind("a:CreditNoteLine", _NAMES)]


def _text(element: etree._Element, path: str) -> str:
    return element.findtext(path, "", _NAMES)


def _sum(element: etree._Element, path: str) -> Decimal:
    return sum((Decimal(one.text or "0") for one in element.iterfind(path, _NAMES)), _ZERO)
