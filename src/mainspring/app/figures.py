"""Figures over the whole log, kept until the log moves on; large ones are counted anew beside the requests.

Counting takes as long as the log is long. Where it is quick it is done at once, so that a figure is always
that of this moment. Where it is not, a request gets the figures of the round before, and one round after the
other is counted in a thread of its own: nobody waits, and no two requests count the same.
"""

import threading
import time
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar, cast

T = TypeVar("T")
QUICK = 0.1
"""Seconds of counting that a request may be kept waiting for."""


@dataclass(frozen=True, slots=True)
class _Kept:
    value: Any
    position: int
    seconds: float


class Figures:
    """Keeps what was counted, by name.

    Args:
        seconds: a clock that only goes forward, in seconds.
        quick: counting that took no longer is done within the request.
    """

    def __init__(self, seconds: Callable[[], float] = time.perf_counter, quick: float = QUICK) -> None:
        self._seconds = seconds
        self._quick = quick
        self._lock = threading.Lock()
        self._kept: dict[Hashable, _Kept] = {}
        self._under_way: dict[Hashable, Future[None]] = {}
        self._thread: ThreadPoolExecutor | None = None

    def get(self, name: Hashable, position: int, count: Callable[[], T]) -> T:
        """What `count` gives for the log up to `position`, or an earlier answer of a long count.

        Args:
            name: which figures.
            position: the newest of the log, read before.
            count: counts them; it reads for itself, since it may run later in another thread.
        """
        with self._lock:
            known = self._kept.get(name)
            if known is not None:
                if known.position >= position:
                    return cast("T", known.value)
                if known.seconds > self._quick:
                    self._count_beside(name, position, count)
                    return cast("T", known.value)
        return self._count(name, position, count)

    def close(self) -> None:
        """Wait for what is being counted, and count no more."""
        with self._lock:
            thread, self._thread = self._thread, None
        if thread is not None:
            thread.shutdown(cancel_futures=True)

    def _count(self, name: Hashable, position: int, count: Callable[[], T]) -> T:
        begun = self._seconds()
        value = count()
        kept = _Kept(value, position, self._seconds() - begun)
        with self._lock:
            known = self._kept.get(name)
            if known is None or known.position <= position:
                self._kept[name] = kept
        return value

    def _count_beside(self, name: Hashable, position: int, count: Callable[[], T]) -> None:
        under_way = self._under_way.get(name)
        if under_way is not None and not under_way.done():
            return
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, thread_name_prefix="figures")
        self._under_way[name] = self._thread.submit(lambda: (self._count(name, position, count), None)[1])
