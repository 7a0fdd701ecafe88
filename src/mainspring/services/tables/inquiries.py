"""Tables of what customers send: the original document, the inquiry, and what was understood of each line."""

from sqlalchemy import Boolean, Column, Index, Integer, LargeBinary, Text

from mainspring.services import columns
from mainspring.store.tables import Instant, Json, tenant_table

# The bytes as they came, once per content.
documents = tenant_table(
    "documents",
    Column("digest", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    key=("digest",),
)

inquiries = tenant_table(
    "inquiries",
    Column("inquiry_no", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("sender", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("registered_at", Instant, nullable=False),
    Column("status", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("customer_id", Text, nullable=True),
    Column("customer_order_no", Text, nullable=False),
    Column("requested_on", Text, nullable=False),
    Column("delivery_place", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("injection", Boolean, nullable=False),
    Column("confidence", columns.rate(), nullable=True),
    Column("problems", Json, nullable=False),
    Index("inquiries_once", "tenant_id", "digest", unique=True),
    Index("inquiries_by_status", "tenant_id", "status"),
    key=("inquiry_no",),
)

inquiry_lines = tenant_table(
    "inquiry_lines",
    Column("inquiry_no", Text, nullable=False),
    Column("line", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("quantity", columns.quantity(), nullable=True),
    Column("unit", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("asked_price", columns.price(), nullable=True),
    Column("confidence", columns.rate(), nullable=True),
    Column("sku", Text, nullable=True),
    Column("match_confidence", columns.rate(), nullable=True),
    Column("match_evidence", Text, nullable=False),
    Column("matched_by", Text, nullable=False),
    Column("unit_price", columns.price(), nullable=True),
    Column("price_basis", Text, nullable=False),
    Column("price_confidence", columns.rate(), nullable=True),
    Column("price_evidence", Text, nullable=False),
    key=("inquiry_no", "line"),
)
