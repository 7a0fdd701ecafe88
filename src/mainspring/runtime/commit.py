"""Group commit without a thread of its own: whoever gets the lock works for all who wait, and commits once.

Each piece of work has a savepoint, so a rejected command does not touch its neighbours. An answer is given
only when the common transaction is durable.
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any, TypeVar, cast

from mainspring.store import ConflictError, Store, Tx

T = TypeVar("T")
MAX_TOGETHER = 256
ATTEMPTS = 5


class _Request:
    __slots__ = ("answer", "awake", "done", "error", "leads", "work")

    def __init__(self, work: Callable[[Tx], Any]) -> None:
        self.work = work
        self.done = False
        self.leads = False
        self.answer: Any = None
        self.error: BaseException | None = None
        self.awake = threading.Lock()  # released when the request is done or is to lead
        self.awake.acquire()


class GroupCommit:
    """Runs pieces of work in as few transactions as possible."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._mutex = threading.Lock()
        self._waiting: deque[_Request] = deque()
        self._led = False
        self._usual = 1  # how many came together last time

    def submit(self, work: Callable[[Tx], T]) -> T:
        """Run `work` in a transaction, perhaps together with that of other threads; gives its result.

        An exception of `work` undoes it alone and passes to the caller.
        """
        request = _Request(work)
        with self._mutex:
            self._waiting.append(request)
            if not self._led:
                self._led = request.leads = True
        try:
            if not request.leads:
                request.awake.acquire()
            if not request.done:
                self._lead()
        except BaseException:
            self._withdraw(request)
            raise
        if request.error is not None:
            raise request.error
        return cast("T", request.answer)

    def _lead(self) -> None:
        """Work for all who wait (the leader is the first of them), then let the next one lead."""
        self._gather()
        with self._mutex:
            batch = [self._waiting.popleft() for _ in range(min(len(self._waiting), MAX_TOGETHER))]
        self._usual = len(batch)
        try:
            self._together(batch)
        except BaseException as error:
            for request in batch:
                request.error = error
            if not isinstance(error, Exception):
                raise
        finally:
            for request in batch:
                request.done = True
                request.awake.release()
            self._hand_over()

    def _hand_over(self) -> None:
        with self._mutex:
            following = self._waiting[0] if self._waiting else None
            self._led = following is not None
            if following is not None:
                following.leads = True
                following.awake.release()

    def _withdraw(self, request: _Request) -> None:
        """An interrupted thread leaves: its request is not worked on, and its lead passes to another."""
        with self._mutex:
            if request not in self._waiting:
                return
            self._waiting.remove(request)
        if request.leads:
            self._hand_over()

    def _gather(self) -> None:
        """Give way to the threads that have just been answered: most will want the next thing at once."""
        for _ in range(self._usual - 1):
            if len(self._waiting) >= self._usual:
                return
            time.sleep(0)

    def _together(self, batch: list[_Request]) -> None:
        for attempt in range(ATTEMPTS):
            try:
                with self._store.write() as tx:
                    for request in batch:
                        _run(tx, request)
            except ConflictError:
                if attempt == ATTEMPTS - 1:
                    raise
            else:
                return


def _run(tx: Tx, request: _Request) -> None:
    request.answer, request.error = None, None
    try:
        with tx.savepoint():
            request.answer = request.work(tx)
    except Exception as error:
        if tx.is_conflict(error):
            raise
        request.error = error
