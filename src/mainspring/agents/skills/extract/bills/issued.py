"""The day of a bill: the labelled one, else the only one, else the first."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from mainspring.agents.skills.extract.bills.labels import DATES, NUMBERS, find
from mainspring.agents.skills.extract.bills.rows import Row, after, folded
from mainspring.agents.skills.extract.days import MONTHS
from mainspring.agents.skills.extract.understanding import Evidence, Field
from mainspring.base.bilingual import both

_MONTH = "|".join(sorted((name for name in MONTHS if len(name) > 2), key=len, reverse=True))  # noqa: PLR2004 - "un"
_DAY = r"(?P<day>\d{1,2})"
_NUMBERED = r"(?P<month>\d{1,2})"
_TIME = r"(?!\d(?!\d?:\d))"  # a time may be glued to the day by recognition: "25/12/20188:13:39"
_YEAR = rf"(?P<year>(?:19|20)\d\d|\d\d){_TIME}"
_FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<!\d)(?P<year>20\d\d|19\d\d)\s?[-/.年]\s?{_NUMBERED}\s?[-/.月]\s?{_DAY}(?!\d)",
        rf"(?<![\w./-]){_DAY}(?P<mark>[-/.])\s?{_NUMBERED}(?P=mark)\s?{_YEAR}(?![/.-]\d)",
        rf"(?<!\d){_DAY}(?:st|nd|rd|th|er|\.)?[\s/.-]*(?P<name>{_MONTH})\.?[\s/.,'-]*{_YEAR}",
        rf"(?<![a-z])(?P<name>{_MONTH})\.?[\s/.-]*{_DAY}(?:st|nd|rd|th)?\s*[,.\s]\s*{_YEAR}",
        r"(?<!\d)(?P<year>20[0-4]\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?!\d)",
    )
)
_CENTURY = 2000
_WORTH = {"bill": 3.0, "day": 2.0, "": 1.0, "other": 0.0}
_EARLIEST = 1990


class _Day(NamedTuple):
    day: date
    kind: str
    row: Row
    open: bool
    """Day and month could be the other way round."""


_LABELLED = {
    "bill": both("labelled as the day of the bill", "标明为开票日期"),
    "day": both("labelled as the date", "标明为日期"),
}
_A_DATE = both("a date", "一个日期")


def issued(found: Sequence[Row]) -> Field[date]:
    """The day the bill was written; day before month unless another of its dates shows the other order."""
    american = _month_first(found)
    days = list(_days(found, month_first=american is True))
    if not days:
        return Field(None)
    best = max(days, key=lambda one: _WORTH[one.kind])
    same = [one for one in days if one.day == best.day]
    rivals = {one.day for one in days if _WORTH[one.kind] >= _WORTH[best.kind]} - {best.day}
    sure = {"bill": 0.97, "day": 0.96, "": 0.9, "other": 0.4}[best.kind]
    if rivals:
        sure = min(sure, 0.75 if best.kind else 0.6)
    elif len(same) == 1 and best.open and american is None:
        sure = min(sure, 0.93)
    why = _LABELLED.get(best.kind, _A_DATE)
    return Field(best.day, sure, (Evidence(" ".join(best.row.cells).strip(), best.row.place, why),))


def _month_first(found: Sequence[Row]) -> bool | None:
    """Whether the bill writes the month first; None where nothing shows it."""
    pairs = [
        (int(match["day"]), int(match["month"]))
        for row in found
        for cell in row.folded
        for match in _FORMS[1].finditer(cell)
    ]
    if any(second > 12 >= first for first, second in pairs):  # noqa: PLR2004 - months
        return True
    return False if any(first > 12 >= second for first, second in pairs) else None  # noqa: PLR2004 - months


def _days(found: Sequence[Row], *, month_first: bool) -> Iterator[_Day]:
    named = list(_named(found, month_first=month_first))
    for row in found:
        for cell, text in zip(row.cells, row.folded, strict=True):
            kinds = [kind for kind, said, where in named if where is row and said in cell]
            for day, unclear in _read(text, month_first=month_first):
                yield _Day(day, max(kinds, key=_WORTH.__getitem__, default=""), row, unclear)


def _named(found: Sequence[Row], *, month_first: bool) -> Iterator[tuple[str, str, Row]]:
    """The texts in which a labelled day stands, each with the kind of its label and its row."""
    for index, row in enumerate(found):
        for cell, text in enumerate(row.folded):
            for label in find(text, DATES):
                for said, where in after(found, index, cell, label.end):
                    if _read(folded(said), month_first=month_first):
                        yield label.kind, said.strip(), where
                        break
            for label in find(text, NUMBERS):
                if label.kind in {"bill", "head"}:  # "invoice 17 of 2 July"
                    yield "day", row.cells[cell][label.end :].strip(), row


def _read(text: str, *, month_first: bool) -> list[tuple[date, bool]]:
    """The days in a text of small letters, and whether day and month of each could be exchanged."""
    found: list[tuple[date, bool]] = []
    spans: list[tuple[int, int]] = []
    for form in _FORMS:
        for match in form.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in spans):
                continue
            said = match.groupdict()
            year = int(said["year"]) + (_CENTURY if len(said["year"]) == 2 else 0)  # noqa: PLR2004 - two figures
            day, month = int(said["day"]), MONTHS.get(said.get("name") or "", 0) or int(said["month"])
            numeric = form is _FORMS[1]
            if numeric and (month_first or month > 12 >= day) and day <= 12:  # noqa: PLR2004 - months
                day, month = month, day
            try:
                made = date(year, month, day)
            except ValueError:
                continue
            if made.year >= _EARLIEST:
                spans.append(match.span())
                found.append((made, numeric and day <= 12 and day != month))  # noqa: PLR2004 - months
    return found
