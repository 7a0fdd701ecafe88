"""Which language a text is in: by its characters, then by a few words that every mail has."""

import re

from mainspring.base.bilingual import both

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_WORD = re.compile(r"[A-Za-zÄÖÜäöüß]{2,}")
_GERMAN = frozenset(
    {"bitte", "und", "wir", "für", "mit", "der", "die", "das", "nicht", "ist", "sie", "freundlichen", "eine"}
)
_ENGLISH = frozenset(
    {
        "please",
        "and",
        "we",
        "for",
        "with",
        "the",
        "is",
        "you",
        "need",
        "our",
        "of",
        "to",
        "hi",
        "hello",
        "dear",
    }
    | {
        "would",
        "regards",
        "thanks",
        "can",
        "your",
        "in",
        "have",
        "this",
        "me",
        "quote",
        "price",
        "order",
        "send",
    }
    | {"by"}
)
_ENOUGH = 0.12
_LETTERS = 10
FOREIGN = both(
    "the text is in no language that is read here (English, Chinese, German)",
    "原文不是这里能读的语言（英文、中文、德文）",
)
_SENTENCE = 6  # English words beside Chinese that make a sentence rather than names and codes


def foreign(text: str) -> bool:
    """Whether most letters are of a script that is not read here, such as Cyrillic or Arabic."""
    letters = [sign for sign in text if sign.isalpha()]
    read = sum(1 for sign in letters if sign < "\u0250" or "\u3400" <= sign <= "\u9fff" or sign > "\uff00")
    return len(letters) >= _LETTERS and 2 * read < len(letters)


def detect(text: str) -> tuple[str, float]:
    """The language ("en", "zh", "de", "mixed" Chinese and English) and how sure it is."""
    chinese = len(_CHINESE.findall(text))
    words = [word.lower() for word in _WORD.findall(text)]
    english = sum(1 for word in words if word in _ENGLISH)
    german = sum(1 for word in words if word in _GERMAN)
    if not chinese and not words:
        return "en", 0.0
    share = chinese / (chinese + 2 * len(words))  # a Chinese word is about two characters
    if chinese and share > _ENOUGH:
        return ("mixed", 0.75) if english >= _SENTENCE or (share < 0.5 and english > 2) else ("zh", 0.9)  # noqa: PLR2004 - most words are English
    if chinese > 1:
        return "mixed", 0.6
    if german > english:
        return "de", 0.8
    return "en", 0.95 if english > 1 else 0.6
