"""Who signs a user task and what their answers come to: pure counting, apart from events and tasks.

A ballot has slots, one a signer. A slot opens when all slots it comes `after` are answered; that makes
signing in order, and signers added before or after another, one and the same thing.
"""

from decimal import Decimal, InvalidOperation
from typing import Any

MODES = ("all", "any", "vote", "order")
APPROVED, REJECTED, ABSTAINED = "approved", "rejected", "abstained"
OUTCOMES = {
    "completed": APPROVED,
    APPROVED: APPROVED,
    "accepted": APPROVED,
    REJECTED: REJECTED,
    "refused": REJECTED,
    ABSTAINED: ABSTAINED,
}
"""What people answer, and what it counts as."""


class Slot:
    """One signer's place. `person` None: whoever the model asks; `counts` False: asked, but no vote.

    `after` are the slots to be answered before; `outcome` and `voter` are set when it is answered, `task`
    while it is open.
    """

    __slots__ = ("after", "by", "counts", "note", "outcome", "person", "task", "voter", "weight")

    def __init__(
        self, person: str | None, weight: Decimal, after: list[int], *, counts: bool, by: str | None
    ) -> None:
        self.person = person
        self.weight = weight
        self.after = after
        self.counts = counts
        self.by = by
        self.outcome: str | None = None
        self.voter: str | None = None
        self.note: str | None = None
        self.task: int | None = None


class Ballot:
    """The signing of one user task: `mode` all, any, vote or order.

    `passing` is what a vote needs: "60%" of the weight, or a weight such as "3"; empty: more than half.
    `veto` is how many rejections decide. `result` names the variable that takes the outcome.
    """

    __slots__ = ("mode", "passing", "result", "slots", "veto")

    def __init__(self, mode: str, result: str, passing: str, veto: int) -> None:
        self.mode = mode
        self.result = result
        self.passing = passing
        self.veto = veto
        self.slots: dict[int, Slot] = {}

    def openable(self) -> list[int]:
        """Slots that wait for nobody and are not open yet."""
        return [
            number
            for number, slot in self.slots.items()
            if slot.outcome is None and slot.task is None and self.ready(slot)
        ]

    def ready(self, slot: Slot) -> bool:
        """Whether all slots before it are answered."""
        return all(self.slots[before].outcome is not None for before in slot.after if before in self.slots)

    def people(self) -> set[str]:
        """Everyone who signs or has signed."""
        named = {slot.person for slot in self.slots.values()} | {slot.voter for slot in self.slots.values()}
        return {person for person in named if person is not None}

    def verdict(self) -> str | None:
        """The outcome, approved or rejected, as soon as it is certain; None before."""
        counted = {number: slot for number, slot in self.slots.items() if slot.counts}
        if self.mode == "any":
            return self._first(counted)
        against = sum(1 for slot in counted.values() if slot.outcome == REJECTED)
        if self.veto and against >= self.veto:
            return REJECTED
        if self.mode == "vote":
            return self._share(list(counted.values()))
        if any(slot.outcome is None for slot in self.slots.values()):
            return None
        return REJECTED if against else APPROVED

    def _first(self, counted: dict[int, Slot]) -> str | None:
        """The first answer decides; of one who was asked before another it is only heard."""
        awaited = {before for slot in self.slots.values() if slot.outcome is None for before in slot.after}
        said = [s.outcome for number, s in counted.items() if s.outcome is not None and number not in awaited]
        return said[0] if said else None

    def _share(self, slots: list[Slot]) -> str | None:
        whole = sum((slot.weight for slot in slots), Decimal(0))
        yes = sum((slot.weight for slot in slots if slot.outcome == APPROVED), Decimal(0))
        open_ = sum((slot.weight for slot in slots if slot.outcome is None), Decimal(0))
        if self.passes(yes, whole):
            return APPROVED
        return None if open_ and self.passes(yes + open_, whole) else REJECTED

    def passes(self, yes: Decimal, whole: Decimal) -> bool:
        """Whether that weight of approvals is enough."""
        if not self.passing:
            return yes * 2 > whole
        if self.passing.endswith("%"):
            return yes * 100 >= Decimal(self.passing[:-1]) * whole
        return yes >= Decimal(self.passing)

    def votes(self) -> list[dict[str, Any]]:
        """The answers so far, as the process sees them."""
        return [
            {"person": slot.voter, "outcome": slot.outcome, "weight": slot.weight, "note": slot.note}
            for slot in self.slots.values()
            if slot.outcome is not None
        ]

    def as_json(self) -> list[Any]:
        """In JSON form."""
        slots = [
            [number, *(getattr(slot, name) for name in Slot.__slots__)] for number, slot in self.slots.items()
        ]
        return [self.mode, self.result, self.passing, self.veto, slots]

    @staticmethod
    def of_json(data: list[Any]) -> "Ballot":
        """From JSON form; numbers may have become Decimal."""
        mode, result, passing, veto, slots = data
        ballot = Ballot(mode, result, passing, int(veto))
        for number, *values in slots:
            slot: Slot = object.__new__(Slot)
            for name, value in zip(Slot.__slots__, values, strict=True):
                setattr(slot, name, value)
            slot.after = [int(before) for before in slot.after]
            slot.task = None if slot.task is None else int(slot.task)
            ballot.slots[int(number)] = slot
        return ballot


def seat(
    number: int,
    person: str | None,
    after: list[int],
    *,
    weight: Decimal = Decimal(1),
    counts: bool = True,
    by: str | None = None,
) -> dict[str, Any]:
    """A slot as events hold it."""
    return {
        "slot": number,
        "person": person,
        "weight": weight,
        "after": after,
        "counts": counts,
        "by": by,
    }


def needed(value: Any) -> str:
    """The passing share or weight in its kept form.

    Raises:
        ValueError: it is neither a share such as 60% nor a weight above 0.
    """
    text = "" if value is None else str(value).strip()
    number = text.removesuffix("%")
    try:
        if text and not 0 < Decimal(number) <= (100 if text.endswith("%") else Decimal("1e9")):
            raise ValueError(text)
    except InvalidOperation:
        raise ValueError(text) from None
    return text
