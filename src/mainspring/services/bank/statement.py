"""A statement of an account, whatever it was read from: signed entries, and balances that must add up."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

_NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Entry:
    """A booking.

    Attributes:
        day: on which the bank booked it.
        amount: above zero for money that came in, what really reached the account.
        payer: who paid, or was paid; account is theirs.
        reference: what the payer wrote to be recognised by, with everything else that was written in `text`.
        bank_reference: the bank's own, by which it is the same entry in another file.
        fee: kept by the bank or wallet on the way, already missing in the amount.
    """

    day: date
    amount: Decimal
    currency: str
    payer: str = ""
    account: str = ""
    reference: str = ""
    text: str = ""
    bank_reference: str = ""
    fee: Decimal = _NONE


@dataclass(frozen=True, slots=True)
class Statement:
    """Entries of one account, with the balances before and after where the source tells them.

    Attributes:
        faults: what in the source breaks its standard, with its place.
    """

    account: str
    number: str
    currency: str
    opening: Decimal | None
    closing: Decimal | None
    entries: tuple[Entry, ...]
    faults: tuple[str, ...] = ()

    @property
    def balanced(self) -> bool | None:
        """Whether the entries lead from one balance to the other; None where a balance is not told."""
        if self.opening is None or self.closing is None:
            return None
        return self.opening + sum((one.amount for one in self.entries), _NONE) == self.closing

    def all_faults(self) -> tuple[str, ...]:
        """The faults, and that the balances do not add up where they do not."""
        if self.balanced is not False:
            return self.faults
        booked = sum((one.amount for one in self.entries), _NONE)
        said = f"statement {self.number}: {self.opening} and entries of {booked} do not give {self.closing}"
        return (*self.faults, said)


def marks(account: str, entries: Sequence[Entry]) -> list[str]:
    """What each entry is known by, also in another file; entries that are alike are counted."""
    seen: Counter[str] = Counter()
    found = []
    for one in entries:
        parts = (
            account,
            one.day.isoformat(),
            f"{one.amount.normalize():f}",
            one.currency,
            one.bank_reference,
        )
        words = () if one.bank_reference else (one.payer, one.account, one.reference, one.text)
        said = "\x1f".join((*parts, *words))
        seen[said] += 1
        found.append(hashlib.sha256(f"{said}\x1f{seen[said]}".encode()).hexdigest()[:40])
    return found
