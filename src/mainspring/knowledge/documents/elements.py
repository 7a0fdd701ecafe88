"""What an element of a trade document says: words, a number, a day, and where it stands."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from lxml import etree

from mainspring.base.bilingual import both
from mainspring.knowledge.documents.document import Problem, line_named


def words(element: etree._Element | None) -> str:
    """Its text on one line; empty where there is no element."""
    return "" if element is None else " ".join((element.text or "").split())


def line_of(element: etree._Element | None) -> int:
    """The line in the file, from 1; 0 where there is no element."""
    line: Any = None if element is None else element.sourceline  # the stubs give it a type of their own
    return int(line or 0)


def number(element: etree._Element | None, problems: list[Problem]) -> Decimal | None:
    """Its text as a finite number; None, with a problem, where it is none."""
    text = words(element)
    if not text:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("NaN")
    if value.is_finite():
        return value
    problems.append(
        Problem(
            "damaged",
            both('"{text}" is not a number', "“{text}”不是数字", text=text[:40]),
            line_named(line_of(element)),
        )
    )
    return None


def day(text: str, letters: int, problems: list[Problem]) -> date | None:
    """The day in the first letters of a text: 10 of 2025-11-30, 8 of 20251130; a problem where it is none."""
    if not text:
        return None
    try:
        return date.fromisoformat(text[:letters])
    except ValueError:
        problems.append(
            Problem("damaged", both('"{text}" is not a date', "“{text}”不是日期", text=text[:40]))
        )
        return None
