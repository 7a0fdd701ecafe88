"""Tickets: a customer's matter, answered, followed up, resolved.

A further message of the same customer on the same matter within seven days is a second interaction of the
same ticket; first-contact resolution counts the tickets that never had one.
"""

from datetime import timedelta

from sqlalchemy import select

from mainspring.services import books, outbox
from mainspring.services.errors import RuleBrokenError
from mainspring.services.fields import Code, Name, Text, When
from mainspring.services.operation import Context, Data, Operation
from mainspring.services.rows import Record
from mainspring.services.tables.contact import ticket_messages, tickets

_SAME_MATTER = timedelta(days=7)


class CustomerMessage(Data):
    """What a customer wrote.

    `customer` is the customer id, or the mail address of somebody unknown; `source` is the message's own id
    (an inquiry number, a Message-ID): the same one again changes nothing.
    """

    customer: Code
    matter: Code
    subject: Name
    text: Text
    source: Text = ""


class Answer(Data):
    """Our answer."""

    ticket_no: Code
    letter: outbox.Letter


class TicketKey(Data):
    """Which ticket."""

    ticket_no: Code


class FollowUp(Data):
    """We ask whether the answer helped."""

    ticket_no: Code
    letter: outbox.Letter


class Message(Data):
    """One message of a ticket; direction is in or out."""

    at: When
    direction: str
    author_kind: str
    text: str


class TicketState(Data):
    """A ticket's head; status is open, answered or resolved. `again` when this was a further interaction."""

    ticket_no: str
    customer: str
    matter: str
    subject: str
    status: str
    interactions: int
    opened_at: When
    last_contact_at: When
    again: bool = False


class Ticket(TicketState):
    """A ticket with its messages."""

    messages: tuple[Message, ...]


def _open(context: Context, given: CustomerMessage) -> TicketState:
    tx, t, m = context.tx, tickets.c, ticket_messages.c
    if given.source:
        seen = tx.scalar(select(m.ticket_no).where(m.tenant_id == tx.tenant, m.source == given.source))
        if seen is not None:
            return _state(_need(context, seen))
    current = tx.one(
        select(tickets)
        .where(
            t.tenant_id == tx.tenant,
            t.customer == given.customer,
            t.matter == given.matter,
            t.last_contact_at > context.now - _SAME_MATTER,
        )
        .order_by(t.last_contact_at.desc(), t.ticket_no.desc())
        .limit(1)
        .with_for_update()
    )
    if current is not None:
        changed = {
            "status": "open",
            "interactions": current.interactions + 1,
            "last_contact_at": context.now,
            "resolved_at": None,
        }
        books.change(tx, tickets, {"ticket_no": current.ticket_no}, changed)
        _add(context, current.ticket_no, "in", given.text, given.source)
        return _state(_need(context, current.ticket_no), again=True)
    number = books.next_number(tx, "ticket")
    tx.insert(
        tickets,
        {
            "ticket_no": number,
            "customer": given.customer,
            "matter": given.matter,
            "subject": given.subject,
            "status": "open",
            "interactions": 1,
            "opened_at": context.now,
            "last_contact_at": context.now,
            "answered_at": None,
            "resolved_at": None,
        },
    )
    _add(context, number, "in", given.text, given.source)
    return _state(_need(context, number))


def _add(context: Context, ticket_no: str, direction: str, text: str, source: str = "") -> int:
    m = ticket_messages.c
    last = context.tx.scalar(
        select(m.message)
        .where(m.tenant_id == context.tx.tenant, m.ticket_no == ticket_no)
        .order_by(m.message.desc())
        .limit(1)
    )
    number = (last or 0) + 1
    context.tx.insert(
        ticket_messages,
        {
            "ticket_no": ticket_no,
            "message": number,
            "at": context.now,
            "direction": direction,
            "author_kind": context.principal.kind,
            "author_id": context.principal.id,
            "text": text,
            "source": source,
        },
    )
    return number


def _answer(context: Context, given: Answer) -> TicketState:
    ticket = _need(context, given.ticket_no, lock=True)
    if ticket.status == "resolved":
        raise RuleBrokenError(f"the ticket {given.ticket_no} is resolved", mend="Send a follow-up instead.")
    _out(context, given, "answer")
    changed = {"status": "answered", "answered_at": ticket.answered_at or context.now}
    books.change(context.tx, tickets, {"ticket_no": given.ticket_no}, changed)
    return _state(_need(context, given.ticket_no))


def _follow_up(context: Context, given: FollowUp) -> TicketState:
    _need(context, given.ticket_no, lock=True)
    _out(context, given, "follow-up")
    return _state(_need(context, given.ticket_no))


def _out(context: Context, given: Answer | FollowUp, kind: str) -> None:
    number = _add(context, given.ticket_no, "out", given.letter.body)
    outbox.put(context, kind, f"{given.ticket_no}/{number}", given.letter)


def _resolve(context: Context, key: TicketKey) -> TicketState:
    ticket = _need(context, key.ticket_no, lock=True)
    if ticket.status != "resolved":
        changed = {"status": "resolved", "resolved_at": context.now}
        books.change(context.tx, tickets, {"ticket_no": key.ticket_no}, changed)
    return _state(_need(context, key.ticket_no))


def _need(context: Context, ticket_no: str, *, lock: bool = False) -> Record:
    return books.need(context.tx, tickets, {"ticket_no": ticket_no}, "ticket", lock=lock)


def _state(row: Record, *, again: bool = False) -> TicketState:
    fields = {name: getattr(row, name) for name in TicketState.model_fields if name != "again"}
    return TicketState(**fields, again=again)


def _get(context: Context, key: TicketKey) -> Ticket:
    state, m = _state(_need(context, key.ticket_no)), ticket_messages.c
    rows = context.tx.all(
        select(*(m[name] for name in Message.model_fields))
        .where(m.tenant_id == context.tx.tenant, m.ticket_no == key.ticket_no)
        .order_by(m.message)
    )
    names = tuple(Message.model_fields)
    return Ticket(
        **dict(state), messages=tuple(Message(**dict(zip(names, row, strict=True))) for row in rows)
    )


OPERATIONS = (
    Operation(
        name="tickets.open",
        title={"en": "Take in a customer's matter", "zh": "受理客户问题"},
        effect="write",
        input=CustomerMessage,
        output=TicketState,
        handler=_open,
        quoted=frozenset({"customer", "matter", "subject", "text", "source"}),
    ),
    Operation(
        name="tickets.answer",
        title={"en": "Answer a customer", "zh": "答复客户"},
        effect="external",
        input=Answer,
        output=TicketState,
        handler=_answer,
        reversible=False,
        steering={"letter.recipient": "known"},
    ),
    Operation(
        name="tickets.follow_up",
        title={"en": "Ask whether the answer helped", "zh": "回访客户"},
        effect="external",
        input=FollowUp,
        output=TicketState,
        handler=_follow_up,
        reversible=False,
        steering={"letter.recipient": "known"},
    ),
    Operation(
        name="tickets.resolve",
        title={"en": "Close a matter as resolved", "zh": "结案"},
        effect="write",
        input=TicketKey,
        output=TicketState,
        handler=_resolve,
        idempotent=True,
    ),
    Operation(
        name="tickets.get",
        title={"en": "Look at a ticket", "zh": "查看工单"},
        effect="read",
        input=TicketKey,
        output=Ticket,
        handler=_get,
        idempotent=True,
        outsiders=frozenset({"matter", "subject", "text"}),
    ),
)
