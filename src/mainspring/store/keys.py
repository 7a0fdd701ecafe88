"""64-bit keys in the order of time: 41 bits milliseconds since 2025, 12 bits a counter, 10 bits the node.

The layout follows Twitter's Snowflake (2010), with the counter above the node so that keys of one node only
ever grow, also when the clock stands still or is set back. The node number comes from a counter in the store,
so that no two processes, nor the same process after a restart with an earlier clock, give the same key.
"""

import threading
from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
Keys = Callable[[], int]

NODES = 1024
_PER_MILLISECOND = 4096
_START = datetime(2025, 1, 1, tzinfo=UTC)


def utc_now() -> datetime:
    """The clock on the wall, for whoever wires the system together."""
    return datetime.now(UTC)


class KeyGenerator:
    """Gives keys; safe to call from several threads.

    Args:
        clock: gives zone-aware UTC time.
        node: 0 to 1023, different for every process that writes (`store.node()`).
        after: a key that was given before, by any node; all keys will be greater, whatever the clock says.
    """

    def __init__(self, clock: Clock, node: int, *, after: int = -1) -> None:
        if not 0 <= node < NODES:
            raise ValueError(f"node must be between 0 and {NODES - 1}, not {node}")
        self._clock = clock
        self._node = node
        self._tick = after >> 10  # milliseconds and counter in one number
        self._until = self._tick  # the clock is looked at again when these 64 keys are used up
        self._lock = threading.Lock()

    def __call__(self) -> int:
        """The next key, greater than every one before it."""
        with self._lock:
            tick = self._tick + 1
            if tick > self._until:
                elapsed = self._clock() - _START
                now = (
                    elapsed.days * 86_400_000 + elapsed.seconds * 1000 + elapsed.microseconds // 1000
                ) * _PER_MILLISECOND
                tick = max(tick, now)
                self._until = tick + 63
            self._tick = tick
            return tick << 10 | self._node
