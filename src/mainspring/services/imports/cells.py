"""Cells as people write them: numbers, money, days, shares, yes and no, to exact values."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Literal

DayOrder = Literal["ymd", "dmy", "mdy"]
Point = Literal[".", ","]

_DAY = re.compile(r"(\d{1,4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,4})\s*日?(?:[ T]\d{1,2}:\d{2}.*)?$")
_PLAIN_DAY = re.compile(r"(20\d{2}|19\d{2})(\d{2})(\d{2})$")
_WORD_DAY = re.compile(r"(\d{1,2})[-\s]([A-Za-z]{3})[a-z]*[-\s,]+(\d{2,4})$")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SIGN = r"(?:[¥￥$€£]|(?:HK|US|A|C)\$|[A-Za-z]{3}|人民币|美元|欧元|元)"
_NUMBER = re.compile(rf"[-+(]?\s*{_SIGN}?\s*[-+]?\d[\d.,'\s]*\)?\s*{_SIGN}?$")
_DIGITS = re.compile(r"[\d.,'\s]+")
_YES = frozenset("yes y true 1 x on active enabled 是 对 有 启用 正常 在用 √ ✓".split())  # noqa: SIM905 - a list of words
_NO = frozenset("no n false 0 off inactive disabled blocked 否 无 停用 禁用 停产 冻结 不".split())  # noqa: SIM905
_CURRENCIES = {
    "人民币": "CNY",
    "rmb": "CNY",
    "￥": "CNY",
    "¥": "CNY",
    "元": "CNY",
    "cnh": "CNY",
    "美元": "USD",
    "美金": "USD",
    "$": "USD",
    "us$": "USD",
    "欧元": "EUR",
    "€": "EUR",
    "英镑": "GBP",
    "£": "GBP",
    "日元": "JPY",
    "港币": "HKD",
    "港元": "HKD",
    "hk$": "HKD",
    "澳元": "AUD",
    "加元": "CAD",
}
_CODE = re.compile(r"[A-Za-z]{3}$")
_CENTURY = 100
_THOUSANDS = 3
_AT_ONCE = frozenset(
    [
        "due on receipt",
        "cod",
        "cash",
        "prepaid",
        "immediately",
        "现结",
        "现金",
        "款到发货",
        "预付",
        "货到付款",
    ]
)
_END_OF_MONTH = 30  # days that "monthly" stands for
_MONTHLY = frozenset({"monthly", "eom", "月结"})


def plain(text: str) -> str:
    """Full-width signs made half-width, spaces trimmed."""
    return unicodedata.normalize("NFKC", text).strip()


def point_of(texts: Iterable[str]) -> Point:
    """The decimal sign of a column: a comma where other than three digits follow, or a point goes before."""
    commas = points = 0
    for text in texts:
        digits = "".join(_DIGITS.findall(plain(text))).strip()
        last_comma, last_point = digits.rfind(","), digits.rfind(".")
        if last_comma >= 0 and last_point >= 0:
            commas, points = commas + (last_comma > last_point), points + (last_point > last_comma)
        elif last_comma >= 0 and digits.count(",") == 1 and len(digits) - last_comma - 1 != _THOUSANDS:
            commas += 1
        elif last_point >= 0 and digits.count(".") == 1 and len(digits) - last_point - 1 != _THOUSANDS:
            points += 1
    return "," if commas > points else "."


def number(text: str, point: Point = ".") -> Decimal | None:
    """A number with or without currency sign, thousands and brackets for below zero; None when it is none."""
    said = plain(text)
    if not said or not _NUMBER.match(said):
        return None
    digits = "".join(_DIGITS.findall(said)).replace(" ", "").replace("'", "").replace("\u00a0", "")
    digits = digits.replace(",", "") if point == "." else digits.replace(".", "").replace(",", ".")
    try:
        value = Decimal(digits)
    except InvalidOperation:
        return None
    below = said.startswith("(") or "-" in said.split(digits[:1], 1)[0]
    return -value if below else value


def share(text: str, point: Point = ".") -> Decimal | None:
    """A rate: "13%", "13" and "0.13" are all thirteen per cent."""
    said = plain(text)
    value = number(said.rstrip("%"), point)
    if value is None:
        return None
    return value / 100 if "%" in said or abs(value) >= 1 else value


def order_of(texts: Iterable[str]) -> tuple[DayOrder, bool]:
    """How a column writes days, and whether that is certain."""
    first = second = seen = 0
    for text in texts:
        found = _DAY.match(plain(text))
        if found is None or int(found[1]) > _CENTURY:
            continue
        seen += 1
        first, second = max(first, int(found[1])), max(second, int(found[2]))
    if not seen:
        return "ymd", True
    if first > 12:  # noqa: PLR2004 - months
        return "dmy", True
    return ("mdy", True) if second > 12 else ("dmy", False)  # noqa: PLR2004 - months


def day(text: str, order: DayOrder = "ymd") -> datetime | None:
    """Midnight UTC of a day; None when it is none."""
    said = plain(text)
    if found := _PLAIN_DAY.match(said):
        return _moment(int(found[1]), int(found[2]), int(found[3]))
    if found := _WORD_DAY.match(said):
        name = found[2].lower()
        return _moment(_year(found[3]), _MONTHS.index(name) + 1, int(found[1])) if name in _MONTHS else None
    found = _DAY.match(said)
    if found is None:
        return None
    one, two, three = int(found[1]), int(found[2]), int(found[3])
    if one > _CENTURY:
        return _moment(one, two, three)
    year = _year(found[3])
    return _moment(year, two, one) if order != "mdy" else _moment(year, one, two)


def _year(text: str) -> int:
    return int(text) + (2000 if len(text) <= 2 else 0)  # noqa: PLR2004 - two digits


def _moment(year: int, month: int, number_of_day: int) -> datetime | None:
    try:
        return datetime(year, month, number_of_day, tzinfo=UTC)
    except ValueError:
        return None


def flag(text: str) -> bool | None:
    """Yes or no, in words of both languages."""
    said = plain(text).casefold()
    return True if said in _YES else False if said in _NO else None


def currency(text: str) -> str | None:
    """The three letters of a currency."""
    said = plain(text).casefold()
    if said in _CURRENCIES:
        return _CURRENCIES[said]
    return said.upper() if _CODE.match(said) else None


def days(text: str) -> int | None:
    """Days of a term of payment: "30", "Net 30", "30天", "月结60天", "due on receipt"."""
    said = plain(text).casefold()
    if said in _AT_ONCE:
        return 0
    found = re.search(r"\d+", said)
    if found is not None:
        return int(found[0])
    return _END_OF_MONTH if said in _MONTHLY else None
