"""The customer's order number: what follows "PO", "our order no.", "订单号", or looks like one by itself."""

import re
from collections.abc import Iterator
from typing import NamedTuple


class Reference(NamedTuple):
    """An order number as written, its span, and how sure it is."""

    number: str
    start: int
    end: int
    confidence: float


# A number has a digit; letters, digits and joining signs only.
_NUMBER = r"((?=[A-Z0-9/_.\-]*\d)[A-Z0-9][A-Z0-9/_.\-]{1,28}[A-Z0-9])(?![A-Z0-9])"
_WORD = r"(?:numbers?|nos?\.?|nr\.?|num\.?|ref(?:erence)?\.?|id|#|№)"
_SIGN = r"\s*(?:[:：#=]|is\b|lautet|为|是)?\s*[#\"“(\[【]?\s*"
_LABELS: tuple[tuple[str, float], ...] = (
    (
        rf"(?<![A-Z])(?:our|customer|client|your|the)?\s*(?:purchase[\s-]?order|P\.?O\.?)(?:\s*{_WORD})?{_SIGN}{_NUMBER}",
        0.95,
    ),
    (rf"(?<![A-Z])(?:our|customer|client|internal|cust\.?)?\s*order(?:[\s-]*{_WORD})+{_SIGN}{_NUMBER}", 0.9),
    (
        rf"(?:采购订单|采购单|客户订单|我司订单|我方订单|订单|订货单|采购|合同|单据?)\s*(?:编号|单号|号码|号|NO\.?|No\.?)\s*[:：是为]?\s*[“\"【]?\s*{_NUMBER}",
        0.92,
    ),
    (rf"(?:采购订单|采购单|订单|订货单)\s*[:：]?\s*{_NUMBER}", 0.85),
    (rf"(?:Bestell|Auftrags|Beleg)[\s-]?(?:nummer|nr\.?){_SIGN}{_NUMBER}", 0.92),
    (rf"(?:unsere\s)?Bestellung\s*(?:Nr\.?)?{_SIGN}{_NUMBER}", 0.85),
    (rf"(?<![A-Z])(?:our|your|the|my|cancel|this)\s+order\s+[#(\"]?{_NUMBER}", 0.85),
    (rf"(?<![A-Z])order\s*[#:：]\s*{_NUMBER}", 0.85),
    (rf"(?<![A-Z])(?:our\s+ref(?:erence)?|ref)\.?\s*(?:no\.?)?\s*[:：#]\s*{_NUMBER}", 0.6),
)
_PATTERNS = tuple((re.compile(pattern, re.IGNORECASE), confidence) for pattern, confidence in _LABELS)
_ALONE = re.compile(
    r"(?<![A-Z0-9/_.-])((?:PO|BO|P\.O\.|CG|DD)[-_/ ]?\d[A-Z0-9/_.-]*[A-Z0-9]|PO-[A-Z]{1,6}-\d[A-Z0-9-]*)(?![A-Z0-9])",
    re.IGNORECASE,
)
_DAY = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|20\d\d-\d\d-\d\d")


def find(text: str) -> tuple[Reference, ...]:
    """All order numbers, the surest first; of equally sure ones the first in the text."""
    return tuple(sorted(_find(text), key=lambda reference: (-reference.confidence, reference.start)))


def _find(text: str) -> Iterator[Reference]:
    seen: set[int] = set()
    for pattern, confidence in _PATTERNS:
        for match in pattern.finditer(text):
            number, start = match[1].rstrip("."), match.start(1)
            if start in seen or _DAY.fullmatch(number) or sum(map(str.isdigit, number)) < 2:  # noqa: PLR2004 - "2nd"
                continue
            prefix = re.search(r"(?<![A-Za-z])(PO|BO)[-_/ ]?$", text[:start])
            if (
                prefix
                and text[match.start() : start].strip(" #:-_/").upper() == prefix[1]
                and text[start - 1] in "-_/"
            ):
                number, start = text[prefix.start() : match.end(1)].rstrip("."), prefix.start()
            seen.add(match.start(1))
            yield Reference(number, start, match.end(1), confidence)
    for match in _ALONE.finditer(text):
        if match.end() not in {reference + len(match[1]) for reference in seen}:
            yield Reference(match[1], match.start(), match.end(), 0.88)
