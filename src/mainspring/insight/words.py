"""Names that stand in both languages ("Quote · 报价"), in one of them."""

import re
from typing import Literal

Language = Literal["en", "zh"]
_BOTH = re.compile(r"([^\s·→:][^·→:]*?) · ([^·→:]*[^·→:\s])")


def in_language(text: str, language: Language) -> str:
    """The text with every name that is in both languages in this one alone.

    Names are parted by arrows and colons: "Write · 撰写 → Send · 发送" is "Write → Send" in English.
    """
    return _BOTH.sub(lambda found: found[1 if language == "en" else 2], text)
