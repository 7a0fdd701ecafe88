"""Products and customers of the demo company, read from the hand-written tables beside this file."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from tools.demo_company.fasteners import Product, fasteners

HERE = Path(__file__).parent
COST_SHARE = Decimal("0.64")
COST_STEPS = 7  # so that margins differ a little from product to product


class Customer(NamedTuple):
    """One row of customers.csv."""

    customer_id: str
    name: str
    email: str
    country: str
    city: str
    language: str
    tier: str
    credit_limit: str
    payment_terms_days: int
    currency: str
    blocked: str
    tax_id: str
    iban: str


def _rows(name: str) -> Iterator[list[str]]:
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield [cell.strip() for cell in line.split(";")]


def ean13(number: int) -> str:
    """A 13-digit article number in the range 200-299, which GS1 leaves to shops for their own use."""
    body = f"2{number:011d}"
    total = sum(int(digit) * (3 if index % 2 else 1) for index, digit in enumerate(body))
    return f"{body}{-total % 10}"


def demo_iban(country: str, number: int) -> str:
    """An account number with right check digits at a bank of zeros; China's and others' are no IBAN."""
    lengths = {
        "DE": 18,
        "GB": 18,
        "NL": 14,
        "FR": 23,
        "AT": 16,
        "IT": 23,
        "PL": 24,
        "IE": 18,
        "ES": 20,
        "SE": 20,
    }
    length = lengths.get(country)
    if length is None:
        return f"DEMO-{country}-{number:010d}"
    letters = {"GB": "DEMO", "NL": "DEMO", "IE": "DEMO", "IT": "X"}.get(country, "")
    account = letters + str(number).zfill(length - len(letters))
    digits = "".join(str(int(sign, 36)) for sign in f"{account}{country}00")
    return f"{country}{98 - int(digits) % 97:02d}{account}"


def products() -> list[Product]:
    """The whole catalogue, fasteners first."""
    rows = [
        product._replace(barcode_or_drawing=ean13(100_000 + index))
        for index, product in enumerate(fasteners())
    ]
    for index, cells in enumerate(_rows("goods.txt")):
        sku, en, zh, unit, pack, price, weight, category, aliases, drawing = cells
        share = COST_SHARE + Decimal(index % COST_STEPS) / 100
        rows.append(
            Product(
                sku=sku,
                name_en=en,
                name_zh=zh,
                unit=unit,
                pack_size=int(pack),
                list_price=Decimal(price),
                cost=(Decimal(price) * share).quantize(Decimal("0.001")),
                tax_rate="0.19",
                weight_kg=Decimal(weight),
                category=category,
                barcode_or_drawing=drawing or ean13(500_000 + index),
                aliases=aliases,
            )
        )
    return rows


def customers() -> list[Customer]:
    """All sixty customers; the number in the name is the number of the customer."""
    rows = []
    for number, cells in enumerate(_rows("customers.txt"), start=1):
        name, email, country, city, language, tier, limit, days, blocked = cells
        rows.append(
            Customer(
                customer_id=f"C{number:03d}",
                name=name,
                email=email,
                country=country,
                city=city,
                language=language,
                tier=tier,
                credit_limit=limit,
                payment_terms_days=int(days),
                currency="EUR",
                blocked=blocked,
                tax_id=f"{country}-DEMO-{number:06d}",
                iban=demo_iban(country, number),
            )
        )
    return rows
