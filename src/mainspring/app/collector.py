"""The garbage collector of a process that serves for long: rare, and blind to what stays for good.

Python looks for cycles after every 700 new objects. Commands make thousands of small records that reference
counting frees by itself, so nearly all of that looking finds nothing; it was a fifth of a durable command.
"""

import gc

YOUNG = 50_000
"""New objects between two looks at the young ones: some 10 MB."""
OLDER, OLDEST = 20, 50
"""Looks at the younger generation between two at the next."""


def settle() -> None:
    """Call once when all is loaded: what is there now is not looked at again, and new objects seldom."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, OLDER, OLDEST)
