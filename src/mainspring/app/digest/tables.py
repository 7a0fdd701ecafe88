"""Tables of digests as they were sent, and of alarms: when a measure missed its target and met it again."""

from sqlalchemy import Column, Text

from mainspring.store.tables import Instant, Json, tenant_table

digests = tenant_table(
    "digests",
    Column("kind", Text, nullable=False),
    Column("day", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("content", Json, nullable=False),
    key=("kind", "day"),
)

alarms = tenant_table(
    "alarms",
    Column("measure", Text, nullable=False),
    Column("raised_at", Instant, nullable=False),
    Column("value", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("cleared_at", Instant, nullable=True),
    key=("measure", "raised_at"),
)
