"""What goes into and comes out of the inquiry system: the document, its lines, their matches and prices."""

from typing import Literal

from pydantic import Field

from mainspring.services.fields import Code, Count, Price, Share, Text, When
from mainspring.services.operation import Data

WORDS = frozenset(
    {
        "sender",
        "subject",
        "file_name",
        "customer_order_no",
        "requested_on",
        "delivery_place",
        "text",
        "unit",
        "code",
        "place",
        "asked_price",
        "message",
    }
)
"""Fields of an inquiry that hold what its sender wrote."""

Status = Literal["received", "understood", "matched", "priced", "quoted", "ordered", "closed", "refused"]


class Problem(Data):
    """Something in the document that a person should know, and where it stands."""

    where: Text = ""
    field: Text = ""
    message: Text


class NewInquiry(Data):
    """A document as it arrived: `text`, or `content` as base64; `reference` is its own id (a Message-ID)."""

    channel: Code
    received_at: When
    sender: Text = ""
    subject: Text = ""
    file_name: Text = ""
    media_type: Code = "text/plain"
    reference: Text = ""
    text: str | None = None
    content: str | None = None
    problems: tuple[Problem, ...] = ()


class Registered(Data):
    """The inquiry's number; `already_known` when the same document had been registered before."""

    inquiry_no: Code
    already_known: bool


class LineRecord(Data):
    """What was understood of one line."""

    line: int = Field(ge=1)
    text: Text
    quantity: Count | None = None
    unit: Text = ""
    code: Text = ""
    place: Text = ""
    asked_price: Price | None = None
    confidence: Share | None = None


class Understanding(Data):
    """What was understood of the whole document; replaces what had been recorded before."""

    inquiry_no: Code
    kind: Code
    customer_id: Code | None = None
    customer_order_no: Text = ""
    requested_on: Text = ""
    delivery_place: Text = ""
    language: Text = ""
    injection: bool = False
    confidence: Share | None = None
    problems: tuple[Problem, ...] = ()
    lines: tuple[LineRecord, ...] = ()


class LineMatch(Data):
    """The product of a line, or None; evidence in words."""

    line: int = Field(ge=1)
    sku: Code | None = None
    confidence: Share | None = None
    evidence: Text = ""
    by: Text = ""


class Matched(Data):
    """The products of an inquiry's lines."""

    inquiry_no: Code
    lines: tuple[LineMatch, ...]


class LinePrice(Data):
    """The unit price of a line, or None, with what it rests on."""

    line: int = Field(ge=1)
    unit_price: Price | None = None
    basis: Text = ""
    confidence: Share | None = None
    evidence: Text = ""


class Priced(Data):
    """The prices of an inquiry's lines."""

    inquiry_no: Code
    lines: tuple[LinePrice, ...]


class Step(Data):
    """The inquiry's next state."""

    inquiry_no: Code
    status: Status
    problems: tuple[Problem, ...] = ()


class InquiryKey(Data):
    """Which inquiry."""

    inquiry_no: Code


class Recorded(Data):
    """How many lines were written."""

    inquiry_no: str
    lines: int


class InquiryLine(LineRecord):
    """A line with its match and price."""

    sku: str | None
    match_confidence: Share | None
    match_evidence: str
    matched_by: str
    unit_price: Price | None
    price_basis: str
    price_confidence: Share | None
    price_evidence: str


class Inquiry(Data):
    """An inquiry with all that is known of it."""

    inquiry_no: str
    channel: str
    sender: str
    subject: str
    file_name: str
    received_at: When
    status: str
    kind: str
    customer_id: str | None
    customer_order_no: str
    requested_on: str
    delivery_place: str
    language: str
    injection: bool
    confidence: Share | None
    problems: tuple[Problem, ...]
    lines: tuple[InquiryLine, ...]


class Document(Data):
    """The document as it arrived, as base64."""

    inquiry_no: str
    media_type: str
    file_name: str
    content: str
