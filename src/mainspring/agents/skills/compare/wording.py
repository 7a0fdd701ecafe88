"""Two wordings word by word: the longest common run of words stays, the rest is what was changed.

Words, numbers with their signs, single Chinese characters and marks are compared; the space around them is
kept so that both wordings can be put together again, but is no difference by itself.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from mainspring.agents.skills.compare.model import Edit

_TOKEN = re.compile(
    r"\d+(?:[.,:/-]\d+)*%?"  # numbers, amounts and dates are one word each
    r"|[〇零一二两三四五六七八九十百千万亿]+"
    r"|[^\W\d_\u3400-\u9fff]+(?:['’-][^\W\d_\u3400-\u9fff]+)*"
    r"|\w|[^\w\s]"
)
_SHORT = 3
"""An agreement of fewer letters between two differences reads better as part of them."""

_FIRST_LETTER = 0x10000
"""Above the surrogates, which are no letters; a million words find room."""


class _Token(NamedTuple):
    word: str
    start: int
    end: int


def edits(old: str, new: str) -> tuple[Edit, ...]:
    """The runs in which two wordings agree and differ, in order.

    All `old` put together give the old wording, all `new` the new one. No edits for two empty wordings. Case
    and marks count; space does not.
    """
    before, after = _tokens(old), _tokens(new)
    steps = Indel.opcodes([token.word for token in before], [token.word for token in after])
    runs = [(step.tag == "equal", step.src_end, step.dest_end) for step in steps]
    return tuple(_put_together(old, new, before, after, _read(runs, before)))


def likenesses(olds: Sequence[str], news: Sequence[str]) -> NDArray[np.float64]:
    """The share of words in common, in their order: (olds, news), 1 for the same, 0 for nothing."""
    letters: dict[str, str] = {}

    def coded(text: str) -> str:
        # a word as one letter, so that wordings are compared as quickly as strings
        return "".join(letters.setdefault(word, chr(_FIRST_LETTER + len(letters))) for word in words(text))

    found = cdist(
        [coded(text) for text in olds],
        [coded(text) for text in news],
        scorer=Indel.normalized_similarity,
        dtype=np.float64,
    )
    return np.asarray(found, dtype=np.float64)


def words(text: str) -> list[str]:
    """The words that are compared."""
    return _TOKEN.findall(text)


def _tokens(text: str) -> list[_Token]:
    return [_Token(match[0], match.start(), match.end()) for match in _TOKEN.finditer(text)]


_Run = tuple[bool, int, int]


def _read(runs: Sequence[_Run], before: Sequence[_Token]) -> Iterator[_Run]:
    """Neighbouring differences as one; a mark or two letters that agree in between are drawn into them."""
    kept: list[_Run] = []
    start = 0
    for place, (equal, end, other) in enumerate(runs):
        short = sum(len(token.word) for token in before[start:end]) < _SHORT
        within = equal and short and 0 < place < len(runs) - 1
        start = end
        if kept and kept[-1][0] == (equal and not within):
            kept[-1] = (kept[-1][0], end, other)
        else:
            kept.append((equal and not within, end, other))
    return iter(kept)


def _put_together(
    old: str, new: str, before: Sequence[_Token], after: Sequence[_Token], runs: Iterator[_Run]
) -> Iterator[Edit]:
    old_at = new_at = 0
    for equal, end, other in runs:
        # a run reaches to where the next one's first word begins, so that no space is lost
        old_end = before[end].start if end < len(before) else len(old)
        new_end = after[other].start if other < len(after) else len(new)
        yield Edit(old[old_at:old_end], new[new_at:new_end], old_at, new_at, equal)
        old_at, new_at = old_end, new_end
    if old_at < len(old) or new_at < len(new):
        yield Edit(old[old_at:], new[new_at:], old_at, new_at, same=True)
