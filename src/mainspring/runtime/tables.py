"""Tables of the runtime that are no projections: answered requests and the step journal."""

from sqlalchemy import Column, Index, Integer, String

from mainspring.store.tables import tenant_table
from mainspring.store.types import Instant, Json, Key

requests = tenant_table(
    "requests",
    Column("idempotency_key", String(200)),
    Column("command", String(40), nullable=False),
    Column("instance", Key, nullable=False),
    Column("first_seq", Key, nullable=False),
    Column("last_seq", Key, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_requests_at", "tenant_id", "at"),
    key=("idempotency_key",),
)
"""Commands that were executed under an idempotency key, and the events that were their answer."""

journal_steps = tenant_table(
    "journal_steps",
    Column("job", Key),
    Column("step", Integer),
    Column("name", String(200), nullable=False),
    Column("repeatable", Integer, nullable=False),
    Column("fence", Integer, nullable=False),
    Column("began_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("outcome", Json),
    Index("ix_journal_steps_began_at", "tenant_id", "began_at"),
    key=("job", "step"),
)
"""Steps of jobs that run outside a transaction: the intent, then the outcome."""
