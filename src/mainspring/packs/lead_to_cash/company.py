"""The demo company: its books, its mail and its bank statement, as they ship with the pack."""

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from decimal import Decimal
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from mainspring.services import load, opening, sales
from mainspring.services.operation import Context
from mainspring.services.sales import SoldLine
from mainspring.services.tables.parties import customer_names

TIERS = frozenset("ABC")


@dataclass(frozen=True, slots=True)
class Mail:
    """A document that arrives, with what it really says (`truth.jsonl`)."""

    name: str
    content: bytes
    received_at: datetime
    truth: Mapping[str, Any]


def _file(name: str) -> Traversable:
    return resources.files(__package__) / "demo" / name


def rows(name: str) -> list[dict[str, str]]:
    """A table of the demo company."""
    return list(csv.DictReader(_file(name).read_text("utf-8").splitlines()))


def mails() -> list[Mail]:
    """All documents that arrive, in the order of their time."""
    found = []
    for line in _file("inquiries/truth.jsonl").read_text("utf-8").splitlines():
        truth = json.loads(line)
        received = datetime.fromisoformat(truth["received"]).astimezone(UTC)
        found.append(Mail(truth["file"], _file(f"inquiries/{truth['file']}").read_bytes(), received, truth))
    return sorted(found, key=lambda mail: (mail.received_at, mail.name))


def statement() -> tuple[str, bytes, list[dict[str, Any]]]:
    """The bank statement: its name, its bytes, and what each entry really pays."""
    truth = json.loads(_file("bank/truth.json").read_text("utf-8"))
    return "statement-2026-01.sta", _file("bank/statement-2026-01.sta").read_bytes(), truth


def open_books(context: Context) -> load.Result:
    """Write the demo company's products, customers, prices, stock, past sales and open invoices."""
    result = load.catalogue(
        context,
        products=load.File("products.csv", _products()),
        customers=load.File("customers.csv", _customers()),
        prices=load.File("price_rules.csv", _prices()),
        stock=load.File("stock.csv", _numbered(rows("stock.csv"), ("sku", "on_hand"))),
    )
    sales.load_history(context.tx, _history())
    opening.take_over(context, [_receivable(row) for row in rows("open_invoices.csv")])
    signs = [
        {"kind": "payer", "value": row["iban"], "customer_id": row["customer_id"]}
        for row in rows("customers.csv")
        if row["iban"]
    ]
    context.tx.insert(customer_names, signs)
    return result


def _numbered(table: list[dict[str, str]], fields: tuple[str, ...]) -> Iterator[load.Row]:
    for number, row in enumerate(table, 2):
        yield load.Row(number, {field: row[field] for field in fields})


def _products() -> Iterator[load.Row]:
    for number, row in enumerate(rows("products.csv"), 2):
        same = ("sku", "name_zh", "unit", "pack_size", "list_price", "cost", "tax_rate", "category")
        names = {"name": row["name_en"], "description": row["aliases"], "currency": "EUR"}
        yield load.Row(number, {field: row[field] for field in same} | names)


def _customers() -> Iterator[load.Row]:
    for number, row in enumerate(rows("customers.csv"), 2):
        same = ("customer_id", "name", "email", "country", "city", "language", "tier", "currency", "tax_id")
        blocked = {"blocked": row["blocked"] == "true", "blocked_reason": "blocked in the books taken over"}
        terms = {"payment_days": int(row["payment_terms_days"]), "credit_limit": row["credit_limit"]}
        cells: dict[str, Any] = {field: row[field] for field in same}
        yield load.Row(number, cells | terms | (blocked if blocked["blocked"] else {}))


def _prices() -> Iterator[load.Row]:
    """Price rules as the books keep them: a discount on a category is a price of each of its products."""
    products = rows("products.csv")
    number = 0
    for rule in rows("price_rules.csv"):
        target = rule["sku_or_category"]
        for product in products:
            if target in {product["sku"], product["category"]}:
                number += 1
                yield load.Row(number, _price(rule, product))


def _price(rule: Mapping[str, str], product: Mapping[str, str]) -> dict[str, Any]:
    value = Decimal(rule["price_or_discount"])
    listed = Decimal(product["list_price"])
    price = value if rule["kind"] == "price" else (listed * (1 - value)).quantize(Decimal("0.0001"))
    buyer = "tier" if rule["customer_id_or_tier"] in TIERS else "customer_id"
    return {
        "sku": product["sku"],
        buyer: rule["customer_id_or_tier"],
        "min_quantity": rule["min_quantity"],
        "unit_price": price,
        "currency": "EUR",
        "valid_from": _day(rule["valid_from"]),
        "valid_until": _day(rule["valid_to"]),
    }


def _history() -> Iterator[SoldLine]:
    numbers: dict[str, int] = {}
    for row in rows("history.csv"):
        order = row["order_no"]
        numbers[order] = numbers.get(order, 0) + 1
        quantity, price = Decimal(row["quantity"]), Decimal(row["unit_price"])
        day = _day(row["date"])
        yield SoldLine(
            order,
            numbers[order],
            order,
            row["customer_id"],
            row["sku"],
            row["description"],
            quantity,
            price,
            day,
        )


def _receivable(row: Mapping[str, str]) -> opening.Receivable:
    return opening.Receivable(
        invoice_no=row["invoice_no"],
        customer_id=row["customer_id"],
        order_no=row["order_no"],
        issued_at=_day(row["issued"]),
        due_at=_day(row["due"]),
        amount=Decimal(row["amount"]),
        currency=row["currency"],
    )


def _day(text: str) -> datetime:
    return datetime.combine(datetime.fromisoformat(text).date(), time(), UTC)
