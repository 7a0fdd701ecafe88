"""Group commit without a thread of its own: whoever gets the lock works for all who wait, and commits once.

Each piece of work has a savepoint, so a rejected command does not touch its neighbours. An answer is given
only when the common transaction is durable.
"""

import threading
from collections import deque
from collections.abc import Callable
from typing import Any, TypeVar, cast

from mainspring.store import ConflictError, Store, Tx

T = TypeVar("T")
MAX_TOGETHER = 256
ATTEMPTS = 5


class _Request:
    __slots__ = ("answer", "done", "error", "work")

    def __init__(self, work: Callable[[Tx], Any]) -> None:
        self.work = work
        self.done = False
        self.answer: Any = None
        self.error: BaseException | None = None


class GroupCommit:
    """Runs pieces of work in as few transactions as possible."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: deque[_Request] = deque()
        self._leader = threading.Lock()

    def submit(self, work: Callable[[Tx], T]) -> T:
        """Run `work` in a transaction, perhaps together with that of other threads; gives its result.

        An exception of `work` undoes it alone and passes to the caller.
        """
        request = _Request(work)
        self._waiting.append(request)
        with self._leader:
            if not request.done:
                self._lead()
        if request.error is not None:
            raise request.error
        return cast("T", request.answer)

    def _lead(self) -> None:
        batch: list[_Request] = []
        while self._waiting and len(batch) < MAX_TOGETHER:
            batch.append(self._waiting.popleft())
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
