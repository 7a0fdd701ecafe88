"""Cross Industry Invoices (UN/CEFACT CII; Factur-X, ZUGFeRD, XRechnung) as data with their places."""

from collections.abc import Iterator, Mapping

from lxml import etree

from mainspring.base import xml
from mainspring.knowledge.documents.document import Block, Document, Place, Problem
from mainspring.knowledge.documents.elements import day, line_of, number, words
from mainspring.knowledge.documents.limits import Limits
from mainspring.knowledge.documents.ubl import Party, Trade, TradeLine

NAMESPACE = "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:"
EMBEDDED = frozenset({"factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml"})
"""Names, in small letters, under which the hybrid formats put the document into a PDF."""
_KINDS: Mapping[str, str] = {"381": "CreditNote", "261": "CreditNote", "396": "CreditNote"}
"""Codes of UNTDID 1001 that are no invoice."""
_TRADE = "SupplyChainTradeTransaction"
_DAY = 8
"""Letters of a day as code 102 writes it (20251131 is none)."""


def read_cii(data: bytes, name: str, limits: Limits) -> Document:
    """An invoice as `Document.data`, a `Trade`; a block for each line and for the head.

    Raises:
        UnsafeInputError: not well-formed, too large, or with a DOCTYPE.
    """
    root = xml.parse(data, name, max_bytes=limits.markup)
    problems: list[Problem] = []
    trade = _trade(root, problems)
    head = " | ".join(filter(None, (trade.kind, trade.id, trade.seller.name, trade.buyer.name, trade.note)))
    blocks = [Block(head, Place(line=1))]
    blocks += [Block(_text(line), Place(line=line.line, part=f"line {line.id}")) for line in trade.lines]
    return Document(name, "cii", tuple(blocks), problems=tuple(problems), data=trade)


def _text(line: TradeLine) -> str:
    quantity = f"{line.quantity} {line.unit_code}".strip() if line.quantity is not None else ""
    return "\t".join(filter(None, (line.name, line.description, line.seller_item, quantity)))


def _trade(root: etree._Element, problems: list[Problem]) -> Trade:
    at: dict[str, int] = {}

    def said(field: str, path: str) -> str:
        element = _first(root, path)
        text = words(element)
        if text:
            at[field] = line_of(element)
        return text

    agreed, delivered = f"{_TRADE}/ApplicableHeaderTradeAgreement", f"{_TRADE}/ApplicableHeaderTradeDelivery"
    currency = said("currency", f"{_TRADE}/ApplicableHeaderTradeSettlement/InvoiceCurrencyCode")
    code = words(_first(root, "ExchangedDocument/TypeCode"))
    arrived = "ActualDeliverySupplyChainEvent/OccurrenceDateTime/DateTimeString"
    return Trade(
        kind=_KINDS.get(code, "Invoice"),
        id=said("id", "ExchangedDocument/ID"),
        issued=day(said("issued", "ExchangedDocument/IssueDateTime/DateTimeString"), _DAY, problems),
        currency=currency,
        buyer=_party(_first(root, f"{agreed}/BuyerTradeParty"), "buyer", at),
        seller=_party(_first(root, f"{agreed}/SellerTradeParty"), "seller", at),
        delivery_date=day(said("delivery_date", f"{delivered}/{arrived}"), _DAY, problems),
        delivery_address=_address(_first(root, f"{delivered}/ShipToTradeParty/PostalTradeAddress")),
        order_reference=said("order_reference", f"{agreed}/BuyerOrderReferencedDocument/IssuerAssignedID"),
        note=said("note", "ExchangedDocument/IncludedNote/Content"),
        lines=tuple(_lines(root, currency, problems)),
        at=at,
    )


def _lines(root: etree._Element, currency: str, problems: list[Problem]) -> Iterator[TradeLine]:
    for item in _elements(root, f"{_TRADE}/IncludedSupplyChainTradeLineItem"):
        many = _first(item, "SpecifiedLineTradeDelivery/BilledQuantity")
        price = _first(item, "SpecifiedLineTradeAgreement/NetPriceProductTradePrice/ChargeAmount")
        product = "SpecifiedTradeProduct"
        yield TradeLine(
            id=words(_first(item, "AssociatedDocumentLineDocument/LineID")),
            name=words(_first(item, f"{product}/Name")),
            description=words(_first(item, f"{product}/Description")),
            seller_item=words(_first(item, f"{product}/SellerAssignedID")),
            buyer_item=words(_first(item, f"{product}/BuyerAssignedID")),
            standard_item=words(_first(item, f"{product}/GlobalID")),
            quantity=number(many, problems),
            unit_code=many.get("unitCode", "") if many is not None else "",
            price=number(price, problems),
            currency=currency,
            line=line_of(item),
        )


def _party(element: etree._Element | None, field: str, at: dict[str, int]) -> Party:
    if element is None:
        return Party()
    at[field] = line_of(element)
    registered = words(_first(element, "SpecifiedLegalOrganization/ID"))
    own = [words(one) for one in _elements(element, "ID")] + [
        words(one) for one in _elements(element, "GlobalID")
    ]
    endpoint = words(_first(element, "URIUniversalCommunication/URIID"))
    mail = words(_first(element, "DefinedTradeContact/EmailURIUniversalCommunication/URIID"))
    return Party(
        name=words(_first(element, "Name")),
        ids=tuple(dict.fromkeys(filter(None, (*own, registered, endpoint)))),
        tax_id=words(_first(element, "SpecifiedTaxRegistration/ID")),
        endpoint=endpoint,
        email=mail,
        city=words(_first(element, "PostalTradeAddress/CityName")),
        country=words(_first(element, "PostalTradeAddress/CountryID")),
    )


def _address(element: etree._Element | None) -> str:
    """An address on one line, street first."""
    if element is None:
        return ""
    named = {one: words(_first(element, one)) for one in ("PostcodeCode", "CityName", "CountryID")}
    street = [words(_first(element, one)) for one in ("LineOne", "LineTwo", "LineThree")]
    town = f"{named['PostcodeCode']} {named['CityName']}".strip()
    return ", ".join(filter(None, (*street, town, named["CountryID"])))


def _elements(root: etree._Element, path: str) -> Iterator[etree._Element]:
    """Elements under slash-separated names, in whichever version of the standard's namespaces."""
    level = [root]
    for step in path.split("/"):
        level = [child for parent in level for child in parent.iterchildren(f"{{*}}{step}")]
    yield from level


def _first(root: etree._Element, path: str) -> etree._Element | None:
    return next(_elements(root, path), None)
