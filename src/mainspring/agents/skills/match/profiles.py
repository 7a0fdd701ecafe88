"""What each product is called, word by word, over all that was confirmed: noise washes out, the name stays.

A text is read as one product's name sent through a careless hand: each word of the name comes with the share
it has among the confirmations, may be left out, misspelt or shortened, and foreign words may slip in (a noisy
channel; Kernighan, Church and Gale 1990). Bayes' rule gives the probability of each product, beside a
stranger whose chance is the share of products met once so far (Good 1953).
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from heapq import nlargest
from typing import NamedTuple

from rapidfuzz.distance import OSA

from mainspring.agents.skills.match.normalise import COUNT_WORDS, has_digit, is_small_slip
from mainspring.agents.skills.match.vocabulary import is_abbreviation

_SMOOTH = 0.5
"""Confirmations that the whole catalogue lends to the words of one product."""
_FOREIGN = 0.08
"""The chance that a word is none of the product's."""
_COMMON, _RARE = 0.02, 3e-5
"""How much of that chance a common word has; the share of confirmations below which a word is rare."""
_DROPPED = 0.06
"""The chance that a word of the name is left out."""
_SLIP, _TWO_SLIPS, _GARBLED, _SHORTENED = 0.02, 0.001, 0.0002, 0.05
"""The chance that a word is written this particular other way, given that it is written otherwise."""
_MAIN = 3
"""A word is of the name when at least one confirmation in so many has it."""
_TEMPER = 0.6
"""Words of a name come together, so that each tells less than it would alone."""
_WIDEST, _CANDIDATES = 600, 16
_TOO_FAR = 0.4
"""A product that shares less than this part of what the nearest one shares is no rival."""
_LONG, _SHORT, _SHORTEST = 7, 4, 3
"""From how many letters on two slips leave a word known, or at least to be guessed; the fewest written, but
for a lost vowel: "cp" is a cup, and XL is no XXL."""
_RARER = 20
"""What is guessed is at least so many times as frequent as what was written: grey is no slip of green."""
_VOWELS = str.maketrans("", "", "aeiou")


class Guess(NamedTuple):
    """A product that the words may mean.

    Attributes:
        sku: the product.
        probability: that it is meant.
        read_as: written words, each with the word of the name it stands for.
        foreign: written words that nothing in the name explains.
    """

    sku: str
    probability: float
    read_as: tuple[tuple[str, str], ...]
    foreign: tuple[str, ...]


class _Fit(NamedTuple):
    likelihood: float
    read_as: tuple[tuple[str, str], ...]
    foreign: tuple[str, ...]


@dataclass(slots=True)
class _Profile:
    """One product: how often it was confirmed, and with which words."""

    times: int = 0
    words: Counter[str] = field(default_factory=Counter)
    known_name: dict[str, float] | None = None

    def name(self) -> dict[str, float]:
        """The words of the name, each with the logarithm of the chance that it is not there."""
        if self.known_name is None:
            whole = self.times + _SMOOTH
            self.known_name = {
                word: math.log(1.0 - count / whole * (1.0 - _DROPPED))
                for word, count in self.words.items()
                if _MAIN * count >= self.times
            }
        return self.known_name


