"""Past orders, stock and prices paid of the demo company, from a seeded generator."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

import numpy as np
from tools.demo_company.catalogue import Customer
from tools.demo_company.fasteners import Product, rounded
from tools.demo_company.prices import PriceRule, unit_price

SEED = 20260105
ORDERS = 490
FIRST = date(2025, 1, 2)
RISE = "2025-07-01"
BEFORE_RISE = Decimal("0.97")
# Customers with an old agreement that stands in no rule: every price a little lower than the rules say.
AGREED = {"C012": Decimal("0.98"), "C028": Decimal("0.97"), "C033": Decimal("0.98"), "C055": Decimal("0.95")}
ONE_OFF = 0.02
IN_CAPITALS = 0.15
SOLD_OUT = 0.05
SHORT = 0.17

# Orders that inquiries speak of (complaints, returns, cancellations) and two pairs of equal orders.
KNOWN = """
25-1187 2025-12-16 C017 HB-1050-ZN 400
25-9031 2025-12-10 C019 HB-0840-A4 300
PO-25-0988 2025-12-12 C005 CA-150D 5
WJ-8812 2026-01-09 C022 WA-10-A2 3000
WJ-8812 2026-01-09 C022 ZB-1015 20
JX-260112 2026-01-12 C021 HB-1260-ZN 600
JX-260112 2026-01-12 C021 HB-1280-ZN 600
EF-3391 2026-01-14 C006 HB-1040-PL 500
SP-0118 2026-01-18 C031 GN-L-BU 40
JN-Jan 2026-01-13 C036 WD-4040-PZ 10
BZ0115 2026-01-15 C024 PT-66-BR 720
JN-Nov 2025-11-11 C036 WD-4050-PZ 20
JN-Nov 2025-11-11 C036 DW-3535-BK 6
JN-Dec 2025-12-09 C036 WD-4050-PZ 20
JN-Dec 2025-12-09 C036 DW-3535-BK 6
G-1203 2025-12-03 C050 HO-20 8
G-1203 2025-12-03 C050 BC-500 180
W-1222 2025-12-22 C030 HO-20 26
S20-1117 2025-11-17 C020 CP-A4-80 60
CL-1118 2025-11-18 C038 CP-A4-80 60
"""


class Line(NamedTuple):
    """One row of history.csv; quantity in the sales unit of the product, price in EUR without tax."""

    order_no: str
    date: str
    customer_id: str
    sku: str
    description: str
    quantity: int
    unit_price: Decimal


class Stock(NamedTuple):
    """One row of stock.csv, in sales units."""

    sku: str
    on_hand: int
    reorder_point: int
    lead_time_days: int


def _description(product: Product, customer: Customer, dice: np.random.Generator) -> str:
    names = [product.name_zh] if customer.language == "zh" else [product.name_en]
    chinese = [name for name in product.aliases.split("|") if not name.isascii()]
    latin = [name for name in product.aliases.split("|") if name.isascii()]
    names += chinese if customer.language == "zh" else latin
    name = str(names[min(int(dice.geometric(0.6)) - 1, len(names) - 1)])
    if customer.language == "en" and dice.random() < IN_CAPITALS:
        name = name.upper()
    return name


def _quantity(product: Product, customer: Customer, dice: np.random.Generator) -> int:
    step = max(product.pack_size, 1) if product.list_price < 1 else 1
    size = {"A": 6, "B": 3, "C": 1}[customer.tier]
    return int(step * max(1, round(size * dice.lognormal(0.5, 0.7))))


def _wanted(
    customers: list[Customer], goods: list[Product], asked: dict[str, list[str]]
) -> dict[str, list[str]]:
    """What each customer usually buys: what he asks for in the open inquiries, and some neighbours of it."""
    dice = np.random.default_rng(SEED)
    usual: dict[str, list[str]] = {}
    place = {product.sku: index for index, product in enumerate(goods)}
    for customer in customers:
        own = list(dict.fromkeys(asked.get(customer.customer_id, [])))[:8]
        own = own or [goods[int(dice.integers(len(goods)))].sku for _ in range(3)]
        near = [goods[(place[sku] + int(dice.integers(1, 6))) % len(goods)].sku for sku in own]
        usual[customer.customer_id] = list(dict.fromkeys(own + near))
    return usual


def history(
    customers: list[Customer], goods: list[Product], rules: Iterable[PriceRule], asked: dict[str, list[str]]
) -> list[Line]:
    """About 1,500 lines by date; prices follow rules, agreements and one rise of prices."""
    rules = list(rules)
    dice = np.random.default_rng(SEED + 1)
    by_sku = {product.sku: product for product in goods}
    by_id = {customer.customer_id: customer for customer in customers}
    usual = _wanted(customers, goods, asked)
    weights = np.array([{"A": 5, "B": 3, "C": 1.5}[customer.tier] for customer in customers])
    lines: list[Line] = []

    def add(
        order_no: str, day: str, customer: Customer, product: Product, quantity: int, *, special: bool
    ) -> None:
        price = unit_price(rules, customer, product, Decimal(quantity), day)
        if day < RISE:
            price = rounded(price * BEFORE_RISE)
        price = rounded(price * AGREED.get(customer.customer_id, Decimal(1)))
        price = rounded(price * Decimal("0.9")) if special else price
        description = _description(product, customer, dice)
        lines.append(Line(order_no, day, customer.customer_id, product.sku, description, quantity, price))

    days = sorted(int(day) for day in dice.integers(0, 363, ORDERS))
    for number, offset in enumerate(days, start=1):
        day = FIRST + timedelta(days=offset)
        day -= timedelta(days=max(0, day.weekday() - 4))
        customer = customers[int(dice.choice(len(customers), p=weights / weights.sum()))]
        wish = usual[customer.customer_id]
        count = min(len(wish), 1 + int(dice.poisson(2.0)))
        for index in sorted(int(found) for found in dice.choice(len(wish), count, replace=False)):
            product = by_sku[wish[index]]
            quantity = _quantity(product, customer, dice)
            special = dice.random() < ONE_OFF
            add(f"H25-{number:04d}", day.isoformat(), customer, product, quantity, special=special)
    for row in KNOWN.strip().splitlines():
        order_no, day_text, customer_id, sku, amount = row.split()
        add(order_no, day_text, by_id[customer_id], by_sku[sku], int(amount), special=False)
    return sorted(lines, key=lambda line: (line.date, line.order_no))


def stock(goods: list[Product], lines: Iterable[Line]) -> list[Stock]:
    """What lies in the store: plenty of most, little of some, nothing of one in twenty."""
    dice = np.random.default_rng(SEED + 2)
    sold: dict[str, int] = {}
    for line in lines:
        sold[line.sku] = sold.get(line.sku, 0) + line.quantity
    rows = []
    for product in goods:
        point = max(product.pack_size * 2, sold.get(product.sku, 0) // 6)
        luck = dice.random()
        short, plenty = dice.uniform(0.1, 0.9), dice.uniform(1.2, 6.0)
        share = 0.0 if luck < SOLD_OUT else short if luck < SHORT else plenty
        rows.append(
            Stock(product.sku, int(point * share), point, int(dice.choice([2, 5, 7, 10, 14, 21, 35])))
        )
    return rows
