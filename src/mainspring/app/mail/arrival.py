"""A letter arrives: it is kept with its files, finds its thread and its case, and starts what it asks for.

A letter that answers one of ours goes to the case of that one: of an open ticket it is a further message, of
anything else a question that a person answers. What begins no known thread is an inquiry. What nobody wrote
(absence notes, delivery reports, newsletters) is kept with its thread and starts nothing, except that
a program of a known customer may order.
"""

import hashlib
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update

from mainspring.app import inquiries
from mainspring.app.house import House
from mainspring.app.mail import cases, threads
from mainspring.app.mail.envelope import Envelope
from mainspring.app.mail.tables import letter_files, letter_ids, letters
from mainspring.engine.events import Actor
from mainspring.gateway import Caller
from mainspring.govern.principal import SYSTEM
from mainspring.services import books
from mainspring.services.tables.inquiries import documents
from mainspring.store import Tx

CHANNEL = "mail"
QUESTION = "customer_question"
"""The process in which a person answers."""
FOLLOWED_UP = "ticket_followed_up"
MAIL_TYPE = "message/rfc822"
INTERNAL = frozenset({"confirmation", "notice", "digest"})
"""Kinds of letters to our own people: nobody reads answers to them."""
_MOST_QUESTION = 5000
_DESK = Actor("system", "mailbox")
_STRANGER = (
    "This letter comes from {sender}, to whom we did not write. · 此信来自 {sender}，我们并未致信该地址。"
)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a letter lay."""

    service: str
    folder: str
    uidvalidity: int
    uid: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a letter: inquiry, reply, automatic, known or problem; its case and why."""

    what: str
    instance: int | None = None
    document: str = ""
    reason: str = ""
    question: int | None = None


def take_in(house: House, tx: Tx, content: bytes, envelope: Envelope, source: Source) -> Outcome:
    """Keep a letter and start what it asks for, all or nothing; its transaction is the caller's."""
    digest = hashlib.sha256(content).hexdigest()
    twin = _twin(tx, envelope, digest)
    if twin is not None:
        made = Outcome("known", twin.instance, twin.document, "the same letter came before")
        return _kept(house, tx, envelope, source, digest, twin.thread, made)
    _document(tx, content, MAIL_TYPE)
    thread, before = _thread(house, tx, envelope)
    made = _asked(house, tx, content, envelope, before)
    return _kept(house, tx, envelope, source, digest, thread, made)


def set_aside(house: House, tx: Tx, source: Source, reason: str, subject: str = "") -> Outcome:
    """Keep that a letter could not be taken in, for a person to look at."""
    empty = Envelope("", (), "", (), subject, None, "", automatic="", files=())
    return _kept(house, tx, empty, source, "", house.keys(), Outcome("problem", reason=reason))


def sent(house: House, tx: Tx, service: str, message_id: str, row: Any, said: tuple[str, str]) -> None:
    """Keep a letter that went out, so that the answer to it finds its case; `row` is that of the outbox."""
    number = row.document.partition("/")[0]
    followed = tx.one(_those(tx, letters.c.letter == int(number))) if row.kind == "answer" else None
    envelope = Envelope(
        message_id.strip("<>"),
        (followed.message_id,) if followed is not None and followed.message_id else (),
        "",
        (row.recipient.lower(),),
        said[0],
        house.clock(),
        said[1],
        automatic="",
        files=(),
    )
    thread, before = _thread(house, tx, envelope)
    instance = before.instance if before is not None else cases.case_of_document(tx, number)
    document = before.document if followed is not None and before is not None else number
    source = Source(service, "", 0, row.message)
    _kept(house, tx, envelope, source, "", thread, Outcome(row.kind, instance, document), "out")


def reply_to(tx: Tx, row: Any) -> str:
    """The id of the letter that one of the outbox answers; "" where it answers none."""
    if row.kind != "answer":
        return ""
    found = tx.one(_those(tx, letters.c.letter == int(row.document)))
    return f"<{found.message_id}>" if found is not None and found.message_id else ""


def _asked(house: House, tx: Tx, content: bytes, envelope: Envelope, before: Any) -> Outcome:
    ours = envelope.automatic == "bulk" and before is None and cases.is_customer(tx, envelope.sender)
    nobody = envelope.automatic != "" and not ours
    if before is None and not nobody:
        number = cases.named_in(tx, envelope.subject, envelope.sender)
        if number:
            case = cases.case_of_document(tx, number)
            return _answering(house, tx, envelope, case, number, known=True)
    if before is not None and before.outcome in INTERNAL:
        return Outcome("automatic", None, before.document, "it answers a notice, which nobody reads")
    if nobody:
        instance, document = (None, "") if before is None else (before.instance, before.document)
        return Outcome("automatic", instance, document, "nobody wrote it")
    if before is None:
        arrived = inquiries.receive(
            house, tx, SYSTEM, content, file_name="letter.eml", media_type=MAIL_TYPE, channel=CHANNEL
        )
        return Outcome("inquiry", arrived.instance, arrived.inquiry_no)
    met = {address for one in _letters_of(tx, before.thread) for address in (one.sender, *one.recipients)}
    return _answering(house, tx, envelope, before.instance, before.document, known=envelope.sender in met)


