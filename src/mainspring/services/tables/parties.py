"""Tables of the people we trade with: customers, the names they go by, leads."""

from sqlalchemy import Boolean, Column, Index, Integer, Text

from mainspring.services import columns
from mainspring.store.tables import Instant, tenant_table

customers = tenant_table(
    "customers",
    Column("customer_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("tier", Text, nullable=False),
    Column("contact", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("tax_id", Text, nullable=False),
    Column("country", Text, nullable=False),
    Column("city", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("payment_days", Integer, nullable=False),
    Column("credit_limit", columns.amount(), nullable=True),
    Column("blocked", Boolean, nullable=False),
    Column("blocked_reason", Text, nullable=False),
    Column("e_invoice", Text, nullable=False),
    Column("changed_at", Instant, nullable=False),
    key=("customer_id",),
)

# Every way to recognise a customer: kind is name, email, tax_id or payer (a name seen on a bank statement).
customer_names = tenant_table(
    "customer_names",
    Column("kind", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("customer_id", Text, nullable=False),
    Index("customer_names_of", "tenant_id", "customer_id"),
    key=("kind", "value", "customer_id"),
)

leads = tenant_table(
    "leads",
    Column("lead_no", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("interest", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("score", columns.rate(), nullable=True),
    Column("reason", Text, nullable=False),
    Column("customer_id", Text, nullable=True),
    Column("created_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Index("leads_by_status", "tenant_id", "status"),
    key=("lead_no",),
)
