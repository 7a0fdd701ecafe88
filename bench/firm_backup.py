"""Backup of a firm while work goes on, and its way back: books, cases and evidence of many orders.

    python -m bench.firm_backup [--orders 100000]
    python -m bench.small_firm backup

Each order has two lines, a shipped delivery, an invoice with its lines and its balanced entry in the ledger,
and a case of its own that the real engine and log started, sealed as evidence. Customers, products and
figures are made up. While the backup runs, another process starts cases, one commit each; then the archive is
brought back into a fresh folder, where the books are proved and the evidence is hashed again.
"""

import argparse
import multiprocessing
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from bench import disk
from bench.waiting import ANN, MODEL, runtime_of

from mainspring.app import backup
from mainspring.app.evidence import key_file, signer
from mainspring.app.house import House
from mainspring.app.opening import open_or_create
from mainspring.govern.evidence import Sealer
from mainspring.services.tables.goods import stock, stock_moves
from mainspring.services.tables.money import invoices, ledger_entries, ledger_postings
from mainspring.services.tables.sales import (
    deliveries,
    delivery_lines,
    order_lines,
    orders,
    sales_history,
)
from mainspring.store import Tx, open_store
from mainspring.store.keys import utc_now

if TYPE_CHECKING:
    from multiprocessing.queues import Queue

TARGET = 60.0
CUSTOMERS, PRODUCTS, TOGETHER, SEAL_AFTER = 800, 5000, 1000, 20_000
QUANTITY, PRICE, NET, TAX = Decimal(10), Decimal("2.50"), Decimal("25.00"), Decimal("3.25")
RATE, NONE = Decimal("0.13"), Decimal(0)
KINDS = ("order", "delivery", "invoice")
Rows = dict[Any, list[dict[str, Any]]]


def sums(lines: int = 1) -> dict[str, Any]:
    """The sums of so many lines."""
    return {"currency": "EUR", "net": NET * lines, "tax": TAX * lines, "total": (NET + TAX) * lines}


def booked(number: int, keys: Callable[[], int]) -> Rows:
    """The rows of an order that was delivered and invoiced, by table."""
    now = utc_now() - timedelta(minutes=number % 500_000)
    order, delivery, invoice = (f"{letter}-{number:06d}" for letter in "ODI")
    customer = {"customer_id": f"C{number % CUSTOMERS:04d}"}
    made: Rows = {
        orders: [
            {"order_no": order, "quote_no": None, "source": "mail", "source_no": f"PO {number}"}
            | {"source_digest": "", "status": "closed", "invoiced": (NET + TAX) * 2, "reason": ""}
            | {"ordered_at": now, "created_at": now, "changed_at": now}
            | customer
            | sums(2)
        ],
        deliveries: [
            {"delivery_no": delivery, "order_no": order, "status": "shipped", "invoice_no": invoice}
            | {"created_at": now, "shipped_at": now}
        ],
        invoices: [
            {"invoice_no": invoice, "order_no": order, "delivery_no": delivery, "open": (NET + TAX) * 2}
            | {"issued_at": now, "due_at": now + timedelta(days=30), "settled_at": None, "dunning_level": 0}
            | customer
            | sums(2)
        ],
    }
    for line in (1, 2):
        sku = f"P{(number * 2 + line) % PRODUCTS:04d}"
        sold = {"line": line, "sku": sku, "description": f"Demo product {sku}", "quantity": QUANTITY}
        sold |= {"unit": "pcs", "unit_price": PRICE, "tax_rate": RATE, "net": NET, "tax": TAX}
        went = {"reserved": NONE, "delivered": QUANTITY, "cancelled": NONE}
        back = {"returned": NONE, "credited_net": NONE, "credited_tax": NONE}
        part = {"delivery_no": delivery, "line": line, "sku": sku, "quantity": QUANTITY}
        move = {"move": keys(), "at": now, "sku": sku, "kind": "delivery", "quantity": -QUANTITY}
        made.setdefault(order_lines, []).append({"order_no": order} | sold | went)
        made.setdefault(delivery_lines, []).append(part)
        made.setdefault(stock_moves, []).append(move | {"document": delivery, "line": line})
        history = {"document": invoice, "order_no": order, "sold_at": now}
        made.setdefault(sales_history, []).append(history | sold | customer | back)
    entry = {"entry": keys(), "currency": "EUR"}
    by = {"actor_kind": "person", "actor_id": "ann"}
    made[ledger_entries] = [entry | by | {"at": now, "kind": "invoice", "document": invoice}]
    sides = (("receivables", (NET + TAX) * 2), ("revenue", -NET * 2), ("tax", -TAX * 2))
    made[ledger_postings] = [
        entry | {"line": line, "account": account, "amount": amount, "party": customer["customer_id"]}
        for line, (account, amount) in enumerate(sides, 1)
    ]
    return made