def _answering(
    house: House, tx: Tx, envelope: Envelope, case: int | None, document: str, *, known: bool
) -> Outcome:
    """A further message of an open ticket, else a question for a person."""
    ticket = cases.open_ticket(tx, document)
    words = envelope.words if known else f"{_STRANGER.format(sender=envelope.sender)}\n\n{envelope.words}"
    if ticket is not None and known:
        message = {
            "customer": ticket.customer,
            "matter": ticket.matter,
            "subject": ticket.subject,
            "text": words[:_MOST_QUESTION] or envelope.subject,
            "source": envelope.message_id,
        }
        house.gateway.call(tx, Caller(SYSTEM), "tickets.open", message)
        house.runtime.publish(FOLLOWED_UP, document, {}, actor=_DESK, tx=tx)
        return Outcome("reply", case, document)
    variables = {
        "question": (words or envelope.subject)[:_MOST_QUESTION],
        "customer_id": cases.customer_of(tx, document),
        "document": document,
        "case": str(case) if case is not None else "",
        "asked_at": house.clock(),
        "sender": envelope.sender,
    }
    question = house.runtime.start(
        QUESTION, variables, actor=_DESK, business_key=f"question {document}", tx=tx
    )
    return Outcome("reply", case, document, question=question)


def _thread(house: House, tx: Tx, envelope: Envelope) -> tuple[int, Any]:
    """The thread of a letter, which its ids now lead to, and the newest letter before it that has a case."""
    i = letter_ids.c
    mentioned = [one for one in (envelope.message_id, *envelope.references) if one]
    rows = tx.all(select(letter_ids).where(i.tenant_id == tx.tenant, i.message_id.in_(mentioned)))
    known = {row.message_id: row.thread for row in rows}
    with_case = {
        row.thread: row.instance
        for row in tx.all(_those(tx, letters.c.thread.in_(set(known.values()))).order_by(letters.c.letter))
        if row.instance is not None
    }
    thread, joined = threads.place(
        envelope.message_id, envelope.references, known, with_case, fresh=house.keys()
    )
    for table in (letters, letter_ids) if joined else ():
        inside = (table.c.tenant_id == tx.tenant) & table.c.thread.in_(joined)
        tx.execute(update(table).where(inside).values(thread=thread))
    fresh = [one for one in dict.fromkeys(mentioned) if one not in known]
    tx.insert(letter_ids, [{"message_id": one, "thread": thread} for one in fresh])
    earlier = [one for one in _letters_of(tx, thread) if one.instance is not None or one.document]
    return thread, earlier[-1] if earlier else None


def _letters_of(tx: Tx, thread: int) -> list[Any]:
    return list(tx.all(_those(tx, letters.c.thread == thread).order_by(letters.c.letter)))


def _twin(tx: Tx, envelope: Envelope, digest: str) -> Any:
    """The same letter, taken in before from here or elsewhere, or sent by us."""
    found = tx.one(_those(tx, letters.c.digest == digest).limit(1)) if not envelope.message_id else None
    if found is not None or not envelope.message_id:
        return found
    same = tx.all(_those(tx, letters.c.message_id == envelope.message_id).order_by(letters.c.letter))
    return next((one for one in same if one.direction == "out" or one.sender == envelope.sender), None)


def _kept(
    house: House,
    tx: Tx,
    envelope: Envelope,
    source: Source,
    digest: str,
    thread: int,
    made: Outcome,
    direction: str = "in",
) -> Outcome:
    key, now = house.keys(), house.clock()
    tx.insert(
        letters,
        {
            "letter": key,
            "direction": direction,
            "service": source.service,
            "folder": source.folder,
            "uidvalidity": source.uidvalidity,
            "uid": source.uid,
            "message_id": envelope.message_id,
            "thread": thread,
            "instance": made.instance,
            "at": envelope.at or now,
            "registered_at": now,
            "sender": envelope.sender,
            "recipients": list(envelope.recipients),
            "subject": envelope.subject,
            "text": envelope.words,
            "digest": digest,
            "outcome": made.what,
            "document": made.document,
            "reason": made.reason,
            "question": made.question,
            "answered_at": None,
        },
    )
    for place, (name, content) in enumerate(envelope.files if made.what != "known" else (), 1):
        file = _document(tx, content, "application/octet-stream")
        row = {"letter": key, "place": place, "name": name[:200], "digest": file, "bytes": len(content)}
        tx.insert(letter_files, row)
    return made


def _document(tx: Tx, content: bytes, media_type: str) -> str:
    """Keep bytes once; gives their digest."""
    digest = hashlib.sha256(content).hexdigest()
    if books.find(tx, documents, {"digest": digest}) is None:
        tx.insert(documents, {"digest": digest, "media_type": media_type, "content": content})
    return digest


def _those(tx: Tx, condition: Any) -> Any:
    return select(letters).where(letters.c.tenant_id == tx.tenant, condition)
