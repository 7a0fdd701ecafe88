"""Tables of buying: suppliers, inquiries and answers, purchase orders, receipts, suppliers' invoices."""

from sqlalchemy import Boolean, CheckConstraint, Column, Index, Integer, Text

from mainspring.services import columns
from mainspring.store.tables import Instant, Key, tenant_table

suppliers = tenant_table(
    "suppliers",
    Column("supplier_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("contact", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("tax_id", Text, nullable=False),
    Column("country", Text, nullable=False),
    Column("city", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("payment_days", Integer, nullable=False),
    Column("lead_days", Integer, nullable=False),
    Column("account", Text, nullable=False),
    Column("blocked", Boolean, nullable=False),
    Column("changed_at", Instant, nullable=False),
    key=("supplier_id",),
)

# What was asked of suppliers; one line a product, the same for all who were asked.
purchase_inquiries = tenant_table(
    "purchase_inquiries",
    Column("inquiry_no", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("answer_by", Instant, nullable=False),
    Column("reason", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    key=("inquiry_no",),
)

purchase_inquiry_lines = tenant_table(
    "purchase_inquiry_lines",
    Column("inquiry_no", Text, nullable=False),
    Column("line", Integer, nullable=False),
    Column("sku", Text, nullable=False),
    Column("quantity", columns.quantity(), nullable=False),
    key=("inquiry_no", "line"),
)

# A supplier's answer for a line; the least they sell, whole cartons, days until it is there, terms of trade.
supplier_offers = tenant_table(
    "supplier_offers",
    Column("inquiry_no", Text, nullable=False),
    Column("line", Integer, nullable=False),
    Column("supplier_id", Text, nullable=False),
    Column("unit_price", columns.price(), nullable=False),
    Column("currency", Text, nullable=False),
    Column("min_quantity", columns.quantity(), nullable=False),
    Column("carton", columns.quantity(), nullable=False),
    Column("lead_days", Integer, nullable=False),
    Column("terms", Text, nullable=False),
    Column("freight", columns.amount(), nullable=False),
    Column("valid_until", Instant, nullable=False),
    Column("received_at", Instant, nullable=False),
    key=("inquiry_no", "line", "supplier_id"),
)

purchase_orders = tenant_table(
    "purchase_orders",
    Column("purchase_no", Text, nullable=False),
    Column("supplier_id", Text, nullable=False),
    Column("inquiry_no", Text, nullable=True),
    Column("status", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("net", columns.amount(), nullable=False),
    Column("terms", Text, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Index("purchase_orders_of_supplier", "tenant_id", "supplier_id", "status"),
    key=("purchase_no",),
)

# received is what came, rejected the part of it that was sent back; invoiced is what suppliers charged.
purchase_lines = tenant_table(
    "purchase_lines",
    Column("purchase_no", Text, nullable=False),
    Column("line", Integer, nullable=False),
    Column("sku", Text, nullable=False),
    Column("quantity", columns.quantity(), nullable=False),
    Column("unit_price", columns.price(), nullable=False),
    Column("net", columns.amount(), nullable=False),
    Column("received", columns.quantity(), nullable=False),
    Column("rejected", columns.quantity(), nullable=False),
    Column("invoiced", columns.quantity(), nullable=False),
    CheckConstraint("rejected >= 0 AND rejected <= received AND invoiced >= 0", name="purchase_lines_add_up"),
    key=("purchase_no", "line"),
)

purchase_receipts = tenant_table(
    "purchase_receipts",
    Column("document", Text, nullable=False),
    Column("line", Integer, nullable=False),
    Column("purchase_no", Text, nullable=False),
    Column("received", columns.quantity(), nullable=False),
    Column("rejected", columns.quantity(), nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Index("purchase_receipts_of", "tenant_id", "purchase_no"),
    key=("document", "purchase_no", "line"),
)

# status is matched, disputed or accepted; accepted is what may be paid.
supplier_invoices = tenant_table(
    "supplier_invoices",
    Column("supplier_id", Text, nullable=False),
    Column("invoice_no", Text, nullable=False),
    Column("purchase_no", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("net", columns.amount(), nullable=False),
    Column("accepted", columns.amount(), nullable=False),
    Column("paid", columns.amount(), nullable=False),
    Column("issued_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("reason", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    CheckConstraint("paid >= 0 AND paid <= accepted", name="supplier_invoices_paid_within_accepted"),
    Index("supplier_invoices_of", "tenant_id", "purchase_no"),
    Index("supplier_invoices_due", "tenant_id", "due_at"),
    key=("supplier_id", "invoice_no"),
)

supplier_invoice_lines = tenant_table(
    "supplier_invoice_lines",
    Column("supplier_id", Text, nullable=False),
    Column("invoice_no", Text, nullable=False),
    Column("line", Integer, nullable=False),
    Column("purchase_line", Integer, nullable=False),
    Column("quantity", columns.quantity(), nullable=False),
    Column("unit_price", columns.price(), nullable=False),
    Column("net", columns.amount(), nullable=False),
    key=("supplier_id", "invoice_no", "line"),
)

# Money that left an account for a supplier's invoice.
supplier_payments = tenant_table(
    "supplier_payments",
    Column("settlement", Key, nullable=False),
    Column("supplier_id", Text, nullable=False),
    Column("invoice_no", Text, nullable=False),
    Column("payment_no", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("amount", columns.amount(), nullable=False),
    Column("at", Instant, nullable=False),
    Index("supplier_payments_of_payment", "tenant_id", "payment_no"),
    key=("settlement",),
)
