"""Dates as people write them ("KW 12", "3月15日前", "end of next week"), from the day the text arrived on.

A week's end is its Friday, a month's end its last day; "by" and "before" keep the day named. What leaves the
day open ("as soon as possible", "in spring") gives nothing.
"""

import calendar
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from mainspring.agents.skills.extract import numerals
from mainspring.agents.skills.specification import fold


class Mention(NamedTuple):
    """A day named in a text, its span, and how sure the reading is."""

    day: date
    start: int
    end: int
    confidence: float


_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janvier|feb february februar février|mar march märz maerz mrz mars|"
            "apr april avril|may mai|jun june juni juin|"
            "jul july juli juillet|aug august août|sep sept september septembre|oct october okt oktober octobre|nov november novembre|"
            "dec december dez dezember décembre"
        ).split("|"),
        1,
    )
    for name in names.split()
}
_DAYS = {
    name: number
    for number, names in enumerate(
        (
            "mon monday montag 一|tue tues tuesday dienstag 二|wed wednesday mittwoch 三|"
            "thu thur thurs thursday donnerstag 四|fri friday freitag 五|sat saturday samstag 六|"
            "sun sunday sonntag 日 天 末"
        ).split("|")
    )
    for name in names.split()
}
_FRIDAY = 4
_MONTH_FIRST = re.compile(r"(?<![\d./-])(0\d|1[0-2])/(\d\d)/(20\d\d)(?!\d)")
_MAY_NAME_A_DAY = re.compile(
    r"\d\s?[./-]\s?\d|\d\s?[年月日号天周个]|[周月日天底](?:[前内到底末]|[一二三四五六日])|明天|今天|后天|下周|本周|工作日|星期|礼拜|"
    r"(?<![a-zäöü])(?:"
    + "|".join(sorted({name[:3] for name in (*_MONTHS, *_DAYS) if name.isascii()}))
    + r"|week|month|month|kw\s?\d|cw\s?\d|wk|eow|eom|today|tom|heute|morgen|over|über|day|within|innerhalb|binnen|in\s|by\sthe|before|"
    r"until|on\sthe|w/c|ende|end\s|nächst|föv|fév|mär|aoû|déc|mid)"
)
_MONTH = "(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")(?![a-zäöü])\.?"
_DAY = (
    "("
    + "|".join(sorted((name for name in _DAYS if name.isascii()), key=len, reverse=True))
    + r")(?![a-zäöü])\.?"
)
_COUNT = rf"(\d{{1,3}}|{numerals.ENGLISH_WORDS}|[一二两三四五六七八九十半]+)"
Resolve = Callable[[re.Match[str], date], "date | None"]


@lru_cache(maxsize=2048)
def find(text: str, received: date, *, month_first: bool = False) -> tuple[Mention, ...]:
    """All days named, in the order of the text; of overlapping readings the first listed pattern's.

    Args:
        text: a line or a paragraph.
        received: the day from which relative days count.
        month_first: "02/10/2026" is the 10th of February, as another date of the text shows.
    """
    folded = fold(text)
    if month_first:
        folded = _MONTH_FIRST.sub(r"\2/\1/\3", folded)
    if not _MAY_NAME_A_DAY.search(folded):
        return ()
    found: list[Mention] = []
    for pattern, resolve, confidence in _PATTERNS:
        for match in pattern.finditer(folded):
            if any(match.start() < mention.end and mention.start < match.end() for mention in found):
                continue
            try:
                day = resolve(match, received)
            except (ValueError, OverflowError):  # the 31st of February, week 60
                continue
            if day is not None:
                found.append(Mention(day, match.start(), match.end(), confidence))
    return tuple(_settled(sorted(found, key=lambda mention: mention.start), folded))


_WEEK_OF = re.compile(r"(?:week (?:commencing|beginning|starting|of)|w/c)\s*$")


def _settled(found: list[Mention], folded: str) -> Iterator[Mention]:
    """A weekday beside its date says nothing more; "week commencing" a day means that week's Friday."""
    for mention, following in zip_longest(found, found[1:]):
        if following and following.start - mention.end <= 3 and following.confidence > mention.confidence:  # noqa: PLR2004 - ", "
            continue
        if _WEEK_OF.search(folded[: mention.start]):
            friday = mention.day + timedelta(days=_FRIDAY - mention.day.weekday())
            yield mention._replace(day=friday, confidence=0.8)
        else:
            yield mention


