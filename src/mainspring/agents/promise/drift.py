"""The alarm: recent audited cases that can hardly fit the promise any more."""

from collections.abc import Sequence

from mainspring.agents.promise.bounds import lower

WINDOW = 200
"""How many of the latest audited cases count as recent."""
EVERY = 10
"""The alarm is looked at after so many audited cases, not after each one."""
FALSE_ALARM = 0.005
"""The chance that one look rings although the rate is just the target."""


def broken(audited: Sequence[bool], target: float) -> bool:
    """Whether recent automatic work errs more than was promised.

    Args:
        audited: whether each audited case was right, the latest last; all cases since the promise opened.
        target: the promised error rate.
    """
    if not audited or len(audited) % EVERY:
        return False
    recent = audited[-WINDOW:]
    wrong = sum(not right for right in recent)
    return lower(wrong, len(recent), FALSE_ALARM) > target
