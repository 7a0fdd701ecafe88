"""What is due when in a simulated run: a heap of times with what to do, first entered first."""

import heapq
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from math import ceil

Act = Callable[[float], None]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Agenda:
    """Times (seconds since 1970 UTC) and what is to be done then; exact to the microsecond of clocks."""

    def __init__(self) -> None:
        self._heap: list[tuple[int, int, Act]] = []
        self._ties = count()

    def at(self, when: float, act: Act) -> None:
        """Enter something."""
        heapq.heappush(self._heap, (ceil(when * 1e6), next(self._ties), act))

    def next(self) -> datetime | None:
        """When the next thing is due."""
        return _EPOCH + self._heap[0][0] * _MICROSECOND if self._heap else None

    def due(self, now: datetime) -> Act | None:
        """Take out the first thing that is due; None when nothing is."""
        return heapq.heappop(self._heap)[2] if self._heap and self._heap[0][0] <= _whole(now) else None


def _whole(now: datetime) -> int:
    return (now - _EPOCH) // _MICROSECOND
