"""Statements of banks and wallets as read and as taken in."""

from datetime import date
from typing import Literal

from mainspring.web.shapes.parts import Exact, KeyText, Shape


class EntryShape(Shape):
    """A booking; below zero it left the account."""

    day: date
    amount: Exact
    currency: str
    payer: str
    account: str
    reference: str
    text: str
    bank_reference: str
    fee: Exact


class StatementShape(Shape):
    """A statement as read; `balanced` is null where a balance is not told, `faults` say what is wrong."""

    account: str
    number: str
    currency: str
    opening: Exact | None
    closing: Exact | None
    balanced: bool | None
    faults: list[str]
    entries: list[EntryShape]
    file: str


class StatementColumn(Shape):
    """What a column of a list was taken for."""

    heading: str
    role: str
    confidence: float


class ReadStatement(Shape):
    """A file as read; nothing is kept."""

    form: Literal["mt940", "camt.053", "list"]
    columns: list[StatementColumn]
    statements: list[StatementShape]


class TakenInShape(Shape):
    """What a statement brought; `instance` is the case that matches its payments."""

    statement: str
    payment_nos: list[str]
    known: int
    gap: Exact | None
    instance: KeyText | None


class TakenInList(Shape):
    """One for each statement of the file."""

    items: list[TakenInShape]


class StatementHeadShape(Shape):
    """A statement that was taken in."""

    statement: str
    account: str
    currency: str
    opening: Exact | None
    closing: Exact | None
    first_day: date | None
    last_day: date | None
    file: str
    entries: int
