"""UBL 2 documents (PEPPOL orders, responses, despatch advices, invoices) as data with their places."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lxml import etree

from mainspring.base import xml
from mainspring.knowledge.documents.document import Block, Document, Place, Problem
from mainspring.knowledge.documents.elements import day, line_of, number, words
from mainspring.knowledge.documents.limits import Limits

_C = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"
_A = "{urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2}"
_BUYERS = ("BuyerCustomerParty", "AccountingCustomerParty", "DeliveryCustomerParty")
_DAY = len("2025-11-30")
_SELLERS = ("SellerSupplierParty", "AccountingSupplierParty", "DespatchSupplierParty")


@dataclass(frozen=True, slots=True)
class Party:
    """A buyer or seller; what the document does not say is empty."""

    name: str = ""
    ids: tuple[str, ...] = ()
    tax_id: str = ""
    endpoint: str = ""
    email: str = ""
    city: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class TradeLine:
    """A line of an order, invoice or despatch advice; `line` is the line in the XML file."""

    id: str
    name: str
    description: str
    seller_item: str
    buyer_item: str
    standard_item: str
    quantity: Decimal | None
    unit_code: str
    price: Decimal | None
    currency: str
    line: int


@dataclass(frozen=True, slots=True)
class Trade:
    """A UBL document. `kind` is the root element's name, such as "Order" or "OrderCancellation"."""

    kind: str
    id: str
    issued: date | None
    currency: str
    buyer: Party
    seller: Party
    delivery_date: date | None
    delivery_address: str
    order_reference: str
    note: str
    lines: tuple[TradeLine, ...]
    at: dict[str, int]
    """For each field that was found, its line in the file."""


def read_ubl(data: bytes, name: str, limits: Limits) -> Document:
    """A UBL document as `Document.data`, a `Trade`; a block for each line and for the head.

    Raises:
        UnsafeInputError: not well-formed, too large, or with a DOCTYPE.
    """
    root = xml.parse(data, name, max_bytes=limits.markup)
    problems: list[Problem] = []
    trade = _trade(root, problems)
    head = " | ".join(
        filter(None, (trade.kind, trade.id, trade.buyer.name, trade.delivery_address, trade.note))
    )
    blocks = [Block(head, Place(line=1))]
    blocks += [Block(_text(line), Place(line=line.line, part=f"line {line.id}")) for line in trade.lines]
    return Document(name, "ubl", tuple(blocks), problems=tuple(problems), data=trade)


def _text(line: TradeLine) -> str:
    quantity = f"{line.quantity} {line.unit_code}".strip() if line.quantity is not None else ""
    return "\t".join(filter(None, (line.name, line.description, line.seller_item, quantity)))


def _trade(root: etree._Element, problems: list[Problem]) -> Trade:
    at: dict[str, int] = {}

    def said(field: str, *paths: str) -> str:
        text, line = _first(root, *paths)
        if text:
            at[field] = line
        return text

    kind = etree.QName(root).localname
    period = "Delivery/RequestedDeliveryPeriod/"
    wanted = said("delivery_date", f"{period}EndDate", f"{period}StartDate", "Delivery/RequestedDeliveryDate")
    wanted = wanted or said("delivery_date", "Delivery/ActualDeliveryDate", "Delivery/LatestDeliveryDate")
    address = next(_elements(root, "Delivery/DeliveryLocation/Address", "Delivery/DeliveryAddress"), None)
    if address is not None:
        at["delivery_address"] = line_of(address)
    lines = tuple(_lines(root, problems))
    return Trade(
        kind=kind,
        id=said("id", "ID"),
        issued=day(said("issued", "IssueDate"), _DAY, problems),
        currency=said("currency", "DocumentCurrencyCode") or _line_currency(lines),
        buyer=_party(root, _BUYERS, "buyer", at),
        seller=_party(root, _SELLERS, "seller", at),
        delivery_date=day(wanted, _DAY, problems),
        delivery_address=_address(address),
        order_reference=said("order_reference", "OrderReference/ID"),
        note=said("note", "Note"),
        lines=lines,
        at=at,
    )


def _line_currency(lines: tuple[TradeLine, ...]) -> str:
    return next((line.currency for line in lines if line.currency), "")


def _elements(root: etree._Element, *paths: str) -> Iterator[etree._Element]:
    """Elements under slash-separated names, whichever of the two component namespaces each is in."""
    for path in paths:
        level = [root]
        for step in path.split("/"):
            level = [child for parent in level for child in parent.iterchildren(f"{_C}{step}", f"{_A}{step}")]
        yield from level


def _first(root: etree._Element, *paths: str) -> tuple[str, int]:
    for element in _elements(root, *paths):
        if text := words(element):
            return text, line_of(element)
    return "", 0


def _all(root: etree._Element, *paths: str) -> tuple[str, ...]:
    texts = (words(element) for element in _elements(root, *paths))
    return tuple(dict.fromkeys(text for text in texts if text))


def _party(root: etree._Element, roles: tuple[str, ...], field: str, at: dict[str, int]) -> Party:
    for role in roles:
        for element in _elements(root, f"{role}/Party", role):
            at[field] = line_of(element)
            place = next(_elements(element, "PostalAddress", "PartyLegalEntity/RegistrationAddress"), element)
            return Party(
                name=_first(element, "PartyName/Name", "PartyLegalEntity/RegistrationName")[0],
                ids=_all(element, "PartyIdentification/ID", "PartyLegalEntity/CompanyID", "EndpointID"),
                tax_id=_first(element, "PartyTaxScheme/CompanyID")[0],
                endpoint=_first(element, "EndpointID")[0],
                email=_first(element, "Contact/ElectronicMail")[0],
                city=_first(place, "CityName")[0],
                country=_first(place, "Country/IdentificationCode")[0],
            )
    return Party()


def _address(element: etree._Element | None) -> str:
    """An address on one line, street first."""
    if element is None:
        return ""
    street = _all(element, "StreetName", "AdditionalStreetName", "BuildingNumber", "AddressLine/Line")
    town = " ".join((*_all(element, "PostalZone"), *_all(element, "CityName")))
    rest = (*_all(element, "CountrySubentity"), *_all(element, "Country/IdentificationCode"))
    return ", ".join(filter(None, (*street, town, *rest)))


def _lines(root: etree._Element, problems: list[Problem]) -> Iterator[TradeLine]:
    paths = ("OrderLine/LineItem", "InvoiceLine", "CreditNoteLine", "DespatchLine")
    for item in _elements(root, *paths):
        amounts = ("Quantity", "InvoicedQuantity", "CreditedQuantity", "DeliveredQuantity")
        quantity = next(_elements(item, *amounts), None)
        price = next(_elements(item, "Price/PriceAmount"), None)
        yield TradeLine(
            id=_first(item, "ID")[0],
            name=_first(item, "Item/Name")[0],
            description=_first(item, "Item/Description")[0],
            seller_item=_first(item, "Item/SellersItemIdentification/ID")[0],
            buyer_item=_first(item, "Item/BuyersItemIdentification/ID")[0],
            standard_item=_first(item, "Item/StandardItemIdentification/ID")[0],
            quantity=number(quantity, problems),
            unit_code=quantity.get("unitCode", "") if quantity is not None else "",
            price=number(price, problems),
            currency=price.get("currencyID", "") if price is not None else "",
            line=line_of(item),
        )