def write(tx: Tx, numbers: range, keys: Callable[[], int]) -> None:
    """Book these orders, many rows to a statement."""
    together: Rows = {}
    for number in numbers:
        for table, rows in booked(number, keys).items():
            together.setdefault(table, []).extend(rows)
    for table, rows in together.items():
        tx.insert(table, rows)
    for kind in KINDS:
        tx.count(f"number of {kind}", len(numbers))


def build(house: House, many: int, sealer: Sealer) -> None:
    """Write the firm: orders with their cases, the stock that they came from, the evidence."""
    runtime = runtime_of(house.store)
    runtime.deploy({"wait.bpmn": MODEL}, ANN)
    keys = house.keys
    left: dict[str, Decimal] = {}
    for first in range(1, many + 1, TOGETHER):
        numbers = range(first, min(first + TOGETHER, many + 1))
        with house.store.write() as tx:
            write(tx, numbers, keys)
            for number in numbers:
                given = {"order": number, "customer": f"C{number % CUSTOMERS:04d}"}
                runtime.start("wait", given, actor=ANN, business_key=f"O-{number:06d}", tx=tx)
        if first % SEAL_AFTER == 1:
            sealer.seal(now=utc_now())
        for number in numbers:
            for line in (1, 2):
                sku = f"P{(number * 2 + line) % PRODUCTS:04d}"
                left[sku] = left.get(sku, NONE) + QUANTITY
    now = utc_now()
    receipt = {"at": now, "kind": "receipt", "line": 1}
    with house.store.write() as tx:
        tx.insert(
            stock_moves,
            [
                receipt | {"move": keys(), "sku": sku, "document": f"opening {sku}", "quantity": gone + 100}
                for sku, gone in left.items()
            ],
        )
        tx.insert(stock, [{"sku": sku, "on_hand": Decimal(100), "reserved": NONE} for sku in left])


def work(database: str, stop: Event, told: "Queue[list[float]]") -> None:
    """Start cases, a commit each, until told to stop; tell how long each took."""
    store = open_store(database, "main", create=False)
    runtime, took = runtime_of(store), list[float]()
    told.put([])
    while not stop.is_set():
        begun = time.perf_counter()
        runtime.start("wait", {"order": 0}, actor=ANN)
        took.append(time.perf_counter() - begun)
    store.close()
    told.put(took)


class Busy:
    """Another process that works on the database while the block runs; `took` are its seconds a commit."""

    def __init__(self, database: str) -> None:
        context = multiprocessing.get_context("spawn")
        self.took: list[float] = []
        self._stop, self._told = context.Event(), context.Queue()
        self._process = context.Process(target=work, args=(database, self._stop, self._told))

    def __enter__(self) -> Self:
        self._process.start()
        self._told.get(timeout=300)  # it is at work
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self.took = self._told.get(timeout=300)
        self._process.join(60)


def lines(many: int, folder: Path) -> Iterator[str]:
    """Do it, and say what it took."""
    file = folder / "firm" / "mainspring.db"
    database = f"sqlite:///{file}"
    begun = time.perf_counter()
    file.parent.mkdir()
    house = open_or_create(database)
    sealer = Sealer(house.store, signer(key_file(database)))
    build(house, many, sealer)
    sealer.seal(now=utc_now())
    house.close()
    size = sum(one.stat().st_size for one in file.parent.iterdir()) / 1e6
    yield f"{many:,} orders with their cases: {size:,.0f} MB, built in {time.perf_counter() - begun:,.0f} s"
    archive = folder / "monday.zip"
    with Busy(database) as busy:
        wall, spent = time.perf_counter(), time.process_time()
        kept = backup.back_up(database, archive, utc_now(), keys=True)
        wall, spent = time.perf_counter() - wall, time.process_time() - spent
    verdict = "kept" if wall < TARGET else "missed"
    yield f"backup: {wall:.1f} s on the wall, {spent:.1f} s of the processor, {kept.bytes / 1e6:,.0f} MB"
    yield f"  target {TARGET:.0f} s: {verdict}"
    slowest = max(busy.took, default=0.0)
    yield f"meanwhile: {len(busy.took):,} commits of another process, the slowest {slowest * 1000:,.0f} ms"
    begun = time.perf_counter()
    found = backup.restore(archive, f"sqlite:///{folder / 'again' / 'mainspring.db'}")
    took = time.perf_counter() - begun
    said = "; ".join(found.contradictions) or "the books balance"
    yield f"restore: {took:.1f} s, {found.leaves:,} leaves of evidence are what was sealed, {said}"


def measured(many: int = 100_000) -> None:
    """Print it; what is written is thrown away."""
    with disk.folder() as folder:
        for line in lines(many, Path(folder)):
            print(line, flush=True)


def main() -> None:
    """Print what is asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--orders", type=int, default=100_000)
    measured(parser.parse_args().orders)


if __name__ == "__main__":
    main()
