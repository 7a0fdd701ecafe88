"""The demo: the firm that ships with the pack, from its January mail to what still waits for people.

Customers, suppliers, the bank and the staff are simulated; the staff leaves some tasks open, so that a
visitor finds work in the inbox. What comes of it is labelled as a simulation.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, Literal

from mainspring.agents.inbox import Inbox
from mainspring.agents.skills.reconcile import Part
from mainspring.agents.skills.score import LeadScorer
from mainspring.app import people
from mainspring.app.house import House, open_house
from mainspring.app.inquiries import receive
from mainspring.app.orders_run import Progress, silent
from mainspring.engine.events import SYSTEM as ACTOR
from mainspring.gateway import Caller
from mainspring.govern.principal import SYSTEM
from mainspring.knowledge import documents
from mainspring.packs.lead_to_cash import company
from mainspring.packs.lead_to_cash.company import Mail
from mainspring.packs.lead_to_cash.world.agenda import Action, Agenda
from mainspring.packs.lead_to_cash.world.bank import Bank
from mainspring.packs.lead_to_cash.world.company_truth import CompanyTruth
from mainspring.packs.lead_to_cash.world.customers import Market
from mainspring.packs.lead_to_cash.world.delays import Delays
from mainspring.packs.lead_to_cash.world.payments import Truth as PaymentTruth
from mainspring.packs.lead_to_cash.world.staff import Staff
from mainspring.packs.lead_to_cash.world.world import World
from mainspring.runtime import queries
from mainspring.services import ledger
from mainspring.services.operation import Context
from mainspring.simulation import Driver, VirtualClock
from mainspring.store import Tx

OPENS = datetime(2026, 1, 1, 8, tzinfo=UTC)
STATEMENT_DAY = datetime(2026, 2, 1, 17, tzinfo=UTC)
LEFT_TO_VISITOR = 0.12
"""The share of tasks that the simulated staff leaves open."""

KNOWN_LEADS = 50
"""The first leads of the table have an outcome from before; the others arrive."""
QUANTUM = timedelta(hours=2)
ENDED = "ended"


@dataclass(frozen=True, slots=True)
class DemoResult:
    """What the demo came to.

    Attributes:
        arrived: documents and leads by what they were understood as.
        cases: lead-to-cash cases by state.
        waiting: open tasks by what is asked.
        books_balance: whether the proof of the books found nothing.
        seconds: of the run.
    """

    arrived: int
    cases: dict[str, int]
    waiting: dict[str, int]
    books_balance: bool
    seconds: float

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "arrived": self.arrived,
            "cases": self.cases,
            "waiting": self.waiting,
            "books_balance": self.books_balance,
            "seconds": round(self.seconds, 2),
            "simulated": True,
        }

    def lines(self) -> list[str]:
        """For the terminal."""
        cases = ", ".join(f"{count} {state}" for state, count in sorted(self.cases.items()))
        waiting = ", ".join(f"{count} {what}" for what, count in sorted(self.waiting.items())) or "nothing"
        return [
            f"{self.arrived} documents and leads arrived; cases: {cases}.",
            f"Waiting for you in the inbox: {waiting}.",
            f"The books {'balance' if self.books_balance else 'DO NOT BALANCE: run mainspring doctor'}.",
            f"Customers, suppliers, bank and staff were simulated; it took {self.seconds:.1f} s.",
        ]


def run_demo(database: str, *, progress: Progress = silent, seed: int = 7) -> DemoResult:
    """Run the demo company from its first day until everything left waits for people.

    Args:
        database: a fresh one.
        progress: told how far it is.
        seed: of all delays, answers and payments.
    """
    started = time.perf_counter()
    clock = VirtualClock(OPENS)
    house = open_house(database, clock=clock, leads=lead_scorer())
    try:
        progress(0, 0, "opening the books")
        with house.store.write() as tx:
            people.move_in(tx, clock())
            company.open_books(Context(tx, clock(), house.keys, SYSTEM))
            house.runtime.deploy(house.pack.files, ACTOR, tx=tx)
        house.learn()
        mails = company.mails()
        world = _world(house, mails, seed)
        arrivals = len(world.agenda)

        def between() -> None:
            left = len(world.agenda)
            progress(max(0, arrivals - left), arrivals, f"{clock():%Y-%m-%d}")

        Driver(house.runtime, [house.worker("digital employees")], clock, world, between=between).run()
        return _result(house, arrivals, time.perf_counter() - started)
    finally:
        house.close()


def lead_scorer() -> LeadScorer:
    """A scorer trained on the leads whose outcome is known from before."""
    known = company.rows("leads.csv")[:KNOWN_LEADS]
    rows = [{name: row[name] for name in LEAD_FACTS} for row in known]
    return LeadScorer.train(rows, [row["outcome"] == "won" for row in known])


LEAD_FACTS = ("source", "industry", "size", "country", "first_message", "answered_within_h", "visits")
"""What is known of a lead when it arrives; its outcome is not."""


def _world(house: House, mails: list[Mail], seed: int) -> World:
    agenda, delays = Agenda(), Delays(seed)
    bank = Bank(house.runtime, house.gateway, agenda, seed)
    truth = CompanyTruth(house.gateway, delays, bank.truth)
    market = Market(house.runtime, house.gateway, agenda, delays, truth.accepts)
    inbox = Inbox(house.runtime, house.gateway)
    staff = Staff(inbox, agenda, delays, truth, leaves=LEFT_TO_VISITOR)
    for mail in mails:
        agenda.at(mail.received_at, _mail(house, mail, truth))
    for number, row in enumerate(company.rows("leads.csv")[KNOWN_LEADS:]):
        agenda.at(OPENS + timedelta(days=1, hours=30 * number), _lead(house, row))
    agenda.at(STATEMENT_DAY, _statement(house, bank))
    return World(house.store, agenda, market, bank, QUANTUM, staff)


def _mail(house: House, mail: Mail, truth: CompanyTruth) -> Action:
    def arrive(tx: Tx, _: datetime) -> None:
        arrived = receive(
            house, tx, SYSTEM, mail.content, file_name=mail.name, channel="mail", received_at=mail.received_at
        )
        truth.mails[arrived.inquiry_no] = mail.truth

    return arrive


def _lead(house: House, row: dict[str, str]) -> Action:
    def arrive(tx: Tx, _: datetime) -> None:
        facts = {name: row[name] for name in LEAD_FACTS}
        new = {"name": row["lead_id"], "source": row["source"], "interest": row["first_message"]}
        lead = house.gateway.call(tx, Caller(SYSTEM), "leads.register", new)
        text = row["first_message"]
        registered = house.gateway.call(
            tx,
            Caller(SYSTEM),
            "inquiries.register",
            {"channel": "lead", "received_at": house.clock(), "reference": row["lead_id"], "text": text}
            | {"file_name": f"{row['lead_id']}.txt", "subject": f"Lead {row['lead_id']}"},
        )
        house.runtime.start(
            "lead_to_cash",
            {
                "inquiry_no": registered.inquiry_no,
                "channel": "lead",
                "lead_no": lead.lead_no,
                "lead": facts,
            },
            actor=ACTOR,
            business_key=row["lead_id"],
            idempotency_key=f"lead/{row['lead_id']}",
            tx=tx,
        )

    return arrive


def _statement(house: House, bank: Bank) -> Callable[[Tx, datetime], None]:
    name, content, labels = company.statement()
    by_index = {label["index"]: label for label in labels}

    def report(tx: Tx, _: datetime) -> None:
        for statement in documents.read(content, name).data:
            for entry in statement.entries:
                if entry.amount <= 0:
                    continue  # what left the account is no customer's payment
                registered = house.gateway.call(
                    tx, Caller(SYSTEM), "payments.register", _booking(name, entry)
                )
                bank.truth[registered.payment_no] = _paid(by_index[entry.index])
        house.runtime.start(
            "bank_statement",
            {"statement": name},
            actor=ACTOR,
            business_key=name,
            idempotency_key=f"statement/{name}",
            tx=tx,
        )

    return report


def _booking(statement: str, entry: Any) -> dict[str, Any]:
    return {
        "statement": statement,
        "entry": entry.index + 1,
        "booked_at": datetime.combine(entry.day, STATEMENT_DAY.timetz()),
        "currency": entry.currency,
        "amount": entry.amount,
        "payer": entry.name,
        "account": entry.iban,
        "reference": entry.text,
    }


def _paid(label: dict[str, Any]) -> PaymentTruth:
    fee = Decimal(label["fee"])
    kind: Literal["fee", "merged", "exact"] = (
        "fee" if fee else "merged" if len(label["parts"]) > 1 else "exact"
    )
    parts = tuple(Part(part["invoice_no"], Decimal(part["amount"]), kind) for part in label["parts"])
    return PaymentTruth(parts, label["case"], "kept")


def _result(house: House, arrived: int, seconds: float) -> DemoResult:
    cases: dict[str, int] = {}
    waiting: dict[str, int] = {}
    with house.store.read() as tx:
        for one in queries.instances(tx, process_id="lead_to_cash", roots_only=True, limit=100_000):
            state = ENDED if one.state != "active" else "still going on"
            cases[state] = cases.get(state, 0) + 1
        for task in queries.tasks(tx, limit=100_000):
            waiting[task.name] = waiting.get(task.name, 0) + 1
        balance = not ledger.check(tx)
    return DemoResult(arrived, cases, waiting, balance, seconds)
