"""How a wording is read before it is compared: one spelling for what a trader takes for the same."""

import re
import unicodedata
from functools import lru_cache

# Words that tell no product from another, and words that only count pieces.
_SMALL_WORDS = frozenset("of the a an and in for with w n".split())
COUNT_WORDS = frozenset("pc pcs piece pieces ea each unit units stk qty no nr 个 件 只 支 套 箱 包".split())

_JOINED_SIZE = re.compile(r"(?<=\d)\s*[x×*]\s*(?=\d)")
_UNITS = "mm|cm|m|ml|cl|l|kg|g|v|w|ah|ft|bar"
_NUMBER_AND_UNIT = re.compile(rf"(?<![\w.])(\d+(?:[.,]\d+)?)[\s-]+({_UNITS})(?![a-z0-9])")
_SINGLE_LETTER = re.compile(r"(?<![a-z0-9])([b-z])(?:-| )(?=[a-z]{3})")
_SET_SIZE = re.compile(r"(?<![a-z0-9])(?:set|s|pack|pk)\s*(?:/|of|-)?\s*(\d+)(?![\d.])")
_TOKEN = re.compile(r"\d+(?:[.,]\d+)+[a-z]*|[0-9a-zà-öø-ÿ]+|[^\W\d_a-zà-öø-ÿ]", re.UNICODE)
_DIGIT = re.compile(r"\d")


def wording(text: str) -> str:
    """The key of the memory of confirmed wordings: width and case folded, single spaces, nothing else changed."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return " ".join(text.casefold().split())


@lru_cache(maxsize=65536)
def tokens(text: str) -> tuple[str, ...]:
    """The words of a wording in order: plurals, spacing of units and "set of 6" / "set/6" made one.

    Chinese and other scripts without spaces give one token a character.
    """
    folded = wording(text).replace("'", "").replace("’", "").replace("&", " ")
    folded = _JOINED_SIZE.sub("x", folded)
    folded = _SET_SIZE.sub(r"set \1 ", folded)
    folded = _NUMBER_AND_UNIT.sub(r"\1\2", folded)
    folded = _SINGLE_LETTER.sub(r"\1", folded)
    return tuple(stem(token) for token in _TOKEN.findall(folded) if token not in _SMALL_WORDS)


def stem(token: str) -> str:
    """The singular of an English plural, by ending alone; numbers and short words stay."""
    if len(token) < 4 or token[-1] != "s" or token[-2] in "sui" or _DIGIT.search(token):  # noqa: PLR2004 - "bus", "gas" stay
        return token.replace(",", ".") if _DIGIT.match(token) else token
    return token[:-3] + "y" if token.endswith("ies") and len(token) > 4 else token[:-1]  # noqa: PLR2004 - "ties", "pies"


def has_digit(token: str) -> bool:
    """Whether a token states a number, which is never taken for another number."""
    return _DIGIT.search(token) is not None
