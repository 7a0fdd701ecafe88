"""Mailbox, letters, the watched folder, and robots of group chats."""

from typing import Literal

from mainspring.app.folder import Watched
from mainspring.app.mail.account import Settings
from mainspring.app.notices.robots import Robot
from mainspring.app.notices.subjects import Kind
from mainspring.web.shapes.parts import KeyText, Shape, When


class MailStanding(Shape):
    """The mailbox in use and how it stands; `problem`: why it could not be read last time."""

    settings: Settings
    sender: str
    health: Literal["unknown", "well", "ill"]
    said: str
    read_at: When | None
    problem: str


class Fetched(Shape):
    """New letters by what became of them."""

    inquiries: int
    replies: int
    others: int
    problems: int


class LetterShape(Shape):
    """A letter; `outcome` is inquiry, reply, automatic, known or problem, of one that went out its kind."""

    letter: KeyText
    direction: Literal["in", "out"]
    thread: KeyText
    instance: KeyText | None
    at: When
    sender: str
    recipients: list[str]
    subject: str
    text: str
    outcome: str
    document: str
    reason: str
    files: list[str]


class Letters(Shape):
    """Letters, the newest first."""

    items: list[LetterShape]


class TakenFile(Shape):
    """What became of a file of the watched folder."""

    name: str
    outcome: Literal["inquiry", "statement", "known", "problem"]
    report: str
    instance: KeyText | None
    at: When


class FolderShape(Shape):
    """The watched folder, where it is, and what it gave lately."""

    watched: Watched
    place: str
    items: list[TakenFile]


class Robots(Shape):
    """The robots that are connected; their tokens are not shown."""

    items: list[Robot]


class Wishes(Shape):
    """The kinds of notices that I get by mail, and where; `address` is "" while none is kept of me."""

    mail: list[Kind]
    address: str


class Said(Shape):
    """Whether it was said."""

    said: bool
