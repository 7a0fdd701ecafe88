"""What the inquiry clerk makes of a document: fields with confidence and evidence, and order lines."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Generic, TypeVar

from mainspring.agents.skills.specification import Specification
from mainspring.knowledge.documents import Place

T = TypeVar("T")
KINDS = ("inquiry", "order", "complaint", "cancellation", "return", "lead", "other")


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that a value rests on, where they stand, and why they were read so."""

    text: str
    place: Place
    why: str


@dataclass(frozen=True, slots=True)
class Field(Generic[T]):
    """A value, how sure it is (0 to 1), and its evidence. None means: not said, or too doubtful to say."""

    value: T | None
    confidence: float = 0.0
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A position asked for.

    Attributes:
        text: the product's wording, without quantity, bullets and courtesy.
        quantity: in `unit`; None where the text leaves it open. Dozens are multiplied out.
        unit: pcs, box, m, kg, set, roll, pair or l; None where none was written.
        code: an article number written beside it.
        spec: what the wording says exactly.
        price: the unit price that the customer states or hopes for; never a commitment.
        place: where the position stands.
    """

    text: str
    quantity: Decimal | None
    unit: str | None
    code: str | None
    spec: Specification
    place: Place
    confidence: float
    evidence: tuple[Evidence, ...] = ()
    price: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Understanding:
    """All that was understood of one document.

    Attributes:
        kind: one of `KINDS`.
        customer: the id in the company's books.
        requested_date: when the customer wants the goods.
        language: "en", "zh", "de", or "mixed".
        injection: the text tries to give the reader orders. It never changes any other field.
        notes: what a person should know: hidden text, unreadable attachments, problems of the document.
    """

    kind: Field[str]
    customer: Field[str]
    order_no: Field[str]
    requested_date: Field[date]
    delivery_place: Field[str]
    currency: Field[str]
    language: Field[str]
    lines: tuple[Line, ...]
    injection: bool
    injection_evidence: tuple[Evidence, ...] = ()
    notes: tuple[str, ...] = ()
