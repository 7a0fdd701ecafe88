"""An invoice or credit note as UBL 2.1 in the core of EN 16931 (PEPPOL BIS Billing 3)."""

from datetime import date
from decimal import Decimal

from lxml import etree

from mainspring.app.errors import SetUpError
from mainspring.app.papers import einvoice, ubl_rules
from mainspring.app.papers.paper import Paper, TaxOf
from mainspring.app.papers.shown import plain
from mainspring.app.papers.template import Template

_NAMESPACE = "urn:oasis:names:specification:ubl:schema:xsd:"
_C, _A = f"{{{_NAMESPACE}CommonBasicComponents-2}}", f"{{{_NAMESPACE}CommonAggregateComponents-2}}"
_CUSTOMIZATION = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
_PROFILE = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
_SELLER = "AccountingSupplierParty"
_NAMES = {"invoice": "Invoice", "credit_note": "CreditNote"}


def ubl(paper: Paper, template: Template) -> bytes:
    """The document as XML.

    Raises:
        SetUpError: the paper has no electronic form, the firm or the customer lacks what the standard needs,
            or the sums of the document break a rule of EN 16931; each fault is named.
    """
    einvoice.demand(paper, template)
    root = _document(paper, template)
    if faults := ubl_rules.broken(root):
        raise SetUpError("; ".join(faults), where=paper.number, mend="Look at the document's sums.")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _document(paper: Paper, template: Template) -> etree._Element:
    name = _NAMES[paper.kind]
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
    _said(root, f"{name}TypeCode", einvoice.TYPES[paper.kind])
    if note := facts.get("reason"):
        _said(root, "Note", str(note))
    _said(root, "DocumentCurrencyCode", paper.currency)
    if order := facts.get("order"):
        _said(_part(root, "OrderReference"), "ID", str(order))
    for document in sorted({line["document"] for line in paper.lines if "document" in line}):
        _said(_part(root, "BillingReference/InvoiceDocumentReference"), "ID", document)
    seller = (own.name, own.street, own.city, own.postcode, own.country, own.tax_id, own.email)
    _party(root, _SELLER, *seller, registration=own.registration)
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
    if paper.due is None:
        _said(_part(root, "PaymentTerms"), "Note", einvoice.NOT_DUE)
    _tax(root, paper, template)
    _sums(root, paper)
    for place, line in enumerate(paper.lines, 1):
        part = _part(root, f"{name}Line")
        _said(part, "ID", str(place))
        quantity = "InvoicedQuantity" if name == "Invoice" else "CreditedQuantity"
        _said(part, quantity, plain(line["quantity"]), unitCode=einvoice.unit(line["unit"]))
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
    number = einvoice.vat(tax_id, country)
    if number or (tax_id and role == _SELLER):  # BT-31 or BT-32; a buyer has no such second term
        scheme = _part(party, "PartyTaxScheme")
        _said(scheme, "CompanyID", number or tax_id)
        _said(_part(scheme, "TaxScheme"), "ID", "VAT" if number else "TAX")
    if tax_id and not number:
        registration = registration or tax_id
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
    _category(_part(part, "TaxCategory"), one.rate, template, einvoice.exemption(one.rate, template))


def _category(part: etree._Element, rate: Decimal, template: Template, reason: str = "") -> None:
    code = einvoice.category(rate, template)
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
    _said(parent, name, einvoice.money(amount), currencyID=currency)
