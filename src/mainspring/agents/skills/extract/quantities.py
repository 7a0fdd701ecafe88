"""Quantities in a text: "200 pcs", "two dozen", "5箱", "1k pcs", "每种各20个", "5 boxes x 200 pcs"."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from mainspring.agents.skills import specification
from mainspring.agents.skills.extract import numerals
from mainspring.agents.skills.extract.units import MEASURES, MULTIPLIERS, UNIT_OF


class Quantity(NamedTuple):
    """A quantity and its span.

    Attributes:
        value: None where a range or "a few" leaves it open.
        form: "count" (with a unit of pieces or packs), "measure" (metres, kilograms, litres: may be the
            product's size instead), "bare" (a number alone).
        each: it holds for every position named before ("20 each", "每种各20个").
    """

    value: Decimal | None
    unit: str | None
    start: int
    end: int
    form: str
    each: bool = False
    confidence: float = 0.9


def _alternatives(wordings: Iterator[str]) -> str:
    return "|".join(sorted((re.escape(wording) for wording in wordings), key=len, reverse=True))


_CHINESE_UNITS = _alternatives(
    unit for unit in (*UNIT_OF, *MULTIPLIERS) if not unit.isascii() and unit[0] >= "\u4e00"
)
_LATIN_UNITS = _alternatives(unit for unit in (*UNIT_OF, *MULTIPLIERS) if unit[0] < "\u4e00")
_NUMBER = rf"(?:{numerals.FIGURES})"
_END = r"(?![a-zäöüß0-9²³])"
_PATTERN = re.compile(
    (
        rf"(?P<each1>每(?:种|样|款|个|色|规格|型号|个规格|个型号)?\s*(?:各|要|来)?\s*|"
        rf"各\s*(?:要|来|订|需)?\s*|\beach\s+(?:of\s+)?|\bà\s?)?"
        rf"(?:(?<![a-wyz0-9.,/#_-])(?<!\Sx)(?:(?P<low>\d+)\s*(?:-|~|to|bis|至|到)\s*(?=\d))?"
        rf"(?P<figures>{_NUMBER})\s*(?P<scale>k(?![a-z])|千|百|万)?\s*(?:\+\s*)?"
        rf"|(?<![a-zäöüß])(?P<words>{numerals.ENGLISH_WORDS})\s+|"
        rf"(?P<chinese>{numerals.CHINESE})\s*)"
        rf"(?:(?P<latin>{_LATIN_UNITS})\.?{_END}|(?P<hanzi>{_CHINESE_UNITS}))?"
        rf"(?P<each2>\s*\(?\s*(?:each|jeweils|per item|of each|pro artikel)(?![a-z])|"
        rf"\s*(?:pcs\s|pieces\s)?of each(?![a-z]))?"
    ),
)
_OPEN = re.compile(
    r"(?<![a-z])(?:a few|some|several|a couple of|a handful of|einige|ein "
    r"paar)\s+(?:boxes|pcs|pieces|packs|bags|rolls)?(?![a-z])|(?:几|若干|一些)\s?(?:个|箱|"
    r"盒|包|袋|只|件|卷|套)"
)
# What follows a number that is no quantity: money, shares, times, and what precedes one: prices, telephones.
_NOT_AFTER = re.compile(
    r"\s*(?:%|％|percent|prozent|eur(?![a-z])|€|usd|\$|rmb|cny|元|块钱|欧元|美元|working|"
    r"business|days?(?![a-z])|weeks?|months?|years?|hours?|hrs|h(?![a-z])|min|tage|"
    r"wochen|天|日|号|周|个?星期|个?工作日|个?月|年|小时|点|分钟|楼|室|号楼|栋|层|岁|次|"
    r"位|人|家|折|st(?![a-z])|nd(?![a-z])|rd(?![a-z])|th(?![a-z])|:\d)"
)
_NOT_BEFORE = re.compile(
    r"(?:€|\$|￥|¥|(?<![a-z])(?:eur|usd|rmb|cny|price|tel|phone|fax|mobile)|单价|价格|电话|手机|传真|税号|"
    r"每[卷箱盒包袋套桶瓶人件]|@)\.?\s*[:：]?\s*$"
)
_NOT_BEFORE_BARE = re.compile(
    r"(?:#|号|第|每|(?<![a-z])(?:no|nr|vat|tax|kw|cw|wk|week|zip|plz|page|pos|position|item|"
    r"po|order|room|gate|hall|bay|"
    r"dock|halle|tor|werk|building|street|str|ust-idnr|hrb|iban|line|net|"
    r"ext))\.?\s*[:：#]?\s*$"
)
_PER = re.compile(
    r"\s*(?:/|per\s|each\s|pro\s|一)\s*(?:box|bag|pack|carton|ctn|roll|set|pc|pcs|盒|包|袋|箱|卷|套|个)"
)
_TIMES = re.compile(r"\s*(?:x|\*|à)\s*$")


@lru_cache(maxsize=4096)
def find(text: str) -> tuple[Quantity, ...]:
    """All quantities of a text in its order, product sizes left out."""
    folded = specification.fold(text)
    sizes = [item for item in specification.find(text) if item.feature.kind not in _MAY_BE_QUANTITY]
    taken = [(item.start, item.end) for item in sizes]
    found = list(_read(folded, taken))
    found += [
        Quantity(None, None, m.start(), m.end(), "count", confidence=0.3) for m in _OPEN.finditer(folded)
    ]
    return tuple(_multiplied(list(_of_many(found, folded)), folded))


_MAY_BE_QUANTITY = frozenset({"inch", "length", "volume", "mass", "number", "side"})


def _read(folded: str, taken: list[tuple[int, int]]) -> Iterator[Quantity]:
    for match in _PATTERN.finditer(folded):
        start = next(match.start(group) for group in ("figures", "words", "chinese") if match[group])
        end = match.end()
        unit_word = match["latin"] or match["hanzi"]
        if _no_count(match, folded, unit_word):
            continue
        if any(start < stop and begin < end for begin, stop in taken):
            continue
        if (
            _NOT_AFTER.match(folded, end)
            or _NOT_BEFORE.search(folded, 0, start)
            or (not unit_word and _NOT_BEFORE_BARE.search(folded, 0, start))
            or (unit_word and _PER.match(folded, end))
        ):
            continue
        each = bool(match["each1"] or match["each2"]) or unit_word == "each"
        if match["chinese"] and not unit_word:
            continue
        if match["words"] and not unit_word and match["words"] in {"a", "an", "one"}:
            continue
        yield _quantity(match, unit_word, each)


def _no_count(match: re.Match[str], folded: str, unit_word: str | None) -> bool:
    """A telephone or article number ("0574-000", "12-0830"), or a decimal without a unit ("3.3 drill")."""
    said = match["figures"]
    if not said:
        return False
    if re.match(r"0\d", said) or re.match(r"[-/]\d", folded[match.end("figures") : match.end("figures") + 2]):
        return True
    if match["low"] and (not unit_word or int(match["low"]) >= float(said.replace(",", ""))):
        return True  # "9-2614" is a number of something
    return not unit_word and not match["scale"] and bool(re.search(r"\.\d{1,2}$|,\d{1,2}$", said))


def _quantity(match: re.Match[str], unit_word: str | None, each: bool) -> Quantity:  # noqa: FBT001 - private
    said = match["figures"] or match["words"] or match["chinese"]
    value = numerals.value(f"{said.strip()}{match['scale'] or ''}")
    unit = UNIT_OF.get(unit_word) if unit_word else None
    form = "bare" if unit_word is None else "measure" if unit in MEASURES else "count"
    if unit_word in MULTIPLIERS:
        unit, form = "pcs", "count"
        value = numerals.plain(value * MULTIPLIERS[unit_word]) if value is not None else None
    if match["low"]:
        value = None
    confidence = {"count": 0.95, "measure": 0.7, "bare": 0.6}[form]
    return Quantity(value, unit, match.start(), match.end(), form, each, confidence)


def _of_many(found: list[Quantity], folded: str) -> Iterator[Quantity]:
    """Of "3 of the 5 calipers" three count: the second number only tells out of how many."""
    last: Quantity | None = None
    for item in sorted(found, key=lambda quantity: quantity.start):
        between = folded[last.end : item.start] if last else ""
        if last and re.fullmatch(r"\s*(?:out )?of (?:the|those|our|these)\s*", between):
            continue
        last = item
        yield item


def _multiplied(found: list[Quantity], folded: str) -> Iterator[Quantity]:
    """Products such as "5 boxes x 200 pcs" become one quantity; what overlaps an earlier one is dropped."""
    last: Quantity | None = None
    for quantity in found:
        if last is None:
            last = quantity
        elif quantity.start >= last.end:
            product = _product(last, quantity, folded[last.end : quantity.start])
            if product is None:
                yield last
            last = product or quantity
    if last is not None:
        yield last


def _product(one: Quantity, two: Quantity, between: str) -> Quantity | None:
    if not _TIMES.fullmatch(between) or "count" not in {one.form, two.form}:
        return None
    value = one.value * two.value if one.value is not None and two.value is not None else None
    unit = two.unit if two.form == "count" else one.unit
    return Quantity(value, unit, one.start, two.end, "count", confidence=0.7)
