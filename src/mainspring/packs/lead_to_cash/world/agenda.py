"""The agenda of a simulated world: what will be done, and when."""

import heapq
from collections.abc import Callable
from datetime import datetime
from itertools import count

from mainspring.store import Tx

Action = Callable[[Tx, datetime], None]


class Agenda:
    """Actions in the order of their time; equal times in the order of their planning."""

    def __init__(self) -> None:
        self._planned: list[tuple[datetime, int, Action]] = []
        self._numbers = count()

    def __len__(self) -> int:
        return len(self._planned)

    def at(self, when: datetime, action: Action) -> None:
        """Plan an action."""
        heapq.heappush(self._planned, (when, next(self._numbers), action))

    def due(self, now: datetime) -> list[Action]:
        """Take out what is due now."""
        found = []
        while self._planned and self._planned[0][0] <= now:
            found.append(heapq.heappop(self._planned)[2])
        return found

    def next_due(self) -> datetime | None:
        """When the next action is due."""
        return self._planned[0][0] if self._planned else None
