"""An invoice or credit note as UN/CEFACT Cross Industry Invoice in the profile EN 16931 of Factur-X 1.0."""

import re
from datetime import date
from decimal import Decimal

from lxml import etree

from mainspring.app.papers import einvoice
from mainspring.app.papers.paper import Paper, Party
from mainspring.app.papers.shown import plain
from mainspring.app.papers.template import Seller, Template

_STANDARD = "urn:un:unece:uncefact:data:standard:"
_SPACES: dict[str, str] = {
    "rsm": f"{_STANDARD}CrossIndustryInvoice:100",
    "ram": f"{_STANDARD}ReusableAggregateBusinessInformationEntity:100",
    "udt": f"{_STANDARD}UnqualifiedDataType:100",
}
_RSM, _RAM, _UDT = (f"{{{space}}}" for space in _SPACES.values())
_GUIDELINE = "urn:cen.eu:en16931:2017"
_IBAN = re.compile(r"[A-Z]{2}\d{2}[0-9A-Z]{11,30}")
_ZERO = Decimal(0)
_Node = etree._Element  # noqa: SLF001 - lxml's name for the type


def cii(paper: Paper, template: Template) -> bytes:
    """The document as XML, with the figures of the paper as they are: `ubl.ubl` holds them against the rules.

    Raises:
        SetUpError: the paper has no electronic form, or lacks what the standard needs.
    """
    einvoice.demand(paper, template)
    root = etree.Element(f"{_RSM}CrossIndustryInvoice", nsmap=_SPACES)
    context = etree.SubElement(root, f"{_RSM}ExchangedDocumentContext")
    _said(_part(context, "GuidelineSpecifiedDocumentContextParameter"), "ID", _GUIDELINE)
    document = etree.SubElement(root, f"{_RSM}ExchangedDocument")
    _said(document, "ID", paper.number)
    _said(document, "TypeCode", einvoice.TYPES[paper.kind])
    _day(document, "IssueDateTime", paper.day)
    facts = dict(paper.facts)
    if note := facts.get("reason"):
        _said(_part(document, "IncludedNote"), "Content", str(note))
    trade = etree.SubElement(root, f"{_RSM}SupplyChainTradeTransaction")
    for place, line in enumerate(paper.lines, 1):
        item = _part(trade, "IncludedSupplyChainTradeLineItem")
        _said(_part(item, "AssociatedDocumentLineDocument"), "LineID", str(place))
        product = _part(item, "SpecifiedTradeProduct")
        _said(product, "SellerAssignedID", line["sku"])
        _said(product, "Name", line["description"] or line["sku"])
        price = _part(item, "SpecifiedLineTradeAgreement/NetPriceProductTradePrice")
        _said(price, "ChargeAmount", plain(line["unit_price"]))
        many = _part(item, "SpecifiedLineTradeDelivery")
        _said(many, "BilledQuantity", plain(line["quantity"]), unitCode=einvoice.unit(line["unit"]))
        settled = _part(item, "SpecifiedLineTradeSettlement")
        _tax(_part(settled, "ApplicableTradeTax"), line["tax_rate"] or _ZERO, template)
        sums = _part(settled, "SpecifiedTradeSettlementLineMonetarySummation")
        _said(sums, "LineTotalAmount", einvoice.money(line["net"]))
    agreed = _part(trade, "ApplicableHeaderTradeAgreement")
    _seller(_part(agreed, "SellerTradeParty"), template.seller)
    _buyer(_part(agreed, "BuyerTradeParty"), paper.party)
    if order := facts.get("order"):
        _said(_part(agreed, "BuyerOrderReferencedDocument"), "IssuerAssignedID", str(order))
    delivered = _part(trade, "ApplicableHeaderTradeDelivery")
    if delivery := facts.get("delivery"):
        _said(_part(delivered, "DespatchAdviceReferencedDocument"), "IssuerAssignedID", str(delivery))
    _settlement(_part(trade, "ApplicableHeaderTradeSettlement"), paper, template)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _seller(part: _Node, own: Seller) -> None:
    number = einvoice.vat(own.tax_id, own.country)
    registration = own.registration or ("" if number else own.tax_id)
    _party(part, own.name, registration, (own.postcode, own.street, own.city, own.country), own.email)
    if own.tax_id:
        scheme = "VA" if number else "FC"
        _said(_part(part, "SpecifiedTaxRegistration"), "ID", number or own.tax_id, schemeID=scheme)


