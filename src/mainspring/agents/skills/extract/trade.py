"""UBL documents (PEPPOL orders) as understandings: structured, so every field is sure."""

from typing import TypeVar

from mainspring.agents.skills import specification
from mainspring.agents.skills.extract import injection, units
from mainspring.agents.skills.extract.customers import CustomerIndex
from mainspring.agents.skills.extract.noted import noted
from mainspring.agents.skills.extract.understanding import Evidence, Field, Line, Understanding
from mainspring.base.bilingual import both
from mainspring.knowledge.documents import Document, Place
from mainspring.knowledge.documents.ubl import Trade, TradeLine

T = TypeVar("T")
_TYPE = both("the document's type", "文件类型")
_FIELDS = {
    "id": both("id", "编号"),
    "order_reference": both("order reference", "订单参考号"),
    "delivery_date": both("delivery date", "交货日期"),
    "delivery_address": both("delivery address", "交货地址"),
    "currency": both("currency", "币种"),
}
_KINDS = {"Order": "order", "OrderChange": "order", "OrderCancellation": "cancellation"}


def understand(document: Document, *, customers: CustomerIndex | None = None) -> Understanding:
    """The understanding of a UBL document; what is no order of a customer is of kind "other"."""
    trade: Trade = document.data
    cancels = trade.kind in {"OrderCancellation", "OrderChange"}
    number = trade.order_reference if cancels and trade.order_reference else trade.id
    texts = [trade.note, *(f"{line.name} {line.description}" for line in trade.lines)]
    tries = tuple(
        Evidence(found, Place(), injection.INSTRUCTS) for text in texts for found in injection.find(text)
    )
    kind = _KINDS.get(trade.kind, "other")
    return Understanding(
        kind=Field(kind, 1.0, (Evidence(trade.kind, Place(line=1), _TYPE),)),
        customer=_customer(trade, customers),
        order_no=_sure(
            trade, "order_reference" if number == trade.order_reference and cancels else "id", number or None
        ),
        requested_date=_sure(trade, "delivery_date", trade.delivery_date),
        delivery_place=_sure(trade, "delivery_address", trade.delivery_address or None),
        currency=_sure(trade, "currency", trade.currency or None),
        language=Field(None),
        lines=tuple(lines(document)) if kind != "other" else (),
        injection=bool(tries),
        injection_evidence=tries,
        notes=tuple(map(noted, document.problems)),
    )


def lines(document: Document) -> list[Line]:
    """The lines of a UBL document; units outside the eight keep their code."""
    return [_line(line) for line in document.data.lines]


def _line(line: TradeLine) -> Line:
    text = line.name or line.description
    place = Place(line=line.line)
    unit = units.from_code(line.unit_code) or line.unit_code or None
    evidence = (
        Evidence(
            f"{line.name} {line.quantity} {line.unit_code}".strip(),
            place,
            both("line {id}", "第 {id} 行", id=line.id),
        ),
    )
    sure = 1.0 if line.quantity is not None else 0.3
    code = line.seller_item or None
    return Line(text, line.quantity, unit, code, specification.parse(text), place, sure, evidence, line.price)


def _sure(trade: Trade, field: str, value: T | None) -> Field[T]:
    if value is None:
        return Field(None)
    return Field(value, 1.0, (Evidence(str(value), Place(line=trade.at.get(field)), _FIELDS[field]),))


def _customer(trade: Trade, customers: CustomerIndex | None) -> Field[str]:
    if customers is None:
        return Field(None)
    buyer = trade.buyer
    numbers = " ".join((buyer.tax_id, *buyer.ids))
    found = customers.by_tax_id(numbers) or customers.by_address(buyer.email) or customers.by_name(buyer.name)
    if found is None:
        return Field(None)
    return Field(
        found.id, found.confidence, (Evidence(found.text, Place(line=trade.at.get("buyer")), found.why),)
    )
