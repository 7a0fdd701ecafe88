"""The table of proposals."""

from sqlalchemy import Column, String

from mainspring.store.tables import tenant_table
from mainspring.store.types import Instant, Json, Key

improvements = tenant_table(
    "improvements",
    Column("key", Key),
    Column("process_id", String(200), nullable=False),
    Column("state", String(16), nullable=False),
    Column("found_at", Instant, nullable=False),
    Column("released_at", Instant),
    Column("body", Json, nullable=False),
    key=("key",),
)
"""`state`: proposed, opened, released, measured; `body`: finding, change, gain, draft and what came."""
