"""Fillings that a running server was asked for, and those that a crash left: taken up one after another."""

import threading
from collections import deque

import structlog
from sqlalchemy import or_, select

from mainspring.app.house import House
from mainspring.app.tables.calls import call
from mainspring.app.tables.filling import fill
from mainspring.base.errors import MainspringError
from mainspring.govern import identity
from mainspring.services.sheets.filling import LEFT
from mainspring.services.tables.sheets import sheet_fills

log = structlog.get_logger(__name__)


class Filler:
    """Does in a thread of its own what was asked for, so that other work goes on meanwhile.

    A server that ends in the middle loses nothing: batches are kept one by one, and the next one goes on.
    """

    def __init__(self, house: House) -> None:
        self._house = house
        self._thread: threading.Thread | None = None

    def once(self) -> None:
        """Begin what waits, if nothing is being filled here."""
        if (self._thread is None or not self._thread.is_alive()) and self._next() is not None:
            self._thread = threading.Thread(target=self.work, name="mainspring-filling", daemon=True)
            self._thread.start()

    def work(self) -> None:
        """Fill until nothing waits."""
        while (waiting := self._next()) is not None:
            sheet, field, by = waiting
            with self._house.store.read() as tx:
                person = identity.principal(tx, by)
            try:
                deque(fill(self._house, person, sheet, field), maxlen=0)
            except MainspringError as error:
                log.warning("a field was not filled", table=sheet, field=field, why=str(error))
                call(self._house, person, "steer", sheet=sheet, field=field, status="stopped")

    def _next(self) -> tuple[str, str, str] | None:
        f, left = sheet_fills.c, self._house.clock() - LEFT
        with self._house.store.read() as tx:
            row = tx.one(
                select(f.sheet, f.field, f.by)
                .where(
                    f.tenant_id == tx.tenant,
                    or_(f.status == "asked", (f.status == "running") & (f.changed_at < left)),
                )
                .order_by(f.changed_at)
                .limit(1)
            )
        return None if row is None else (row.sheet, row.field, row.by)
