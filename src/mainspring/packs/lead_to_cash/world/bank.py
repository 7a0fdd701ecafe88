"""The simulated bank: customers pay their invoices, most as they should, and every day brings a statement."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from mainspring.agents.skills.reconcile import Entry, Invoice
from mainspring.engine.events import SYSTEM as ACTOR
from mainspring.gateway import Caller, Gateway
from mainspring.govern.principal import SYSTEM
from mainspring.packs.lead_to_cash import firm
from mainspring.packs.lead_to_cash.orders import CASH
from mainspring.packs.lead_to_cash.world.agenda import Action, Agenda
from mainspring.packs.lead_to_cash.world.payments import Truth, make_payments
from mainspring.runtime import Runtime
from mainspring.services.tables.money import allocations, invoices, payments
from mainspring.services.tables.parties import customers
from mainspring.store import Tx

CLOSES = time(17, tzinfo=UTC)
DAY = timedelta(days=1)


@dataclass(slots=True)
class Bank:
    """Makes payments for the invoices of a day when the day is over, and reports them day by day.

    What it does follows from the books and the seed alone, so that a run that was interrupted plans the same
    payments again; those already on a statement are known there and count once.

    Attributes:
        truth: payment number to what it really pays.
    """

    runtime: Runtime
    gateway: Gateway
    agenda: Agenda
    seed: int
    truth: dict[str, Truth] = field(default_factory=dict)
    _days: set[date] = field(default_factory=set)
    _due: dict[date, list[tuple[Entry, Truth]]] = field(default_factory=dict)

    def resume(self, tx: Tx, first: date) -> None:
        """Plan what an earlier process planned for the invoices since a day."""
        issued = select(invoices.c.issued_at).where(invoices.c.tenant_id == tx.tenant)
        for row in tx.all(issued.where(invoices.c.issued_at >= _midnight(first))):
            self.expect(row.issued_at.date())

    def expect(self, day: date) -> None:
        """Invoices go out on this day; when it is over, their customers decide how to pay."""
        if day not in self._days:
            self._days.add(day)
            self.agenda.at(_midnight(day + DAY), self._planning(day))

    def _planning(self, day: date) -> Action:
        def plan(tx: Tx, _: datetime) -> None:
            made = make_payments(_issued_on(tx, day), self.seed * 1_000_000 + day.toordinal(), twins=False)
            for entry in made.entries:
                booked = entry.booked or day + DAY
                known = replace(entry, entry_id=f"{day}-{entry.entry_id}", booked=booked)
                if booked not in self._due:
                    self._due[booked] = []
                    self.agenda.at(datetime.combine(booked, CLOSES), self._reporting(booked))
                self._due[booked].append((known, made.truth[entry.entry_id]))

        return plan

    def _reporting(self, day: date) -> Action:
        def report(tx: Tx, _: datetime) -> None:
            statement = f"{day:%Y-%m-%d}"
            reported = _reported(tx, statement)
            for number, (entry, truth) in enumerate(self._due.pop(day), 1):
                if number in reported:
                    payment_no, amount = reported[number]
                    self.truth[payment_no] = _over(truth, amount)
                    continue
                amount = _owed(tx, entry, truth)
                if amount > 0:
                    registered = self._register(tx, statement, number, replace(entry, amount=amount))
                    self.truth[registered.payment_no] = _over(truth, amount)
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


def _reported(tx: Tx, statement: str) -> dict[int, tuple[str, Decimal]]:
    """Entries of a statement that an earlier process reported already: number and amount of the payment."""
    p = payments.c
    rows = tx.all(
        select(p.entry, p.payment_no, p.amount).where(p.tenant_id == tx.tenant, p.statement == statement)
    )
    return {row.entry: (row.payment_no, row.amount) for row in rows}


def _owed(tx: Tx, entry: Entry, truth: Truth) -> Decimal:
    """What the customer really pays: a credit note that came meanwhile is taken off a payment in full."""
    if truth.made not in {"exact", "rest"}:
        return entry.amount
    i = invoices.c
    still_open = tx.scalar(
        select(i.open).where(i.tenant_id == tx.tenant, i.invoice_no == truth.parts[0].invoice_no)
    )
    return min(entry.amount, still_open or Decimal(0))


def _over(truth: Truth, amount: Decimal) -> Truth:
    """The truth of a payment in full of this amount."""
    if truth.made not in {"exact", "rest"}:
        return truth
    return truth._replace(parts=(truth.parts[0]._replace(amount=amount),))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(tzinfo=UTC))


def _issued_on(tx: Tx, day: date) -> list[Invoice]:
    """The invoices of a day as their payers see them at its end, in an order that every run has alike."""
    i, c, a = invoices.c, customers.c, allocations.c
    end = _midnight(day + DAY)
    rows = tx.all(
        select(i.invoice_no, i.customer_id, c.name, i.currency, i.total, i.issued_at)
        .join_from(invoices, customers, (c.tenant_id == i.tenant_id) & (c.customer_id == i.customer_id))
        .where(i.tenant_id == tx.tenant, i.order_no != "", i.issued_at >= _midnight(day), i.issued_at < end)
    )
    settled: dict[str, Decimal] = {}
    numbers = select(i.invoice_no).where(
        i.tenant_id == tx.tenant, i.issued_at >= _midnight(day), i.issued_at < end
    )
    early = select(a.invoice_no, a.amount, a.fee).where(
        a.tenant_id == tx.tenant, a.at < end, a.invoice_no.in_(numbers)
    )
    for row in tx.all(early):
        settled[row.invoice_no] = settled.get(row.invoice_no, Decimal(0)) + row.amount + row.fee
    found = [_receivable(row, row.total - settled.get(row.invoice_no, Decimal(0))) for row in rows]
    owed = [invoice for invoice in found if invoice.amount > 0]
    return sorted(owed, key=lambda invoice: (invoice.customer_id, invoice.amount, invoice.invoice_no))


def _receivable(row: Any, owed: Decimal) -> Invoice:
    """The invoice as its payer sees it; a cash buyer has no name and no account that we know."""
    cash = row.customer_id == CASH
    return Invoice(
        row.invoice_no,
        owed,
        "" if cash else row.customer_id,
        "" if cash else row.name,
        "" if cash else firm.account_of(row.customer_id),
        "",
        row.issued_at.date(),
        row.currency,
    )
