"""Numbers in words: "two hundred", "a dozen", "两百", "一百五十", "2千", "1k"."""

import re
from decimal import Decimal

_SMALL = ("zero one two three four five six seven eight nine ten eleven twelve thirteen "
    "fourteen fifteen sixteen "
    "seventeen eighteen nineteen")  # fmt: skip
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ENGLISH = {word: value for value, word in enumerate(_SMALL.split())}
_ENGLISH |= {word: value * 10 for value, word in enumerate(_TENS.split(), 2)}
_ENGLISH |= {"a": 1, "an": 1, "fourty": 40, "half": 0}
_SCALES = {"hundred": 100, "thousand": 1000, "hundreds": 100}
_DIGITS = dict(
    zip(
        "零〇一二两三四五六七八九壹贰叁肆伍陆柒捌玖",
        (0, 0, 1, 2, 2, *range(3, 10), *range(1, 10)),
        strict=True,
    )
)
_PLACES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "万": 10000, "萬": 10000}

_WORD = "(?:" + "|".join(sorted((*_ENGLISH, *_SCALES, "and"), key=len, reverse=True)) + ")"
FIGURES = r"\d{1,3}(?:[,'’]\d{3})+(?![\d])(?:\.\d+)?|1/2(?=\s*(?:dozen|doz|打))|\d+(?:[.,]\d+)?"
ENGLISH_WORDS = (
    r"(?:half\s+a|(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"thirteen|fourteen|fifteen|sixteen|"
    r"seventeen|eighteen|nineteen|twenty|thirty|forty|fourty|fifty|sixty|seventy|eighty|"
    r"ninety)"
    rf"(?:[\s-]+{_WORD})*(?![a-z]))"
)
CHINESE = "[零〇一二两三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟]+半?|半"


def value(text: str) -> Decimal | None:
    """The number that a wording means, with thousands signs or in words; None when it is none."""
    text = text.strip().lower()
    if text == "1/2":
        return Decimal("0.5")
    if figures := re.fullmatch(rf"({FIGURES})\s*(k|千|百|万)?", text):
        scale = {"k": 1000, "千": 1000, "百": 100, "万": 10000}.get(figures[2] or "", 1)
        return plain(_figure(figures[1]) * scale)
    if re.fullmatch(r"[a-z\s-]+", text):
        return _english(text)
    return _chinese(text)


_MOST_PLACES = 15


def plain(number: Decimal) -> Decimal:
    """The number without needless zeros and without exponent."""
    if abs(number.adjusted()) > _MOST_PLACES:
        return number
    whole = number.to_integral_value()
    return whole.quantize(Decimal(1)) if whole == number else number.normalize()


def _figure(text: str) -> Decimal:
    if re.fullmatch(r"\d{1,3}(?:[,'’ ]\d{3})+(?:\.\d+)?", text):
        return Decimal(re.sub("[,'’ ]", "", text))
    if re.fullmatch(r"\d{1,3}\.\d{3}", text) and not text.startswith("0"):
        return Decimal(
            text.replace(".", "")
        )  # "1.000" is a thousand on the continent; nobody orders 1.000 pieces
    return Decimal(text.replace(",", "."))


def _english(text: str) -> Decimal | None:
    if text.startswith("half"):
        return Decimal("0.5")
    total = group = 0
    for word in re.split(r"[\s-]+", text):
        if word in _SCALES:
            group = max(group, 1) * _SCALES[word]
            if word == "thousand":
                total, group = total + group, 0
        elif word in _ENGLISH:
            group += _ENGLISH[word]
        elif word not in {"and", ""}:
            return None
    return Decimal(total + group) if total + group else None


def _chinese(text: str) -> Decimal | None:
    """Chinese numerals up to 99,999,999; "两百五" is 250, "一万二" 12,000."""
    if text == "半":
        return Decimal("0.5")
    half = Decimal("0.5") if text.endswith("半") else Decimal(0)
    text = text.removesuffix("半")
    if not text or any(character not in _DIGITS and character not in _PLACES for character in text):
        return None
    if not any(character in _PLACES for character in text):
        return Decimal("".join(str(_DIGITS[character]) for character in text)) + half
    total = section = digit = 0
    last = 1
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
            last = 1 if character in "零〇" else last
            continue
        place = _PLACES[character]
        if place == _PLACES["万"]:
            total, section = (section + digit or 1) * place, 0
        else:
            section += (digit or 1) * place
        digit, last = 0, place
    return Decimal(total + section + digit * max(last // 10, 1)) + half
