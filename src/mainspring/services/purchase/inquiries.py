"""Asking suppliers: an inquiry, their answers, and the answers compared at what they really cost."""

from decimal import ROUND_CEILING, Decimal

from pydantic import Field

from mainspring.services import books, products
from mainspring.services.bank.rates import turned
from mainspring.services.errors import RuleBrokenError
from mainspring.services.fields import Amount, Code, Count, Currency, Price, Quantity, Text, When
from mainspring.services.operation import Context, Data, Operation
from mainspring.services.purchase import suppliers
from mainspring.services.rows import matching
from mainspring.services.sales import LineQuantity
from mainspring.services.tables.purchase import (
    purchase_inquiries,
    purchase_inquiry_lines,
    supplier_offers,
)

_NONE = Decimal(0)


class NewInquiry(Data):
    """What is asked of suppliers, and until when they may answer."""

    lines: tuple[LineQuantity, ...] = Field(min_length=1, max_length=500)
    answer_by: When
    reason: Text = ""


class InquiryKey(Data):
    """Which inquiry."""

    inquiry_no: Code


class Asked(Data):
    """The inquiry's number."""

    inquiry_no: str


class Offer(Data):
    """A supplier's answer for a line; `freight` is for the whole line, where the price leaves it out."""

    inquiry_no: Code
    line: int = Field(ge=1)
    supplier_id: Code
    unit_price: Price
    currency: Currency
    min_quantity: Quantity = Decimal(1)
    carton: Quantity = Decimal(1)
    lead_days: int = Field(ge=0, le=720)
    terms: Text = ""
    freight: Amount = Decimal(0)
    valid_until: When


class Comparison(Data):
    """An answer at what it costs: whole cartons, no less than they sell, with freight, in one currency."""

    line: int
    sku: str
    supplier_id: str
    quantity: Count
    cost: Amount
    unit_cost: Price
    currency: Currency
    lead_days: int
    rank: int
    why: str


class Compared(Data):
    """Answers by line, the cheapest that holds first."""

    answers: tuple[Comparison, ...]
    unanswered: tuple[int, ...]


class CompareQuery(Data):
    """In which currency; with a day until which it must be there, later answers come last."""

    inquiry_no: Code
    currency: Currency
    needed_in_days: int | None = Field(default=None, ge=0, le=720)


def _ask(context: Context, new: NewInquiry) -> Asked:
    products.need_all(context.tx, [line.sku for line in new.lines])
    number = books.next_number(context.tx, "purchase inquiry")
    head = {"inquiry_no": number, "status": "open", "answer_by": new.answer_by, "reason": new.reason}
    context.tx.insert(purchase_inquiries, head | {"created_at": context.now})
    lines = [{"inquiry_no": number, "line": n} | one.model_dump() for n, one in enumerate(new.lines, 1)]
    context.tx.insert(purchase_inquiry_lines, lines)
    return Asked(inquiry_no=number)


def _answer(context: Context, offer: Offer) -> Asked:
    key = {"inquiry_no": offer.inquiry_no, "line": offer.line}
    books.need(context.tx, purchase_inquiry_lines, key, "line of an inquiry")
    supplier = suppliers.need(context.tx, offer.supplier_id)
    if supplier.blocked:
        raise RuleBrokenError(f"the supplier {offer.supplier_id} is blocked", mend="Unblock them first.")
    row = offer.model_dump() | {"received_at": context.now}
    whole = key | {"supplier_id": offer.supplier_id}
    if books.find(context.tx, supplier_offers, whole) is None:
        context.tx.insert(supplier_offers, row)
    else:
        books.change(context.tx, supplier_offers, whole, {k: v for k, v in row.items() if k not in whole})
    return Asked(inquiry_no=offer.inquiry_no)


def _compare(context: Context, query: CompareQuery) -> Compared:
    key = {"inquiry_no": query.inquiry_no}
    books.need(context.tx, purchase_inquiries, key, "purchase inquiry")
    lines = matching(context.tx, purchase_inquiry_lines, key, order=("line",))
    offers = matching(context.tx, supplier_offers, key, order=("line", "supplier_id"))
    found: list[Comparison] = []
    for line in lines:
        mine = [one for one in offers if one.line == line.line]
        weighed = sorted((_weighed(context, query, line, one) for one in mine), key=_worth)
        found += [one.model_copy(update={"rank": place}) for place, one in enumerate(weighed, 1)]
    answered = {one.line for one in found}
    return Compared(answers=tuple(found), unanswered=tuple(x.line for x in lines if x.line not in answered))


def _worth(one: Comparison) -> tuple[bool, Decimal, int, str]:
    return bool(one.why), one.unit_cost, one.lead_days, one.supplier_id


def _weighed(context: Context, query: CompareQuery, line: object, offer: object) -> Comparison:
    asked, said = _Line(line), _Offer(offer)
    wanted = max(asked.quantity, said.min_quantity)
    quantity = (wanted / said.carton).to_integral_value(ROUND_CEILING) * said.carton
    cost = quantity * said.unit_price + said.freight
    value = turned(context.tx, cost, said.currency, query.currency, context.now.date()).amount
    doubts = [
        text
        for holds, text in (
            (said.valid_until < context.now, "the offer has expired"),
            (
                query.needed_in_days is not None and said.lead_days > query.needed_in_days,
                f"it takes {said.lead_days} days",
            ),
        )
        if holds
    ]
    return Comparison(
        line=asked.line,
        sku=asked.sku,
        supplier_id=said.supplier_id,
        quantity=quantity,
        cost=value,
        unit_cost=(value / asked.quantity).quantize(Decimal("0.000001")),
        currency=query.currency,
        lead_days=said.lead_days,
        rank=0,
        why="; ".join(doubts),
    )


class _Line(LineQuantity):
    """A line that was asked."""

    line: int

    def __init__(self, row: object) -> None:
        super().__init__(**{name: getattr(row, name) for name in ("line", "sku", "quantity")})


class _Offer(Offer):
    """An answer as it was kept."""

    def __init__(self, row: object) -> None:
        super().__init__(**{name: getattr(row, name) for name in Offer.model_fields})


OPERATIONS = (
    Operation(
        name="purchase.ask",
        title={"en": "Ask suppliers for offers", "zh": "向供应商询价"},
        effect="write",
        input=NewInquiry,
        output=Asked,
        handler=_ask,
    ),
    Operation(
        name="purchase.answer",
        title={"en": "Record a supplier's offer", "zh": "登记供应商报价"},
        effect="write",
        input=Offer,
        output=Asked,
        handler=_answer,
        idempotent=True,
    ),
    Operation(
        name="purchase.compare",
        title={"en": "Compare suppliers' offers", "zh": "比较供应商报价"},
        effect="read",
        input=CompareQuery,
        output=Compared,
        handler=_compare,
        idempotent=True,
    ),
)
