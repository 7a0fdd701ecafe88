"""How a written text and one wording of the catalogue agree, word by word."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise

from mainspring.agents.skills.match.normalise import COUNT_WORDS, has_digit, is_small_slip
from mainspring.agents.skills.match.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Word:
    """A written word: its weight, and what catalogue words it may stand for (word -> likeness)."""

    text: str
    weight: float
    known: bool
    readings: dict[str, float]


@dataclass(slots=True)
class Alignment:
    """Weights of what agrees, what is only like, what the text has too much and what it lacks.

    Attributes:
        matched: weight of the wording's words that the text has.
        slipped: part of `matched` that is only alike (typing errors, abbreviations), times its unlikeness.
        extra: weight of known words in the text that the wording lacks.
        unknown: weight of words in the text that nothing in the catalogue explains.
        missing: weight of words of the wording that the text lacks.
        numbers: numbers in the text that the wording lacks.
        moved: share of neighbouring pairs that changed order.
        total: weight of all words of the wording.
        said: weight of all words of the text.
    """

    matched: float = 0.0
    slipped: float = 0.0
    extra: float = 0.0
    unknown: float = 0.0
    missing: float = 0.0
    numbers: int = 0
    moved: float = 0.0
    total: float = 0.0
    said: float = 0.0
    extra_words: tuple[str, ...] = ()
    missing_words: tuple[str, ...] = ()
    read_as: tuple[tuple[str, str], ...] = ()

    @property
    def cost(self) -> float:
        """What speaks against the pair, in weight of words: a word too much most, a word left out least."""
        return 1.2 * self.slipped + self.extra + self.unknown + 0.6 * self.missing

    @property
    def score(self) -> float:
        """Likeness for ranking: matched weight against everything said on either side."""
        kept = self.matched - self.slipped
        whole = kept + self.slipped + self.missing + self.extra + self.unknown
        return kept / whole if whole else 0.0


def pardon(
    found: Alignment, extra: AbstractSet[str], missing: AbstractSet[str], vocabulary: Vocabulary
) -> None:
    """Take back what both sides say in other words, such as "0.5 l" and "500 ml": it is no difference."""
    for word in found.extra_words:
        if word not in extra:
            continue
        if word in vocabulary:
            found.extra = max(0.0, found.extra - vocabulary.weight(word))
        else:
            found.unknown = max(0.0, found.unknown - vocabulary.weight(word))
        found.numbers -= has_digit(word)
    found.missing -= sum(vocabulary.weight(word) for word in found.missing_words if word in missing)
    found.extra_words = tuple(word for word in found.extra_words if word not in extra)
    found.missing_words = tuple(word for word in found.missing_words if word not in missing)


def leave_unsaid(found: Alignment, unsaid: AbstractSet[str], vocabulary: Vocabulary) -> None:
    """Count words that go without saying at a quarter of their weight, and not as words left out."""
    kept = tuple(word for word in found.missing_words if word not in unsaid)
    found.missing -= 0.75 * sum(vocabulary.weight(word) for word in found.missing_words if word in unsaid)
    found.missing_words = kept


def read(words: tuple[str, ...], vocabulary: Vocabulary) -> tuple[Word, ...]:
    """Look every written word up once, for all candidates."""
    return tuple(_read(word, vocabulary) for word in words)


def _read(word: str, vocabulary: Vocabulary) -> Word:
    known = word in vocabulary
    # A word that was seen once may itself be a slip that somebody confirmed: it may still stand for another.
    doubtful = not known or vocabulary.frequency(word) <= 1
    readings = {reading.word: reading.likeness for reading in vocabulary.readings(word)} if doubtful else {}
    weight = vocabulary.weight(word)
    if not known and readings:
        weight = min(weight, max(map(vocabulary.weight, readings)))
    return Word(word, weight, known, readings)


def align(text: tuple[Word, ...], wording: tuple[str, ...], vocabulary: Vocabulary) -> Alignment:
    """Pair the words of both sides: equal ones first, then joined or split ones, then alike ones."""
    found = Alignment(said=sum(word.weight for word in text))
    left = list(wording)
    where: list[int] = []
    rest: list[Word] = []
    for word in text:
        if word.text in left:
            place = left.index(word.text)
            left[place] = ""
            where.append(place)
            found.matched += word.weight
        else:
            rest.append(word)
    if rest:
        rest = _joined(rest, left, where, found, vocabulary)
        rest = _alike(rest, left, where, found, vocabulary)
    _leftover(rest, [word for word in left if word], found, vocabulary)
    found.total = found.matched + found.missing
    turns = sum(1 for a, b in pairwise(where) if b < a)
    found.moved = turns / max(1, len(where) - 1)
    return found


def _joined(
    rest: list[Word], left: list[str], where: list[int], found: Alignment, vocabulary: Vocabulary
) -> list[Word]:
    """Pair "jampot" with "jam pot", whichever side writes it as one."""
    kept: list[Word] = []
    skip = False
    for place, word in enumerate(rest):
        if skip:
            skip = False
            continue
        after = rest[place + 1] if place + 1 < len(rest) else None
        if after is not None and (joined := word.text + after.text) in left:
            where.append(left.index(joined))
            left[where[-1]] = ""
            found.matched += vocabulary.weight(joined)
            found.read_as += ((f"{word.text} {after.text}", joined),)
            skip = True
            continue
        split = _split(word.text, left)
        if split is None:
            kept.append(word)
            continue
        first, second = split
        found.matched += vocabulary.weight(left[first]) + vocabulary.weight(left[second])
        found.read_as += ((word.text, f"{left[first]} {left[second]}"),)
        left[first] = left[second] = ""
        where.append(first)
    return kept


def _split(text: str, left: list[str]) -> tuple[int, int] | None:
    for place in range(len(left) - 1):
        one, two = left[place], left[place + 1]
        if one and two and text == one + two:
            return place, place + 1
    return None


def _alike(
    rest: list[Word], left: list[str], where: list[int], found: Alignment, vocabulary: Vocabulary
) -> list[Word]:
    """Pair misspelt and shortened words with what is left, the likeliest pairs first."""
    pairs = sorted(
        (
            (-likeness, number, place)
            for number, word in enumerate(rest)
            for place, other in enumerate(left)
            if other and (likeness := word.readings.get(other, 0.0))
        ),
    )
    used: set[int] = set()
    for unlikeness, number, place in pairs:
        if number in used or not left[place]:
            continue
        weight = vocabulary.weight(left[place])
        found.matched += weight
        found.slipped += weight * (1.0 + unlikeness)
        found.read_as += ((rest[number].text, left[place]),)
        where.append(place)
        used.add(number)
        left[place] = ""
    return [word for number, word in enumerate(rest) if number not in used]


def _leftover(rest: list[Word], left: list[str], found: Alignment, vocabulary: Vocabulary) -> None:
    rest = [
        word for word in rest if word.text not in COUNT_WORDS and (word.known or not is_small_slip(word.text))
    ]
    for word in rest:
        if word.known:
            found.extra += word.weight
        else:
            found.unknown += word.weight
    found.missing = sum(vocabulary.weight(word) for word in left if word not in COUNT_WORDS)
    found.extra_words = tuple(word.text for word in rest)
    found.missing_words = tuple(left)
    found.numbers = sum(map(has_digit, found.extra_words))
