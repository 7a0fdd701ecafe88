"""The customer's number of an order or request: after "PO", "订单号", or where it can be nothing else."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from mainspring.agents.skills import specification


class Reference(NamedTuple):
    """A number as written, its span, and how sure it is."""

    number: str
    start: int
    end: int
    confidence: float


# A number has a digit; letters, digits and joining signs only.
_NUMBER = r"((?=[A-Z0-9/_.\-]*\d)[A-Z0-9][A-Z0-9/_.\-]{1,28}[A-Z0-9])(?![A-Z0-9])"
_WORD = r"(?:numbers?|nos?\.?|nr\.?|num\.?|ref(?:erence)?\.?|id|#|№)"
_SIGN = r"\s*(?:[:：#=]|is\b|lautet|为|是)?\s*[#\"“(\[【]?\s*"
_LABELS: tuple[tuple[str, float], ...] = (
    (rf"(?<![A-Z])(?:purchase[\s-]?order|P\.?O\.?)(?:\s*{_WORD})?(?:[-_/]|{_SIGN}){_NUMBER}", 0.95),
    (rf"(?<![A-Z])order(?:[\s-]*{_WORD})+{_SIGN}{_NUMBER}", 0.92),
    (
        (
            r"(?:采购订单|采购单|客户订单|订单|订货单|采购|合同|询价单?|单据?)\s*(?:编号|单号|号码|"
            r"号|NO\.?)\s*[:：是为]?\s*"
            rf"[“\"【]?\s*{_NUMBER}"
        ),
        0.92,
    ),
    (rf"(?<![料货型图\u4e00-\u9fff])(?:编号|单号)\s*[:：]?\s*{_NUMBER}", 0.88),
    (rf"(?:采购订单|采购单|订单|订货单|询价单)\s*[:：（(]?\s*{_NUMBER}", 0.88),
    (rf"(?:Bestell|Auftrags|Beleg)[\s-]?(?:nummer|nr\.?){_SIGN}{_NUMBER}", 0.92),
    (
        rf"(?<![A-Z])(?:RFQ|request for quotation|inquiry|enquiry|request)(?:\s*{_WORD})?{_SIGN}{_NUMBER}",
        0.85,
    ),
    (rf"(?<![A-Z])(?:orders?|Bestellung|pedido|commande)\s*[#:：(\"]?\s*{_NUMBER}", 0.86),
    (rf"(?<![A-Z])(?:our\s+ref(?:erence)?|ref)\.?\s*(?:no\.?)?\s*[:：#]?\s*{_NUMBER}", 0.7),
)
_PATTERNS = tuple((re.compile(pattern, re.IGNORECASE), confidence) for pattern, confidence in _LABELS)
# Forms that only numbers of documents have: letters and figures joined, or a long figure.
_FORM = (
    r"(?:[A-Z]{1,6}\d{6,}(?:-\d+)*|[A-Z]{1,6}(?:[-/][A-Z0-9]{1,8})*[-/]\d{3,}(?:[-/][A-Z0-9]+)*"
    r"|[A-Z]{2,6}[-/][A-Z]{2,6}[-/]\d+|[A-Z]{2,4}\d{4,}|\d{1,4}[-/]\d{3,}(?:[-/]\d+)*|\d{8,12})"
)
_ALONE = re.compile(rf"(?<![A-Za-z0-9./_+-]){_FORM}(?![A-Za-z0-9_%])(?!-[A-Za-z0-9])")
_PREFIXED = re.compile(
    (
        rf"(?<![A-Za-z0-9])(?:for|on|under|re|regarding|about|ref|关于|（|\(|：|:|，|"
        rf",)\s*(?P<number>{_FORM})(?![A-Za-z0-9_])|^\s*(?P<first>{_FORM})(?=\s*[,，:：的]|\s*$)"
    ),
    re.MULTILINE,
)
_PRODUCT = re.compile(
    (
        r"(?:图号|型号|料号|货号|drawing|part|art\.?|item|sku|code|tel\.?|phone|fax|"
        r"\+)\s*(?:no\.?|nr\.?)?\s*[:：]?\s*$"
    ),
    re.IGNORECASE,
)
_DAY = re.compile(
    r"(?:0?[1-9]|[12]\d|3[01])[./-](?:0?[1-9]|[12]\d|3[01])[./-](?:20)?\d\d|20\d\d[-/.]\d\d?[-/.]\d\d?"
)


def find(text: str, *, subject: bool = False) -> tuple[Reference, ...]:
    """All numbers, the surest first; of equally sure ones the first in the text.

    Args:
        text: a subject or a paragraph.
        subject: a subject names its document, so that a number there needs no label.
    """
    found: list[Reference] = []
    for reference in (*_labelled(text), *_unlabelled(text, subject=subject)):
        if not any(reference.start < other.end and other.start < reference.end for other in found):
            found.append(reference)
    return tuple(sorted(found, key=lambda reference: (-reference.confidence, reference.start)))


def _labelled(text: str) -> Iterator[Reference]:
    for pattern, confidence in _PATTERNS:
        for match in pattern.finditer(text):
            number, start = match[1].rstrip("."), match.start(1)
            if (
                _DAY.fullmatch(number)
                or sum(map(str.isdigit, number)) < 1
                or re.fullmatch(r"\d{1,2}", number)
            ):
                continue
            prefix = re.search(r"(?<![A-Za-z])(P\.?O|RFQ)[-_/]$", text[:start], re.IGNORECASE)
            if prefix:  # the label is part of the number: "PO-2026-0117"
                number, start = text[prefix.start() : match.end(1)].rstrip("."), prefix.start()
            if _PRODUCT.search(text[: match.start()]) or _is_size(number):
                continue
            yield Reference(number, start, match.end(1), confidence)


def _is_size(number: str) -> bool:
    return any(found.feature.kind != "number" for found in specification.find(number))


def _unlabelled(text: str, *, subject: bool) -> Iterator[Reference]:
    if subject:
        for match in _ALONE.finditer(text):
            if not _DAY.fullmatch(match[0]) and not _PRODUCT.search(text[: match.start()]):
                yield Reference(match[0], match.start(), match.end(), 0.75)
    for match in _PREFIXED.finditer(text):
        group = "number" if match["number"] else "first"
        if not _DAY.fullmatch(match[group]) and not _PRODUCT.search(text[: match.start(group)]):
            yield Reference(match[group], match.start(group), match.end(group), 0.55)
