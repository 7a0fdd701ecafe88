"""What goes into product matching and what comes out."""

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Product:
    """A product of the catalogue: its code and the names it goes by, in any language."""

    sku: str
    names: tuple[str, ...]


class Alternative(NamedTuple):
    """A product that the text may mean too, with the wording it was found by."""

    sku: str
    confidence: float
    wording: str


@dataclass(frozen=True, slots=True)
class Match:
    """The product a text means.

    Attributes:
        sku: the product, or None where the skill abstains.
        confidence: probability in [0, 1] that the first candidate is right.
        evidence: why, in sentences for the person who reviews it.
        alternatives: candidates, best first; the first one is what would have been taken.
        abstained: whether a person (or another skill) must decide.
        reason: why it abstained; empty otherwise.
        kind: of the evidence, for its record; empty where there is none to keep.
    """

    sku: str | None
    confidence: float
    evidence: tuple[str, ...]
    alternatives: tuple[Alternative, ...]
    abstained: bool
    reason: str
    kind: str = ""
