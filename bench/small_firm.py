"""What a small firm starts with: columns guessed on frozen layouts, and its own lists brought in.

    python -m bench.small_firm guess
    python -m bench.small_firm match
    python -m bench.small_firm table
    python -m bench.small_firm imports [--products 5000 --customers 800 --invoices 2000]
    python -m bench.small_firm backup [--orders 100000]
    python -m bench.small_firm walkthrough [--wheel FILE] [--python FILE]

`guess` counts columns guessed right on the twelve layouts of tests/data/imports, which were fixed before the
guess was written. `match` matches the shared purchase orders with receipts and an invoice over all that was
ordered. `table` has a skill classify 10,000 rows of a table, stopped once and resumed.
`imports` makes three workbooks of that size and imports them into a new database.
`backup` is bench.firm_backup: a backup of many orders while work goes on, and its way back.
`walkthrough` does what docs/walkthrough.md tells, from the wheel, and prints its table of times.
"""

import argparse
import csv
import json
import tempfile
import time
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

from bench import firm_backup
from bench.walkthrough import walk
from openpyxl import Workbook

from mainspring.app import imports
from mainspring.app.opening import open_or_create
from mainspring.app.tables import filling
from mainspring.app.tables.calls import call
from mainspring.govern.principal import Principal
from mainspring.knowledge import documents
from mainspring.services.imports import guess
from mainspring.services.imports.fields import KINDS
from mainspring.services.imports.sheet import Row, read
from mainspring.services.purchase.match import Line, match_all

SHARED = Path(__file__).resolve().parents[2] / "shared"
OWNER = Principal("person", "owner", frozenset({"worker", "process_owner"}))
LAYOUTS = Path(__file__).resolve().parents[1] / "tests" / "data" / "imports"


def guessed() -> None:
    """Columns right, by layout."""
    right = total = kinds = 0
    layouts = json.loads((LAYOUTS / "columns.json").read_text("utf-8"))
    for layout in layouts:
        document = documents.read((LAYOUTS / layout["file"]).read_bytes(), layout["file"])
        rows = [Row(place, row) for place, row in enumerate(document.blocks[0].rows, 1)]
        sheet = read(rows, guess.known)
        if sheet is None:
            continue
        kinds += guess.kind_of(sheet, layout["file"])[0][0].name == layout["kind"]
        found = guess.columns(sheet, KINDS[layout["kind"]])
        good = sum(one.role == role for one, (_, role) in zip(found, layout["columns"], strict=True))
        right, total = right + good, total + len(found)
        print(f"{layout['file']:<32} {good:>3} of {len(found):>3}")
    print(f"columns right: {right} of {total} ({right / total:.1%}); kinds right: {kinds} of {len(layouts)}")


