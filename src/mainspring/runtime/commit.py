"""Group commit without a thread of its own: whoever gets the lock works for all who wait, and commits once.

Each piece of work has a savepoint, so a rejected command does not touch its neighbours. An answer is given
only when the common transaction is durable.
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any, Generic, TypeVar, cast

from mainspring.store import ConflictError, Store, Tx

T = TypeVar("T")
MAX_TOGETHER = 256
ATTEMPTS = 5


class _Request:
    __slots__ = ("answer", "awake", "done", "error", "instance", "leads", "waited", "work")

    def __init__(self, work: Callable[[Tx], Any], instance: int | None) -> None:
        self.work = work
        self.instance = instance
        self.done = False
        self.leads = False
        self.waited = False
        self.answer: Any = None
        self.error: BaseException | None = None
        self.awake: threading.Lock | None = None  # of the thread that waits: released when done or to lead

    def wake(self) -> None:
        """Let the thread that waits go on, if one does."""
        if self.awake is not None:
            self.awake.release()


class Answer(Generic[T]):
    """What will come of a piece of work that was handed in; one thread asks for it."""

    def __init__(self, wait: Callable[[_Request], None], request: _Request) -> None:
        self._wait = wait
        self._request = request

    def result(self) -> T:
        """Wait until the work is durable; gives its result or raises what it raised."""
        request = self._request
        if not request.done:
            self._wait(request)
        if request.error is not None:
            raise request.error
        return cast("T", request.answer)


class GroupCommit:
    """Runs pieces of work in as few transactions as possible.

    Args:
        store: where.
        prepare: called first in each transaction, with the instances that its work is known to be about.
    """

    def __init__(self, store: Store, prepare: Callable[[Tx, list[int]], object] | None = None) -> None:
        self._store = store
        self._prepare = prepare
        self._mutex = threading.Lock()
        self._waiting: deque[_Request] = deque()
        self._led = False
        self._usual = 1  # how many threads waited together last time

    def submit(self, work: Callable[[Tx], T], instance: int | None = None) -> T:
        """Run `work` in a transaction, perhaps together with that of other threads; gives its result.

        An exception of `work` undoes it alone and passes to the caller.
        """
        return self.later(work, instance).result()

    def later(self, work: Callable[[Tx], T], instance: int | None = None) -> Answer[T]:
        """Hand in work without waiting. It is done when this or any other thread waits for an answer."""
        request = _Request(work, instance)
        with self._mutex:
            self._waiting.append(request)
        return Answer(self._wait, request)

    def _wait(self, request: _Request) -> None:
        with self._mutex:
            if request.done:
                return
            request.waited = True
            if not self._led:
                self._led = request.leads = True
            else:
                request.awake = threading.Lock()
                request.awake.acquire()
        try:
            if request.awake is not None:
                request.awake.acquire()
            if not request.done:
                self._lead(request)
        except BaseException:
            self._withdraw(request)
            raise

    def _lead(self, request: _Request) -> None:
        """Work for all who wait until this request is done too, then let another lead."""
        try:
            self._gather()
            while not request.done:
                self._work_off()
        finally:
            self._hand_over()

    def _work_off(self) -> None:
        with self._mutex:
            batch = [self._waiting.popleft() for _ in range(min(len(self._waiting), MAX_TOGETHER))]
        self._usual = sum(request.waited for request in batch)
        try:
            self._together(batch)
        except BaseException as error:
            for request in batch:
                request.error = error
            if not isinstance(error, Exception):
                raise
        finally:
            with self._mutex:
                for request in batch:
                    request.done = True
                    request.wake()

    def _hand_over(self) -> None:
        with self._mutex:
            following = next((request for request in self._waiting if request.waited), None)
            self._led = following is not None
            if following is not None:
                following.leads = True
                following.wake()

    def _withdraw(self, request: _Request) -> None:
        """An interrupted thread leaves: its request is not worked on, and its lead passes to another."""
        with self._mutex:
            if request not in self._waiting:
                return
            self._waiting.remove(request)
            leads, request.leads = request.leads and not request.done, False
        if leads:
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
                    if self._prepare is not None:
                        self._prepare(tx, [one.instance for one in batch if one.instance is not None])
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
