"""Sentences made in both languages at once, and read in one: "English · 中文".

Whoever makes a sentence for people gives its words in both languages and each value once. A dot between
spaces parts the two halves; where a value has such a dot of its own ("Bolt · DIN 933"), its spaces become
ones that do not break, which look the same and part nothing.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

Language = Literal["en", "zh"]
BETWEEN = " · "
_HALVES = 2


class Bilingual(str):
    """A sentence in both languages. As a value of another sentence it is filled in by language."""

    __slots__ = ()


def both(en: str, zh: str, /, **values: object) -> Bilingual:
    """A sentence in both languages.

    Args:
        en: the words in English, with names of values as `str.format` takes them: "line {line} has no price".
        zh: the words in Chinese, with the same names.
        values: by name, for both languages. One that is `Bilingual` is filled in by language, any other as it
            is: what an outsider wrote may hold a dot between spaces and stays whole.
    """
    if not any(isinstance(value, Bilingual) for value in values.values()):
        return _of_halves(en.format_map(values), zh.format_map(values))
    return _of_halves(en.format_map(_by_language(values, "en")), zh.format_map(_by_language(values, "zh")))


def joined(sentences: Iterable[str], en: str = "; ", zh: str = "；") -> Bilingual:
    """Sentences as one, in both languages; one that is not `Bilingual` stands alike in both.

    Args:
        sentences: in their order.
        en: what stands between two of them in English.
        zh: likewise in Chinese.
    """
    said = list(sentences)
    return _of_halves(en.join(_of(one, "en") for one in said), zh.join(_of(one, "zh") for one in said))


def told(text: str, language: Language) -> str:
    """The half of a text in both languages that is in this one; any other text whole."""
    halves = text.split(BETWEEN)
    return halves[language == "zh"] if len(halves) == _HALVES else text


def shortened(text: str, most: int) -> Bilingual:
    """The text with at most so many signs: of one in both languages, the longer half gives way first."""
    halves = text.split(BETWEEN)
    if len(text) <= most or len(halves) != _HALVES:
        return Bilingual(text[:most])
    en, zh = halves
    room = most - len(BETWEEN)
    return Bilingual(f"{en[: max(room // 2, room - len(zh))]}{BETWEEN}{zh[: max(room // 2, room - len(en))]}")


def _by_language(values: Mapping[str, object], language: Language) -> dict[str, object]:
    return {name: _of(value, language) for name, value in values.items()}


def _of(value: Any, language: Language) -> Any:
    return told(value, language) if isinstance(value, Bilingual) else value


def _of_halves(en: str, zh: str) -> Bilingual:
    """No dot within a half has a plain space beside it, so that it parts nothing."""
    if en == zh:
        return Bilingual(_whole(en))
    return Bilingual(f"{_whole(en)}{BETWEEN}{_whole(zh)}")


def _whole(half: str) -> str:
    if "·" not in half:
        return half
    return half.replace(" ·", "\u00a0·").replace("· ", "·\u00a0")
