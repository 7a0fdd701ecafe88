"""Money in lead to cash: it waits for the people whom the ladder names, bound to exactly what they saw."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from mainspring.agents.inbox import Inbox
from mainspring.app.house import House
from mainspring.gateway import Caller
from mainspring.gateway.errors import Denied, Waiting
from mainspring.govern import identity
from mainspring.govern.errors import ApprovalError
from mainspring.govern.identity import Person
from mainspring.govern.principal import Principal
from mainspring.packs.lead_to_cash.orders import read
from mainspring.runtime import queries
from mainspring.runtime.queries import Task
from mainspring.services.tables.money import refunds
from mainspring.services.tables.sales import quotes
from mainspring.simulation import VirtualClock

CLERK = Principal("agent", "pricing_clerk", roles=frozenset({"agent"}))
BOTH = Person(
    "both-hats",
    "Demo seller and manager",
    roles=frozenset({"worker"}),
    groups=frozenset({"sales", "sales_manager"}),
)


class Desk:
    """The house after one order came in, an hour later, with nobody having answered."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.inbox = Inbox(house.runtime, house.gateway)

    def tasks(self) -> list[Task]:
        with self.house.store.read() as tx:
            return queries.tasks(tx)

    def answer(self, task: Task, person: str, outcome: str | None = None, **values: Any) -> None:
        with self.house.store.write() as tx:
            self.inbox.complete(tx, task.key, identity.principal(tx, person), outcome, values)

    def work(self) -> None:
        worker = self.house.worker()
        while worker.run_once():
            pass

    def quote(self) -> Any:
        with self.house.store.read() as tx:
            return tx.all(select(quotes).where(quotes.c.tenant_id == tx.tenant))[0]


@pytest.fixture
def ask(world: Any) -> Iterator[Any]:
    """Let one order come in: give its lines as (product, quantity); product None was never sold before."""
    opened = []

    def call(*lines: tuple[int | None, int]) -> Desk:
        rows = []
        for product, quantity in lines:
            row = world.line("8900", quantity=quantity, product=product or 0)
            rows.append(row if product is not None else [row[0], "DM901", "DEMO PAPER LAMP", *row[3:]])
        file = world.file("one.csv", rows)
        world.run("none", orders=[file])
        at = read([file]).orders[0].placed_at + timedelta(hours=1)
        opened.append(world.house(clock=VirtualClock(at)))
        return Desk(opened[-1].__enter__())

    yield call
    for house in opened:
        house.__exit__(None, None, None)


def test_a_small_quote_at_a_learned_price_goes_out_alone(ask: Any) -> None:
    desk = ask((0, 5))

    assert [task for task in desk.tasks() if task.kind == "approval"] == []
    assert desk.quote().status == "accepted"


def test_a_large_quote_waits_for_its_confirmation(ask: Any) -> None:
    desk = ask((7, 7), (6, 60))  # 2,978.50
    (task,) = desk.tasks()
    assert (task.kind, task.candidate_groups, desk.quote().status) == (
        "approval",
        ("sales_manager",),
        "draft",
    )

    desk.answer(task, "sales-manager-1", "approved")
    desk.work()

    assert desk.quote().status == "sent"


def test_a_very_large_quote_waits_for_two_different_people(ask: Any) -> None:
    desk = ask((7, 7), (6, 300))  # above 10,000
    one, other = desk.tasks()

    desk.answer(one, "sales-manager-1", "approved")
    with pytest.raises(ApprovalError, match="confirmed already"):
        desk.answer(other, "sales-manager-1", "approved")
    desk.work()
    assert desk.quote().status == "draft"
    desk.answer(other, "sales-manager-2", "approved")
    desk.work()

    assert desk.quote().status == "sent"


def test_who_prepared_a_quote_may_not_confirm_it(ask: Any) -> None:
    desk = ask((None, 6))
    with desk.house.store.write() as tx:
        identity.add_person(tx, BOTH, now=desk.house.clock())
    (review,) = desk.tasks()
    lines = [
        {**line, "sku": "DM400", "unit_price": Decimal(500)} for line in review.payload["values"]["lines"]
    ]
    desk.answer(review, BOTH.id, "edited", lines=lines)
    desk.work()
    (task,) = desk.tasks()

    with pytest.raises(Denied, match="preparer-never-approves"):
        desk.answer(task, BOTH.id, "approved")

    assert [one.key for one in desk.tasks()] == [task.key]
    assert desk.quote().status == "draft"


def test_another_amount_than_the_confirmed_one_is_asked_about_again(ask: Any) -> None:
    desk = ask((7, 7), (6, 60))
    (task,) = desk.tasks()
    quote = desk.quote()
    desk.answer(task, "sales-manager-1", "approved")
    caller = Caller(
        CLERK,
        process_id=task.process_id,
        instance=task.instance,
        process_instance=task.process_instance,
        element=task.element,
        element_key=task.element_key,
        job=task.job,
        confidence=1.0,
    )
    arguments = {"quote_no": quote.quote_no, "customer_id": quote.customer_id, "currency": quote.currency}

    with pytest.raises(Waiting), desk.house.store.write() as tx:
        desk.house.gateway.call(tx, caller, "quotes.confirm", {**arguments, "total": quote.total + 1})

    assert desk.quote().status == "draft"
    with desk.house.store.write() as tx:
        desk.house.gateway.call(tx, caller, "quotes.confirm", {**arguments, "total": quote.total})
    assert desk.quote().status == "confirmed"


def test_paying_money_back_is_left_to_a_person(world: Any) -> None:
    waiting = world.run("none").as_dict()["waiting"]

    assert "incident: refund" not in waiting
    with world.house() as house, house.store.read() as tx:
        asked = [task for task in queries.tasks(tx, limit=1000) if task.element == "refund"]
        paid = tx.all(select(refunds.c.refund_no).where(refunds.c.tenant_id == tx.tenant))
    assert [(task.kind, task.candidate_groups) for task in asked] == [("approval", ("finance_manager",))]
    assert paid == []
