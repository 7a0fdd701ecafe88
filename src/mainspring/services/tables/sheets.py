"""Tables that people make themselves: their fields, their rows, and what digital employees filled in."""

from sqlalchemy import Column, Float, Index, Integer, Text

from mainspring.store.tables import Instant, Json, tenant_table

sheets = tenant_table(
    "sheets",
    Column("sheet", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("fields", Json, nullable=False),
    Column("views", Json, nullable=False),
    Column("by", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    key=("sheet",),
)

sheet_rows = tenant_table(
    "sheet_rows",
    Column("sheet", Text, nullable=False),
    Column("row", Integer, nullable=False),
    Column("cells", Json, nullable=False),
    Column("changed_at", Instant, nullable=False),
    key=("sheet", "row"),
)

# What a skill proposed for a cell: state is taken, unsure (a person decides) or reviewed.
sheet_guesses = tenant_table(
    "sheet_guesses",
    Column("sheet", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("row", Integer, nullable=False),
    Column("value", Text, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("why", Text, nullable=False),
    Column("state", Text, nullable=False),
    Index("sheet_guesses_by_state", "tenant_id", "sheet", "field", "state"),
    key=("sheet", "field", "row"),
)

# A filling of a field: status is asked, running, stopped or done.
sheet_fills = tenant_table(
    "sheet_fills",
    Column("sheet", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("total", Integer, nullable=False),
    Column("by", Text, nullable=False),
    Column("changed_at", Instant, nullable=False),
    key=("sheet", "field"),
)