def _next(day: date, received: date) -> date:
    """A day without a year lies ahead, or at most two months back (then it is a past day that the text tells of)."""
    if day < received - timedelta(days=60):
        return day.replace(year=day.year + 1)
    return day


def _year(text: str | None, received: date) -> int:
    if not text:
        return received.year
    number = int(text)
    return number + 2000 if number < 100 else number  # noqa: PLR2004 - two digits


def _full(match: re.Match[str], _: date) -> date:
    return date(int(match[1]), int(match[2]), int(match[3]))


def _day_first(match: re.Match[str], received: date) -> date | None:
    day, month = int(match[1]), int(match[2])
    if month > 12 >= day:  # noqa: PLR2004 - written month first
        day, month = month, day
    said = date(_year(match[3], received), month, day)
    return said if match[3] else _next(said, received)


def _day_month(match: re.Match[str], received: date) -> date:
    said = date(_year(match[3], received), _MONTHS[match[2]], int(match[1]))
    return said if match[3] else _next(said, received)


def _month_day(match: re.Match[str], received: date) -> date:
    said = date(_year(match[3], received), _MONTHS[match[1]], int(match[2]))
    return said if match[3] else _next(said, received)


def _chinese_day(match: re.Match[str], received: date) -> date:
    said = date(_year(match[1], received), int(match[2]), int(match[3]))
    return said if match[1] else _next(said, received)


def _month_part(month: date, part: str) -> date:
    """The end, middle or beginning of a month."""
    if part in {"end", "ende", "底", "末", "late"}:
        return month.replace(day=calendar.monthrange(month.year, month.month)[1])
    return month.replace(day=15 if part in {"mid", "middle", "mitte", "中", "中旬", "mid-"} else 1)


def _part_of_named(match: re.Match[str], received: date) -> date | None:
    if match[1].strip("-") in {"beginning", "start", "early", "anfang"}:
        return None  # a beginning is no day
    part = match[1].strip("-")
    return _next(_month_part(date(_year(match[3], received), _MONTHS[match[2]], 1), part), received)


def _part_of_relative(match: re.Match[str], received: date) -> date:
    ahead = 1 if match[2] in {"next", "nächsten", "the next", "coming"} else 0
    return _month_part(_months_on(received, ahead), match[1])


