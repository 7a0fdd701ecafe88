"""A clock that moves only when it is told to."""

from datetime import UTC, datetime, timedelta

START = datetime(2026, 1, 1, tzinfo=UTC)


class VirtualClock:
    """Gives the same time until somebody moves it.

    Args:
        start: zone-aware time at which it begins.
    """

    def __init__(self, start: datetime = START) -> None:
        if start.tzinfo is None:
            raise ValueError("the start must be zone-aware")
        self._now = start.astimezone(UTC)

    def __call__(self) -> datetime:
        """The present."""
        return self._now

    def set(self, at: datetime) -> None:
        """Move to a time, earlier ones too: clocks do get set back."""
        self._now = at.astimezone(UTC)

    def advance(self, by: timedelta | float) -> None:
        """Move by a duration, or by seconds."""
        self._now += by if isinstance(by, timedelta) else timedelta(seconds=by)
