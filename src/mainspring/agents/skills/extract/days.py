"""From what was written to the day: each function resolves one way of naming a day.

They raise ValueError for days that do not exist, such as the 31st of February, and give None where the
wording leaves the day open.
"""

import calendar
import re
from datetime import date, timedelta

from mainspring.agents.skills.extract import numerals

FRIDAY = 4
_MONTH_NAMES = (
    "jan january januar januari janvier|feb february februar februari février|"
    "mar march märz maerz mrz maart mars|"
    "apr april avril|may mai mei|"
    "jun june juni juin|jul july juli juillet|aug august augustus août|sep sept september septembre|"
    "oct october okt oktober octobre|nov november novembre|dec december dez dezember "
    "décembre"
)
_DAY_NAMES = (
    "mon monday montag 一|tue tues tuesday dienstag 二|wed wednesday mittwoch 三|"
    "thu thur thurs thursday donnerstag 四|fri friday freitag 五|sat saturday samstag 六|"
    "sun sunday sonntag 日 天 末"
)
MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES.split("|"), 1) for name in names.split()}
DAYS = {name: number for number, names in enumerate(_DAY_NAMES.split("|")) for name in names.split()}


def nearest(day: date, received: date) -> date:
    """A day without a year lies ahead, or at most two months back: then the text tells of the past."""
    if day < received - timedelta(days=60):
        return day.replace(year=day.year + 1)
    if day > received + timedelta(days=300):
        return day.replace(year=day.year - 1)
    return day


def year(text: str | None, received: date) -> int:
    """The year written, with four figures or two; else that of the day received."""
    if not text:
        return received.year
    number = int(text)
    return number + 2000 if number < 100 else number  # noqa: PLR2004 - two digits


def full(match: re.Match[str], _: date) -> date:
    """Year, month, day: "2026-01-23", "2026年1月23日"."""
    return date(int(match[1]), int(match[2]), int(match[3]))


def day_first(match: re.Match[str], received: date) -> date | None:
    """As in "23.01.2026", "23/1"; month first where only that is possible."""
    day, month = int(match[1]), int(match[2])
    if month > 12 >= day:  # noqa: PLR2004 - written month first
        day, month = month, day
    said = date(year(match[3], received), month, day)
    return said if match[3] else nearest(said, received)


def day_month(match: re.Match[str], received: date) -> date:
    """As in "23rd of January", "23 Jan 2026"."""
    said = date(year(match[3], received), MONTHS[match[2]], int(match[1]))
    return said if match[3] else nearest(said, received)


def month_day(match: re.Match[str], received: date) -> date:
    """As in "January 23, 2026"."""
    said = date(year(match[3], received), MONTHS[match[1]], int(match[2]))
    return said if match[3] else nearest(said, received)


def chinese_day(match: re.Match[str], received: date) -> date:
    """As in "3月15日", "2026年3月15号"."""
    said = date(year(match[1], received), int(match[2]), int(match[3]))
    return said if match[1] else nearest(said, received)


def month_part(month: date, part: str) -> date:
    """The end, middle or beginning of a month."""
    if part in {"end", "ende", "底", "末", "late"}:
        return month.replace(day=calendar.monthrange(month.year, month.month)[1])
    return month.replace(day=15 if part in {"mid", "middle", "mitte", "中", "中旬", "mid-"} else 1)


def part_of_named(match: re.Match[str], received: date) -> date | None:
    """As in "end of February", "mid March"; a beginning is no day."""
    if match[1].strip("-") in {"beginning", "start", "early", "anfang"}:
        return None  # a beginning is no day
    part = match[1].strip("-")
    return nearest(month_part(date(year(match[3], received), MONTHS[match[2]], 1), part), received)


def part_of_relative(match: re.Match[str], received: date) -> date:
    """As in "end of next month"."""
    ahead = 1 if match[2] in {"next", "nächsten", "the next", "coming"} else 0
    return month_part(months_on(received, ahead), match[1])


