"""A raw letter as data: who wrote when to whom, its place in a thread, its own words and its files."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import Message
from email.utils import getaddresses

from mainspring.knowledge import documents
from mainspring.knowledge.documents import mail
from mainspring.knowledge.documents.limits import Limits

MOST_WORDS = 20_000
MOST_REFERENCES = 50
_LONGEST_ID = 500
_ID = re.compile(r"<([^<>\s]{1,498})>")
_BULK = frozenset({"bulk", "junk", "list"})
_OWN = frozenset({"body", "forwarded", "signature"})


@dataclass(frozen=True, slots=True)
class Envelope:
    """A letter.

    Attributes:
        message_id: without angle brackets; "" where the letter names none.
        references: ids of the letters that it follows, the nearest first.
        at: when it says that it was written, UTC; None where it does not.
        words: its own, without what it quotes.
        automatic: "answer" for an absence note or a delivery report, "bulk" for what a program sent by itself
            (a newsletter, but also the order of a customer's own system), "" for what a person wrote.
        files: (name, content) of its attachments.
    """

    message_id: str
    references: tuple[str, ...]
    sender: str
    recipients: tuple[str, ...]
    subject: str
    at: datetime | None
    words: str
    automatic: str
    files: tuple[tuple[str, bytes], ...]


def read(content: bytes, name: str = "letter.eml") -> Envelope:
    """Read a letter; what in it cannot be read is left out, it never fails for its content's sake.

    Raises:
        DocumentError: it is larger than any letter may be.
    """
    limits = Limits()
    documents.limits.check_size(content, name, limits.file)
    message = message_from_bytes(content, policy=policy.compat32)
    try:
        found = documents.read(content, name)
    except documents.DocumentError:
        found = documents.Document(name, "mail", ())
    headers = found.headers
    own = [block.text for block in found.blocks if block.role in _OWN]
    said = getaddresses([headers.get("to", ""), headers.get("cc", "")])
    return Envelope(
        message_id=next(iter(ids(str(message.get("Message-ID", "")))), ""),
        references=_references(message),
        sender=headers.get("from_address", ""),
        recipients=tuple(sorted({address.lower() for _, address in said if "@" in address})),
        subject=headers.get("subject", "")[:500],
        at=_moment(headers.get("date", "")),
        words="\n\n".join(own)[:MOST_WORDS],
        automatic=_automatic(message),
        files=tuple(mail.attachments(content, limits)),
    )


def ids(header: str) -> list[str]:
    """The Message-IDs in a header, in its order."""
    return [one for one in _ID.findall(header) if len(one) <= _LONGEST_ID]


def _references(message: Message) -> tuple[str, ...]:
    """What it answers, then what that answered, back to the first letter."""
    followed = ids(str(message.get("In-Reply-To", ""))) + ids(str(message.get("References", "")))[::-1]
    own = ids(str(message.get("Message-ID", "")))
    return tuple(dict.fromkeys(one for one in followed if one not in own))[:MOST_REFERENCES]


def _automatic(message: Message) -> str:
    """By RFC 3834, by the type of delivery reports (RFC 3464), and by the older custom of `Precedence`."""
    submitted = str(message.get("Auto-Submitted", "no")).partition(";")[0].strip().lower()
    precedence = str(message.get("Precedence", "")).strip().lower()
    report = message.get_content_type() == "multipart/report"
    if submitted == "auto-replied" or precedence == "auto_reply" or report:
        return "answer"
    bulk = submitted != "no" or precedence in _BULK or "List-Unsubscribe" in message
    return "bulk" if bulk else ""


def _moment(said: str) -> datetime | None:
    if not said:
        return None
    moment = datetime.fromisoformat(said)
    try:
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except OverflowError:
        return None
