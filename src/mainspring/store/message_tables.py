"""Projections of messages: what is buffered, which process has had it, which process a key has started."""

from sqlalchemy import Column, Index, String

from mainspring.store.tables import tenant_table
from mainspring.store.types import Instant, Json, Key

messages = tenant_table(
    "messages",
    Column("key", Key),
    Column("name", String(200), nullable=False),
    Column("correlation_key", String(400), nullable=False),
    Column("message_id", String(400)),
    Column("variables", Json, nullable=False),
    Column("published_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Index("ix_messages_name", "tenant_id", "name", "correlation_key", "key"),
    Index("ix_messages_expires_at", "tenant_id", "expires_at"),
    key=("key",),
)
"""Messages that still live; one past `expires_at` is as good as gone."""

message_receivers = tenant_table(
    "message_receivers",
    Column("message", Key),
    Column("process_id", String(200)),
    key=("message", "process_id"),
)
"""A message reaches each process once, whatever its version."""

message_starts = tenant_table(
    "message_starts",
    Column("process_id", String(200)),
    Column("correlation_key", String(400)),
    Column("instance", Key, nullable=False),
    key=("process_id", "correlation_key"),
)
"""The running instance that a message with this key has started: while it runs, no second one starts."""
