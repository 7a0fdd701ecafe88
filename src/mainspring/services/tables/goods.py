"""Tables of what we sell: products, price rules, stock and its moves."""

from sqlalchemy import Boolean, CheckConstraint, Column, Index, Integer, Text

from mainspring.services import columns
from mainspring.store.tables import Instant, Key, tenant_table

products = tenant_table(
    "products",
    Column("sku", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("name_zh", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("pack_size", columns.quantity(), nullable=False),
    Column("currency", Text, nullable=False),
    Column("list_price", columns.price(), nullable=True),
    Column("cost", columns.price(), nullable=True),
    Column("tax_rate", columns.rate(), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("changed_at", Instant, nullable=False),
    key=("sku",),
)

# Agreements and quantity breaks; an empty customer or tier means everyone.
price_rules = tenant_table(
    "price_rules",
    Column("sku", Text, nullable=False),
    Column("customer_id", Text, nullable=False),
    Column("tier", Text, nullable=False),
    Column("min_quantity", columns.quantity(), nullable=False),
    Column("valid_from", Instant, nullable=False),
    Column("valid_until", Instant, nullable=True),
    Column("currency", Text, nullable=False),
    Column("unit_price", columns.price(), nullable=False),
    CheckConstraint("unit_price >= 0", name="price_rules_not_negative"),
    key=("sku", "customer_id", "tier", "min_quantity", "valid_from"),
)

stock = tenant_table(
    "stock",
    Column("sku", Text, nullable=False),
    Column("on_hand", columns.quantity(), nullable=False),
    Column("reserved", columns.quantity(), nullable=False),
    CheckConstraint("reserved >= 0 AND on_hand >= reserved", name="stock_covers_reservations"),
    key=("sku",),
)

# Every change of the quantity on hand: kind is receipt, delivery, return or count; document says why.
stock_moves = tenant_table(
    "stock_moves",
    Column("move", Key, nullable=False),
    Column("at", Instant, nullable=False),
    Column("sku", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("quantity", columns.quantity(), nullable=False),
    Column("document", Text, nullable=False),
    Column("line", Integer, nullable=False),
    Index("stock_moves_once", "tenant_id", "kind", "document", "line", unique=True),
    key=("move",),
)
