"""Tables of the gateway: services, their versions and operations, secrets, and calls under way."""

from sqlalchemy import Column, Index, Integer, LargeBinary, String, Text

from mainspring.store.tables import Instant, Json, Key, tenant_table

services = tenant_table(
    "services",
    Column("name", String(64)),
    Column("kind", String(16), nullable=False),
    Column("title", Json, nullable=False),
    Column("owner", String(64), nullable=False),
    Column("environment", String(16), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("retired_at", Instant),
    Column("retired_because", Text),
    key=("name",),
)
"""What stands behind the gateway; `environment` is production, test or sandbox."""

service_versions = tenant_table(
    "service_versions",
    Column("service", String(64)),
    Column("version", String(32)),
    Column("config", Json, nullable=False),
    Column("operations", Json, nullable=False),
    Column("share", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("created_by", String(64), nullable=False),
    Column("health", String(16), nullable=False),
    Column("health_at", Instant),
    Column("health_said", Text),
    key=("service", "version"),
    clustered=False,
)
"""A version with its address and operations; `share` is its part of the calls, in hundredths."""

secrets = tenant_table(
    "secrets",
    Column("name", String(64)),
    Column("version", Integer, nullable=False),
    Column("hosts", Json, nullable=False),
    Column("key_id", String(16), nullable=False),
    Column("nonce", LargeBinary, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("changed_by", String(64), nullable=False),
    key=("name",),
    clustered=False,
)
"""Secrets as AES-256-GCM left them; the key is never in the database."""

outgoing = tenant_table(
    "outgoing",
    Column("call", Key),
    Column("at", Instant, nullable=False),
    Column("budgets", Json, nullable=False),
    Column("row", Json, nullable=False),
    key=("call",),
)
"""Calls to outside services that have begun and not ended. A row that stays was cut off by a crash."""

hook_receipts = tenant_table(
    "hook_receipts",
    Column("hook", String(64)),
    Column("delivery", String(128)),
    Column("at", Instant, nullable=False),
    Index("ix_hook_receipts_at", "tenant_id", "at"),
    key=("hook", "delivery"),
)
"""Deliveries of webhooks that were taken, for as long as the replay window is open."""
