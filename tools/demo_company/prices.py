"""Price rules of the demo company, and the price that follows from them."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from tools.demo_company.catalogue import Customer
from tools.demo_company.fasteners import Product, rounded


class PriceRule(NamedTuple):
    """One row of price_rules.csv; a discount is a fraction of the list price, a price is EUR a sales unit."""

    customer_id_or_tier: str
    sku_or_category: str
    min_quantity: int
    price_or_discount: str
    kind: str
    valid_from: str
    valid_to: str


# who, what, from how many, how much, kind, from, to
RULES = """
A fasteners 1 0.08 discount 2025-01-01 2026-12-31
A fasteners 1000 0.15 discount 2025-01-01 2026-12-31
A fasteners 5000 0.20 discount 2025-01-01 2026-12-31
B fasteners 1 0.04 discount 2025-01-01 2026-12-31
B fasteners 1000 0.10 discount 2025-01-01 2026-12-31
B fasteners 5000 0.14 discount 2025-01-01 2026-12-31
C fasteners 1000 0.05 discount 2025-01-01 2026-12-31
A tools 1 0.06 discount 2025-01-01 2026-12-31
A tools 50 0.12 discount 2025-01-01 2026-12-31
B tools 1 0.03 discount 2025-01-01 2026-12-31
B tools 50 0.08 discount 2025-01-01 2026-12-31
C tools 50 0.04 discount 2025-01-01 2026-12-31
A packaging 1 0.05 discount 2025-01-01 2026-12-31
A packaging 100 0.12 discount 2025-01-01 2026-12-31
B packaging 1 0.03 discount 2025-01-01 2026-12-31
B packaging 100 0.08 discount 2025-01-01 2026-12-31
C packaging 100 0.05 discount 2025-01-01 2026-12-31
A workshop 1 0.06 discount 2025-01-01 2026-12-31
A workshop 24 0.10 discount 2025-01-01 2026-12-31
B workshop 1 0.03 discount 2025-01-01 2026-12-31
B workshop 24 0.07 discount 2025-01-01 2026-12-31
C workshop 24 0.03 discount 2025-01-01 2026-12-31
A office 1 0.05 discount 2025-01-01 2026-12-31
B office 1 0.02 discount 2025-01-01 2026-12-31
C office 50 0.03 discount 2025-01-01 2026-12-31
C001 HB-0830-ZN 200 0.066 price 2025-01-01 2026-06-30
C001 HB-0840-ZN 200 0.073 price 2025-01-01 2026-06-30
C004 HB-1250-ZN 500 0.118 price 2025-07-01 2026-12-31
C004 NU-12-ZN 500 0.036 price 2025-07-01 2026-12-31
C017 HB-1050-ZN 100 0.103 price 2025-01-01 2026-12-31
C019 HB-1040-A4 50 0.380 price 2025-01-01 2026-12-31
C021 HB-1260-ZN 500 0.127 price 2026-01-01 2026-12-31
C021 fasteners 1 0.12 discount 2025-01-01 2026-12-31
C022 NU-06-ZN 10000 0.017 price 2025-01-01 2026-12-31
C035 SF-17-CL 100 6.60 price 2025-01-01 2026-12-31
C035 CT-604040-D 200 2.55 price 2025-04-01 2026-12-31
C035 PT-66-BR 360 1.18 price 2025-01-01 2026-12-31
C039 TL-H50 12 15.90 price 2025-01-01 2025-12-31
C042 CD-115-10 200 0.79 price 2026-01-01 2026-12-31
C042 tools 1 0.09 discount 2025-01-01 2026-12-31
C045 fasteners 2000 0.22 discount 2025-01-01 2026-12-31
C047 XB-12120-ZN 200 0.93 price 2025-01-01 2026-12-31
C007 fasteners 1 0.10 discount 2025-01-01 2026-12-31
C008 CP-A4-80 10 3.95 price 2025-01-01 2026-12-31
C025 KT-200-BK 30 1.55 price 2025-01-01 2026-12-31
C031 GN-L-BU 20 7.10 price 2025-01-01 2026-12-31
C015 HS-0516-BK 1000 0.046 price 2025-01-01 2025-12-31
C060 fasteners 1 0.09 discount 2025-01-01 2026-12-31
C018 GN-L-BK 10 8.60 price 2026-03-01 2026-12-31
"""


def price_rules() -> list[PriceRule]:
    """All rules; two have run out and one begins later, so that dates matter."""
    rows = [line.split() for line in RULES.strip().splitlines()]
    return [
        PriceRule(who, what, int(least), worth, kind, *span) for who, what, least, worth, kind, *span in rows
    ]


def unit_price(
    rules: Iterable[PriceRule], customer: Customer, product: Product, quantity: Decimal, day: str
) -> Decimal:
    """The fixed price of the highest quantity reached; else the list price less the best discount."""
    fit = [
        rule
        for rule in rules
        if rule.customer_id_or_tier in {customer.customer_id, customer.tier}
        and rule.sku_or_category in {product.sku, product.category}
        and quantity >= rule.min_quantity
        and rule.valid_from <= day <= rule.valid_to
    ]
    fixed = [rule for rule in fit if rule.kind == "price"]
    if fixed:
        return Decimal(max(fixed, key=lambda rule: rule.min_quantity).price_or_discount)
    best = max((Decimal(rule.price_or_discount) for rule in fit), default=Decimal(0))
    return rounded(product.list_price * (1 - best))
