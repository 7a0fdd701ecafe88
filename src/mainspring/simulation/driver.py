"""Runs workers, timers and people until nothing can go on, jumping over the time in which nothing happens."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from mainspring.base.errors import MainspringError
from mainspring.runtime import Runtime
from mainspring.simulation.clock import VirtualClock

MAX_ROUNDS = 10_000_000


class Steps(Protocol):
    """A worker: `run_once` does a batch and gives how much it did."""

    def run_once(self) -> int:
        """Do a batch of jobs; gives how many."""
        ...


class People(Protocol):
    """Who answers tasks and sends messages in a simulation."""

    def act(self, now: datetime) -> int:
        """Do everything that is due now; gives how many things were done."""
        ...

    def next_due(self) -> datetime | None:
        """When there is something to do again, None when there is nothing."""
        ...


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did: jobs, fired timers, acts of people, and how often the clock jumped."""

    jobs: int
    timers: int
    acts: int
    jumps: int


class RestlessError(MainspringError):
    """The models do not come to rest."""


class Driver:
    """Drives a runtime on a virtual clock.

    Args:
        runtime: built on the same clock.
        workers: what runs the jobs.
        clock: the virtual clock.
        people: who answers tasks; None: nobody.
        between: called after every step, for progress bars and for tests that drop caches.
    """

    def __init__(
        self,
        runtime: Runtime,
        workers: Sequence[Steps],
        clock: VirtualClock,
        people: People | None = None,
        *,
        between: Callable[[], None] | None = None,
    ) -> None:
        self.runtime = runtime
        self.workers = tuple(workers)
        self.clock = clock
        self.people = people
        self._between = between
        self._jobs = self._timers = self._acts = self._jumps = 0

    def settle(self) -> bool:
        """Do everything that can be done without moving the clock; says whether there was anything.

        Raises:
            RestlessError: it does not come to an end.
        """
        any_at_all = False
        for _ in range(MAX_ROUNDS):
            done = sum(self._worked(worker.run_once()) for worker in self.workers)
            self._jobs += done
            fired = self._worked(self.runtime.tick())
            self._timers += fired
            acted = self._worked(self.people.act(self.clock())) if self.people is not None else 0
            self._acts += acted
            if not done and not fired and not acted:
                return any_at_all
            any_at_all = True
        raise RestlessError(f"the models did not come to rest in {MAX_ROUNDS} rounds")

    def next_due(self) -> datetime | None:
        """When something happens next, by timers, retries, leases or people."""
        times = [self.runtime.next_due()]
        if self.people is not None:
            times.append(self.people.next_due())
        known = [at for at in times if at is not None]
        return min(known) if known else None

    def run(self, until: datetime | None = None) -> Report:
        """Go on, jumping from one due time to the next, until nothing is due (before `until`).

        With `until` the clock stands there at the end.
        """
        self._jobs = self._timers = self._acts = self._jumps = 0
        while True:
            self.settle()
            due = self.next_due()
            if due is None or (until is not None and due > until) or due <= self.clock():
                break
            self.clock.set(due)
            self._jumps += 1
        if until is not None and until > self.clock():
            self.clock.set(until)
            self.settle()
        return Report(self._jobs, self._timers, self._acts, self._jumps)

    def _worked(self, count: int) -> int:
        if self._between is not None:
            self._between()
        return count
