"""What goes out to customers: written with its reason in one transaction, sent by a channel afterwards."""

from pydantic import Field
from sqlalchemy import select

from mainspring.services.fields import Code, Text, When
from mainspring.services.operation import Context, Data, Operation
from mainspring.services.tables.contact import outbox


class Letter(Data):
    """Words that go with a document to a recipient (a mail address)."""

    recipient: Text = ""
    subject: Text = ""
    body: Text = ""


class Waiting(Data):
    """How many to show."""

    limit: int = Field(default=100, ge=1, le=1000)


class Outgoing(Data):
    """A message that waits to be sent."""

    kind: Code
    document: Code
    recipient: str
    subject: str
    body: str
    at: When


class Outgoings(Data):
    """Messages in the order in which they were written."""

    messages: tuple[Outgoing, ...]


def put(context: Context, kind: str, document: str, letter: Letter) -> None:
    """Put a message into the outbox; (kind, document) is unique."""
    context.tx.insert(
        outbox,
        {
            "message": context.keys(),
            "at": context.now,
            "kind": kind,
            "document": document,
            "sent_at": None,
        }
        | letter.model_dump(),
    )


def _waiting(context: Context, query: Waiting) -> Outgoings:
    o = outbox.c
    rows = context.tx.all(
        select(outbox)
        .where(o.tenant_id == context.tx.tenant, o.sent_at.is_(None))
        .order_by(o.message)
        .limit(query.limit)
    )
    return Outgoings(
        messages=tuple(
            Outgoing(**{name: getattr(row, name) for name in Outgoing.model_fields}) for row in rows
        )
    )


OPERATIONS = (
    Operation(
        name="outbox.waiting",
        title={"en": "What waits to be sent", "zh": "查看待发消息"},
        effect="read",
        input=Waiting,
        output=Outgoings,
        handler=_waiting,
        idempotent=True,
    ),
)
