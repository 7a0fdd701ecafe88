"""What two records have in common and what parts them: rare words, model numbers, figures, amounts.

Words weigh by how rare they are among the records seen in training (Sparck Jones 1972). A model number is
a run of letters and figures, or a long number; two records that each name one, and not the same, rarely mean
one thing.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

Record = Mapping[str, Any]
IN_CHINESE = {
    "words in common, of both": "双方共有的词",
    "words of the first in the second": "前者的词在后者中的占比",
    "words of the second in the first": "后者的词在前者中的占比",
    "words of the first anywhere in the second": "前者的词出现在后者任意处",
    "words of the second anywhere in the first": "后者的词出现在前者任意处",
    "all text in common": "全文共有",
    "nearest model numbers": "最接近的型号",
    "model numbers shared": "相同型号",
    "model numbers differ": "型号不同",
    "model number of the first in the second": "前者的型号在后者中",
    "model number of the second in the first": "后者的型号在前者中",
    "rarest word only in the first": "仅前者有的最罕见词",
    "rarest word only in the second": "仅后者有的最罕见词",
    "rarest word in both": "双方都有的最罕见词",
    "same words in any order": "不计次序的相同词",
    "same letters in order": "次序相同的字母",
    "same first word": "首词相同",
    "figures in common": "共有数字",
    "figures only in the first": "仅前者有的数字",
    "figures only in the second": "仅后者有的数字",
    "amounts apart": "金额差距",
    "amounts known": "金额已知",
}
NAMES = tuple(IN_CHINESE)
"""What is looked at, as it is told and kept."""
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff](?:[^\W_\u3400-\u9fff]|[.\-/](?=[^\W_]))*")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_MODEL, _LONG = 4, 5
_MOST_APART = 3.0


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns of a record say what.

    Attributes:
        name: what a record is called.
        text: further text, such as a description.
        amount: a number that should be near, such as a price; empty for none.
    """

    name: str
    text: tuple[str, ...] = ()
    amount: str = ""


class Rarity:
    """How much a word says, from how many of the records name it.

    Args:
        records: how many there were.
        counts: of them, how many name each word; words of one record alone are left out.
    """

    def __init__(self, records: int, counts: Mapping[str, int]) -> None:
        self.records = records
        self.counts = dict(counts)

    @classmethod
    def of(cls, names: Iterable[str]) -> "Rarity":
        """Count the words of different names."""
        known = set(names)
        counts = Counter(word for name in known for word in set(words(name)))
        return cls(len(known), {word: count for word, count in counts.items() if count > 1})

    def __call__(self, word: str) -> float:
        """What a word says: 1 when all records name it, more the rarer it is."""
        return math.log((self.records + 1) / (self.counts.get(word, 0) + 1)) + 1.0

    def of_all(self, said: Iterable[str]) -> float:
        """What the words say together."""
        return sum(map(self, said))


def words(text: str) -> list[str]:
    """Words, numbers and model numbers in small letters; each Chinese sign is a word."""
    return _WORD.findall(text.lower())


def models(text: str) -> set[str]:
    """The model numbers in a text, without their marks."""
    plain = ("".join(sign for sign in word if sign.isalnum()) for word in words(text))
    return {word for word in plain if _is_model(word)}


def _is_model(word: str) -> bool:
    if word.isdigit():
        return len(word) >= _LONG
    figures = sum(sign.isdigit() for sign in word)
    return len(word) >= _MODEL and 0 < figures < len(word)


def features(first: Record, second: Record, columns: Columns, rarity: Rarity) -> list[float]:
    """The figures of `NAMES` for two records, each about 0 to 1 or a logarithm."""
    names = _said(first, (columns.name,)), _said(second, (columns.name,))
    whole = tuple(_said(record, (columns.name, *columns.text)) for record in (first, second))
    return [
        *_worded(names, whole, rarity),
        *_modelled(names, whole),
        *_rare(names, rarity),
        fuzz.token_sort_ratio(*map(str.lower, names)) / 100,
        fuzz.ratio(*map(_letters, names)) / 100,
        float(words(names[0])[:1] == words(names[1])[:1]),
        *_figured(names, whole),
        *_apart(first.get(columns.amount), second.get(columns.amount)),
    ]


Two = tuple[str, ...]


def _said(record: Record, columns: Sequence[str]) -> str:
    return " ".join(str(record.get(column) or "") for column in columns).strip()


def _letters(text: str) -> str:
    return "".join(sign for sign in text.lower() if sign.isalnum())


def _worded(names: Two, whole: Two, rarity: Rarity) -> list[float]:
    one, two = (set(words(name)) for name in names)
    all_one, all_two = (set(words(text)) for text in whole)
    first, second = max(rarity.of_all(one), 1.0), max(rarity.of_all(two), 1.0)
    both = rarity.of_all(one & two)
    texts = rarity.of_all(all_one & all_two) / math.sqrt(
        max(rarity.of_all(all_one), 1.0) * max(rarity.of_all(all_two), 1.0)
    )
    return [
        both / math.sqrt(first * second),
        both / first,
        both / second,
        rarity.of_all(one & all_two) / first,
        rarity.of_all(two & all_one) / second,
        texts,
    ]


def _modelled(names: Two, whole: Two) -> list[float]:
    one, two = (models(name) for name in names)
    nearest = max((JaroWinkler.similarity(a, b) for a in one for b in two), default=0.5)
    first, second = (_letters(text) for text in whole)
    return [
        nearest,
        float(bool(one & two)),
        float(bool(one) and bool(two) and not one & two),
        float(any(model in second for model in one)),
        float(any(model in first for model in two)),
    ]


def _rare(names: Two, rarity: Rarity) -> list[float]:
    one, two = (set(words(name)) for name in names)
    return [max(map(rarity, part), default=0.0) for part in (one - two, two - one, one & two)]


def _figured(names: Two, whole: Two) -> list[float]:
    one, two = (set(_FIGURE.findall(name)) for name in names)
    all_one, all_two = (set(_FIGURE.findall(text)) for text in whole)
    return [
        len(one & two) / max(1, len(one | two)),
        math.log1p(len(one - all_two)),
        math.log1p(len(two - all_one)),
    ]


def _apart(first: Any, second: Any) -> list[float]:
    try:
        apart = abs(math.log(float(first) / float(second)))
    except (TypeError, ValueError, ZeroDivisionError):
        return [0.0, 0.0]
    return [min(apart, _MOST_APART), 1.0]
