"""An invoice or credit note as UBL 2.1 in the core of EN 16931 (PEPPOL BIS Billing 3)."""

from datetime import date
from decimal import Decimal

from lxml import etree

from mainspring.app.errors import SetUpError
from mainspring.app.papers import ubl_rules
from mainspring.app.papers.paper import Paper, TaxOf
from mainspring.app.papers.shown import plain
from mainspring.app.papers.template import Template

_NAMESPACE = "urn:oasis:names:specification:ubl:schema:xsd:"
_C, _A = f"{{{_NAMESPACE}CommonBasicComponents-2}}", f"{{{_NAMESPACE}CommonAggregateComponents-2}}"
_CUSTOMIZATION = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
_PROFILE = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
_TYPES = {"invoice": ("Invoice", "380"), "credit_note": ("CreditNote", "381")}
_UNITS = {
    "pcs": "H87", "pc": "H87", "piece": "H87", "个": "H87", "件": "H87", "只": "H87",
    "kg": "KGM", "公斤": "KGM", "千克": "KGM", "g": "GRM", "t": "TNE", "吨": "TNE",
    "m": "MTR", "米": "MTR", "m2": "MTK", "m3": "MTQ", "l": "LTR", "升": "LTR",
    "set": "SET", "套": "SET", "box": "XBX", "箱": "XBX", "pair": "PR", "双": "PR", "h": "HUR",
}  # fmt: skip
_ONE = "C62"
"""Units of UN/ECE recommendation 20 and 21; "one" for those that are not known."""
_LEAST = Decimal("0.01")


def ubl(paper: Paper, template: Template) -> bytes:
    """The document as XML.

    Raises:
        SetUpError: the paper has no electronic form, the firm or the customer lacks what the standard needs,
            or the sums of the document break a rule of EN 16931; each fault is named.
    """
    if paper.kind not in _TYPES:
        said = f"a {paper.kind} has no electronic form"
        raise SetUpError(said, where=paper.number, mend="Ask for an invoice or a credit note.")
    _complete(paper, template)
    root = _document(paper, template)
    if faults := ubl_rules.broken(root):
        raise SetUpError("; ".join(faults), where=paper.number, mend="Look at the document's sums.")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _complete(paper: Paper, template: Template) -> None:
    needed = {
        "seller.name (BR-06)": template.seller.name,
        "seller.country (BR-09)": template.seller.country,
        "seller.tax_id (BR-S-02)": template.seller.tax_id or not any(one.rate for one in paper.taxes),
        "the customer's country (BR-11)": paper.party.country,
        "zero_tax_reason (BR-E-10)": template.zero_tax == "Z"
        or template.zero_tax_reason
        or all(one.rate for one in paper.taxes),
    }
    missing = [name for name, there in needed.items() if not there]
    if missing:
        raise SetUpError(
            f"the electronic {paper.kind} needs {', '.join(missing)}",
            where=paper.number,
            mend="Fill it in with `mainspring papers put`, or in the customer's record.",
        )


def _document(paper: Paper, template: Template) -> etree._Element:
    name, code = _TYPES[paper.kind]
    space = f"{_NAMESPACE}{name}-2"
    spaces: dict[str | None, str] = {None: space, "cac": _A[1:-1], "cbc": _C[1:-1]}
    root = etree.Element(f"{{{space}}}{name}", nsmap=spaces)  # type: ignore[arg-type] # the stubs know no default namespace
    own = template.seller
    facts = dict(paper.facts)
    _said(root, "CustomizationID", _CUSTOMIZATION)
    _said(root, "ProfileID", _PROFILE)
    _said(root, "ID", paper.number)
    _said(root, "IssueDate", paper.day.isoformat())
    if paper.due is not None:
        _said(root, "DueDate", paper.due.isoformat())
    _said(root, f"{name}TypeCode", code)
    if note := facts.get("reason"):
        _said(root, "Note", str(note))
    _said(root, "DocumentCurrencyCode", paper.currency)
    if order := facts.get("order"):
        _said(_part(root, "OrderReference"), "ID", str(order))
    for document in sorted({line["document"] for line in paper.lines if "document" in line}):
        _said(_part(root, "BillingReference/InvoiceDocumentReference"), "ID", document)
    seller = (own.name, own.street, own.city, own.postcode, own.country, own.tax_id, own.email)
    _party(root, "AccountingSupplierParty", *seller, registration=own.registration)
    buyer = paper.party
    _party(
        root,
        "AccountingCustomerParty",
        buyer.name,
        buyer.address,
        buyer.city,
        "",
        buyer.country,
        buyer.tax_id,
        buyer.email,
    )
    if own.iban:
        _means(root, template)
    _tax(root, paper, template)
    _sums(root, paper)
    for place, line in enumerate(paper.lines, 1):
        part = _part(root, f"{name}Line")
        _said(part, "ID", str(place))
        quantity = "InvoicedQuantity" if name == "Invoice" else "CreditedQuantity"
        unit = _UNITS.get((line["unit"] or "").strip().casefold(), _ONE)
        _said(part, quantity, plain(line["quantity"]), unitCode=unit)
        _money(part, "LineExtensionAmount", line["net"], paper.currency)
        item = _part(part, "Item")
        _said(item, "Name", line["description"] or line["sku"])
        _said(_part(item, "SellersItemIdentification"), "ID", line["sku"])
        _category(_part(item, "ClassifiedTaxCategory"), line["tax_rate"] or Decimal(0), template)
        _said(_part(part, "Price"), "PriceAmount", plain(line["unit_price"]), currencyID=paper.currency)
    return root


