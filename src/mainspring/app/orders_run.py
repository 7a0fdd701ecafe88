"""Runs lead to cash on order files: the books from history, the orders as they come, the world around them.

Customers, suppliers and the bank are played from the data. The staff is not, unless people are simulated:
then their answers come from the recorded orders, and whoever shows such figures says so.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from mainspring.agents.inbox import Inbox
from mainspring.app import people
from mainspring.app.house import House, open_house
from mainspring.app.outcome import Counts, count
from mainspring.engine.events import SYSTEM as ACTOR
from mainspring.gateway import Caller
from mainspring.govern.principal import SYSTEM
from mainspring.packs.lead_to_cash import firm, intake, orders
from mainspring.packs.lead_to_cash.orders import OrderBook, SourceOrder
from mainspring.packs.lead_to_cash.world.agenda import Action, Agenda
from mainspring.packs.lead_to_cash.world.bank import Bank
from mainspring.packs.lead_to_cash.world.customers import Market
from mainspring.packs.lead_to_cash.world.delays import Delays
from mainspring.packs.lead_to_cash.world.staff import Staff
from mainspring.packs.lead_to_cash.world.truth import OrderTruth
from mainspring.packs.lead_to_cash.world.world import World
from mainspring.services.operation import Context
from mainspring.simulation import Driver, VirtualClock
from mainspring.store import Tx
from mainspring.store import log as event_log

People = Literal["none", "simulated"]
Progress = Callable[[int, int, str], None]
QUANTUM = timedelta(hours=6)


def silent(_: int, __: int, ___: str) -> None:
    """No progress is shown."""


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run came to.

    Attributes:
        seconds: from the first order to the last closed book; reading files and learning are not in it.
        setup_seconds: reading history, writing the books, learning from them.
        peak_rss_mb: the most memory that the process had.
    """

    counts: Counts
    people: People
    seconds: float
    setup_seconds: float
    peak_rss_mb: float

    def as_dict(self) -> dict[str, object]:
        """The object that `mainspring run ... --json` writes."""
        done = self.counts.orders / self.seconds if self.seconds else 0.0
        return {
            **self.counts.as_dict(),
            "people": self.people,
            "seconds": round(self.seconds, 3),
            "setup_seconds": round(self.setup_seconds, 3),
            "orders_per_second": round(done, 2),
            "peak_rss_mb": round(self.peak_rss_mb, 1),
        }


def run_orders(
    order_files: Sequence[Path],
    history_files: Sequence[Path],
    *,
    limit: int | None = None,
    staff: People = "none",
    database: str = "sqlite://",
    seed: int = 7,
    progress: Progress = silent,
    quantum: timedelta = QUANTUM,
) -> RunResult:
    """Run the process on order data.

    Args:
        order_files: what arrives, in the layout of `packs.lead_to_cash.orders`.
        history_files: what was sold before; products, prices and wordings are learned from it.
        limit: at most so many orders.
        staff: whether people's tasks stay open or are answered from the recorded orders.
        database: where; the same database and files again continue, and start nothing twice.
        seed: of all delays and payments.
        progress: told how far it is.
        quantum: the grain of the virtual clock.

    Raises:
        OrderFileError: a file cannot be read.
    """
    began = time.perf_counter()
    progress(0, 0, "reading files")
    arriving = orders.read(order_files)
    arriving.orders = arriving.orders[:limit]
    clock = VirtualClock(_first(arriving))
    house = open_house(database, clock=clock)
    try:
        clock.set(max(clock(), _last(house)))
        _set_up(house, history_files, arriving, progress)
        truth_of, world = _world(house, arriving, staff, seed, quantum)
        started = time.perf_counter()
        _drive(house, clock, world, len(arriving.orders), progress)
        ended = time.perf_counter()
        counts = count(house, arriving, truth_of, world.bank.truth)
    finally:
        house.close()
    return RunResult(counts, staff, ended - started, started - began, peak_rss_mb())


