"""How a wording is read before it is compared: one spelling for what a trader takes for the same."""

import re
import unicodedata
from functools import lru_cache

from rapidfuzz.distance import OSA

# Words that tell no product from another, and words that only count pieces.
_SMALL_WORDS = frozenset(["of", "the", "a", "an", "and", "in", "for", "with", "w", "n"])
_SMALL_FORMS = ("of", "the", "and", "for", "with")
_LONGEST_SMALL = 4
_SHORTEST_PLURAL = 4  # "bus" and "gas" are none, "ties" is not the plural of "ty"
COUNT_WORDS = frozenset(
    [
        "pc",
        "pcs",
        "piece",
        "pieces",
        "ea",
        "each",
        "unit",
        "units",
        "stk",
        "qty",
        "no",
        "nr",
        "个",
        "件",
        "只",
        "支",
        "套",
        "箱",
        "包",
    ]
)

_JOINED_SIZE = re.compile(r"(?<=\d)\s*[x×*]\s*(?=\d)")
_UNITS = "mm|cm|m|ml|cl|l|kg|g|v|w|ah|ft|bar"
_NUMBER_AND_UNIT = re.compile(rf"(?<![\w.])(\d+(?:[.,]\d+)?)[\s-]+({_UNITS})(?![a-z0-9])")
_SINGLE_LETTER = re.compile(r"(?<![a-z0-9])([b-z])(?:-| )(?=[a-z]{3})")
_SET_SIZE = re.compile(r"(?<![a-z0-9])(?:set|s|pack|pk)\s*(?:/|of|-)?\s*(\d+)(?![\d.])")
# Chinese, Japanese and Korean signs stand alone; letters of any other script form words.
_SIGN = r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]"
_TOKEN = re.compile(rf"\d+(?:[.,]\d+)+[a-z]*|{_SIGN}|(?:(?!{_SIGN})[^\W_])+")
_DIGIT = re.compile(r"\d")


# Traditional signs of the trade and their simplified form; a wording in either finds the other.
_TRADITIONAL = (
    "氣遞鋼鐵銅鋁膠帶釘紙筆鏈鎖線電燈轉墊雙單層貼標簽藍綠紅黃銀號級長寬圓頭絲鉗鋸錘鑽裝製繩網護鏡劑潤噴壺槍機輪"
    "軸閥門殼蓋開關滾動壓緊鬆牆車運個條張捲對組寶產業環樣塊書訂氈檔夾鍍鋅銹錫鉛鎳鉻顏橢邊輕強鬚簾馬達溫濕計測試"
)
_SIMPLIFIED = (
    "气递钢铁铜铝胶带钉纸笔链锁线电灯转垫双单层贴标签蓝绿红黄银号级长宽圆头丝钳锯锤钻装制绳网护镜剂润喷壶枪机轮"
    "轴阀门壳盖开关滚动压紧松墙车运个条张卷对组宝产业环样块书订毡档夹镀锌锈锡铅镍铬颜椭边轻强须帘马达温湿计测试"
)
_SIMPLE = str.maketrans(_TRADITIONAL, _SIMPLIFIED)


def wording(text: str) -> str:
    """The key of the memory of confirmed wordings: width and case folded, single spaces."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(_SIMPLE)
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


def is_small_slip(token: str) -> bool:
    """Whether a short token is probably a misspelt small word ("fo", "adn", "teh")."""
    return len(token) <= _LONGEST_SMALL and any(OSA.distance(token, small) == 1 for small in _SMALL_FORMS)


def stem(token: str) -> str:
    """The singular of an English plural, by ending alone; numbers and short words stay."""
    if len(token) < _SHORTEST_PLURAL or token[-1] != "s" or token[-2] in "sui" or _DIGIT.search(token):
        return token.replace(",", ".") if _DIGIT.match(token) else token
    return token[:-3] + "y" if token.endswith("ies") and len(token) > _SHORTEST_PLURAL else token[:-1]


def has_digit(token: str) -> bool:
    """Whether a token states a number, which is never taken for another number."""
    return _DIGIT.search(token) is not None
