"""The words of a catalogue: how telling each is, and which of them a misspelt or short word may mean."""

import math
from collections import Counter
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from mainspring.agents.skills.match.normalise import has_digit

_SHORTEST_TYPO = (
    3  # shorter ones have too many neighbours; of three letters none is lost or added ("AA", "AAA")
)
_LONG = 7  # from here two slips still leave the word recognisable
_CACHE = 50_000

# Short forms of the trade that no rule of letters finds, and their likeness to the whole word.
_SHORT_FORMS = {"xmas": "christmas", "xma": "christmas", "bday": "birthday"}
_SHORT_FORM = 0.9


class Reading(NamedTuple):
    """One word of the catalogue that a written word may stand for, and how much of it is kept (0 to 1)."""

    word: str
    likeness: float


class Vocabulary:
    """Words with their document frequency over distinct wordings. `add` invalidates what was cached."""

    def __init__(self) -> None:
        self._frequency: Counter[str] = Counter()
        self._documents = 0
        self._by_letter: dict[str, list[str]] = {}
        self._by_length: dict[int, list[str]] = {}
        self._readings: dict[str, tuple[Reading, ...]] = {}

    def __contains__(self, word: str) -> bool:
        return word in self._frequency

    def __len__(self) -> int:
        return len(self._frequency)

    def add(self, words: tuple[str, ...]) -> None:
        """Count the words of one more distinct wording."""
        self._documents += 1
        for word in set(words):
            self._frequency[word] += 1
            if self._frequency[word] == 1:
                self._by_letter.setdefault(word[0], []).append(word)
                if not has_digit(word):
                    self._by_length.setdefault(len(word), []).append(word)
                self._readings.clear()

    def frequency(self, word: str) -> int:
        """In how many distinct wordings the word occurs."""
        return self._frequency[word]

    def weight(self, word: str) -> float:
        """How telling a word is: inverse document frequency (Spärck Jones 1972), about 0.5 to 10."""
        weight = math.log((self._documents + 1) / (self._frequency[word] + 0.5)) + 0.5
        # A Chinese character is about half a word.
        return weight / 2 if len(word) == 1 and word > "ÿ" else weight

    def readings(self, word: str) -> tuple[Reading, ...]:
        """Words of the catalogue that `word` may be a misspelling or an abbreviation of, likeliest first."""
        known = self._readings.get(word)
        if known is None:
            if len(self._readings) > _CACHE:
                self._readings.clear()
            known = self._readings[word] = self._read(word)
        return known

    def _read(self, word: str) -> tuple[Reading, ...]:
        if has_digit(word) or not word.isalpha() or len(word) == 1:
            return ()
        found: dict[str, float] = {}
        if (whole := _SHORT_FORMS.get(word)) in self._frequency and whole:
            found[whole] = _SHORT_FORM
        if len(word) >= _SHORTEST_TYPO:
            slips = 2 if len(word) >= _LONG else 1
            wide = slips if len(word) > _SHORTEST_TYPO else 0
            for length in range(len(word) - wide, len(word) + wide + 1):
                others = self._by_length.get(length, ())
                near = process.extract(word, others, scorer=OSA.distance, score_cutoff=slips, limit=12)
                for other, distance, _ in near:
                    if distance:
                        found[other] = max(found.get(other, 0.0), 1.0 - distance / max(len(word), length))
        for other in self._by_letter.get(word[0], ()):
            if len(other) > len(word) and other not in found and is_abbreviation(word, other):
                found[other] = 0.5 + 0.4 * len(word) / len(other)
        ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
        return tuple(Reading(other, likeness) for other, likeness in ranked[:12])


def is_abbreviation(short: str, full: str) -> bool:
    """Whether `short` keeps the first letter and the order of letters of `full` ("hldr" of "holder")."""
    if full.startswith(short):
        return len(short) > 1 and len(full) > _SHORTEST_TYPO
    letters = iter(full)
    return len(full) - len(short) > 1 and all(letter in letters for letter in short)
