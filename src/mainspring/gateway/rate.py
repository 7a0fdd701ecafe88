"""A rate: how often an operation may be used, and who shares it."""

import threading
from collections.abc import Iterable
from datetime import datetime
from typing import Literal, NamedTuple

Sharing = Literal["caller", "company", "department", "process", "agent"]


class Rate(NamedTuple):
    """So many calls a second on average, and at most `burst` at once.

    Attributes:
        each: who has such a rate of its own: each caller; the whole company; each department (a call counts
            for every group of its caller); each process of the company (calls from none share one); each
            agent (others have no limit).
    """

    per_second: float
    burst: int
    each: Sharing = "caller"


class Buckets:
    """Token buckets by name, in this process's memory. Safe to use from several threads.

    Args:
        most: buckets that are kept; one more forgets the one that was not used for longest.
    """

    def __init__(self, most: int = 20_000) -> None:
        self._most = most
        self._kept: dict[tuple[str, ...], tuple[float, datetime]] = {}
        self._lock = threading.Lock()

    def take(self, names: Iterable[tuple[str, ...]], rate: Rate, at: datetime) -> bool:
        """Take a token from each of these buckets; from none of them, and no, when one is empty."""
        with self._lock:
            left = {name: self._left(name, rate, at) for name in names}
            allowed = all(tokens >= 1.0 for tokens, _ in left.values())
            for name, (tokens, last) in left.items():
                self._kept.pop(name, None)
                self._kept[name] = (tokens - 1.0 if allowed else tokens, last)
            while len(self._kept) > self._most:
                del self._kept[next(iter(self._kept))]
            return allowed

    def _left(self, name: tuple[str, ...], rate: Rate, at: datetime) -> tuple[float, datetime]:
        """How many tokens there are by now, and when that was."""
        tokens, last = self._kept.get(name, (float(rate.burst), at))
        passed = max(0.0, (at - last).total_seconds())
        return min(float(rate.burst), tokens + passed * rate.per_second), max(last, at)
