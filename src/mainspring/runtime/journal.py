"""The step journal: what a costly job has done, so that a crash repeats nothing that must not be repeated.

Each step writes its intent and then its outcome, each under the fence of the job's lease: a worker whose
lease has passed to another can write neither. A finished step gives its outcome again. A step in doubt
(intent without outcome) is done again only if it is repeatable: a read, a model call, or a call with an
idempotency key.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select, update

from mainspring.base import jsonio
from mainspring.base.errors import MainspringError
from mainspring.runtime import jobs
from mainspring.runtime.jobs import Job
from mainspring.runtime.runtime import Runtime
from mainspring.runtime.tables import journal_steps
from mainspring.store import StoreError, Tx


class StepInDoubt(MainspringError):  # noqa: N818 - the state of the step, not of the program
    """A crash left it open whether a step that must not be repeated took effect: a person decides."""


class JournalMismatch(MainspringError):  # noqa: N818 - likewise
    """The handler asks for another step than the journal holds: its code changed under the job."""


class Journal:
    """The steps of one job under one lease; it is the `work` of a costly handler."""

    def __init__(self, runtime: Runtime, job: Job) -> None:
        self._runtime = runtime
        self._job = job
        self._count = 0
        self.now = runtime.clock()
        self.keys = runtime.keys

    @property
    def tx(self) -> Tx:
        """A costly handler has no transaction.

        Raises:
            StoreError: always.
        """
        raise StoreError(
            "a costly handler runs outside a transaction",
            mend="Do what needs one in a step with store.write().",
        )

    def step(self, name: str, do: Callable[[], Any], *, repeatable: bool = False) -> Any:
        """Do a step, or give the outcome that it had before.

        Args:
            name: of the step; steps come in the same order every time.
            do: does it and gives a JSON value.
            repeatable: it may be done twice without harm.

        Raises:
            StaleLease: the job has passed to another worker.
            StepInDoubt: a crash came between its intent and its outcome, and it is not repeatable.
            JournalMismatch: the journal holds another step here.
        """
        self._count += 1
        number = self._count
        known = self._begin(number, name, repeatable=repeatable)
        if known is not None:
            return known[0]
        outcome = jsonio.normalise(do())
        self._end(number, outcome)
        return outcome

    def _begin(self, number: int, name: str, *, repeatable: bool) -> tuple[Any] | None:
        with self._runtime.store.write() as tx:
            jobs.check_fence(self._runtime.session(tx), self._job.key, self._job.fence)
            row = tx.one(select(journal_steps).where(*self._this(tx, number)))
            if row is not None:
                return self._again(tx, number, name, row)
            intent = {
                "job": self._job.key,
                "step": number,
                "name": name,
                "repeatable": int(repeatable),
                "fence": self._job.fence,
                "began_at": self._runtime.clock(),
            }
            tx.insert(journal_steps, intent)
        return None

    def _again(self, tx: Tx, number: int, name: str, row: Any) -> tuple[Any] | None:
        if row.name != name:
            raise JournalMismatch(
                f"step {number} was '{row.name}' and is now '{name}'",
                where=f"job {self._job.key}",
                mend="Finish jobs under way before their handler changes, or fail this job.",
            )
        if row.ended_at is not None:
            return (row.outcome,)
        if not row.repeatable:
            raise StepInDoubt(
                f"step {number} '{name}' was begun under lease {row.fence} and its outcome is not known",
                where=f"job {self._job.key}",
                mend="Look whether it took effect, then complete or fail the job by hand.",
            )
        tx.execute(update(journal_steps).where(*self._this(tx, number)).values(fence=self._job.fence))
        return None

    def _end(self, number: int, outcome: Any) -> None:
        with self._runtime.store.write() as tx:
            jobs.check_fence(self._runtime.session(tx), self._job.key, self._job.fence)
            values = {"outcome": outcome, "ended_at": self._runtime.clock()}
            tx.execute(update(journal_steps).where(*self._this(tx, number)).values(**values))

    def _this(self, tx: Tx, number: int) -> tuple[Any, ...]:
        return (
            journal_steps.c.tenant_id == tx.tenant,
            journal_steps.c.job == self._job.key,
            journal_steps.c.step == number,
        )
