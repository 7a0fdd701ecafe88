"""What is read from an invoice or a receipt."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mainspring.agents.skills.extract.understanding import Field


@dataclass(frozen=True, slots=True)
class Bill:
    """The head of an invoice or receipt; each field with its own confidence and evidence.

    Attributes:
        issuer: who wants or got the money, as printed.
        issued: the day of the bill.
        number: its number, as printed.
        total: what is to be paid, taxes included, in `currency`.
        currency: ISO 4217; None where only a bare number or an ambiguous sign stands there.
        doubts: why a person should look, in sentences.
    """

    issuer: Field[str]
    issued: Field[date]
    number: Field[str]
    total: Field[Decimal]
    currency: Field[str]
    doubts: tuple[str, ...] = ()
