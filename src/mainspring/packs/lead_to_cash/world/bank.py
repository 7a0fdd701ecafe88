"""The simulated bank: customers pay their invoices, most as they should, and every day brings a statement."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from typing import Any

from mainspring.agents.skills.reconcile import Entry, Invoice
from mainspring.engine.events import SYSTEM as ACTOR
from mainspring.gateway import Caller, Gateway
from mainspring.govern.principal import SYSTEM
from mainspring.packs.lead_to_cash.world.agenda import Action, Agenda
from mainspring.packs.lead_to_cash.world.payments import Truth, make_payments
from mainspring.runtime import Runtime
from mainspring.store import Tx

CLOSES = time(17, tzinfo=UTC)


@dataclass(slots=True)
class Bank:
    """Makes payments for invoices as they are issued and reports them day by day.

    Attributes:
        truth: payment number to what it really pays.
        known: invoices whose payment is under way.
    """

    runtime: Runtime
    gateway: Gateway
    agenda: Agenda
    seed: int
    truth: dict[str, Truth] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)
    _due: dict[date, list[tuple[Entry, Truth]]] = field(default_factory=dict)
    _batches: int = 0

    def invoices(self, issued: list[Invoice], now: datetime) -> None:
        """Customers decide how to pay these."""
        self._batches += 1
        self.known.update(invoice.invoice_no for invoice in issued)
        made = make_payments(issued, self.seed * 100_000 + self._batches, twins=False)
        for entry in made.entries:
            day = max(entry.booked or now.date(), now.date())
            known = replace(entry, entry_id=f"{self._batches}-{entry.entry_id}", booked=day)
            if day not in self._due:
                self._due[day] = []
                self.agenda.at(max(datetime.combine(day, CLOSES), now), self._reporting(day))
            self._due[day].append((known, made.truth[entry.entry_id]))

    def _reporting(self, day: date) -> Action:
        def report(tx: Tx, _: datetime) -> None:
            statement = f"{day:%Y-%m-%d}"
            entries = self._due.pop(day)
            for number, (entry, truth) in enumerate(entries, 1):
                registered = self._register(tx, statement, number, entry)
                self.truth[registered.payment_no] = truth
            self.runtime.start(
                "bank_statement",
                {"statement": statement},
                actor=ACTOR,
                business_key=statement,
                idempotency_key=f"statement/{statement}",
                tx=tx,
            )

        return report

    def _register(self, tx: Tx, statement: str, number: int, entry: Entry) -> Any:
        arguments = {
            "statement": statement,
            "entry": number,
            "booked_at": datetime.combine(entry.booked or date.min, CLOSES),
            "currency": entry.currency,
            "amount": entry.amount,
            "payer": entry.payer,
            "account": entry.account,
            "reference": entry.text,
        }
        return self.gateway.call(tx, Caller(SYSTEM), "payments.register", arguments)