def _buyer(part: _Node, party: Party) -> None:
    number = einvoice.vat(party.tax_id, party.country)
    registration = "" if number else party.tax_id
    _party(part, party.name, registration, ("", party.address, party.city, party.country), party.email)
    if number:
        _said(_part(part, "SpecifiedTaxRegistration"), "ID", number, schemeID="VA")


def _party(part: _Node, name: str, registration: str, address: tuple[str, str, str, str], email: str) -> None:
    """Name, registration, address (postcode, street, town, country) and mail address of a party."""
    _said(part, "Name", name)
    if registration:
        _said(_part(part, "SpecifiedLegalOrganization"), "ID", registration)
    place = _part(part, "PostalTradeAddress")
    for field, value in zip(("PostcodeCode", "LineOne", "CityName", "CountryID"), address, strict=True):
        if value:
            _said(place, field, value)
    if email:
        _said(_part(part, "URIUniversalCommunication"), "URIID", email, schemeID="EM")


def _settlement(part: _Node, paper: Paper, template: Template) -> None:
    _said(part, "InvoiceCurrencyCode", paper.currency)
    if template.seller.iban:
        _means(_part(part, "SpecifiedTradeSettlementPaymentMeans"), template.seller)
    for one in paper.taxes:
        tax = _part(part, "ApplicableTradeTax")
        _said(tax, "CalculatedAmount", einvoice.money(one.tax))
        _tax(tax, one.rate, template, base=one.net)
    terms = _part(part, "SpecifiedTradePaymentTerms")
    if paper.due is None:
        _said(terms, "Description", einvoice.NOT_DUE)
    else:
        _day(terms, "DueDateDateTime", paper.due)
    _sums(_part(part, "SpecifiedTradeSettlementHeaderMonetarySummation"), paper)
    for document in sorted({line["document"] for line in paper.lines if "document" in line}):
        _said(_part(part, "InvoiceReferencedDocument"), "IssuerAssignedID", document)


def _means(part: _Node, own: Seller) -> None:
    _said(part, "TypeCode", "30")
    account = _part(part, "PayeePartyCreditorFinancialAccount")
    number = own.iban.replace(" ", "")
    if _IBAN.fullmatch(number):
        _said(account, "IBANID", number)
    _said(account, "AccountName", own.name)
    if not _IBAN.fullmatch(number):
        _said(account, "ProprietaryID", number)
    if own.bic:
        _said(_part(part, "PayeeSpecifiedCreditorFinancialInstitution"), "BICID", own.bic)


def _tax(part: _Node, rate: Decimal, template: Template, base: Decimal | None = None) -> None:
    """The tax of a line, or with its base that of the whole document."""
    _said(part, "TypeCode", "VAT")
    if base is not None:
        if reason := einvoice.exemption(rate, template):
            _said(part, "ExemptionReason", reason)
        _said(part, "BasisAmount", einvoice.money(base))
    code = einvoice.category(rate, template)
    _said(part, "CategoryCode", code)
    if code != "O":
        _said(part, "RateApplicablePercent", plain(rate * 100))


def _sums(part: _Node, paper: Paper) -> None:
    amounts = {name: amount for name, amount, _ in paper.totals}
    open_ = amounts["total"] if paper.open is None else paper.open
    _said(part, "LineTotalAmount", einvoice.money(amounts["net"]))
    _said(part, "TaxBasisTotalAmount", einvoice.money(amounts["net"]))
    tax = sum((one.tax for one in paper.taxes), _ZERO)
    _said(part, "TaxTotalAmount", einvoice.money(tax), currencyID=paper.currency)
    _said(part, "GrandTotalAmount", einvoice.money(amounts["total"]))
    if open_ != amounts["total"]:
        _said(part, "TotalPrepaidAmount", einvoice.money(amounts["total"] - open_))
    _said(part, "DuePayableAmount", einvoice.money(open_))


def _part(parent: _Node, path: str) -> _Node:
    """A new element, or one inside the other."""
    for name in path.split("/"):
        parent = etree.SubElement(parent, f"{_RAM}{name}")
    return parent


def _said(parent: _Node, name: str, text: str, **attributes: str) -> None:
    etree.SubElement(parent, f"{_RAM}{name}", attributes).text = text


def _day(parent: _Node, name: str, day: date) -> None:
    """A day as the code list of UNTDID 2379 writes it under 102."""
    moment = etree.SubElement(_part(parent, name), f"{_UDT}DateTimeString", {"format": "102"})
    moment.text = f"{day:%Y%m%d}"
