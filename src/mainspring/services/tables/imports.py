"""Tables of imports: the files that came, what they changed, and what their columns were said to be."""

from sqlalchemy import Column, Integer, LargeBinary, Text

from mainspring.store.tables import Instant, Json, tenant_table

# A file as it came; status is draft, done or undone. rows holds [line, cells] each, left_out [line, why].
imports = tenant_table(
    "imports",
    Column("import_no", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("sheet", Text, nullable=False),
    Column("top", Integer, nullable=False),
    Column("headings", Json, nullable=False),
    Column("rows", Json, nullable=False),
    Column("left_out", Json, nullable=False),
    Column("columns", Json, nullable=False),
    Column("counts", Json, nullable=False),
    Column("by", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("done_at", Instant, nullable=True),
    Column("undone_at", Instant, nullable=True),
    key=("import_no",),
    clustered=False,
)

# What an import wrote, record by record: as it was before (null: it was new) and as it left it.
import_changes = tenant_table(
    "import_changes",
    Column("import_no", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("record", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("before", Json, nullable=True),
    Column("after", Json, nullable=True),
    key=("import_no", "seq"),
    clustered=False,
)

# What people said that a heading means, for the next file.
import_columns = tenant_table(
    "import_columns",
    Column("kind", Text, nullable=False),
    Column("heading", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Instant, nullable=False),
    key=("kind", "heading"),
)
