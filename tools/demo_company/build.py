"""Writes all files of the demo company; every run gives the same bytes."""

import csv
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tools.demo_company import inquiries, receivables
from tools.demo_company.catalogue import Customer, customers, products
from tools.demo_company.fasteners import Product
from tools.demo_company.leads import Lead, leads
from tools.demo_company.past import Line, Stock, history, stock
from tools.demo_company.prices import PriceRule, price_rules

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
    rules = price_rules()
    past = history(buyers, goods, rules, inquiries.asked_in_open())
    table("price_rules.csv", PriceRule._fields, rules)
    table("history.csv", Line._fields, past)
    table("stock.csv", Stock._fields, stock(goods, past))
    table("leads.csv", Lead._fields, leads())
    invoices = receivables.open_invoices(buyers, past)
    table("open_invoices.csv", receivables.Invoice._fields, invoices)
    entries = receivables.write_statement(DEMO / "bank", buyers, invoices)
    sys.stdout.write(
        f"{len(goods)} products, {len(buyers)} customers, {count} inquiries, {len(past)} past lines, "
        f"{len(invoices)} open invoices, {entries} entries of the bank\n"
    )


if __name__ == "__main__":
    main()
