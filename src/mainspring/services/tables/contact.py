"""Tables of contact with customers: tickets and what is to be sent."""

from sqlalchemy import Column, Index, Integer, Text

from mainspring.store.tables import Instant, Key, tenant_table

tickets = tenant_table(
    "tickets",
    Column("ticket_no", Text, nullable=False),
    Column("customer", Text, nullable=False),
    Column("matter", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("interactions", Integer, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("last_contact_at", Instant, nullable=False),
    Column("answered_at", Instant, nullable=True),
    Column("resolved_at", Instant, nullable=True),
    Index("tickets_by_matter", "tenant_id", "customer", "matter", "last_contact_at"),
    key=("ticket_no",),
)

ticket_messages = tenant_table(
    "ticket_messages",
    Column("ticket_no", Text, nullable=False),
    Column("message", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("direction", Text, nullable=False),
    Column("author_kind", Text, nullable=False),
    Column("author_id", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("source", Text, nullable=False),
    Index("ticket_messages_by_source", "tenant_id", "source"),
    key=("ticket_no", "message"),
)

# What goes out to a customer: written in the same transaction as its reason, sent by a channel afterwards.
outbox = tenant_table(
    "outbox",
    Column("message", Key, nullable=False),
    Column("at", Instant, nullable=False),
    Column("kind", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("sent_at", Instant, nullable=True),
    Index("outbox_to_send", "tenant_id", "sent_at"),
    Index("outbox_once", "tenant_id", "kind", "document", unique=True),
    key=("message",),
)
