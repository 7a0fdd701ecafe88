"""The loop of a running house: workers do what is free, timers fire when due, chores are done."""

import threading
from typing import Protocol

import structlog

from mainspring.app.chores import Chores, chores_of
from mainspring.app.house import House
from mainspring.store import ConflictError, StoreBusyError, UnavailableError

PAUSE = 0.5
"""Seconds to wait when there is nothing to do."""
log = structlog.get_logger(__name__)


class Steps(Protocol):
    """What does a batch of jobs; gives how many it did."""

    def run_once(self) -> int:
        """Do a batch."""
        ...


class Loop:
    """Runs a house's worker and timers in the calling thread, or in one of its own.

    Args:
        house: whose.
        worker: what does the jobs; None for the digital employees of the pack.
        pause: seconds to rest when nothing was free.
        chores: periodic work; None for those of the house, without sealing.
    """

    def __init__(
        self,
        house: House,
        worker: Steps | None = None,
        *,
        pause: float = PAUSE,
        chores: Chores | None = None,
    ) -> None:
        self._house = house
        self._chores = chores if chores is not None else chores_of(house)
        self._given, self._worker = worker, worker
        self._staffing: frozenset[tuple[str, str, bool]] = frozenset()
        self._pause = pause
        self._ending = threading.Event()
        self._thread: threading.Thread | None = None

    def once(self) -> int:
        """Do all that is free and due now; gives how many jobs and timers that were."""
        worker = self._ready()
        total = 0
        while not self._ending.is_set():
            done = worker.run_once() + self._house.runtime.tick()
            if not done:
                break
            total += done
        self._chores.once()
        return total

    def _ready(self) -> Steps:
        """The worker; a new one when versions took up or left duties, or began or ceased to ask models."""
        if self._given is not None:
            return self._given
        staffing = self._house.staffing()
        if self._worker is None or staffing != self._staffing:
            self._worker, self._staffing = self._house.worker(), staffing
        return self._worker

    def run(self) -> None:
        """Go on until `stop`; a busy database or an unforeseen error is logged and tried again."""
        while not self._ending.is_set():
            try:
                self.once()
            except (StoreBusyError, ConflictError) as error:
                log.info("database busy", why=str(error))
            except UnavailableError as error:
                log.warning("database failed", why=str(error))
            except Exception:
                # The loop is the heart of the process: one bad round must not end all others.
                log.exception("a round of the worker failed")
            self._ending.wait(self._pause)

    def start(self) -> None:
        """Run in a thread of its own."""
        self._thread = threading.Thread(target=self.run, name="mainspring-loop")
        self._thread.start()

    def stop(self) -> None:
        """Finish the batch at hand and end."""
        self._ending.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
