"""Reads the online_retail months from the shared data and gives them as plain rows."""

import csv
import gzip
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data" / "online_retail"
MONTHS = ("2010-12", *(f"2011-{month:02}" for month in range(1, 9)))


class Row(NamedTuple):
    """One invoice line that was really sold: no cancellation, quantity and price above zero."""

    invoice: str
    sku: str
    text: str
    quantity: Decimal
    when: datetime
    price: Decimal
    customer: str
    country: str
    order_lines: int


def read_month(month: str, folder: Path = FOLDER) -> list[Row]:
    """The sold lines of a month such as "2011-08", in the order of the file."""
    path = folder / f"{month}.csv.gz"
    if not path.is_file():
        raise SystemExit(f"skipped: {path.name} of the shared data is not beside the project")
    with gzip.open(path, "rt", encoding="utf-8", errors="replace", newline="") as file:
        rows = [raw for raw in csv.DictReader(file) if _sold(raw)]
    sizes = Counter(raw["InvoiceNo"] for raw in rows)
    return [_row(raw, sizes[raw["InvoiceNo"]]) for raw in rows]


def read_months(first: str, last: str, folder: Path = FOLDER) -> Iterator[Row]:
    """The sold lines of the months from `first` to `last`, both included."""
    for month in MONTHS:
        if first <= month <= last:
            yield from read_month(month, folder)


def _sold(raw: dict[str, str]) -> bool:
    return not raw["InvoiceNo"].startswith("C") and int(raw["Quantity"]) > 0 and Decimal(raw["UnitPrice"]) > 0


def _row(raw: dict[str, str], order_lines: int) -> Row:
    return Row(
        raw["InvoiceNo"],
        raw["StockCode"].strip().upper(),
        raw["Description"],
        Decimal(raw["Quantity"]),
        datetime.fromisoformat(raw["InvoiceDate"]).replace(tzinfo=UTC),
        Decimal(raw["UnitPrice"]),
        raw["CustomerID"].removesuffix(".0"),
        raw["Country"],
        order_lines,
    )
