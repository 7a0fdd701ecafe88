"""Which of the values that stand in a text is the one wanted, learned from texts whose value is known.

Every value of the wanted sort in a text is a candidate: numbers, days, or words that look like an address, a
telephone number, a code, or like a value seen before. Candidates are told apart by naive Bayes (Maron 1961)
over their shape, their place and the words beside them, smoothed towards how usual a sign is; what people
gave is the right one of its text, all others of that text are wrong ones.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Literal, NamedTuple

from mainspring.agents.skills.errors import TrainingError
from mainspring.agents.skills.extract import dates
from mainspring.base.bilingual import both

Sort = Literal["text", "number", "day"]
Read = Callable[[str], object | None]

_FEWEST = 3
_NUMBER = re.compile(r"(?<![\w.])[-+]?\d+(?:[.,'\u00a0]\d+)*(?![\w]*@)")
_WORD = re.compile(r"[^\W_]+|[^\w\s]")
_SHAPES = (
    ("address", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("page", re.compile(r"https?://[^\s,;]+|www\.[^\s,;]+")),
    ("code", re.compile(r"(?=[\w/-]*\d)(?=[\w/-]*[A-Za-z])[A-Za-z0-9]+(?:[-/_][A-Za-z0-9]+)*")),
    ("telephone", re.compile(r"\+?\d[\d\s()/-]{5,17}\d")),
)
_PRIOR = 1.0
_OVERLAP = 0.5
"""Signs say the same twice (a word beside is also near), so that each counts half."""
_ANY_DAY = date(2000, 1, 1)


class Candidate(NamedTuple):
    """A value that stands in a text, and what tells it from others."""

    value: str
    signs: frozenset[str]
    beside: str


_NO_VALUE = both("no such value stands in the text", "原文中没有这样的值")


class Picked(NamedTuple):
    """The value, how sure it is, and why; an empty value where the text has none of the sort."""

    value: str
    confidence: float
    why: str


class Picker:
    """Picks values as it was shown.

    Args:
        sort: what is picked.
        read: the value as it is compared, so that 1,200.50 and 1200.5 are the same; None for no value.
    """

    def __init__(self, sort: Sort, read: Read) -> None:
        self._sort, self._read = sort, read
        self._words: frozenset[str] = frozenset()
        self._good: Counter[str] = Counter()
        self._bad: Counter[str] = Counter()
        self._right = self._wrong = 0

    @classmethod
    def train(cls, examples: Iterable[tuple[str, str]], sort: Sort, read: Read) -> "Picker":
        """Learn from texts and the value of each.

        Raises:
            TrainingError: in fewer than three texts does the value stand.
        """
        known, picker = list(examples), cls(sort, read)
        if sort == "text":
            seen = Counter(value.strip() for _, value in known)
            picker._words = frozenset(value for value, times in seen.items() if times > 1 and value)
        for text, value in known:
            picker._learn(text, value)
        if picker._right < _FEWEST:
            raise TrainingError(
                f"in {picker._right} of {len(known)} texts stands the value that was given",
                where="training",
                mend=f"Fill in at least {_FEWEST} rows by hand with values that stand in the text.",
            )
        return picker

    def _learn(self, text: str, value: str) -> None:
        wanted = self._read(value)
        found = list(self._candidates(text))
        right = [one for one in found if self._read(one.value) == wanted]
        if not right:
            return
        for one in found:
            if one in right:
                self._right += 1
                self._good.update(one.signs)
            else:
                self._wrong += 1
                self._bad.update(one.signs)

    def pick(self, text: str) -> Picked:
        """The value of a text."""
        found = list(self._candidates(text))
        if not found:
            return Picked("", 0.0, _NO_VALUE)
        odds = [math.exp(min(30.0, self._odds(one))) for one in found]
        by_value: dict[object, float] = {}
        for one, weight in zip(found, odds, strict=True):
            read = self._read(one.value)
            by_value[read] = max(by_value.get(read, 0.0), weight)
        best = max(range(len(found)), key=lambda place: odds[place])
        confidence = odds[best] / (_PRIOR + sum(by_value.values()))
        return Picked(
            found[best].value,
            confidence,
            both("beside “{words}”", "位于“{words}”旁", words=found[best].beside),
        )

    def _odds(self, one: Candidate) -> float:
        """Log-odds that a candidate is the wanted one."""
        total, seen = math.log((self._right + 1) / (self._wrong + 1)), self._right + self._wrong
        for sign in one.signs & (self._good.keys() | self._bad.keys()):
            usual = (self._good[sign] + self._bad[sign]) / seen
            good = (self._good[sign] + usual) / (self._right + 1)
            bad = (self._bad[sign] + usual) / (self._wrong + 1)
            total += _OVERLAP * math.log(good / bad)
        return total

    def _candidates(self, text: str) -> Iterator[Candidate]:
        spans = sorted(set(self._spans(text)))
        for place, (start, end, value, shape) in enumerate(spans):
            before = [word.casefold() for word in _WORD.findall(text[max(0, start - 40) : start])][-2:]
            after = [word.casefold() for word in _WORD.findall(text[end : end + 40])][:1]
            signs = {f"shape {shape}", *(f"near {word}" for word in (*before, *after))}
            signs |= {f"before {before[-1]}"} if before else {"first word"}
            signs |= {f"after {after[0]}"} if after else {"last word"}
            signs.add("only" if len(spans) == 1 else "first" if place == 0 else "later")
            yield Candidate(value, frozenset(signs), text[max(0, start - 12) : end + 12].strip())

    def _spans(self, text: str) -> Iterator[tuple[int, int, str, str]]:
        if self._sort == "number":
            for match in _NUMBER.finditer(text):
                yield match.start(), match.end(), match[0], f"{len(match[0].split('.')[0])} digits"
        elif self._sort == "day":
            for mention in dates.find(text, _ANY_DAY):
                yield mention.start, mention.end, mention.day.isoformat(), "day"
        else:
            yield from self._texts(text)

    def _texts(self, text: str) -> Iterator[tuple[int, int, str, str]]:
        taken: list[tuple[int, int]] = []
        for word in sorted(self._words, key=len, reverse=True):
            for match in re.finditer(re.escape(word), text):
                if _free(match.span(), taken):
                    yield match.start(), match.end(), word, f"known {word}"
        for shape, pattern in _SHAPES:
            for match in pattern.finditer(text):
                if _free(match.span(), taken):
                    yield match.start(), match.end(), match[0], shape


def _free(span: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    """Whether nothing was found there yet; takes the place."""
    if any(span[0] < end and start < span[1] for start, end in taken):
        return False
    taken.append(span)
    return True