class Profiles:
    """All products by the words they were confirmed with."""

    def __init__(self) -> None:
        self._profiles: dict[str, _Profile] = {}
        self._frequency: Counter[str] = Counter()
        self._postings: dict[str, set[str]] = {}
        self._total = 0
        self._once = 0
        self._last: tuple[Sequence[str], Guess | None] | None = None
        """The latest question and its answer: what was asked is often learned next."""

    def times(self, sku: str) -> int:
        """How often a product was confirmed."""
        return self._profiles[sku].times if sku in self._profiles else 0

    def called(self, sku: str) -> str:
        """The words of a product's name."""
        return " ".join(self._profiles[sku].name())

    def learn(self, words: Iterable[str], sku: str, times: int) -> None:
        """Take in that these words meant a product, so many times; negative times take it back."""
        profile = self._profiles.setdefault(sku, _Profile())
        self._once -= profile.times == 1
        profile.times += times
        self._once += profile.times == 1
        profile.known_name = self._last = None
        self._total += times
        for word in dict.fromkeys(words):
            profile.words[word] += times
            self._frequency[word] += times
            if profile.words[word] > 0:
                self._postings.setdefault(word, set()).add(sku)
            else:
                del profile.words[word]
                self._postings[word].discard(sku)

    def guess(self, words: Sequence[str]) -> Guess | None:
        """The product that the words mean most likely; None where nothing shares a word with them."""
        if self._last is None or self._last[0] != words:
            self._last = words, self._guessed(words)
        return self._last[1]

    def _guessed(self, words: Sequence[str]) -> Guess | None:
        said = {word for word in words if word not in COUNT_WORDS}
        near = self._near(said)
        if not near:
            return None
        weighed = []
        for sku in near:
            profile = self._profiles[sku]
            fit = self._fit(said, profile)
            weighed.append((math.log(profile.times / self._total) + fit.likelihood, sku, fit))
        weighed.sort(reverse=True)
        top, sku, fit = weighed[0]
        stranger = math.log((self._once + 1) / (self._total + 1))
        odds = sum(math.exp(_TEMPER * (score - top)) for score in (stranger, *(one[0] for one in weighed)))
        return Guess(sku, 1.0 / odds, fit.read_as, fit.foreign)

    def _near(self, said: set[str]) -> list[str]:
        """The products that share most with the words, the rarest word first."""
        scores: dict[str, float] = {}
        profiles = self._profiles
        for word in sorted(said, key=lambda word: (len(self._postings.get(word, ())), word)):
            known = self._postings.get(word, set())
            weight = -math.log(self._share(word))
            # A word of very many products only tells those apart that rarer words have brought.
            among = known if len(known) <= _WIDEST or not scores else known & scores.keys()
            for sku in among:
                profile = profiles[sku]
                share = profile.words[word] / (profile.times + _SMOOTH)
                scores[sku] = scores.get(sku, 0.0) + weight * share
        least = _TOO_FAR * max(scores.values(), default=0.0)
        rivals = [sku for sku, score in scores.items() if score >= least]
        return nlargest(_CANDIDATES, rivals, key=lambda sku: (scores[sku], sku))

    def _share(self, word: str) -> float:
        """The share of all confirmations that have a word."""
        return (self._frequency[word] + 0.5) / (self._total + 1)

    def _fit(self, said: set[str], profile: _Profile) -> _Fit:
        """The logarithm of how much likelier the words are for the product than for any text."""
        whole = profile.times + _SMOOTH
        left = dict(profile.name())
        likelihood = 0.0
        read_as: list[tuple[str, str]] = []
        foreign: list[str] = []
        # The name's own words first: what is left of it may then be meant by the others.
        for word in sorted(said, key=lambda word: (-profile.words[word], word)):
            share = self._share(word)
            count = profile.words[word]
            told = (1.0 - _FOREIGN) * (count / whole / share + _SMOOTH / whole)
            told += _FOREIGN * min(1.0, max(_RARE / share, _COMMON))
            if word in left:
                del left[word]
            else:
                meant, likeness = _meant(word, left)
                if meant and likeness == _GARBLED and _RARER * self._frequency[word] > self._frequency[meant]:
                    meant = None
                if meant:
                    told += 0.0 if count else _FOREIGN * likeness * profile.words[meant] / whole / share
                    del left[meant]
                    read_as.append((word, meant))
                elif not count and not is_small_slip(word):
                    foreign.append(word)
            likelihood += math.log(told)
        return _Fit(likelihood + sum(left.values()), tuple(read_as), tuple(foreign))


def _meant(word: str, left: Iterable[str]) -> tuple[str | None, float]:
    """The word of the name that is likeliest written so, if any, and how likely it is written just so."""
    best: str | None = None
    most = 0.0
    for name in left:
        likeness = _likeness(word, name)
        if likeness > most:
            best, most = name, likeness
    return best, most


@lru_cache(maxsize=1 << 17)
def _likeness(word: str, name: str) -> float:
    if has_digit(word) or has_digit(name):
        return 0.0
    if len(word) < _SHORTEST:
        return _SLIP if len(word) == _SHORTEST - 1 and word == name.translate(_VOWELS) != name else 0.0
    distance = OSA.distance(word, name, score_cutoff=2)
    if distance <= 1:
        return _SLIP
    if is_abbreviation(word, name):
        return _SHORTENED
    if distance > 2 or len(name) < _SHORT:  # noqa: PLR2004 - two slips
        return 0.0
    return _TWO_SLIPS if len(name) >= _LONG else _GARBLED
