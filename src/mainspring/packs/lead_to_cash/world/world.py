"""A simulated world: it watches who waits for something from outside, plans what comes, and lets it come."""

import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

import structlog

from mainspring.agents.skills.reconcile import Invoice
from mainspring.base.errors import MainspringError
from mainspring.gateway import Caller
from mainspring.govern.principal import SYSTEM
from mainspring.packs.lead_to_cash.orders import CASH
from mainspring.packs.lead_to_cash.world.agenda import Agenda
from mainspring.packs.lead_to_cash.world.bank import Bank
from mainspring.packs.lead_to_cash.world.customers import Market
from mainspring.packs.lead_to_cash.world.staff import Staff
from mainspring.runtime import queries
from mainspring.runtime.queries import Subscription
from mainspring.services.invoices import OpenInvoice
from mainspring.store import Store

PAGE = 5000
log = structlog.get_logger(__name__)


@dataclass(slots=True)
class World:
    """Plays everyone outside the firm, and its staff when there is one. The driver's people.

    Args:
        quantum: things that fall into one such span happen at its end, together; a run is faster and its
        clock
            coarser the longer it is.
        staff: simulated people; None leaves their tasks open.
    """

    store: Store
    agenda: Agenda
    market: Market
    bank: Bank
    quantum: timedelta
    staff: Staff | None = None
    _seen_waiting: int = 0
    _seen_tasks: int = 0

    def act(self, now: datetime) -> int:
        """Do what is due, then look who waits for what."""
        due = self.agenda.due(now)
        if due:
            with self.store.write() as tx:
                for action in due:
                    try:
                        with tx.savepoint():
                            action(tx, now)
                    except MainspringError as error:
                        # What someone wanted is no longer possible, such as accepting an expired quote.
                        log.warning("not possible any more", reason=str(error))
        return len(due) + self._look(now)

    def next_due(self) -> datetime | None:
        """The end of the span in which the next thing happens."""
        due = self.agenda.next_due()
        if due is None:
            return None
        start = datetime(due.year, 1, 1, tzinfo=due.tzinfo)
        return start + -((start - due) // self.quantum) * self.quantum

    def _look(self, now: datetime) -> int:
        with self.store.read() as tx:
            waiting = queries.subscriptions(tx, after=self._seen_waiting, limit=PAGE)
            tasks = queries.tasks(tx, after=self._seen_tasks, limit=PAGE) if self.staff else []
        issued = [one for one in waiting if one.name == "invoice_paid"]
        for one in waiting:
            self.market.react(one, now)
        if issued:
            self._issued(issued, now)
        for task in tasks:
            if self.staff:
                self.staff.react(task, now)
        self._seen_waiting = waiting[-1].key if waiting else self._seen_waiting
        self._seen_tasks = tasks[-1].key if tasks else self._seen_tasks
        return 0

    def _issued(self, waiting: list[Subscription], now: datetime) -> None:
        """Invoices went out; one that is waited for again was paid in part, and the rest is under way."""
        new = [one.correlation_key for one in waiting if one.correlation_key not in self.bank.known]
        if not new:
            return
        with self.store.write() as tx:
            found = self.market.gateway.call(tx, Caller(SYSTEM), "invoices.open", {"invoice_nos": new})
        self.bank.invoices([_receivable(one) for one in found.invoices if one.open > Decimal(0)], now)


def _receivable(invoice: OpenInvoice) -> Invoice:
    """The invoice as its payer sees it; a cash buyer has no name and no account that we know."""
    cash = invoice.customer_id == CASH
    return Invoice(
        invoice.invoice_no,
        invoice.open,
        "" if cash else invoice.customer_id,
        "" if cash else invoice.customer_name,
        "" if cash else f"DEMO{zlib.crc32(invoice.customer_id.encode()):010}",
        "",
        invoice.issued_at.date(),
        invoice.currency,
    )
