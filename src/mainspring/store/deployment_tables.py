"""What was deployed: packages, their files, the versions they made, and how processes start."""

from sqlalchemy import Boolean, Column, Index, Integer, LargeBinary, String

from mainspring.store.tables import tenant_table
from mainspring.store.types import Instant, Key

resources = tenant_table(
    "resources",
    Column("digest", String(64)),
    Column("data", LargeBinary, nullable=False),
    key=("digest",),
    clustered=False,
)
"""The bytes of deployed files, by their SHA-256."""

deployments = tenant_table(
    "deployments",
    Column("key", Key),
    Column("at", Instant, nullable=False),
    Column("actor_kind", String(16), nullable=False),
    Column("actor_id", String(200), nullable=False),
    key=("key",),
)

deployed_files = tenant_table(
    "deployed_files",
    Column("deployment", Key),
    Column("name", String(400)),
    Column("digest", String(64), nullable=False),
    key=("deployment", "name"),
)

definitions = tenant_table(
    "definitions",
    Column("key", Key),
    Column("kind", String(8), nullable=False),
    Column("id", String(200), nullable=False),
    Column("version", Integer, nullable=False),
    Column("version_tag", String(100)),
    Column("name", String(400)),
    Column("deployment", Key, nullable=False),
    Column("file", String(400), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("latest", Boolean, nullable=False),
    Index("ix_definitions_id", "tenant_id", "kind", "id", "version"),
    Index("ix_definitions_deployment", "tenant_id", "deployment"),
    key=("key",),
)
"""Versions of processes, decisions and forms; `kind` process, decision or form."""

start_events = tenant_table(
    "start_events",
    Column("definition", Key),
    Column("element", String(200)),
    Column("process_id", String(200), nullable=False),
    Column("kind", String(8), nullable=False),
    Column("name", String(200)),
    Column("due", Instant),
    Column("repetitions", Integer),
    Column("interval", String(64)),
    Index("ix_start_events_name", "tenant_id", "kind", "name"),
    Index("ix_start_events_due", "tenant_id", "due"),
    Index("ix_start_events_process", "tenant_id", "process_id"),
    key=("definition", "element"),
)
"""Message, signal and timer start events of the latest versions."""
