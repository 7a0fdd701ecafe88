"""Dates as people write them ("KW 12", "3月15日前", "end of next week"), from the day the text arrived on.

A week's end is its Friday, a month's end its last day; "by" and "before" keep the day named. What leaves the
day open ("as soon as possible", "in spring") gives nothing.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from mainspring.agents.skills.extract import days, numerals
from mainspring.agents.skills.specification import fold


class Mention(NamedTuple):
    """A day named in a text, its span, and how sure the reading is."""

    day: date
    start: int
    end: int
    confidence: float


_MONTH_FIRST = re.compile(r"(?<![\d./-])(0\d|1[0-2])/(\d\d)/(20\d\d)(?!\d)")
_MAY_NAME_A_DAY = re.compile(
    (
        r"\d\s?[./-]\s?\d|\d\s?[年月日号天周个]|[周月日天底](?:[前内到底末]|[一二三四五六日])|"
        r"明天|今天|后天|下周|本周|工作日|星期|礼拜|"
        r"(?<![a-zäöü])(?:"
    )
    + "|".join(sorted({name[:3] for name in (*days.MONTHS, *days.DAYS) if name.isascii()}))
    + (
        r"|week|month|month|kw\s?\d|cw\s?\d|wk|eow|eom|today|tom|heute|morgen|over|über|day|"
        r"within|innerhalb|binnen|in\s|by\sthe|before|"
        r"until|on\sthe|w/c|ende|end\s|nächst|föv|fév|mär|aoû|déc|mid)"
    )
)
_MONTH = "(" + "|".join(sorted(days.MONTHS, key=len, reverse=True)) + r")(?![a-zäöü])\.?"
_DAY = (
    "("
    + "|".join(sorted((name for name in days.DAYS if name.isascii()), key=len, reverse=True))
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
            friday = mention.day + timedelta(days=days.FRIDAY - mention.day.weekday())
            yield mention._replace(day=friday, confidence=0.8)
        else:
            yield mention


_YEAR = r"(?:,?\s*((?:20)?\d\d)(?!\d|[.:x]\d|\s?(?:pcs|%)))?"
_PATTERNS: tuple[tuple[re.Pattern[str], Resolve, float], ...] = tuple(
    (re.compile(pattern), resolve, confidence)
    for pattern, resolve, confidence in (
        (
            r"(?<![\d./-])(20\d\d)\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})\s?[日号]?(?![\d])",
            days.full,
            0.97,
        ),
        (r"(?<![\d./-])(\d{1,2})[./-](\d{1,2})[./-]((?:20)?\d\d)(?!\d|[./-]\d)", days.day_first, 0.9),
        (rf"(?<![\d.])(\d{{1,2}})\s?(?:st|nd|rd|th|\.)?\s?(?:of\s)?\s?{_MONTH}{_YEAR}", days.day_month, 0.95),
        (
            (
                rf"(?<![a-zäöü]){_MONTH}\s?(?:the\s)?(\d{{1,2}})(?:st|nd|rd|th)?(?![\d:x]|\s?(?:pcs|"
                rf"%)){_YEAR}"
            ),
            days.month_day,
            0.95,
        ),
        (
            r"(?:(\d{4})\s?年\s?)?(?<!\d)(\d{1,2})\s?月\s?(\d{1,2})\s?(?:日|号|(?=[前之以到]))",
            days.chinese_day,
            0.95,
        ),
        (r"(?:(\d{4})\s?年\s?)?(?<!\d)(\d{1,2})\s?月份?\s?(底|末|中旬|中|初|上旬)", days.chinese_part, 0.8),
        (r"(下个?月|本月|这个?月)\s?(底|末|中旬|中|初|上旬)", days.chinese_relative_part, 0.8),
        (r"(下个?月|本月|这个?月)\s?(\d{1,2})\s?[日号]?", days.chinese_relative_day, 0.9),
        (r"(?<!下)(?<!上)(月)(底|末)", lambda _, received: days.month_part(received, "底"), 0.8),
        (
            (
                r"(?<![a-zäöü])(?:kw|cw|wk|calendar week|week|"
                r"kalenderwoche)\s?(?:no\.?\s?)?(\d{1,2})(?!\d)|第\s?(\d{1,2})\s?周"
            ),
            days.calendar_week,
            0.85,
        ),
        (
            (
                rf"(?<![a-zäöü])(?:the\s)?(end|ende|mid|mid-|middle|mitte|beginning|start|early|late|"
                rf"anfang)[\s-]+(?:of\s)?{_MONTH}{_YEAR}"
            ),
            days.part_of_named,
            0.8,
        ),
        (
            (
                r"(?<![a-zäöü])(end|ende|middle|mitte)\s(?:of\s|des\s)?(next|the next|this|the|coming|"
                r"nächsten|dieses)\s(?:month|monats)"
            ),
            days.part_of_relative,
            0.8,
        ),
        (
            r"(?<![a-z])(?:end of (?:the )?month|month[- ]end|eom|monatsende)(?![a-z])",
            lambda _, received: days.month_part(received, "end"),
            0.8,
        ),
        (
            (
                r"(?<![a-zäöü])(?:by\s|at\s)?(?:the\s)?end\sof\s(next|this|the|the next|the coming|"
                r"coming)\sweek|(?<![a-zäöü])ende\s(nächster|dieser|der)\swoche"
                r"|(下下?个?周|下个?星期|本周|这个?周|这个?星期)(?:末|底|内|之?前)"
            ),
            days.week_end,
            0.85,
        ),
        (r"(?<![a-z])(?:eow|week's end)(?![a-z])", days.week_end, 0.7),
        (
            rf"(?<![a-z]){_DAY}\s(?:of\s)?(?:next week|nächster woche|nächste woche)",
            days.weekday_of_next,
            0.9,
        ),
        (
            (
                rf"(?<![a-zäöü])(next week\s|this week\s|next\s|this\s|coming\s|nächsten\s|kommenden\s|"
                rf"diesen\s)?(?:on\s)?{_DAY}"
            ),
            days.english_weekday,
            0.8,
        ),
        (r"(下下|下个?|本|这个?)?(?:周|星期|礼拜)([一二三四五六日天])", days.chinese_weekday, 0.9),
        (
            (
                rf"(?<![a-zäöü])(?:within|in|innerhalb von|innerhalb|binnen)\s(?:the next\s|about\s|"
                rf"max\.?\s)?{_COUNT}\s?"
                r"((?:working|business)\s?days?|work\s?days?|days?|weeks?|wks?|months?|tagen?|"
                r"arbeitstagen?|werktagen?|wochen?|monaten?)(?![a-z])"
            ),
            days.ahead,
            0.85,
        ),
        (
            rf"(?:交期|货期|交货期)\s?[:：]?\s?{_COUNT}\s?(个?工作日|天|周|个?星期|个?礼拜|个月)(?!\d)",
            days.ahead,
            0.75,
        ),
        (
            (
                rf"{_COUNT}\s?(个?工作日|天|周|个?星期|个?礼拜|个月)\s?(?:之?内|以内|后|之后|左右到|"
                rf"到货|交货)"
            ),
            days.ahead,
            0.8,
        ),
        (
            (
                r"(?<![a-zäöü])(next week|nächste woche)(?![a-z])|(下个?周|"
                r"下个?星期)(?![一二三四五六日天末])"
            ),
            days.week_end,
            0.5,
        ),
        (
            (
                r"(大后天|后天|明天|明日|今天|今日|(?<![a-zü])(?:day after tomorrow|tomorrow|tomorow|"
                r"tommorow|tommorrow|today|"
                r"morgen|heute|übermorgen)(?![a-z]))"
            ),
            days.soon,
            0.8,
        ),
        (r"(?<![\d./-])(\d{1,2})\.(\d{1,2})\.()(?![\d./-])", days.day_first, 0.65),
        (
            r"(?<![\d./-])(\d{1,2})/(\d{1,2})()(?![\d./-])(?=\s*(?:前|之前|以前|到|交|$|[,.;)]))",
            days.day_first,
            0.6,
        ),
        (r"(?<![\d月])(\d{1,2})\s?[号日](?=\s?(?:之?前|以前|到|交|要|发|送))", days.only_day, 0.7),
        (
            r"(?<![a-z\d])(?:by|before|until|on)\s(?:the\s)(\d{1,2})(?:st|nd|rd|th)(?![a-z])",
            days.only_day,
            0.7,
        ),
    )
)