def workbook(headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    """A workbook of one sheet."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("data")
    sheet.append(list(headings))
    for row in rows:
        sheet.append(list(row))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def lists(products: int, customers: int, invoices: int) -> list[tuple[str, bytes]]:
    """Made-up lists of a firm as workbooks."""
    chance = Random(9)
    goods = []
    for n in range(products):
        cost, price = chance.randrange(100, 9000) / 100, chance.randrange(9000, 20000) / 100
        goods.append((f"YW-{n:05d}", f"示例商品 {n}", f"{n % 80 + 10}cm", "个", 24, cost, price, 13))
    buyers = []
    for n in range(customers):
        reached = ("张示例", f"1380000{n:04d}", f"b{n}@demo.example")
        buyers.append((f"KH{n:04d}", f"示例客户{n}有限公司", "A类", *reached, 30, 50000))
    day = date(2025, 9, 1)
    owed = []
    for n in range(invoices):
        issued, total = day + timedelta(days=n % 100), chance.randrange(10_000, 900_000) / 100
        owed.append(
            (f"KH{n % customers:04d}", f"FP{n:06d}", issued, issued + timedelta(days=30), total, 0, total)
        )
    return [
        (
            "商品.xlsx",
            workbook(
                ("商品编号", "商品名称", "规格型号", "单位", "装箱数", "参考进价", "批发价", "税率%"), goods
            ),
        ),
        (
            "客户.xlsx",
            workbook(
                (
                    "客户编码",
                    "客户名称",
                    "客户分类",
                    "联系人",
                    "手机号码",
                    "电子邮箱",
                    "账期（天）",
                    "信用额度",
                ),
                buyers,
            ),
        ),
        (
            "应收.xlsx",
            workbook(
                ("客户编码", "发票号码", "开票日期", "到期日", "发票金额", "已收金额", "未收余额"), owed
            ),
        ),
    ]


def imported(products: int, customers: int, invoices: int) -> None:
    """Seconds to bring the lists in, on the wall and of the processor."""
    with tempfile.TemporaryDirectory() as folder:
        house = open_or_create(f"sqlite:///{folder}/firm.db")
        wall, work = time.perf_counter(), time.process_time()
        for name, content in lists(products, customers, invoices):
            before = time.process_time()
            made = imports.open_file(house, OWNER, content, name)
            done = imports.run(house, OWNER, {"import_no": made.import_no})
            spent = time.process_time() - before
            counts = done.counts
            print(
                f"{name:<10} {done.kind:<12} new {counts.new}, problems {counts.problem_rows}, {spent:.1f} s"
            )
        wall, work = time.perf_counter() - wall, time.process_time() - work
        print(f"all: {wall:.1f} s on the wall, {work:.1f} s of the processor")
        house.close()


def matched() -> None:
    """Lines matched, short and rejected quantities found, false alarms, and the time."""
    file = SHARED / "data" / "purchase_orders" / "PurchaseOrderDetail.csv"
    if not file.is_file():
        print("skipped: the shared purchase orders are not beside the project")
        return
    begun, work = time.perf_counter(), time.process_time()
    rows = list(csv.reader(file.read_text("utf-8").splitlines(), delimiter="\t"))
    lines = [Line(row[1], *(Decimal(row[place]) for place in (3, 5, 7, 8, 3, 5, 6))) for row in rows]
    verdicts = match_all(lines)
    wall, work = time.perf_counter() - begun, time.process_time() - work
    short = sum(Decimal(row[7]) < Decimal(row[3]) for row in rows)
    rejected = sum(Decimal(row[8]) > 0 for row in rows)
    found = [{one.sort for one in verdict.differences} for verdict in verdicts]
    whole = [Decimal(row[9]) == Decimal(row[3]) for row in rows]
    alarms = sum(bool(sorts) and good for sorts, good in zip(found, whole, strict=True))
    print(f"{len(rows)} lines, {wall:.2f} s on the wall, {work:.2f} s of the processor")
    print(f"short: {sum('short' in one for one in found)} of {short}")
    print(f"rejected: {sum('rejected' in one for one in found)} of {rejected}; false alarms: {alarms}")


def filled(count: int = 10_000) -> None:
    """Seconds to classify the rows of a table, learned from 200 made-up questions of five topics."""
    words = ("what does it cost", "when will it arrive", "it came broken", "where is my bill", "new address")
    topics = ("price", "delivery", "damage", "invoice", "address")
    chance = Random(3)
    rows = [
        {"text": f"{words[n % 5]} order {n} {chance.choice(words).split()[-1]}"} for n in range(count + 200)
    ]
    known = [row | {"topic": topics[n % 5]} for n, row in enumerate(rows[:200])]
    fields = [{"name": "text"}, {"name": "topic", "sort": "choice", "options": topics, "fill_from": ["text"]}]
    with tempfile.TemporaryDirectory() as folder:
        house = open_or_create(f"sqlite:///{folder}/firm.db")
        call(house, OWNER, "define", sheet="asked", title="Questions", fields=fields)
        call(house, OWNER, "put", sheet="asked", rows=[*known, *rows[200:]])
        told = filling.cost(house, OWNER, "asked", "topic")
        print(f"{told.rows} rows from {told.examples} examples, estimated {told.seconds:.1f} s")
        wall, work = time.perf_counter(), time.process_time()
        batches = filling.fill(house, OWNER, "asked", "topic")
        for _ in range(4):
            half = next(batches)
        call(house, OWNER, "steer", sheet="asked", field="topic", status="stopped")
        print(f"stopped with {half.waiting} left, {len(list(batches))} batches after it")
        *_, last = filling.fill(house, OWNER, "asked", "topic")
        wall, work = time.perf_counter() - wall, time.process_time() - work
        print(f"{last.taken} taken, {last.unsure} unsure, {last.waiting} left")
        print(f"{wall:.1f} s on the wall, {work:.1f} s of the processor")
        house.close()


def main() -> None:
    """Print what is asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("guess", "imports", "match", "table", "backup", "walkthrough"))
    parser.add_argument("--products", type=int, default=5000)
    parser.add_argument("--customers", type=int, default=800)
    parser.add_argument("--invoices", type=int, default=2000)
    parser.add_argument("--orders", type=int, default=100_000)
    parser.add_argument("--wheel", type=Path)
    parser.add_argument("--python", type=Path)
    given = parser.parse_args()
    if given.what == "guess":
        guessed()
    elif given.what == "match":
        matched()
    elif given.what == "table":
        filled()
    elif given.what == "backup":
        firm_backup.measured(given.orders)
    elif given.what == "walkthrough":
        walk(given.wheel, given.python)
    else:
        imported(given.products, given.customers, given.invoices)


if __name__ == "__main__":
    main()
