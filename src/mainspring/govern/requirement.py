"""What the ladder asks for before a call may be carried out."""

from datetime import timedelta
from typing import Literal, NamedTuple

Grade = Literal["automatic", "notify", "confirm", "person"]
GRADES: tuple[Grade, ...] = ("automatic", "notify", "confirm", "person")
"""From the freest to the strictest."""


class Requirement(NamedTuple):
    """An answer of the ladder.

    Attributes:
        grade: automatic (act), notify (act and report), confirm (act after confirmations), person (only a
            person does it; an agent may prepare it).
        confirmations: how many different people must confirm; 0 for automatic and notify. For person
            it counts the one who does it too.
        role: the role or group they must hold.
        rule: the id of the row that decided, or what decided in its place.
        reason: in words, for the one who must justify it.
        window: over which amounts to the same counterparty are added up, so that splitting gains nothing.
    """

    grade: Grade
    confirmations: int
    role: str
    rule: str
    reason: str
    window: timedelta | None = None

    @property
    def authority(self) -> str:
        """The authority grade of the mission page that this leaves to AI: A5, A4, A3, or A2 (it proposes)."""
        return {"automatic": "A5", "notify": "A4", "confirm": "A3", "person": "A2"}[self.grade]


def stricter(one: Requirement, other: Requirement) -> Requirement:
    """The one that asks for more; the first when they ask the same."""
    ranks = [(GRADES.index(each.grade), each.confirmations) for each in (one, other)]
    return other if ranks[1] > ranks[0] else one
