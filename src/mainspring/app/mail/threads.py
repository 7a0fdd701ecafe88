"""Which thread a letter belongs to, told by the ids that letters have and name. Pure.

Every id leads to a thread. A letter joins the threads that its own id and the ids it names lead to, so that
letters are together whichever came first; a letter that names a missing one meets the others that name it.
Threads of different cases are never joined: then the letter goes with the nearest one that it answers.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Place(NamedTuple):
    """Where a letter goes: its thread, and the threads that become one with it."""

    thread: int
    joined: frozenset[int]


def place(
    own: str, references: Sequence[str], known: Mapping[str, int], cases: Mapping[int, int], fresh: int
) -> Place:
    """The place of a letter.

    Args:
        own: its id; "" for none.
        references: ids that it names, the nearest first.
        known: thread by id, as far as these ids are known.
        cases: case by thread, for threads that have one.
        fresh: the thread that begins with it, when it belongs to none.
    """
    near = list(dict.fromkeys(known[one] for one in (*references, own) if one in known))
    if not near:
        return Place(fresh, frozenset())
    with_case = [one for one in near if one in cases]
    if len({cases[one] for one in with_case}) > 1:
        return Place(with_case[0], frozenset())
    thread = min(with_case or near)
    return Place(thread, frozenset(near) - {thread})
