"""What digital employees leave behind: their runs, and what people corrected."""

from sqlalchemy import Column, Float, Integer, Text

from mainspring.store.tables import Instant, Json, Key, tenant_table

runs = tenant_table(
    "agent_runs",
    Column("run", Key, nullable=False),
    Column("at", Instant, nullable=False),
    Column("job", Key, nullable=False, index=True),
    Column("instance", Key, nullable=False, index=True),
    Column("element", Text, nullable=False),
    Column("agent", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("skill", Text, nullable=False),
    Column("outcome", Text, nullable=False),  # done, review, approval
    Column("confidence", Float, nullable=False),
    Column("doubts", Json, nullable=False),
    Column("evidence", Json, nullable=False),
    Column("steps", Json, nullable=False),  # [{step, us}]
    Column("draft", Json, nullable=True),  # kept while people are asked
    key=("run",),
)

corrections = tenant_table(
    "agent_corrections",
    Column("correction", Key, nullable=False),
    Column("at", Instant, nullable=False),
    Column("job", Key, nullable=False),
    Column("instance", Key, nullable=False),
    Column("agent", Text, nullable=False),
    Column("skill", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("draft", Json, nullable=False),
    Column("answer", Json, nullable=False),
    key=("correction",),
)
