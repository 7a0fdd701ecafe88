"""How values are written in English and Chinese: days, amounts, numbers, and amounts in capital figures."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

Form = Callable[[Any, str], str]
_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
_FIGURES = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")
_MOST = Decimal(10) ** 16
_CENT = Decimal("0.01")


def plain(value: Any, language: str) -> str:
    """A value as it is: texts unchanged, days and numbers readable, yes and no in words."""
    if isinstance(value, bool):
        return {"en": ("no", "yes"), "zh": ("否", "是")}[language][value]
    if isinstance(value, date):
        return day(value, language)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, list | tuple):
        return {"en": ", ", "zh": "、"}[language].join(plain(one, language) for one in value)
    return str(value)


def day(value: Any, language: str) -> str:
    """A day: "5 March 2026", "2026年3月5日"; from a date or its ISO 8601 text."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    if not isinstance(value, date):
        raise TypeError("no day")
    if language == "zh":
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def number(value: Any, _: str) -> str:
    """A number with its thousands parted."""
    return f"{_decimal(value):,f}"


def money(value: Any, _: str) -> str:
    """An amount with cents, its thousands parted; the currency stands beside it in the template."""
    return f"{_cents(value):,f}"


def percent(value: Any, _: str) -> str:
    """A share as a percentage: 0.05 is 5%."""
    share = (_decimal(value) * 100).normalize()
    return f"{share:f}%"


def capital(value: Any, _: str) -> str:
    """An amount in yuan in the capital figures of Chinese contracts and cheques: 壹仟零伍元叁角整."""
    amount = _cents(value)
    if abs(amount) >= _MOST:
        raise ValueError("too large")
    whole, cents = divmod(int(abs(amount) * 100), 100)
    sign = "负" if amount < 0 else ""
    tenth, cent = divmod(cents, 10)
    said = f"{_whole(whole)}元" if whole or not cents else ""
    if not cents:
        return f"{sign}{said}整"
    if tenth:
        said += f"{_FIGURES[tenth]}角"
    elif whole:
        said += "零"
    return f"{sign}{said}{_FIGURES[cent]}分" if cent else f"{sign}{said}整"


def _whole(value: int) -> str:
    """A whole number in capital figures; a gap of any length is one zero."""
    if value == 0:
        return _FIGURES[0]
    said, gap = "", False
    for place in range(len(_GROUPS) * 4 - 1, -1, -1):
        figure = value // 10**place % 10
        if figure:
            said += ("零" if gap and said else "") + _FIGURES[figure] + _PLACES[place % 4]
            gap = False
        else:
            gap = True
        group = place // 4
        if place % 4 == 0 and value // 10**place % 10**4:
            said += _group(group, value)
    return said


def _group(group: int, value: int) -> str:
    """The name of a group of four figures; of ten thousand times a hundred million, 亿 is said once."""
    if group == 3:  # noqa: PLR2004 - the fourth group counts in ten thousands of 亿
        return "万" if value // 10**8 % 10**4 else "万亿"
    return _GROUPS[group]


def _cents(value: Any) -> Decimal:
    amount = _decimal(value)
    cents = amount.quantize(_CENT)
    if cents != amount:
        raise ValueError("it has parts of a cent")
    return cents


def _decimal(value: Any) -> Decimal:
    if isinstance(value, bool):
        raise TypeError("no number")
    try:
        found = Decimal(str(value))
    except InvalidOperation as error:
        raise ValueError("no number") from error
    if not found.is_finite():
        raise ValueError("no number")
    return found


FORMS: Mapping[str, Form] = {
    "date": day,
    "money": money,
    "number": number,
    "percent": percent,
    "capital": capital,
}
