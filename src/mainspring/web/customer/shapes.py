"""What the customer's interface answers."""

from typing import Literal

from mainspring.web.shapes.parts import Exact, KeyText, Shape, When


class FirmShape(Shape):
    """The firm; `logo`: whether there is one to show."""

    name: str
    logo: bool


class LineShape(Shape):
    """A line of a quote or an order."""

    line: int
    sku: str
    description: str
    quantity: Exact
    unit: str
    unit_price: Exact
    net: Exact
    tax: Exact


class QuoteShape(Shape):
    """The quote; `seen` goes back with the answer."""

    quote_no: str
    revision: int
    status: str
    currency: str
    net: Exact
    tax: Exact
    total: Exact
    valid_until: When
    seen: str
    lines: list[LineShape]


class StepShape(Shape):
    """A step of the order, with its time once it is done."""

    step: Literal["ordered", "shipped", "invoiced", "paid"]
    at: When | None


class OrderShape(Shape):
    """The order and how far it is."""

    order_no: str
    status: str
    currency: str
    total: Exact
    steps: list[StepShape]
    lines: list[LineShape]


class PaperShape(Shape):
    """A paper that can be opened."""

    kind: Literal["quote", "order", "invoice"]
    number: str
    at: When


class QuestionShape(Shape):
    """A question, with its answer once there is one."""

    at: When | None
    text: str | None
    answer: str | None


class DecidedShape(Shape):
    """What a digital employee decided alone."""

    run: KeyText
    at: When
    what: str


class Offer(Shape):
    """All that a link shows."""

    firm: FirmShape
    customer: str
    language: Literal["en", "zh"]
    until: When
    answerable: bool
    quote: QuoteShape | None
    order: OrderShape | None
    papers: list[PaperShape]
    questions: list[QuestionShape]
    decisions: list[DecidedShape]


class LinkShape(Shape):
    """A link as it was issued; `address` only in the answer to the issue."""

    key: KeyText
    kind: Literal["quote", "order"]
    document: str
    expires_at: When
    issued_by: str
    issued_at: When
    revoked: bool
    address: str | None = None


class Links(Shape):
    """The links of a document."""

    items: list[LinkShape]
