"""The table of files that a watched folder gave: each content once."""

from sqlalchemy import Column, Index, Integer, Text

from mainspring.store.tables import Instant, Key, tenant_table

folder_files = tenant_table(
    "folder_files",
    Column("file", Key, nullable=False),
    Column("folder", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("bytes", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("report", Text, nullable=False),
    Column("instance", Key, nullable=True),
    Index("folder_files_once", "tenant_id", "folder", "digest", unique=True),
    key=("file",),
)