def _party(
    root: etree._Element,
    role: str,
    name: str,
    street: str,
    city: str,
    postcode: str,
    country: str,
    tax_id: str,
    email: str,
    registration: str = "",
) -> None:
    party = _part(root, f"{role}/Party")
    if email:
        _said(party, "EndpointID", email, schemeID="EM")
    _said(_part(party, "PartyName"), "Name", name)
    address = _part(party, "PostalAddress")
    for field, value in (("StreetName", street), ("CityName", city), ("PostalZone", postcode)):
        if value:
            _said(address, field, value)
    _said(_part(address, "Country"), "IdentificationCode", country)
    if tax_id:
        scheme = _part(party, "PartyTaxScheme")
        _said(scheme, "CompanyID", tax_id)
        _said(_part(scheme, "TaxScheme"), "ID", "VAT")
    entity = _part(party, "PartyLegalEntity")
    _said(entity, "RegistrationName", name)
    if registration:
        _said(entity, "CompanyID", registration)


def _means(root: etree._Element, template: Template) -> None:
    means = _part(root, "PaymentMeans")
    _said(means, "PaymentMeansCode", "30")
    account = _part(means, "PayeeFinancialAccount")
    _said(account, "ID", template.seller.iban.replace(" ", ""))
    _said(account, "Name", template.seller.name)
    if template.seller.bic:
        _said(_part(account, "FinancialInstitutionBranch"), "ID", template.seller.bic)


def _tax(root: etree._Element, paper: Paper, template: Template) -> None:
    total = _part(root, "TaxTotal")
    _money(total, "TaxAmount", sum((one.tax for one in paper.taxes), Decimal(0)), paper.currency)
    for one in paper.taxes:
        _subtotal(total, one, paper.currency, template)


def _subtotal(total: etree._Element, one: TaxOf, currency: str, template: Template) -> None:
    part = _part(total, "TaxSubtotal")
    _money(part, "TaxableAmount", one.net, currency)
    _money(part, "TaxAmount", one.tax, currency)
    reason = template.zero_tax_reason if not one.rate and template.zero_tax != "Z" else ""
    _category(_part(part, "TaxCategory"), one.rate, template, reason)


def _category(part: etree._Element, rate: Decimal, template: Template, reason: str = "") -> None:
    code = "S" if rate else template.zero_tax
    _said(part, "ID", code)
    if code != "O":
        _said(part, "Percent", plain(rate * 100))
    if reason:
        _said(part, "TaxExemptionReason", reason)
    _said(_part(part, "TaxScheme"), "ID", "VAT")


def _sums(root: etree._Element, paper: Paper) -> None:
    amounts = {name: amount for name, amount, _ in paper.totals}
    part = _part(root, "LegalMonetaryTotal")
    _money(part, "LineExtensionAmount", amounts["net"], paper.currency)
    _money(part, "TaxExclusiveAmount", amounts["net"], paper.currency)
    _money(part, "TaxInclusiveAmount", amounts["total"], paper.currency)
    open_ = amounts["total"] if paper.open is None else paper.open
    if open_ != amounts["total"]:
        _money(part, "PrepaidAmount", amounts["total"] - open_, paper.currency)
    _money(part, "PayableAmount", open_, paper.currency)


def _part(parent: etree._Element, path: str) -> etree._Element:
    """A new element, or one inside the other."""
    for name in path.split("/"):
        parent = etree.SubElement(parent, f"{_A}{name}")
    return parent


def _said(parent: etree._Element, name: str, text: str | date, **attributes: str) -> None:
    etree.SubElement(parent, f"{_C}{name}", attributes).text = str(text)


def _money(parent: etree._Element, name: str, amount: Decimal, currency: str) -> None:
    text = plain(amount)
    if amount == amount.quantize(_LEAST):
        text = f"{amount.quantize(_LEAST):f}"
    _said(parent, name, text, currencyID=currency)