def _first(book: OrderBook) -> datetime:
    moments = [order.placed_at for order in (*book.orders, *book.cancellations)]
    return min(moments, default=orders.LONG_AGO)


def _last(house: House) -> datetime:
    """When the last event of this database happened: a run that was interrupted goes on from there."""
    with house.store.read() as tx:
        found = event_log.read(tx, event_log.last_position(tx) - 1, limit=1)
    return found[0].at if found else orders.LONG_AGO


def _set_up(house: House, history_files: Sequence[Path], arriving: OrderBook, progress: Progress) -> None:
    history = orders.read(history_files)
    progress(0, 0, "writing the books")
    with house.store.write() as tx:
        people.move_in(tx, house.clock())
        firm.open_books(Context(tx, house.clock(), house.keys, SYSTEM), history, arriving)
        house.runtime.deploy(house.pack.files, ACTOR, tx=tx)
    house.store.analyze()
    progress(0, 0, "learning from history")
    house.learn()


def _world(
    house: House, arriving: OrderBook, staff: People, seed: int, quantum: timedelta
) -> tuple[OrderTruth, World]:
    agenda, delays = Agenda(), Delays(seed)
    bank = Bank(house.runtime, house.gateway, agenda, seed)
    with house.store.read() as tx:
        bank.resume(tx, _first(arriving).date())
    truth = OrderTruth(house.gateway, firm.CURRENCY, bank.truth)
    market = Market(house.runtime, house.gateway, agenda, delays, truth.accepts)
    inbox = Inbox(house.runtime, house.gateway)
    team = Staff(inbox, agenda, delays, truth) if staff == "simulated" else None
    for order in (*arriving.orders, *arriving.cancellations):
        agenda.at(order.placed_at, _arriving(house, order, truth))
    if arriving.problems:
        agenda.at(_first(arriving), _bad_rows(house, arriving))
    return truth, World(house.store, agenda, market, bank, quantum, team)


def _arriving(house: House, order: SourceOrder, truth: OrderTruth) -> Action:
    returns = orders.is_cancellation(order.number)

    def arrive(tx: Tx, _: datetime) -> None:
        document = intake.as_return(order) if returns else intake.as_document(order)
        arguments = {
            "channel": "file",
            "received_at": order.placed_at,
            "sender": order.customer,
            "file_name": order.number,
            "media_type": intake.ORDER_TYPE,
            "reference": order.number,
            "text": document.decode(),
        }
        registered = house.gateway.call(tx, Caller(SYSTEM), "inquiries.register", arguments)
        truth.orders[registered.inquiry_no] = order
        house.runtime.start(
            "lead_to_cash",
            {"inquiry_no": registered.inquiry_no, "channel": "file"},
            actor=ACTOR,
            business_key=order.number,
            idempotency_key=f"order/{order.number}",
            tx=tx,
        )

    return arrive


def _bad_rows(house: House, arriving: OrderBook) -> Action:
    problems = [
        {"file": one.file, "line": one.line, "field": one.field, "message": one.message, "row": dict(one.row)}
        for one in arriving.problems
    ]

    def report(tx: Tx, _: datetime) -> None:
        names = sorted({one.file for one in arriving.problems})
        house.runtime.start(
            "unreadable_rows",
            {"problems": problems},
            actor=ACTOR,
            business_key=", ".join(names),
            idempotency_key=f"rows/{'/'.join(names)}",
            tx=tx,
        )

    return report


def _drive(house: House, clock: VirtualClock, world: World, total: int, progress: Progress) -> None:
    worker = house.worker("digital employees")
    planned = len(world.agenda)

    def between() -> None:
        arrived = min(total, planned - len(world.agenda)) if planned else total
        progress(max(0, arrived), total, f"{clock():%Y-%m-%d}")

    Driver(house.runtime, [worker], clock, world, between=between).run()


def peak_rss_mb() -> float:
    """The most memory this process had, in MB; 0 where the system does not tell."""
    try:
        import resource  # not on Windows
    except ImportError:
        return 0.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
