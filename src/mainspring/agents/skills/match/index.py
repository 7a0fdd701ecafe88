"""Inverted index from words to wordings, so that a text meets a few dozen of them, not all."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from heapq import nlargest

from mainspring.agents.skills.match.normalise import tokens
from mainspring.agents.skills.match.vocabulary import Vocabulary

_WIDEST = 600  # a word found in more wordings than this only breaks ties between candidates of rarer words


@dataclass(slots=True, eq=False)
class Entry:
    """One distinct sequence of words with the products it was used for (product -> times)."""

    text: str
    words: tuple[str, ...]
    skus: dict[str, int] = field(default_factory=dict)

    @property
    def sku(self) -> str | None:
        """The product, where there is exactly one."""
        return next(iter(self.skus)) if len(self.skus) == 1 else None


class Index:
    """Wordings by their words."""

    def __init__(self) -> None:
        self.vocabulary = Vocabulary()
        self._entries: dict[tuple[str, ...], Entry] = {}
        self._sorted: dict[tuple[str, ...], list[Entry]] = {}
        self._postings: dict[str, list[Entry]] = {}

    def __len__(self) -> int:
        return len(self._entries)

    def add(self, text: str, sku: str, count: int) -> None:
        """Let `text` be found as a wording of `sku`."""
        words = tokens(text)
        if not words:
            return
        entry = self._entries.get(words)
        if entry is None:
            entry = self._entries[words] = Entry(text, words)
            self.vocabulary.add(words)
            self._sorted.setdefault(tuple(sorted(words)), []).append(entry)
            for word in set(words):
                self._postings.setdefault(word, []).append(entry)
        entry.skus[sku] = entry.skus.get(sku, 0) + count

    def remove(self, text: str, sku: str, count: int) -> None:
        """Take back what `add` did; an entry without products stays but is never proposed."""
        entry = self._entries.get(tokens(text))
        if entry is None or sku not in entry.skus:
            return
        entry.skus[sku] -= count
        if entry.skus[sku] <= 0:
            del entry.skus[sku]

    def same_words(self, words: tuple[str, ...]) -> list[Entry]:
        """Wordings with exactly these words, in any order."""
        return [entry for entry in self._sorted.get(tuple(sorted(words)), ()) if entry.skus]

    def near(self, readings: Iterable[tuple[str, float]], limit: int) -> list[Entry]:
        """The wordings that share most with the words given, each word with its weight, best first."""
        scores: dict[int, float] = {}
        found: dict[int, Entry] = {}
        by_rarity = sorted(readings, key=lambda reading: len(self._postings.get(reading[0], ())))
        for word, weight in by_rarity:
            postings = self._postings.get(word, ())
            opens = len(postings) <= _WIDEST or not scores
            for entry in postings:
                key = id(entry)
                if key in scores:
                    scores[key] += weight
                elif opens:
                    scores[key] = weight
                    found[key] = entry
        # Among equals the wording with fewer words left over comes first.
        best = nlargest(limit, scores, key=lambda key: scores[key] - 0.05 * len(found[key].words))
        return [found[key] for key in best if found[key].skus]
