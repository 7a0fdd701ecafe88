"""The table of tasks that came from other agents, by A2A: which case each is, and who may ask about it."""

from sqlalchemy import Column, Index, String

from mainspring.store.tables import Instant, Key, tenant_table

partner_tasks = tenant_table(
    "partner_tasks",
    Column("instance", Key),
    Column("agent", String(120), nullable=False),
    Column("skill", String(200), nullable=False),
    Column("client_kind", String(16), nullable=False),
    Column("client_id", String(120), nullable=False),
    Column("context_id", String(200), nullable=False),
    Column("message_id", String(200), nullable=False),
    Column("at", Instant, nullable=False),
    Index(
        "ux_partner_tasks_message",
        "tenant_id",
        "client_kind",
        "client_id",
        "agent",
        "message_id",
        unique=True,
    ),
    key=("instance",),
)
"""One row a task; the same message of the same client is the same task."""
