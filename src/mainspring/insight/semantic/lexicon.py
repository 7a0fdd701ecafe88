"""Reading a question by known terms: the longest terms that cover it best, and what no term covers.

A question is a row of units: a Latin word, a number or an identifier is one unit, and so is each Chinese
character. Of all ways to cut the row into known terms the one is taken that leaves the fewest units
uncovered, and of these the one with the fewest terms. One way serves both languages and mixtures of them.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

_UNIT = re.compile(
    r"[^\W\d_\u3000-\u9fff][^\W\u3000-\u9fff]*(?:[-_./'’][^\W\u3000-\u9fff]+)*"  # a word or an identifier
    r"|\d+(?:[-_./]?[^\W\u3000-\u9fff]+)*"  # a number, or an identifier that begins with one
    r"|[\u3400-\u9fff]"  # a Chinese character
)
_PLAIN = re.compile(r"[a-z]+(?:[-'’/][a-z]+)+")
_LONGEST = 24
"""Units of the longest term that is looked for."""
_SHORT = 3


class Meaning(NamedTuple):
    """What a term may stand for: its kind (metric, dimension, value, word, ...), which one, and its value."""

    kind: str
    id: str
    value: str = ""


class Phrase(NamedTuple):
    """A part of a question that a term covers, as it was written, with all that it may mean."""

    text: str
    meanings: tuple[Meaning, ...]

    def means(self, kind: str) -> tuple[Meaning, ...]:
        """Its meanings of one kind."""
        return tuple(one for one in self.meanings if one.kind == kind)


class Reading(NamedTuple):
    """A question as it was read: phrases in their order, and the words that nothing covers."""

    phrases: tuple[Phrase, ...]
    unknown: tuple[str, ...]


class _Unit(NamedTuple):
    key: str
    begin: int
    end: int


Lookup = Callable[[str], tuple[Meaning, ...]]
"""Meanings of an identifier, as it was written."""


def nothing(_: str) -> tuple[Meaning, ...]:
    """No identifier is known."""
    return ()


class Lexicon:
    """Terms and what they mean.

    Args:
        terms: pairs of a term, as people write it, and a meaning; a term may have several.
        beside: another lexicon whose terms it has too.
    """

    def __init__(self, terms: Iterable[tuple[str, Meaning]] = (), *, beside: "Lexicon | None" = None) -> None:
        self._terms: dict[tuple[str, ...], tuple[Meaning, ...]] = dict(beside.terms) if beside else {}
        for term, meaning in terms:
            key = tuple(unit.key for unit in _units(term))
            known = self._terms.get(key, ())
            if key and meaning not in known:
                self._terms[key] = (*known, meaning)

    @property
    def terms(self) -> Mapping[tuple[str, ...], tuple[Meaning, ...]]:
        """The terms by their units."""
        return self._terms

    def __contains__(self, term: str) -> bool:
        return tuple(unit.key for unit in _units(term)) in self._terms

    def read(
        self, text: str, fixed: Mapping[tuple[int, int], Meaning] | None = None, lookup: Lookup = nothing
    ) -> Reading:
        """Cut a question into terms.

        Args:
            text: the question.
            fixed: parts of it, by begin and end, whose meaning is known already.
            lookup: asked about words with a digit in them that stand in no term.
        """
        units = _with_fixed(_units(text), fixed or {})
        found = _best(units, self._terms, fixed or {}, lookup)
        phrases, unknown = [], []
        for begin, end, meanings in found:
            written = text[units[begin].begin : units[end - 1].end]
            if meanings:
                phrases.append(Phrase(written, meanings))
            else:
                unknown.append(written)
        return Reading(tuple(phrases), _joined(unknown, text))


def _units(text: str) -> list[_Unit]:
    """The units of a text; Latin words in lower case, without the endings of plural and possession."""
    found = []
    for match in _UNIT.finditer(text):
        word = match[0].lower()
        if _PLAIN.fullmatch(word) and not word.endswith(("'s", "’s")):
            parts = re.finditer(r"[a-z]+", word)
            found += [
                _Unit(_stem(part[0]), match.start() + part.start(), match.start() + part.end())
                for part in parts
            ]
        else:
            found.append(_Unit(_stem(word), match.start(), match.end()))
    return found


def _stem(word: str) -> str:
    word = word.removesuffix("'s").removesuffix("’s")
    if not word.isalpha() or len(word) <= _SHORT or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word.removesuffix("s")


def _with_fixed(units: list[_Unit], fixed: Mapping[tuple[int, int], Meaning]) -> list[_Unit]:
    """The units with those within a fixed part replaced by one for the part."""
    parts = [_Unit("", begin, end) for begin, end in fixed]
    left = [unit for unit in units if not any(part.begin <= unit.begin < part.end for part in parts)]
    return sorted([*left, *parts], key=lambda unit: unit.begin)


_Cut = tuple[int, int, tuple[Meaning, ...]]


def _best(
    units: list[_Unit],
    terms: Mapping[tuple[str, ...], tuple[Meaning, ...]],
    fixed: Mapping[tuple[int, int], Meaning],
    lookup: Lookup,
) -> list[_Cut]:
    """The best way to cut, from the end forward: fewest units uncovered, then fewest terms."""
    best: list[tuple[int, int, list[_Cut]]] = [(0, 0, [])]
    for begin in range(len(units) - 1, -1, -1):
        options: list[tuple[int, int, list[_Cut]]] = []
        for end in range(begin + 1, min(len(units), begin + _LONGEST) + 1):
            meanings = _meanings(units[begin:end], terms, fixed, lookup)
            if meanings or end == begin + 1:
                uncovered, cuts, after = best[len(units) - end]
                options.append((uncovered + (not meanings), cuts + 1, [(begin, end, meanings), *after]))
        best.append(min(options, key=lambda one: (one[0], one[1], -(one[2][0][1] - begin))))
    return best[-1][2]


def _meanings(
    units: list[_Unit],
    terms: Mapping[tuple[str, ...], tuple[Meaning, ...]],
    fixed: Mapping[tuple[int, int], Meaning],
    lookup: Lookup,
) -> tuple[Meaning, ...]:
    first = units[0]
    if len(units) == 1 and not first.key:
        return (fixed[first.begin, first.end],)
    found = terms.get(tuple(unit.key for unit in units), ())
    if found or len(units) > 1 or not any(letter.isdigit() for letter in first.key):
        return found
    return lookup(first.key)


def _joined(unknown: list[str], text: str) -> tuple[str, ...]:
    """Unknown words, with Chinese characters that follow each other as one."""
    found: list[str] = []
    for word in unknown:
        if found and len(word) == 1 and not word.isascii() and found[-1] + word in text:
            found[-1] += word
        else:
            found.append(word)
    return tuple(dict.fromkeys(found))
