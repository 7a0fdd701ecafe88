"""Procure to pay from shortage to paid invoice: what comes short or damaged is neither stocked nor paid."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from mainspring.agents.inbox import Inbox
from mainspring.app.house import House
from mainspring.app.opening import open_or_create
from mainspring.engine.events import Actor
from mainspring.gateway import Caller
from mainspring.govern import identity
from mainspring.runtime import queries
from mainspring.runtime.queries import Task
from mainspring.services import ledger

OWNER = Actor("person", "owner")
OFFERS = [
    {"supplier_id": "S1", "line": 1, "unit_price": "0.50", "currency": "EUR", "carton": 60, "lead_days": 9},
    {"supplier_id": "S2", "line": 1, "unit_price": "0.60", "currency": "EUR", "lead_days": 4},
]


class Office:
    """A firm that runs short of a product, and its people."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.inbox = Inbox(house.runtime, house.gateway)
        with house.store.read() as tx:
            self.owner = identity.principal(tx, "owner")
        self.call("products.save", sku="A", name="Demo hinge", currency="EUR")
        for supplier in ("S1", "S2"):
            self.call("suppliers.save", supplier_id=supplier, name=f"Demo {supplier}", currency="EUR")

    def call(self, operation: str, **given: Any) -> Any:
        return self.house.gateway.perform(self.house.store, Caller(self.owner), operation, given)

    def work(self) -> None:
        worker = self.house.worker()
        while worker.run_once():
            pass

    def task(self) -> Task:
        self.work()
        with self.house.store.read() as tx:
            (task,) = queries.tasks(tx)
        return task

    def answer(self, element: str, person: str, outcome: str | None = None, **values: Any) -> Task:
        task = self.task()
        assert task.element == element
        with self.house.store.write() as tx:
            self.inbox.complete(tx, task.key, identity.principal(tx, person), outcome, values)
        return task

    def on_hand(self) -> Decimal:
        on_hand: Decimal = self.call("stock.levels", skus=["A"]).levels[0].on_hand
        return on_hand


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    house = open_or_create(f"sqlite:///{tmp_path}/house.db")
    yield Office(house)
    with house.store.read() as tx:
        assert ledger.check(tx) == []
    house.close()


def charged(quantity: str, price: str = "0.60") -> list[dict[str, Any]]:
    net = Decimal(quantity) * Decimal(price)
    return [{"purchase_line": 1, "quantity": quantity, "unit_price": price, "net": net}]


def bought(office: Office) -> int:
    """A case up to the ordered goods: the supplier whose whole cartons cost more is passed over."""
    lines = [{"sku": "A", "quantity": 50}]
    key = office.house.runtime.start("procure_to_pay", {"lines": lines, "currency": "EUR"}, actor=OWNER)
    office.answer("enter_answers", "sales-1", offers=[*OFFERS[:1], OFFERS[1] | {"unit_price": "0.55"}])
    confirmation = office.answer("order_goods", "finance-manager-1", "approved")
    assert confirmation.kind == "approval"
    return key


def test_goods_come_short_and_damaged_and_only_what_was_kept_is_paid(office: Office) -> None:
    bought(office)
    first = [{"line": 1, "received": 30, "rejected": 0}]
    office.answer("goods_come", "sales-1", receipt_no="DN-1", received_lines=first)
    rest = [{"line": 1, "received": 15, "rejected": 5, "reason": "bent"}]
    office.answer("goods_come", "sales-1", receipt_no="DN-2", received_lines=rest, nothing_more=True)
    bill = charged("50", "0.55")
    office.answer("invoice_comes", "finance-1", supplier_invoice_no="R-1", charged_lines=bill)
    office.answer("settle_dispute", "finance-1", payable="22.00", dispute_note="credit agreed")
    assert office.on_hand() == 40
    office.answer("accept_invoice", "finance-manager-1", "approved")
    office.task()
    (owed,) = office.call("payables.list").payables
    assert (owed.supplier_id, owed.open) == ("S2", 22)
    out = office.call(
        "payments.register",
        statement="S",
        entry=1,
        booked_at=office.house.clock(),
        currency="EUR",
        amount="-22.00",
    )
    office.answer("invoice_paid", "finance-1", supplier_payment_no=out.payment_no)
    office.work()
    assert office.call("payables.list").payables == ()


def test_papers_that_agree_need_nobody_but_the_one_who_confirms(office: Office) -> None:
    bought(office)
    whole = [{"line": 1, "received": 50}]
    office.answer("goods_come", "sales-1", receipt_no="DN-1", received_lines=whole)
    bill = charged("50", "0.55")
    office.answer("invoice_comes", "finance-1", supplier_invoice_no="R-1", charged_lines=bill)
    assert office.task().element == "accept_invoice"


def test_when_nobody_can_deliver_a_person_chooses(office: Office) -> None:
    lines = [{"sku": "A", "quantity": 50}]
    office.house.runtime.start("procure_to_pay", {"lines": lines, "currency": "EUR"}, actor=OWNER)
    office.answer("enter_answers", "sales-1", offers=[])
    assert (office.task().element, office.task().kind) == ("compare_answers", "review")
