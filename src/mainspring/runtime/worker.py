"""A worker takes jobs, runs their handlers, and commits what they did together with their completion.

Handlers that only read and write this database run within the transaction that completes their job, each in
a savepoint of its own, many to a transaction; jobs that come of them are done in the same transaction. So a
crash at any moment undoes a job with all that it did, and no lease needs to be written. Costly handlers
(models, outside services) run outside of transactions under a lease, with the step journal.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from mainspring.engine import CommandRejected
from mainspring.engine.commands import AskPeople, CompleteJob, FailJob, ThrowJobError
from mainspring.engine.events import Actor
from mainspring.runtime import jobs
from mainspring.runtime.errors import NotFound, StaleLease
from mainspring.runtime.guard import Facts
from mainspring.runtime.jobs import Job
from mainspring.runtime.journal import Journal
from mainspring.runtime.outcomes import Ask, Complete, Fail, Handler, Outcome, ThrowError
from mainspring.runtime.runtime import Runtime
from mainspring.store import ConflictError, StoreError, Tx

LEASE = timedelta(minutes=5)
BATCH = 64
_MESSAGE = 2000  # what of an exception's text is kept


class _Failed(Exception):  # noqa: N818 - carries the outcome out of the savepoint, which it undoes
    def __init__(self, outcome: Fail) -> None:
        super().__init__()
        self.outcome = outcome


class InTransaction:
    """The `work` of a handler that runs in the transaction of its job."""

    __slots__ = ("keys", "now", "tx")

    def __init__(self, tx: Tx, now: datetime, keys: Callable[[], int]) -> None:
        self.tx = tx
        self.now = now
        self.keys = keys

    def step(self, name: str, do: Callable[[], Any], *, repeatable: bool = False) -> Any:
        """Without a journal a step is simply done: a crash undoes it with the transaction."""
        del name, repeatable
        return do()


class Worker:
    """Runs the handlers of job types.

    Args:
        runtime: where the jobs are.
        handlers: job type -> handler; one with a true attribute `costly` runs outside a transaction.
        name: of this worker, as it stands in leases.
        batch: how many jobs to do in one transaction.
        lease: how long a costly job may take before another worker may have it.
        actor: as whom jobs are completed, unless the handler has an attribute `actor`.
        backoff: how long a failed job waits before its next attempt, by attempts left (None: not at all).
    """

    def __init__(
        self,
        runtime: Runtime,
        handlers: Mapping[str, Handler],
        name: str,
        batch: int = BATCH,
        *,
        lease: timedelta = LEASE,
        actor: Actor | None = None,
        backoff: Callable[[int], timedelta | None] | None = None,
    ) -> None:
        self.runtime = runtime
        self.name = name
        self.batch = batch
        self.lease = lease
        self._handlers = dict(handlers)
        self._actor = actor if actor is not None else Actor("system", name)
        self._backoff = backoff
        costly = {kind for kind, handler in handlers.items() if getattr(handler, "costly", False)}
        self._costly = tuple(sorted(costly))
        self._cheap = tuple(sorted(set(handlers) - costly))

    def run_once(self) -> int:
        """Do one batch of jobs; gives how many were done, 0 when there was nothing to do."""
        done = self._run_batch() if self._cheap else 0
        return done + (self._run_costly() if self._costly else 0)

    # Within a transaction

    def _run_batch(self) -> int:
        try:
            with self.runtime.store.write() as tx:
                return self._work_off(tx)
        except ConflictError:
            return 0  # all undone; the jobs are free again

    def _work_off(self, tx: Tx) -> int:
        session = self.runtime.session(tx)
        types = frozenset(self._cheap)
        seen: set[int] = set()
        rows = jobs.free(session, self._cheap, self.batch)
        while rows:
            for row in rows[: self.batch - len(seen)]:
                seen.add(row[0])
                if _still_open(session, row):
                    self._run(tx, jobs.read(session, row, self.name))
            if len(seen) >= self.batch:
                break
            rows = jobs.born(session, types, seen)
        return len(seen)

    def _run(self, tx: Tx, job: Job) -> None:
        handler = self._handlers[job.type]
        work = InTransaction(tx, self.runtime.clock(), self.runtime.keys)
        try:
            with tx.savepoint():
                self._finish(job, _succeeded(handler(job, work)), handler, tx, None)
        except _Failed as failed:
            self._finish(job, failed.outcome, handler, tx, None)
        except Exception as error:
            if tx.is_conflict(error):
                raise
            self._fail(job, error, tx, None)

    # Outside of a transaction

    def _run_costly(self) -> int:
        runtime = self.runtime
        taken = runtime.activate(self._costly, worker=self.name, lease=self.lease, limit=1)
        for job in taken:
            handler = self._handlers[job.type]
            try:
                outcome: Outcome = handler(job, Journal(runtime, job))
            except (StaleLease, NotFound):
                continue  # another has it, or nobody needs it any more
            except Exception as error:  # noqa: BLE001 - whatever it is, it fails the job
                self._fail(job, error, None, job.fence)
                continue
            try:
                self._finish(job, outcome, handler, None, job.fence)
            except (StaleLease, NotFound):
                continue
            except Exception as error:  # noqa: BLE001 - the outcome was refused: that fails the job too
                self._fail(job, error, None, job.fence)
        return len(taken)

    # Both

    def _finish(self, job: Job, outcome: Outcome, handler: Handler, tx: Tx | None, fence: int | None) -> None:
        facts = Facts(job.instance, job.process_id, job.element, job.element_key, job.type)
        actor = getattr(handler, "actor", None) or self._actor
        command = self._command(job, outcome)
        self.runtime.execute(command, actor=actor, instance=job.instance, fence=fence, facts=facts, tx=tx)

    def _fail(self, job: Job, error: Exception, tx: Tx | None, fence: int | None) -> None:
        """Fail the job as the system: whatever its actor may not do, that it failed must stand on record."""
        facts = Facts(job.instance, job.process_id, job.element, job.element_key, job.type)
        command = self._command(job, failure(error))
        actor = Actor("system", self.name)
        with suppress(CommandRejected, NotFound, StaleLease):  # suspended, withdrawn, or another's by now
            self.runtime.execute(command, actor=actor, instance=job.instance, fence=fence, facts=facts, tx=tx)

    def _command(self, job: Job, outcome: Outcome) -> Any:
        match outcome:
            case Complete(variables, result):
                return CompleteJob(job.key, dict(variables), None if result is None else dict(result))
            case Ask(kind, tasks):
                return AskPeople(job.key, kind, tasks)
            case ThrowError(code, message, variables):
                return ThrowJobError(job.key, code, message, dict(variables))
            case Fail(message, retry_in, retries):
                left = max(job.retries - 1, 0) if retries is None else retries
                wait = retry_in
                if wait is None and self._backoff is not None:
                    wait = self._backoff(left)
                retry_at = None if wait is None else self.runtime.clock() + wait
                return FailJob(job.key, left, message[:_MESSAGE], retry_at)
        raise StoreError(f"a handler gave {type(outcome).__name__}, which is no outcome", where=job.type)


def _succeeded(outcome: Outcome) -> Outcome:
    if isinstance(outcome, Fail):
        raise _Failed(outcome)
    return outcome


def failure(error: Exception) -> Fail:
    """The outcome of a handler that raised."""
    text = str(error)
    return Fail(f"{type(error).__name__}: {text}" if text else type(error).__name__)


def _still_open(session: Any, row: jobs.Row) -> bool:
    """An earlier job of this transaction may have ended the element."""
    return row[0] in session.stream(row[1]).state.jobs
