"""Tables from quote to delivery, and what was sold."""

from sqlalchemy import CheckConstraint, Column, Index, Integer, Text

from mainspring.services import columns
from mainspring.store.tables import Instant, tenant_table


def _totals() -> list[Column[object]]:
    return [
        Column("currency", Text, nullable=False),
        Column("net", columns.amount(), nullable=False),
        Column("tax", columns.amount(), nullable=False),
        Column("total", columns.amount(), nullable=False),
    ]


def _priced() -> list[Column[object]]:
    return [
        Column("sku", Text, nullable=False),
        Column("description", Text, nullable=False),
        Column("quantity", columns.quantity(), nullable=False),
        Column("unit", Text, nullable=False),
        Column("unit_price", columns.price(), nullable=False),
        Column("tax_rate", columns.rate(), nullable=False),
        Column("net", columns.amount(), nullable=False),
        Column("tax", columns.amount(), nullable=False),
    ]


quotes = tenant_table(
    "quotes",
    Column("quote_no", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("customer_id", Text, nullable=False),
    Column("inquiry_no", Text, nullable=True),
    Column("status", Text, nullable=False),
    *_totals(),
    Column("valid_until", Instant, nullable=False),
    Column("prepared_by", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("reason", Text, nullable=False),
    Index("quotes_of_customer", "tenant_id", "customer_id"),
    key=("quote_no",),
)

quote_lines = tenant_table(
    "quote_lines",
    Column("quote_no", Text, nullable=False),
    Column("line", Integer, nullable=False),
    *_priced(),
    key=("quote_no", "line"),
)

orders = tenant_table(
    "orders",
    Column("order_no", Text, nullable=False),
    Column("customer_id", Text, nullable=False),
    Column("quote_no", Text, nullable=True),
    Column("source", Text, nullable=False),
    Column("source_no", Text, nullable=False),
    Column("source_digest", Text, nullable=False),
    Column("status", Text, nullable=False),
    *_totals(),
    Column("invoiced", columns.amount(), nullable=False),
    Column("ordered_at", Instant, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("reason", Text, nullable=False),
    Index("orders_once", "tenant_id", "source", "source_no", unique=True),
    Index("orders_of_customer", "tenant_id", "customer_id", "status"),
    key=("order_no",),
)

order_lines = tenant_table(
    "order_lines",
    Column("order_no", Text, nullable=False),
    Column("line", Integer, nullable=False),
    *_priced(),
    Column("reserved", columns.quantity(), nullable=False),
    Column("delivered", columns.quantity(), nullable=False),
    Column("cancelled", columns.quantity(), nullable=False),
    CheckConstraint(
        "reserved >= 0 AND delivered >= 0 AND cancelled >= 0"
        " AND reserved + delivered + cancelled <= quantity",
        name="order_lines_within_quantity",
    ),
    key=("order_no", "line"),
)

deliveries = tenant_table(
    "deliveries",
    Column("delivery_no", Text, nullable=False),
    Column("order_no", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("invoice_no", Text, nullable=True),
    Column("created_at", Instant, nullable=False),
    Column("shipped_at", Instant, nullable=True),
    Index("deliveries_of_order", "tenant_id", "order_no"),
    key=("delivery_no",),
)

delivery_lines = tenant_table(
    "delivery_lines",
    Column("delivery_no", Text, nullable=False),
    Column("line", Integer, nullable=False),
    Column("sku", Text, nullable=False),
    Column("quantity", columns.quantity(), nullable=False),
    key=("delivery_no", "line"),
)

# What was sold, line by line: of our own invoices (document is the invoice number) and of loaded history
# (document is the old order's number). Prices are learned from it, returns find their original in it.
sales_history = tenant_table(
    "sales_history",
    Column("document", Text, nullable=False),
    Column("line", Integer, nullable=False),
    Column("order_no", Text, nullable=False),
    Column("customer_id", Text, nullable=False),
    *_priced(),
    Column("sold_at", Instant, nullable=False),
    Column("returned", columns.quantity(), nullable=False),
    Column("credited_net", columns.amount(), nullable=False),
    Column("credited_tax", columns.amount(), nullable=False),
    CheckConstraint("returned >= 0 AND returned <= quantity", name="sales_history_returned_within_quantity"),
    Index("sales_history_of_customer", "tenant_id", "customer_id", "sku", "sold_at"),
    Index("sales_history_of_product", "tenant_id", "sku", "sold_at"),
    Index("sales_history_of_order", "tenant_id", "order_no"),
    key=("document", "line"),
)
