"""Tables of money: invoices, credit notes, payments and what was done with them, the ledger."""

from sqlalchemy import CheckConstraint, Column, Index, Integer, Text

from mainspring.services import columns
from mainspring.store.tables import Instant, Key, tenant_table

invoices = tenant_table(
    "invoices",
    Column("invoice_no", Text, nullable=False),
    Column("customer_id", Text, nullable=False),
    Column("order_no", Text, nullable=False),
    Column("delivery_no", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("net", columns.amount(), nullable=False),
    Column("tax", columns.amount(), nullable=False),
    Column("total", columns.amount(), nullable=False),
    Column("open", columns.amount(), nullable=False),
    Column("issued_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("settled_at", Instant, nullable=True),
    Column("dunning_level", Integer, nullable=False),
    CheckConstraint("open >= 0 AND open <= total", name="invoices_open_within_total"),
    Index("invoices_once", "tenant_id", "delivery_no", unique=True),
    Index("invoices_of_customer", "tenant_id", "customer_id", "issued_at"),
    Index("invoices_to_settle", "tenant_id", "settled_at", "due_at"),
    key=("invoice_no",),
)

credit_notes = tenant_table(
    "credit_notes",
    Column("credit_note_no", Text, nullable=False),
    Column("customer_id", Text, nullable=False),
    Column("source_no", Text, nullable=False),
    Column("source_digest", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("net", columns.amount(), nullable=False),
    Column("tax", columns.amount(), nullable=False),
    Column("total", columns.amount(), nullable=False),
    Column("open", columns.amount(), nullable=False),
    Column("issued_at", Instant, nullable=False),
    CheckConstraint("open >= 0 AND open <= total", name="credit_notes_open_within_total"),
    Index("credit_notes_once", "tenant_id", "customer_id", "source_no", unique=True),
    key=("credit_note_no",),
)

credit_lines = tenant_table(
    "credit_lines",
    Column("credit_note_no", Text, nullable=False),
    Column("line", Integer, nullable=False),
    Column("document", Text, nullable=False),
    Column("document_line", Integer, nullable=False),
    Column("sku", Text, nullable=False),
    Column("quantity", columns.quantity(), nullable=False),
    Column("unit_price", columns.price(), nullable=False),
    Column("net", columns.amount(), nullable=False),
    Column("tax", columns.amount(), nullable=False),
    key=("credit_note_no", "line"),
)

# Entries of bank statements; an amount below zero left the account.
payments = tenant_table(
    "payments",
    Column("payment_no", Text, nullable=False),
    Column("statement", Text, nullable=False),
    Column("entry", Integer, nullable=False),
    Column("booked_at", Instant, nullable=False),
    Column("currency", Text, nullable=False),
    Column("amount", columns.amount(), nullable=False),
    Column("open", columns.amount(), nullable=False),
    Column("payer", Text, nullable=False),
    Column("account", Text, nullable=False),
    Column("reference", Text, nullable=False),
    Column("customer_id", Text, nullable=True),
    CheckConstraint(
        "(amount >= 0 AND open >= 0 AND open <= amount) OR (amount < 0 AND open <= 0 AND open >= amount)",
        name="payments_open_within_amount",
    ),
    Index("payments_once", "tenant_id", "statement", "entry", unique=True),
    Index("payments_by_open", "tenant_id", "open"),
    key=("payment_no",),
)

# What settles an invoice: source is a payment or a credit note; a fee was kept by a bank on the way.
allocations = tenant_table(
    "allocations",
    Column("allocation", Key, nullable=False),
    Column("source", Text, nullable=False),
    Column("invoice_no", Text, nullable=False),  # empty: a bank charge, which is an entry of its own
    Column("currency", Text, nullable=False),
    Column("amount", columns.amount(), nullable=False),
    Column("fee", columns.amount(), nullable=False),
    Column("at", Instant, nullable=False),
    Column("actor_kind", Text, nullable=False),
    Column("actor_id", Text, nullable=False),
    Index("allocations_of_invoice", "tenant_id", "invoice_no"),
    Index("allocations_of_source", "tenant_id", "source"),
    key=("allocation",),
)

# What a payment settled of an invoice in another currency; a reversal has all amounts below zero. gain is in
# the firm's currency `home`: what the payment was worth on its day, less the invoice on its own.
exchanges = tenant_table(
    "exchanges",
    Column("exchange", Key, nullable=False),
    Column("payment_no", Text, nullable=False),
    Column("invoice_no", Text, nullable=False),
    Column("paid", columns.amount(), nullable=False),
    Column("paid_currency", Text, nullable=False),
    Column("settled", columns.amount(), nullable=False),
    Column("settled_currency", Text, nullable=False),
    Column("gain", columns.amount(), nullable=False),
    Column("home", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("actor_kind", Text, nullable=False),
    Column("actor_id", Text, nullable=False),
    Index("exchanges_of_payment", "tenant_id", "payment_no"),
    Index("exchanges_of_invoice", "tenant_id", "invoice_no"),
    key=("exchange",),
)

# Money that goes back to a customer; paid_by is the statement entry with which it left the account.
refunds = tenant_table(
    "refunds",
    Column("refund_no", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("customer_id", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("amount", columns.amount(), nullable=False),
    Column("reason", Text, nullable=False),
    Column("approved_at", Instant, nullable=False),
    Column("paid_by", Text, nullable=True),
    key=("refund_no",),
)

write_offs = tenant_table(
    "write_offs",
    Column("write_off_no", Text, nullable=False),
    Column("invoice_no", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("amount", columns.amount(), nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Index("write_offs_of_invoice", "tenant_id", "invoice_no"),
    key=("write_off_no",),
)

# Double entry: the postings of an entry add up to zero (debit above zero, credit below).
ledger_entries = tenant_table(
    "ledger_entries",
    Column("entry", Key, nullable=False),
    Column("at", Instant, nullable=False),
    Column("kind", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("actor_kind", Text, nullable=False),
    Column("actor_id", Text, nullable=False),
    Index("ledger_entries_once", "tenant_id", "kind", "document", unique=True),
    key=("entry",),
)

ledger_postings = tenant_table(
    "ledger_postings",
    Column("entry", Key, nullable=False),
    Column("line", Integer, nullable=False),
    Column("account", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("amount", columns.amount(), nullable=False),
    Column("party", Text, nullable=False),
    Index("ledger_postings_of_account", "tenant_id", "account", "currency"),
    key=("entry", "line"),
)
