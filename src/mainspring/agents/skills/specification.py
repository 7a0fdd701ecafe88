"""What a wording says exactly (sizes, norms, materials, colours, sides), and where two wordings contradict.

A product is matched by these before any word is ranked: an "M8x40" is never an "M8x30", however alike they
read. `parse` is pure and fast (tens of microseconds); it knows English, Chinese and the trade's shorthand.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from mainspring.agents.skills import specification_patterns as patterns
from mainspring.agents.skills import specification_words as words
from mainspring.agents.skills.specification_patterns import Size, Value, fold

__all__ = ["Conflict", "Feature", "Found", "Size", "Specification", "Value", "find", "fold", "parse"]

Conflict = tuple[str, str]
"""The words of one side and of the other that cannot both be true."""


class Feature(NamedTuple):
    """One exact statement: a kind ("thread", "length", "colour"), its canonical value, the wording."""

    kind: str
    value: Value
    text: str


class Found(NamedTuple):
    """A feature and the half-open span of the text that says it."""

    start: int
    end: int
    feature: Feature


@dataclass(frozen=True, slots=True, eq=False)
class Specification:
    """Everything exact in a wording. Hashable; equal when the same is said, in any order or spelling."""

    features: tuple[Feature, ...]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Specification) and self.statements == other.statements

    def __hash__(self) -> int:
        return hash(self.statements)

    def __bool__(self) -> bool:
        return bool(self.features)

    @property
    def statements(self) -> frozenset[tuple[str, Value]]:
        """The pairs of kind and value, without the wording."""
        return frozenset((feature.kind, feature.value) for feature in self.features)

    def of(self, kind: str) -> frozenset[Value]:
        """All values of a kind, such as "norm", "material", "colour", "number"."""
        return frozenset(feature.value for feature in self.features if feature.kind == kind)

    @property
    def norms(self) -> frozenset[Value]:
        """Norms; those that the trade sells for one another share a name ("DIN 933" is "ISO 4017")."""
        return self.of("norm")

    @property
    def materials(self) -> frozenset[Value]:
        """Materials; stainless grades are of kind "grade"."""
        return self.of("material")

    @property
    def colours(self) -> frozenset[Value]:
        """Colours in English, with "light" and "dark"."""
        return self.of("colour")

    @property
    def numbers(self) -> frozenset[Value]:
        """Bare numbers that no rule explains; take an order quantity out of the text before parsing it."""
        return self.of("number")

    def conflicts(self, other: "Specification") -> tuple[Conflict, ...]:
        """Where the two contradict: ("M8x40", "M8x30") of this and the other; empty when both can be true.

        What only one of them mentions is no conflict. Where both mention a kind, one must say all that the
        other says: "red" agrees with "red/white", "red/blue" does not.
        """
        return tuple(_conflicts(self, other))


@lru_cache(maxsize=65536)
def parse(text: str) -> Specification:
    """Read the exact statements out of a product wording in English or Chinese.

    Kinds with a Decimal: thread, thread pitch, thread length, length (mm), inch, volume (ml), mass (g),
    voltage (V), power (W), pressure (bar), charge (Ah), torque (Nm), paper weight (g/m2), angle, temperature
    (degrees Celsius), grit, pack (pieces in one), number. With a `Size`: size. With a word: norm, grade (A2,
    A4), strength (8.8), bit (PH2), material, finish, colour, side, size word, drive, head, nut, washer,
    thread run. A count ("200 pcs") is an order quantity and no specification.
    """
    features = tuple(dict.fromkeys(found.feature for found in find(text)))
    return Specification(_thread_lengths(features))


@lru_cache(maxsize=4096)
def find(text: str) -> tuple[Found, ...]:
    """As `parse`, with the span of each statement, in the order of the text."""
    folded = fold(text)
    taken = bytearray(len(folded))
    found: list[Found] = []
    for start, end, statements in patterns.statements(folded, taken):
        wording = text[start:end].strip(" ,;")
        found += [Found(start, end, Feature(kind, value, wording)) for kind, value in statements]
    for start, end, term in words.statements(folded, taken):
        found.append(Found(start, end, Feature(term.kind, term.value, text[start:end])))
    return tuple(sorted(found, key=lambda item: item[:2]))


def _thread_lengths(features: tuple[Feature, ...]) -> tuple[Feature, ...]:
    """Take the one length beside a thread as the thread's: "M8, 40 mm long" is an "M8x40"."""
    kinds = [feature.kind for feature in features]
    if "thread" not in kinds or "thread length" in kinds or kinds.count("length") != 1:
        return features
    return tuple(f._replace(kind="thread length") if f.kind == "length" else f for f in features)


def _conflicts(one: Specification, two: Specification) -> Iterator[Conflict]:
    for kind in dict.fromkeys(feature.kind for feature in one.features):
        mine, theirs = one.of(kind), two.of(kind)
        if not theirs or mine <= theirs or theirs <= mine:
            continue
        if kind == "size" and all(any(_fits(a, b) for b in theirs) for a in mine):
            continue
        yield _wording(one, kind, mine - theirs), _wording(two, kind, theirs - mine)


def _wording(specification: Specification, kind: str, values: frozenset[Value]) -> str:
    said = (
        feature.text for feature in specification.features if feature.kind == kind and feature.value in values
    )
    return "/".join(dict.fromkeys(said))


_SCALES = (Decimal(1), Decimal(10), Decimal("0.1"), Decimal(1000), Decimal("0.001"))


def _fits(a: Value, b: Value) -> bool:
    """Whether two sizes agree: the same figures in any order, or one gives fewer of them.

    Where one side names no unit, millimetres, centimetres or metres may be meant.
    """
    if not (isinstance(a, Size) and isinstance(b, Size)):
        return a == b
    few, many = sorted((a, b), key=lambda size: len(size.figures))
    scales = _SCALES[:1] if few.in_mm == many.in_mm else _SCALES
    return any(_contains(many.figures, few.figures, scale) for scale in scales)


def _contains(many: tuple[Decimal, ...], few: tuple[Decimal, ...], scale: Decimal) -> bool:
    rest = list(many)
    for figure in few:
        if figure * scale not in rest:
            return False
        rest.remove(figure * scale)
    return True
