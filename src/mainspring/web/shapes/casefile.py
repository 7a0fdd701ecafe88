"""What belongs to a case: elements, calls, documents."""

from typing import Literal

from mainspring.web.shapes.parts import ActorShape, Exact, KeyText, Shape, When


class CaseElement(Shape):
    """An element that the case went through: how often, who worked there, from when to when."""

    element: str
    process_id: str
    definition: KeyText
    state: Literal["active", "completed", "terminated", "incident"]
    times: int
    people: int
    agents: int
    first: When
    last: When


class CallShape(Shape):
    """A call through the gateway; `cost` and `amount` are money, `latency_us` microseconds."""

    position: KeyText
    at: When
    operation: str
    effect: str
    actor: ActorShape
    element: str | None
    outcome: str
    cached: bool
    latency_us: int
    cost: Exact
    amount: Exact | None
    rule: str | None


class DecisionTaken(Shape):
    """What a digital employee decided: alone, or as a draft for people; with the latest appeal against it."""

    run: KeyText
    at: When
    agent: str
    version: int
    skill: str
    element: str
    outcome: str
    alone: bool
    confidence: float
    appeal: Literal["open", "upheld", "overturned"] | None
    answer: str | None


class Decided(Shape):
    """The decisions of digital employees in a case, the oldest first."""

    items: list[DecisionTaken]


class Paper(Shape):
    """A document that a case came with."""

    digest: str
    name: str
    media_type: str
    sender: str
    subject: str
    received_at: When


class PlaceShape(Shape):
    """Where a text stands; `box` is left, top, right, bottom as fractions of the page."""

    part: str
    line: int | None
    page: int | None
    box: list[float] | None
    sheet: str
    cell: str


class BlockShape(Shape):
    """A paragraph, or a table with its rows; `role` body, quoted, forwarded, signature or note.

    `boxes` holds a box for each cell of each row, of a paragraph for each line; empty where there are none.
    """

    text: str
    role: str
    rows: list[list[str]]
    place: PlaceShape
    boxes: list[list[list[float] | None]]


class ReadDocument(Shape):
    """A document as the digital employees read it."""

    kind: str
    headers: dict[str, str]
    blocks: list[BlockShape]
    problems: list[str]
    attachments: list["ReadAttachment"]


class ReadAttachment(ReadDocument):
    """A document inside a mail."""

    name: str


class Listed(Shape):
    """Parts of a case that come all at once."""

    elements: list[CaseElement]
    papers: list[Paper]
