"""Tables of money as it arrives: statements and the lines they brought, rates of currencies."""

from sqlalchemy import Column, Date, Index, Integer, Text

from mainspring.services import columns
from mainspring.store.tables import Instant, tenant_table

bank_statements = tenant_table(
    "bank_statements",
    Column("statement", Text, nullable=False),
    Column("account", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("opening", columns.amount(), nullable=True),
    Column("closing", columns.amount(), nullable=True),
    Column("first_day", Date, nullable=True),
    Column("last_day", Date, nullable=True),
    Column("file", Text, nullable=False),
    Column("entries", Integer, nullable=False),
    Column("by", Text, nullable=False),
    Column("taken_in_at", Instant, nullable=False),
    Index("bank_statements_of_account", "tenant_id", "account", "last_day"),
    key=("statement",),
)

# Each line of a statement by what it is known by, so that another file with the same line counts it once.
bank_lines = tenant_table(
    "bank_lines",
    Column("mark", Text, nullable=False),
    Column("payment_no", Text, nullable=False),
    Column("statement", Text, nullable=False),
    key=("mark",),
)

# One unit of `currency` in units of `base`, from this day on until the next.
currency_rates = tenant_table(
    "currency_rates",
    Column("currency", Text, nullable=False),
    Column("base", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("rate", columns.price(), nullable=False),
    Column("source", Text, nullable=False),
    key=("currency", "base", "day"),
)
