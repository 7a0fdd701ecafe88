"""Periods in questions: last month, the last 30 days, January 2026, 2026年1月; from a day to before a day."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Literal

from pydantic import BaseModel, ConfigDict

Grain = Literal["day", "week", "month", "quarter", "year"]
GRAINS: tuple[Grain, ...] = ("day", "week", "month", "quarter", "year")
_WEEK, _MONTHS, _QUARTER = 7, 12, 3
_MONTH_NAMES = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_NUMERALS = {one: number for number, one in enumerate("零一二三四五六七八九十")} | {"两": 2}
_MOST = 1000
_FIRST_YEAR, _LAST_YEAR = 1990, 2100


class Period(BaseModel):
    """From the day `since` to before the day `until`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    since: date
    until: date


def begin_of(grain: Grain, day: date) -> date:
    """The first day of the day's week (Monday), month, quarter or year."""
    if grain == "day":
        return day
    if grain == "week":
        return day - timedelta(days=day.weekday())
    month = {"month": day.month, "quarter": day.month - (day.month - 1) % _QUARTER, "year": 1}[grain]
    return date(day.year, month, 1)


def moved(grain: Grain, begin: date, by: int) -> date:
    """The first day of the span so many spans after the one that begins there."""
    if grain in ("day", "week"):
        return begin + timedelta(days=by * (_WEEK if grain == "week" else 1))
    months = {"month": 1, "quarter": _QUARTER, "year": _MONTHS}[grain] * by
    year, month = divmod(begin.year * _MONTHS + begin.month - 1 + months, _MONTHS)
    return date(year, month + 1, 1)


