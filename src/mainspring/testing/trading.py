"""A trading company for tests: its records, and a desk that calls the business systems."""

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from mainspring.services import Context, ledger, load, operations
from mainspring.services.ledger_check import Finding
from mainspring.store import Store, Tx


class Clerk(NamedTuple):
    """Who works at the desk."""

    kind: str = "agent"
    id: str = "clerk"


START = datetime(2026, 3, 2, 8, tzinfo=UTC)

PRODUCTS: list[dict[str, Any]] = [
    {"sku": "A", "name": "Hexagon bolt M8x30", "name_zh": "六角螺栓 M8x30", "list_price": "1.00"},
    {"sku": "B", "name": "Hexagon bolt M8x40", "name_zh": "六角螺栓 M8x40", "list_price": "1.20"},
    {"sku": "C", "name": "Washer 8 mm", "list_price": "0.10", "tax_rate": "0.2"},
]
CUSTOMERS: list[dict[str, Any]] = [
    {
        "customer_id": "K1",
        "name": "Demo Trading Ltd",
        "email": "buyer@demo.example",
        "tax_id": "DE 123",
        "credit_limit": "1000",
    },
    {"customer_id": "K2", "name": "Demo Works GmbH", "tier": "GOLD", "blocked": "true"},
    {"customer_id": "K3", "name": "Demo Yard GmbH", "tier": "GOLD"},
]


class TradingDesk:
    """Calls operations; every call is a transaction of its own unless one is open."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.now = START
        self.keys: Callable[[], int] = itertools.count(1).__next__
        self.operations = {operation.name: operation for operation in operations()}
        self._tx: Tx | None = None

    @contextmanager
    def transaction(self) -> Iterator[Tx]:
        """Open a transaction, or a savepoint of the one that is open."""
        if self._tx is not None:
            with self._tx.savepoint():
                yield self._tx
            return
        with self.store.write() as tx:
            self._tx = tx
            try:
                yield tx
            finally:
                self._tx = None

    def context(self, tx: Tx) -> Context:
        """What a handler gets."""
        return Context(tx, self.now, self.keys, Clerk())

    def call(self, name: str, /, **arguments: Any) -> Any:
        """Call an operation with plain arguments; gives its answer."""
        operation = self.operations[name]
        given = operation.input.model_validate(arguments)
        with self.transaction() as tx:
            result = operation.handler(self.context(tx), given)
        # Handlers build their answers without validation, for speed; here it is made up for.
        if operation.output.model_validate(result.model_dump()) != result:
            raise TypeError(f"{name} answered {result!r}, which is no {operation.output.__name__}")
        return result

    def later(self, **time: float) -> None:
        """Let time pass."""
        self.now += timedelta(**time)

    def load(self, **files: list[dict[str, Any]]) -> load.Result:
        """Load rows of dicts; the first stands in line 2, below the heading."""
        with self.transaction() as tx:
            return load.catalogue(
                self.context(tx),
                **{
                    kind: load.File(f"{kind}.csv", [load.Row(line, row) for line, row in enumerate(rows, 2)])
                    for kind, rows in files.items()
                },
            )

    def check(self) -> list[Finding]:
        """What is wrong with the books."""
        with self.store.read() as tx:
            return ledger.check(tx)

    def balances(self) -> dict[str, Decimal]:
        """The accounts that are not zero."""
        with self.store.read() as tx:
            return {one.account: one.balance for one in ledger.trial_balance(tx) if one.balance}

    # -- shortcuts along the way -----------------------------------------------------------------------

    def quote(self, *lines: tuple[str, str, str], customer: str = "K1") -> Any:
        """(article, quantity, unit price) each."""
        return self.call(
            "quotes.create",
            customer_id=customer,
            currency="EUR",
            lines=[
                {"line": number, "sku": sku, "quantity": quantity, "unit_price": price}
                for number, (sku, quantity, price) in enumerate(lines, 1)
            ],
        )

    def order(self, *lines: tuple[str, str, str], customer: str = "K1", source_no: str | None = None) -> Any:
        """Record an order of (article, quantity, unit price) each."""
        return self.call(
            "orders.create",
            source_no=source_no or f"PO-{self.keys()}",
            customer_id=customer,
            currency="EUR",
            lines=[
                {"line": number, "sku": sku, "quantity": quantity, "unit_price": price}
                for number, (sku, quantity, price) in enumerate(lines, 1)
            ],
        )

    def deliver(self, order_no: str) -> Any:
        """Reserve, pack and ship all that is there."""
        self.call("stock.reserve", order_no=order_no)
        delivery = self.call("deliveries.create", order_no=order_no)
        return self.call("deliveries.ship", delivery_no=delivery.delivery_no)

    def invoice(self, *lines: tuple[str, str, str], customer: str = "K1") -> Any:
        """Order, deliver and invoice in one go."""
        delivery = self.deliver(self.order(*lines, customer=customer).order_no)
        return self.call(
            "invoices.issue",
            delivery_no=delivery.delivery_no,
            customer_id=delivery.customer_id,
            currency=delivery.currency,
            total=delivery.total,
        )

    def pay(self, amount: str | Decimal, entry: int | None = None, **more: Any) -> Any:
        """Take in a statement entry."""
        return self.call(
            "payments.register",
            statement="2026-03",
            entry=entry or self.keys(),
            booked_at=self.now,
            currency="EUR",
            amount=amount,
            **more,
        )

    def supply(self, on_hand: int = 100) -> None:
        """Load two customers who may buy, a blocked one, and three products; article C is taxed at 20 %."""
        result = self.load(
            products=PRODUCTS,
            customers=CUSTOMERS,
            stock=[{"sku": product["sku"], "on_hand": on_hand} for product in PRODUCTS],
        )
        if result.problems:
            raise ValueError(result.problems)
