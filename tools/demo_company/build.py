"""Writes all files of the demo company; every run gives the same bytes."""

import csv
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tools.demo_company import inquiries
from tools.demo_company.catalogue import Customer, customers, products
from tools.demo_company.fasteners import Product

DEMO = Path(__file__).parents[2] / "src" / "mainspring" / "packs" / "lead_to_cash" / "demo"


def table(name: str, fields: Iterable[str], rows: Iterable[Iterable[Any]]) -> None:
    """Write one CSV file with a header, UTF-8 and line feeds."""
    with (DEMO / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(fields)
        writer.writerows(rows)


def main() -> None:
    """Write everything and say how much there is."""
    goods, buyers = products(), customers()
    table("products.csv", Product._fields, goods)
    table("customers.csv", Customer._fields, buyers)
    count = inquiries.write(DEMO / "inquiries", buyers)
    sys.stdout.write(f"{len(goods)} products, {len(buyers)} customers, {count} inquiries\n")


if __name__ == "__main__":
    main()