def months_on(day: date, months: int) -> date:
    """The first day of a month so many months on."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def chinese_part(match: re.Match[str], received: date) -> date | None:
    """As in "3月底", "2月中旬"; a beginning is no day."""
    if match[3] in {"初", "上旬"}:
        return None
    if match[2]:
        return nearest(month_part(date(year(match[1], received), int(match[2]), 1), match[3]), received)
    return None


def chinese_relative_part(match: re.Match[str], received: date) -> date | None:
    """As in "本月底", "下个月中旬"."""
    if match[2] in {"初", "上旬"}:
        return None
    return month_part(months_on(received, 1 if match[1].startswith("下") else 0), match[2])


def chinese_relative_day(match: re.Match[str], received: date) -> date:
    """As in "下个月5号"."""
    month = months_on(received, 1 if match[1].startswith("下") else 0)
    return month.replace(day=int(match[2]))


def only_day(match: re.Match[str], received: date) -> date:
    """As in "20日前", "by the 25th": the next such day."""
    said = received.replace(day=int(match[1]))
    return said if said >= received else months_on(received, 1).replace(day=int(match[1]))


def calendar_week(match: re.Match[str], received: date) -> date:
    """As in "KW 12", "第12周": the Friday of that week."""
    number = int(next(group for group in match.groups() if group))
    friday = date.fromisocalendar(received.isocalendar().year, number, FRIDAY + 1)
    if friday < received - timedelta(days=60):
        friday = date.fromisocalendar(received.isocalendar().year + 1, number, FRIDAY + 1)
    return friday


def weekday(received: date, day: int, weeks: int) -> date:
    """A day of the week so many weeks on."""
    monday = received - timedelta(days=received.weekday())
    return monday + timedelta(days=day, weeks=weeks)


def english_weekday(match: re.Match[str], received: date) -> date:
    """As in "Friday", "next Friday": next means the week after this one."""
    day = DAYS[match[2]]
    how = match[1] or ""
    if "next" in how or "nächst" in how:
        return weekday(received, day, 1)
    said = weekday(received, day, 0)
    return said if said >= received else said + timedelta(weeks=1)


def weekday_of_next(match: re.Match[str], received: date) -> date:
    """As in "Friday next week"."""
    return weekday(received, DAYS[match[1]], 1)


def chinese_weekday(match: re.Match[str], received: date) -> date:
    """As in "下周五", "周五", "下下周一"."""
    how, day = match[1] or "", DAYS[match[2]]
    if how.startswith("下"):
        return weekday(received, day, how.count("下"))
    said = weekday(received, day, 0)
    return said if said >= received or how else said + timedelta(weeks=1)


def week_end(match: re.Match[str], received: date) -> date:
    """As in "end of next week", "下周末": its Friday."""
    weeks = (
        1
        if any(group and ("next" in group or "下" in group or "nächst" in group) for group in match.groups())
        else 0
    )
    return weekday(received, FRIDAY, weeks)


def ahead(match: re.Match[str], received: date) -> date | None:
    """As in "in 10 days", "within 2 weeks", "3个工作日内"."""
    number = numerals.value(match[1])
    unit = match[2]
    if number is None or number != int(number):
        return None
    count = int(number)
    if "work" in unit or "business" in unit or "工作" in unit or "werk" in unit or "arbeits" in unit:
        return working_days(received, count)
    if unit.startswith(("week", "woche", "周", "个星期", "星期", "个礼拜", "礼拜", "wk")):
        return received + timedelta(weeks=count)
    if unit.startswith(("month", "monat", "个月")):
        month = months_on(received, count)
        return month.replace(day=min(received.day, calendar.monthrange(month.year, month.month)[1]))
    return received + timedelta(days=count)


def working_days(start: date, count: int) -> date:
    """So many days on, Saturdays and Sundays left out."""
    day = start
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() <= FRIDAY
    return day


def soon(match: re.Match[str], received: date) -> date:
    """As in "today", "tomorrow", "后天"."""
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
