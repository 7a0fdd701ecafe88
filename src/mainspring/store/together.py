"""One transaction for several threads: each writes in its turn, and all of them are committed at once.

The thread that finds nobody at work opens the transaction. When it has written, it lets those who have come
meanwhile write in it too, one after the other, then commits for all. So under load the disk is waited for
once for many, and a thread that is alone waits for nobody. `runtime.commit` does the same for work that is
handed over as a function; here each thread keeps its own stack, since a call goes on where it wrote.

Either all of it becomes durable or none: when one of them fails with an exception, what its neighbours wrote
is undone, and they are told to try again.
"""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from mainspring.store.errors import ConflictError
from mainspring.store.transaction import Tx

_MOST = 64
"""Threads in one transaction."""


class _Turn:
    """A thread that waits: to write, and then for the commit."""

    def __init__(self) -> None:
        self.tx: Tx | None = None  # without one when it goes on, it opens the next transaction itself
        self.error: BaseException | None = None
        self.may_go = threading.Semaphore(0)
        self.has_written = threading.Semaphore(0)


class Together:
    """Gives out turns in common transactions.

    Args:
        write: opens a transaction, and commits it at its end.
        joined: lets the thread at hand use a transaction that another one holds open.
    """

    def __init__(
        self,
        write: Callable[[], AbstractContextManager[Tx]],
        joined: Callable[[Tx], AbstractContextManager[Tx]],
    ) -> None:
        self._write = write
        self._joined = joined
        self._lock = threading.Lock()
        self._waiting: deque[_Turn] = deque()
        self._led = False

    @contextmanager
    def write(self) -> Iterator[Tx]:
        """A transaction, perhaps shared; what was written is durable when this ends.

        Raises:
            ConflictError: a neighbour failed, and all was undone; try again as a whole.
        """
        turn = self._queue()
        if turn is not None:
            self._wait(turn)
        with self._leading() if turn is None or turn.tx is None else self._following(turn, turn.tx) as tx:
            yield tx

    def _queue(self) -> _Turn | None:
        """A turn to wait for, or None for the one who finds nobody at work and leads."""
        with self._lock:
            if not self._led:
                self._led = True
                return None
            turn = _Turn()
            self._waiting.append(turn)
            return turn

    @contextmanager
    def _leading(self) -> Iterator[Tx]:
        served: list[_Turn] = []
        failed: BaseException | None = None
        try:
            with self._write() as tx:
                yield tx
                while len(served) < _MOST and (turn := self._next()) is not None:
                    served.append(turn)
                    _serve(turn, tx)
        except BaseException as error:
            failed = error
            raise
        finally:
            for turn in served:
                turn.error = turn.error or failed
                turn.may_go.release()
            self._hand_over()

    @contextmanager
    def _following(self, turn: _Turn, tx: Tx) -> Iterator[Tx]:
        try:
            with self._joined(tx):
                yield tx
        except BaseException as error:
            turn.error = error
            raise
        finally:
            turn.has_written.release()
            turn.may_go.acquire()
        if turn.error is not None:
            raise ConflictError("the common transaction was undone", mend="Try it again.") from turn.error

    def _wait(self, turn: _Turn) -> None:
        try:
            turn.may_go.acquire()
        except BaseException as error:  # interrupted: nobody may wait for this thread
            with self._lock:
                if turn in self._waiting:
                    self._waiting.remove(turn)
                    raise
            if turn.tx is None:
                self._hand_over()
            turn.error = error
            turn.has_written.release()
            raise

    def _next(self) -> _Turn | None:
        with self._lock:
            return self._waiting.popleft() if self._waiting else None

    def _hand_over(self) -> None:
        """Let the next one open a transaction, or note that nobody is at work."""
        with self._lock:
            self._led = bool(self._waiting)
            following = self._waiting.popleft() if self._waiting else None
        if following is not None:
            following.may_go.release()


def _serve(turn: _Turn, tx: Tx) -> None:
    """Let a thread write.

    Raises:
        ConflictError: it failed, and what was written is worth nothing.
    """
    turn.tx = tx
    turn.may_go.release()
    turn.has_written.acquire()
    if turn.error is not None:
        raise ConflictError("a neighbour in the transaction failed", mend="Try it again.")
