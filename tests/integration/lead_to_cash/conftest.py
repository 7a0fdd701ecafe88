"""A small made-up order world: a history to learn prices and wordings from, and orders that arrive."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from mainspring.app import house as houses
from mainspring.app.house import House
from mainspring.app.orders_run import RunResult, run_orders
from mainspring.packs.lead_to_cash.orders import COLUMNS
from mainspring.services import ledger
from mainspring.services.tables.inquiries import inquiries
from mainspring.services.tables.money import invoices, payments
from mainspring.services.tables.sales import orders as order_table
from mainspring.services.tables.sales import quotes
from mainspring.store import Tx

PRODUCTS = (
    ("DM100", "DEMO BRASS HINGE 40MM", "2.50"),
    ("DM101", "DEMO BRASS HINGE 60MM", "3.10"),
    ("DM200", "DEMO OAK SHELF SMALL", "12.75"),
    ("DM201", "DEMO OAK SHELF LARGE", "19.95"),
    ("DM300", "DEMO CERAMIC KNOB BLUE", "1.25"),
    ("DM301", "DEMO CERAMIC KNOB WHITE", "1.25"),
    ("DM400", "DEMO COPPER LANTERN", "42.00"),
    ("DM500", "DEMO WOOL BLANKET GREY", "65.50"),
)
NEVER_SOLD = ("DM900", "DEMO GLASS CARAFE WITH STOPPER", "8.40")
CUSTOMERS = ("70001", "70002", "70003", "70004", "70005")
ORDERS = 30
BEGIN = datetime(2011, 8, 1, 9, 0, tzinfo=UTC)
HISTORY_BEGIN = datetime(2011, 3, 1, 9, 0, tzinfo=UTC)
Row = Sequence[str]


def write(path: Path, rows: Iterable[Row], *, encoding: str = "utf-8") -> Path:
    """An order file."""
    with path.open("w", encoding=encoding, newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(COLUMNS)
        sheet.writerows(rows)
    return path


def row(number: str, product: tuple[str, str, str], quantity: int, at: datetime, customer: str) -> Row:
    """One line of an order."""
    sku, text, price = product
    return (number, sku, text, str(quantity), f"{at:%Y-%m-%d %H:%M:%S}", price, customer, "Demoland")


def history_rows() -> list[Row]:
    """Everyone, cash buyers too, bought every product three times, always at its usual price."""
    rows = []
    for turn in range(3):
        for place, customer in enumerate((*CUSTOMERS, "")):
            at = HISTORY_BEGIN + timedelta(days=30 * turn + place)
            number = f"9{turn}{place:02}"
            rows += [row(number, product, 5 + turn, at, customer) for product in PRODUCTS]
    return rows


def order_rows() -> list[Row]:
    """Thirty orders: small ones, three that need confirmations, one new product, cash sales, a return."""
    rows = []
    for number in range(1, ORDERS + 1):
        at = BEGIN + timedelta(hours=7 * number)
        customer = "" if number in {10, 20} else CUSTOMERS[number % len(CUSTOMERS)]
        name = f"8{number:03}"
        some = [PRODUCTS[(number + step) % len(PRODUCTS)] for step in range(1 + number % 3)]
        rows += [row(name, product, 4 + number % 5, at, customer) for product in some]
        if number == 7:
            rows.append(row(name, NEVER_SOLD, 6, at, customer))
        if number in {11, 12}:
            rows.append(row(name, PRODUCTS[6], 100, at, customer))  # 4,200: one confirmation
        if number == 13:
            rows.append(row(name, PRODUCTS[7], 200, at, customer))  # 13,100: two
    returned = BEGIN + timedelta(days=60)
    rows.append(row("C8001", PRODUCTS[2], -2, returned, CUSTOMERS[1]))
    return rows


@dataclass(frozen=True)
class OrderWorld:
    """The files of the world, a database for it, and the ways to look at what became of them."""

    history: Path
    orders: Path
    folder: Path
    database: str

    def run(self, staff: Any = "none", *, orders: Sequence[Path] = (), **more: Any) -> RunResult:
        """Run the orders on the world's database; the same database again continues."""
        more.setdefault("database", self.database)
        return run_orders([*orders] or [self.orders], [self.history], staff=staff, **more)

    @contextmanager
    def house(self, **more: Any) -> Iterator[House]:
        """The house as the run left it."""
        house = houses.open_house(self.database, **more)
        try:
            yield house
        finally:
            house.close()

    def books(self) -> "Books":
        """What the books say, in names that every run has alike."""
        with self.house() as house, house.store.read() as tx:
            return Books.of(tx)

    def file(self, name: str, rows: Iterable[Row], *, encoding: str = "utf-8") -> Path:
        """A further order file."""
        return write(self.folder / name, rows, encoding=encoding)

    def line(self, number: str, customer: str = "70001", quantity: int = 5, product: int = 0) -> list[str]:
        """A row of a further order, to be spoilt."""
        return list(row(number, PRODUCTS[product], quantity, BEGIN, customer))


@dataclass(frozen=True)
class Books:
    """The final books: proof, balances, and what each order came to."""

    findings: list[Any]
    balances: dict[str, Decimal]
    orders: list[tuple[Any, ...]]
    payments: list[tuple[Any, ...]]

    @classmethod
    def of(cls, tx: Tx) -> "Books":
        """Read them: an order with its invoice and what is open; a payment with what is left of it."""
        i, o, q, e = invoices.c, order_table.c, quotes.c, inquiries.c
        billed = (
            select(e.file_name, i.customer_id, i.total, i.open, i.issued_at)
            .select_from(invoices)
            .join(order_table, (o.tenant_id == i.tenant_id) & (o.order_no == i.order_no))
            .join(quotes, (q.tenant_id == o.tenant_id) & (q.quote_no == o.quote_no))
            .join(inquiries, (e.tenant_id == q.tenant_id) & (e.inquiry_no == q.inquiry_no))
            .where(i.tenant_id == tx.tenant)
        )
        p = payments.c
        paid = select(p.statement, p.customer_id, p.amount, p.open).where(p.tenant_id == tx.tenant)
        return cls(
            ledger.check(tx),
            {one.account: one.balance for one in ledger.trial_balance(tx)},
            sorted(tuple(row) for row in tx.all(billed)),
            sorted((one.statement, one.customer_id or "", one.amount, one.open) for one in tx.all(paid)),
        )


@pytest.fixture
def fresh_sqlite(tmp_path: Path) -> str:
    """The address of a database file of this test."""
    return f"sqlite:///{tmp_path / 'orders.db'}"


@pytest.fixture
def world(tmp_path: Path) -> OrderWorld:
    """The order world on a database file of this test."""
    return _world(tmp_path, f"sqlite:///{tmp_path / 'orders.db'}")


@pytest.fixture
def world_on(tmp_path: Path) -> Callable[[str], OrderWorld]:
    """The order world on the database of an address."""
    return lambda database: _world(tmp_path, database)


def _world(folder: Path, database: str) -> OrderWorld:
    history = write(folder / "history.csv", history_rows())
    return OrderWorld(history, write(folder / "orders.csv", order_rows()), folder, database)