def numeral(text: str) -> int:
    """A number in digits or in Chinese up to 99; 0 for what is none."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if ten:
        return (_NUMERALS.get(tens, 0) if tens else 1) * 10 + (_NUMERALS.get(ones, 0) if ones else 0)
    return _NUMERALS.get(text, 0)


def found(text: str, today: date) -> list[tuple[tuple[int, int], Period]]:
    """Every period that a text names, with where it stands; the longest where several begin there."""
    all_found = sorted(_every(text.lower(), today), key=lambda one: (one[0][0], -one[0][1]))
    chosen: list[tuple[tuple[int, int], Period]] = []
    for place, period in all_found:
        if not chosen or place[0] >= chosen[-1][0][1]:
            chosen.append((place, period))
    return chosen


def _every(text: str, today: date) -> Iterator[tuple[tuple[int, int], Period]]:
    for pattern, period_of in _PATTERNS:
        for match in pattern.finditer(text):
            period = period_of(match, today)
            if period is not None:
                yield match.span(), period


def _around(grain: Grain, by: int, today: date) -> Period:
    begin = moved(grain, begin_of(grain, today), by)
    return Period(since=begin, until=moved(grain, begin, 1))


def _named(match: re.Match[str], today: date) -> Period:
    by = -1 if match["which"] in {"last", "previous", "past", "上", "上个", "上一", "上一个", "去"} else 0
    return _around(_GRAIN_WORDS[match["grain"]], by, today)


def _rolling(match: re.Match[str], today: date) -> Period | None:
    many = numeral(match["many"]) if match["many"] != "几" else 0
    grain = _GRAIN_WORDS[match["grain"].rstrip("s").lstrip("个")]
    if not 0 < many <= _MOST:
        return None
    until = today + timedelta(days=1)
    if grain in ("day", "week"):
        return Period(since=moved(grain, until, -many), until=until)
    begin = moved(grain, begin_of("month", today), -many)
    return Period(since=begin + timedelta(days=min(today.day, 28) - 1), until=until)


def _day(match: re.Match[str], today: date) -> Period:
    by = -1 if match[0] in {"yesterday", "昨天", "昨日"} else 0
    return _around("day", by, today)


def _month(match: re.Match[str], today: date) -> Period | None:
    given = match.groupdict()
    month = _MONTH_NAMES.index(given["name"]) + 1 if given.get("name") else numeral(given["month"])
    year = int(given["year"]) if given.get("year") else today.year
    if not (1 <= month <= _MONTHS and _FIRST_YEAR <= year <= _LAST_YEAR):
        return None
    if not given.get("year") and month > today.month:
        year -= 1  # the month of that name that was last
    return _around("month", 0, date(year, month, 1))


def _quarter(match: re.Match[str], today: date) -> Period | None:
    year = int(match["year"]) if match["year"] else today.year
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    return _around("quarter", 0, date(year, numeral(match["quarter"]) * _QUARTER - 2, 1))


def _year(match: re.Match[str], today: date) -> Period | None:
    del today
    year = int(match["year"])
    return _around("year", 0, date(year, 1, 1)) if _FIRST_YEAR <= year <= _LAST_YEAR else None


_GRAIN_WORDS: dict[str, Grain] = {
    "day": "day", "week": "week", "month": "month", "quarter": "quarter", "year": "year",
    "天": "day", "日": "day", "周": "week", "星期": "week", "月": "month",
    "季度": "quarter", "季": "quarter", "年": "year",
}  # fmt: skip
_NAMES = "|".join(_MONTH_NAMES)
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_ONES = "[一二三四五六七八九]"
_MANY = r"(?P<many>\d+|[一二两三四五六七八九十]+)"
_MONTH = rf"(?P<month>1[0-2]|0?[1-9]|十[一二]?|{_ONES})月份?"
_PATTERNS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], Period | None]], ...] = tuple(
    (re.compile(pattern), period_of)
    for pattern, period_of in (
        (r"\b(?:the )?(?P<which>last|previous|this|current) (?P<grain>week|month|quarter|year)\b", _named),
        (r"(?P<which>上个|上一个|上一|上|本|这个|这一|这|当)(?P<grain>周|星期|月|季度|季)", _named),
        (r"(?P<which>去|今)(?P<grain>年)(?!\s*\d)", _named),
        (r"\b(?:in )?(?:the )?(?:last|past) (?P<many>\d+) (?P<grain>(?:day|week|month|year)s?)\b", _rolling),
        (rf"(?:最近|近|过去|前){_MANY}(?P<grain>天|日|周|个?星期|个?月|年)", _rolling),
        (r"\b(?:yesterday|today)\b|昨天|昨日|今天|今日", _day),
        (rf"\b(?P<name>{_NAMES})(?: (?:of )?{_YEAR})\b", _month),
        (rf"\bin (?P<name>{_NAMES})\b(?! (?:of )?\d)", _month),
        (rf"(?<!\d){_YEAR}-(?P<month>0[1-9]|1[0-2])(?![\d-])", _month),
        (rf"(?<!\d){_YEAR}年{_MONTH}", _month),
        (rf"(?<![\d年个近去前十])(?<!{_ONES}){_MONTH}(?!\d|十|{_ONES})", _month),
        (rf"\bq(?P<quarter>[1-4])(?: (?:of )?{_YEAR})?\b", _quarter),
        (rf"(?:{_YEAR}年)?第?(?P<quarter>[一二三四1-4])季度", _quarter),
        (rf"(?:\bin )?(?<![\w-]){_YEAR}(?![\w-])(?!年)", _year),
        (rf"(?<!\d){_YEAR}年(?!\d|十|第|{_ONES})", _year),
    )
)  # fmt: skip


_RANKED = re.compile(
    r"\b(?:the )?top (\d{1,3})\b|"
    r"(?:排名|排)?前(\d{1,3}|[一二两三四五六七八九十]{1,3})(?!\d|个?[天日周月年]|个?星期)(?:名|个|位|家|大)?"
)


def ranked(text: str) -> list[tuple[tuple[int, int], int]]:
    """Where a text says "top 5" or 前五, and how many it says."""
    found = [(one.span(), numeral(one[1] or one[2])) for one in _RANKED.finditer(text.lower())]
    return [(place, number) for place, number in found if number]
