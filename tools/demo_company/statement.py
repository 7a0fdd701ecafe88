"""MT940 text of a list of bank entries, with the structured field 86 that German banks write."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

OPENING = Decimal("48210.55")
WIDTH = 65
PIECE = 27
PIECES = 10


class Entry(NamedTuple):
    """One entry: sign C (credit) or D (debit), amount in EUR, the other party and its words."""

    day: date
    sign: str
    amount: Decimal
    name: str
    account: str
    words: str


def _amount(value: Decimal) -> str:
    return f"{value:.2f}".replace(".", ",")


def _wrapped(text: str) -> list[str]:
    return [text[start : start + WIDTH] for start in range(0, len(text), WIDTH)]


def _details(entry: Entry) -> str:
    code, title = ("166", "GUTSCHRIFT") if entry.sign == "C" else ("177", "LASTSCHRIFT")
    words = f"SVWZ+{entry.words}" if entry.words else ""
    pieces = [words[start : start + PIECE] for start in range(0, len(words), PIECE)][:PIECES]
    text = f"{code}?00{title}?10{931:04d}"
    text += "".join(f"?{20 + index}{piece}" for index, piece in enumerate(pieces))
    text += f"?30DEMOXX00?31{entry.account}" if entry.account else ""
    text += f"?32{entry.name[:PIECE]}"
    return text + (f"?33{entry.name[PIECE:]}" if len(entry.name) > PIECE else "")


def mt940(entries: Iterable[Entry]) -> str:
    """The statement of January 2026, with CR LF as the standard wants."""
    balance = OPENING
    lines = [
        ":20:DEMOSTMT202601",
        ":25:00000000/0000000001",
        ":28C:1/1",
        f":60F:C260101EUR{_amount(OPENING)}",
    ]
    for number, entry in enumerate(entries, start=1):
        balance += entry.amount if entry.sign == "C" else -entry.amount
        day = f"{entry.day:%y%m%d}{entry.day:%m%d}"
        lines.append(f":61:{day}{entry.sign}{_amount(entry.amount)}NTRFNONREF//DEMO{number:05d}")
        lines += _wrapped(f":86:{_details(entry)}")
    lines.append(f":62F:C260131EUR{_amount(balance)}")
    return "\r\n".join([*lines, "-", ""])
