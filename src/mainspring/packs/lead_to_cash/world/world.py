"""A simulated world: it watches who waits for something from outside, plans what comes, and lets it come."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import select

from mainspring.base.errors import MainspringError
from mainspring.packs.lead_to_cash.world.agenda import Agenda
from mainspring.packs.lead_to_cash.world.bank import Bank
from mainspring.packs.lead_to_cash.world.customers import Market
from mainspring.packs.lead_to_cash.world.staff import Staff
from mainspring.runtime import queries
from mainspring.runtime.queries import Subscription
from mainspring.store import Store, Tx
from mainspring.store.process_tables import instances

PAGE = 5000
CHUNK = 500
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
            cases = _cases(tx, {one.instance for one in waiting} | {one.instance for one in tasks})
            since = {} if self._seen_waiting else _began(tx, waiting)
        for one in waiting:
            if one.name == "invoice_paid":
                self.bank.expect(now.date())
            else:
                self.market.react(one, cases[one.instance], since.get(one.key, now))
        for task in tasks:
            if self.staff:
                self.staff.react(task, cases[task.instance])
        self._seen_waiting = waiting[-1].key if waiting else self._seen_waiting
        self._seen_tasks = tasks[-1].key if tasks else self._seen_tasks
        return 0


def _cases(tx: Tx, roots: set[int]) -> dict[int, str]:
    """The business keys of cases: names that stay the same in every run, which keys do not."""
    table, wanted = instances, sorted(roots)
    found: dict[int, str] = {}
    for start in range(0, len(wanted), CHUNK):
        some = table.c.key.in_(wanted[start : start + CHUNK])
        query = select(table.c.key, table.c.business_key).where(table.c.tenant_id == tx.tenant, some)
        found |= {row.key: row.business_key or str(row.key) for row in tx.all(query)}
    return found


def _began(tx: Tx, waiting: list[Subscription]) -> dict[int, datetime]:
    """Since when somebody waits; asked once, for what an earlier process left."""
    began: dict[int, datetime] = {}
    for one in waiting:
        for entry in queries.history(tx, one.instance):
            if entry.type == "SubscriptionOpened" and entry.event.subscription == one.key:
                began[one.key] = entry.at
    return began
