"""The alarm: recent audited cases that can hardly fit the promise any more.

Short windows see a sudden break (a new price list) within some twenty cases, long ones a slow decline. Each
is held against the promise by itself, at a level so low that all together seldom ring for nothing.
"""

from collections.abc import Sequence

from mainspring.agents.promise.bounds import lower

WINDOWS = (25, 50, 100, 200, 400)
"""How many of the latest audited cases count as recent."""
LONGEST = WINDOWS[-1]
EVERY = 5
"""The alarm is looked at after so many audited cases, not after each one."""
FALSE_ALARM = 0.002
"""The chance that one window rings at one look although the rate is just the target."""


def broken(audited: Sequence[bool], target: float) -> bool:
    """Whether recent automatic work errs more than was promised.

    Args:
        audited: whether each audited case was right, the latest last; all cases since the promise opened.
        target: the promised error rate.
    """
    if not audited or len(audited) % EVERY:
        return False
    return any(_breaks(audited[-window:], target) for window in WINDOWS)


def _breaks(recent: Sequence[bool], target: float) -> bool:
    wrong = sum(not right for right in recent)
    return lower(wrong, len(recent), FALSE_ALARM) > target