def _months_on(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def _chinese_part(match: re.Match[str], received: date) -> date | None:
    if match[3] in {"初", "上旬"}:
        return None
    if match[2]:
        return _next(_month_part(date(_year(match[1], received), int(match[2]), 1), match[3]), received)
    return None


def _chinese_relative_part(match: re.Match[str], received: date) -> date | None:
    if match[2] in {"初", "上旬"}:
        return None
    return _month_part(_months_on(received, 1 if match[1].startswith("下") else 0), match[2])


def _chinese_relative_day(match: re.Match[str], received: date) -> date:
    month = _months_on(received, 1 if match[1].startswith("下") else 0)
    return month.replace(day=int(match[2]))


def _only_day(match: re.Match[str], received: date) -> date:
    said = received.replace(day=int(match[1]))
    return said if said >= received else _months_on(received, 1).replace(day=int(match[1]))


def _calendar_week(match: re.Match[str], received: date) -> date:
    number = int(next(group for group in match.groups() if group))
    friday = date.fromisocalendar(received.isocalendar().year, number, _FRIDAY + 1)
    if friday < received - timedelta(days=60):
        friday = date.fromisocalendar(received.isocalendar().year + 1, number, _FRIDAY + 1)
    return friday


def _weekday(received: date, day: int, weeks: int) -> date:
    monday = received - timedelta(days=received.weekday())
    return monday + timedelta(days=day, weeks=weeks)


def _english_weekday(match: re.Match[str], received: date) -> date:
    day = _DAYS[match[2]]
    how = match[1] or ""
    if "next" in how or "nächst" in how:
        return _weekday(received, day, 1)
    said = _weekday(received, day, 0)
    return said if said >= received else said + timedelta(weeks=1)


def _weekday_of_next(match: re.Match[str], received: date) -> date:
    return _weekday(received, _DAYS[match[1]], 1)


def _chinese_weekday(match: re.Match[str], received: date) -> date:
    how, day = match[1] or "", _DAYS[match[2]]
    if how.startswith("下"):
        return _weekday(received, day, how.count("下"))
    said = _weekday(received, day, 0)
    return said if said >= received or how else said + timedelta(weeks=1)


def _week_end(match: re.Match[str], received: date) -> date:
    weeks = (
        1
        if any(group and ("next" in group or "下" in group or "nächst" in group) for group in match.groups())
        else 0
    )
    return _weekday(received, _FRIDAY, weeks)


def _ahead(match: re.Match[str], received: date) -> date | None:
    number = numerals.value(match[1])
    unit = match[2]
    if number is None or number != int(number):
        return None
    count = int(number)
    if "work" in unit or "business" in unit or "工作" in unit or "werk" in unit or "arbeits" in unit:
        return _working_days(received, count)
    if unit.startswith(("week", "woche", "周", "个星期", "星期", "个礼拜", "礼拜", "wk")):
        return received + timedelta(weeks=count)
    if unit.startswith(("month", "monat", "个月")):
        month = _months_on(received, count)
        return month.replace(day=min(received.day, calendar.monthrange(month.year, month.month)[1]))
    return received + timedelta(days=count)


def _working_days(start: date, count: int) -> date:
    day = start
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() <= _FRIDAY
    return day


def _soon(match: re.Match[str], received: date) -> date:
    ahead = {
        "today": 0,
        "heute": 0,
        "今天": 0,
        "今日": 0,
        "后天": 2,
        "大后天": 3,
        "day after tomorrow": 2,
        "übermorgen": 2,
    }
    return received + timedelta(days=ahead.get(match[1], 1))


_YEAR = r"(?:,?\s*((?:20)?\d\d)(?!\d|[.:x]\d|\s?(?:pcs|%)))?"
_PATTERNS: tuple[tuple[re.Pattern[str], Resolve, float], ...] = tuple(
    (re.compile(pattern), resolve, confidence)
    for pattern, resolve, confidence in (
        (r"(?<![\d./-])(20\d\d)\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})\s?[日号]?(?![\d])", _full, 0.97),
        (r"(?<![\d./-])(\d{1,2})[./-](\d{1,2})[./-]((?:20)?\d\d)(?!\d|[./-]\d)", _day_first, 0.9),
        (rf"(?<![\d.])(\d{{1,2}})\s?(?:st|nd|rd|th|\.)?\s?(?:of\s)?\s?{_MONTH}{_YEAR}", _day_month, 0.95),
        (
            (
                rf"(?<![a-zäöü]){_MONTH}\s?(?:the\s)?(\d{{1,2}})(?:st|nd|rd|th)?(?![\d:x]|\s?(?:pcs|"
                rf"%)){_YEAR}"
            ),
            _month_day,
            0.95,
        ),
        (
            r"(?:(\d{4})\s?年\s?)?(?<!\d)(\d{1,2})\s?月\s?(\d{1,2})\s?(?:日|号|(?=[前之以到]))",
            _chinese_day,
            0.95,
        ),
        (r"(?:(\d{4})\s?年\s?)?(?<!\d)(\d{1,2})\s?月份?\s?(底|末|中旬|中|初|上旬)", _chinese_part, 0.8),
        (r"(下个?月|本月|这个?月)\s?(底|末|中旬|中|初|上旬)", _chinese_relative_part, 0.8),
        (r"(下个?月|本月|这个?月)\s?(\d{1,2})\s?[日号]?", _chinese_relative_day, 0.9),
        (r"(?<!下)(?<!上)(月)(底|末)", lambda _, received: _month_part(received, "底"), 0.8),
        (
            (
                r"(?<![a-zäöü])(?:kw|cw|wk|calendar week|week|"
                r"kalenderwoche)\s?(?:no\.?\s?)?(\d{1,2})(?!\d)|第\s?(\d{1,2})\s?周"
            ),
            _calendar_week,
            0.85,
        ),
        (
            (
                rf"(?<![a-zäöü])(?:the\s)?(end|ende|mid|mid-|middle|mitte|beginning|start|early|late|"
                rf"anfang)[\s-]+(?:of\s)?{_MONTH}{_YEAR}"
            ),
            _part_of_named,
            0.8,
        ),
        (
            (
                r"(?<![a-zäöü])(end|ende|middle|mitte)\s(?:of\s|des\s)?(next|the next|this|the|coming|"
                r"nächsten|dieses)\s(?:month|monats)"
            ),
            _part_of_relative,
            0.8,
        ),
        (
            r"(?<![a-z])(?:end of (?:the )?month|month[- ]end|eom|monatsende)(?![a-z])",
            lambda _, received: _month_part(received, "end"),
            0.8,
        ),
        (
            (
                r"(?<![a-zäöü])(?:by\s|at\s)?(?:the\s)?end\sof\s(next|this|the|the next|the coming|"
                r"coming)\sweek|(?<![a-zäöü])ende\s(nächster|dieser|der)\swoche"
                r"|(下下?个?周|下个?星期|本周|这个?周|这个?星期)(?:末|底|内|之?前)"
            ),
            _week_end,
            0.85,
        ),
        (r"(?<![a-z])(?:eow|week's end)(?![a-z])", _week_end, 0.7),
        (rf"(?<![a-z]){_DAY}\s(?:of\s)?(?:next week|nächster woche|nächste woche)", _weekday_of_next, 0.9),
        (
            (
                rf"(?<![a-zäöü])(next week\s|this week\s|next\s|this\s|coming\s|nächsten\s|kommenden\s|"
                rf"diesen\s)?(?:on\s)?{_DAY}"
            ),
            _english_weekday,
            0.8,
        ),
        (r"(下下|下个?|本|这个?)?(?:周|星期|礼拜)([一二三四五六日天])", _chinese_weekday, 0.9),
        (
            (
                rf"(?<![a-zäöü])(?:within|in|innerhalb von|innerhalb|binnen)\s(?:the next\s|about\s|"
                rf"max\.?\s)?{_COUNT}\s?"
                r"((?:working|business)\s?days?|work\s?days?|days?|weeks?|wks?|months?|tagen?|"
                r"arbeitstagen?|werktagen?|wochen?|monaten?)(?![a-z])"
            ),
            _ahead,
            0.85,
        ),
        (
            rf"(?:交期|货期|交货期)\s?[:：]?\s?{_COUNT}\s?(个?工作日|天|周|个?星期|个?礼拜|个月)(?!\d)",
            _ahead,
            0.75,
        ),
        (
            (
                rf"{_COUNT}\s?(个?工作日|天|周|个?星期|个?礼拜|个月)\s?(?:之?内|以内|后|之后|左右到|"
                rf"到货|交货)"
            ),
            _ahead,
            0.8,
        ),
        (
            (
                r"(?<![a-zäöü])(next week|nächste woche)(?![a-z])|(下个?周|"
                r"下个?星期)(?![一二三四五六日天末])"
            ),
            _week_end,
            0.5,
        ),
        (
            (
                r"(大后天|后天|明天|明日|今天|今日|(?<![a-zü])(?:day after tomorrow|tomorrow|tomorow|tommorow|tommorrow|today|"
                r"morgen|heute|übermorgen)(?![a-z]))"
            ),
            _soon,
            0.8,
        ),
        (r"(?<![\d./-])(\d{1,2})\.(\d{1,2})\.()(?![\d./-])", _day_first, 0.65),
        (
            r"(?<![\d./-])(\d{1,2})/(\d{1,2})()(?![\d./-])(?=\s*(?:前|之前|以前|到|交|$|[,.;)]))",
            _day_first,
            0.6,
        ),
        (r"(?<![\d月])(\d{1,2})\s?[号日](?=\s?(?:之?前|以前|到|交|要|发|送))", _only_day, 0.7),
        (r"(?<![a-z\d])(?:by|before|until|on)\s(?:the\s)(\d{1,2})(?:st|nd|rd|th)(?![a-z])", _only_day, 0.7),
    )
)
