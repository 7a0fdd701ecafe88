"""The amount to pay: what the labels say, held against the arithmetic that bills carry in themselves.

Net and tax make the total, cash less change was paid, lines add up, rounding is taken off. A total that a
label names and a sum confirms is sure; one that only a label names is likely; the largest amount is a guess.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product

from mainspring.agents.skills.extract.bills.amounts import Amount, amounts
from mainspring.agents.skills.extract.bills.labels import TOTALS, find
from mainspring.agents.skills.extract.bills.rows import Row, after
from mainspring.agents.skills.extract.understanding import Evidence, Field
from mainspring.base.bilingual import Bilingual, both, joined

_NOTHING = Decimal(0)
_ROUNDED = Decimal("0.05")
_WEIGHT = {"payable": 3.0, "total": 2.0}
_SIDE = 0.4
"""What an amount to the left of the last one in a total's row is worth: it may be a quantity or the net."""
_SUM, _PAID, _ROUNDING, _AGAIN, _LARGEST, _TAX = 2.0, 2.0, 1.5, 0.25, 0.3, 2.0
_CLEAR = 1.0
"""By how much the best must lead the next to be beyond doubt."""

_CASH = both("cash less change", "现金减找零")
_CARD = both("paid by card", "刷卡金额")
_NET_AND_TAX = both("net and tax", "净额加税额")
_ROUNDED_OFF = both("rounded", "抹零后")
_LABELLED = both("labelled as the total", "标明为合计")
_PRINTED = both("printed here", "印在此处")
_NO_TOTAL = both("the largest amount; no total named", "最大的金额；没有标明合计")


@dataclass(slots=True)
class _Case:
    """What speaks for one amount."""

    weight: float = 0.0
    labels: int = 0
    sums: set[str] = field(default_factory=set)
    row: Row | None = None


Named = defaultdict[str, list[Decimal]]


def total(found: Sequence[Row]) -> Field[Decimal]:
    """The amount to pay, with the confidence that labels and sums give it."""
    cases: defaultdict[Decimal, _Case] = defaultdict(_Case)
    named = _named(found, cases)
    _add_sums(named, cases)
    seen = Counter(one.value for row in found for cell in row.folded for one in amounts(cell) if one.exact)
    for value, case in cases.items():
        case.weight += min(3, seen[value] - 1) * _AGAIN if seen[value] else 0.0
    if not cases:
        return _largest(found)
    largest = max(cases)
    cases[largest].weight += _LARGEST
    ranked = sorted(cases, key=lambda value: (cases[value].weight, value), reverse=True)
    best, case = ranked[0], cases[ranked[0]]
    lead = case.weight - (cases[ranked[1]].weight if len(ranked) > 1 else 0.0)
    return Field(best, _confidence(case, lead), tuple(_evidence(found, best, case)))


def _named(found: Sequence[Row], cases: defaultdict[Decimal, _Case]) -> Named:
    """The amounts beside labels, by kind; what stands beside a total speaks for it."""
    named: Named = defaultdict(list)
    summary = False
    for index, row in enumerate(found):
        named["rounding"] += _rounding(row)
        for kind, values, where in _labelled(found, index):
            summary = summary or kind == "summary"
            if kind not in {*_WEIGHT, "rounding"}:
                named[kind] += [one.value for one in values if one.exact][-1:]
            elif kind in _WEIGHT and not (
                summary and kind == "total"
            ):  # what follows adds up the taxes, not the bill
                for place, one in enumerate(values):
                    _speak(cases[one.value], kind, where, last=place == len(values) - 1)
                named["total"] += [one.value for one in values]
    for value in named["tax"]:
        if value in cases:
            cases[value].weight -= _TAX
    cases.pop(_NOTHING, None)
    return named


def _rounding(row: Row) -> list[Decimal]:
    """What a row says was rounded off: cents, wherever in the row they stand."""
    if not any(label.kind == "rounding" for cell in row.folded for label in find(cell, TOTALS)):
        return []
    said = [one.value for cell in row.folded for one in amounts(cell) if one.exact]
    return [value for value in said if _NOTHING < abs(value) <= _ROUNDED]


def _speak(case: _Case, kind: str, row: Row, *, last: bool) -> None:
    case.weight += _WEIGHT[kind] * (1.0 if last else _SIDE) / (1 + case.labels)
    case.labels += last
    case.row = case.row or row


def _labelled(found: Sequence[Row], index: int) -> Iterator[tuple[str, list[Amount], Row]]:
    """The labels of a row and the amounts that belong to each: those to its right up to the next label.

    A total without any is looked for in the cell or line below.
    """
    row = found[index]
    kind, place, values = "", (0, 0), list[Amount]()
    for cell, text in enumerate(row.folded):
        at = 0
        for label in find(text, TOTALS):
            values += amounts(text[at : label.start])
            if kind:
                yield from _with_values(found, index, kind, place, values)
            kind, place, values, at = label.kind, (cell, label.end), [], label.end
        values += amounts(text[at:])
    if kind:
        yield from _with_values(found, index, kind, place, values)


def _with_values(
    found: Sequence[Row], index: int, kind: str, place: tuple[int, int], values: list[Amount]
) -> Iterator[tuple[str, list[Amount], Row]]:
    where = found[index]
    if not values and kind in _WEIGHT:
        for text, below in after(found, index, *place):
            if below is not where and (values := list(amounts(text.lower()))):
                where = below
                break
    exact = [one for one in values if one.exact] or values
    yield kind, [one for one in exact if one.value >= 0 or kind not in _WEIGHT], where


def _add_sums(named: Named, cases: defaultdict[Decimal, _Case]) -> None:
    for value, why, weight in (*_paid(named), *_taxed(named), *_rounded(named)):
        if value > 0 and why not in cases[value].sums:
            cases[value].sums.add(why)
            cases[value].weight += weight


def _paid(named: Named) -> Iterator[tuple[Decimal, str, float]]:
    for paid in named["paid"]:
        for change in named["change"]:
            if paid > change >= 0:
                yield paid - change, _CASH, _PAID
        if not named["change"]:
            yield paid, _CARD, _PAID / 2


def _taxed(named: Named) -> Iterator[tuple[Decimal, str, float]]:
    for net, tax in product(named["net"], named["tax"]):
        if tax > 0:
            yield net + tax, _NET_AND_TAX, _SUM


def _rounded(named: Named) -> Iterator[tuple[Decimal, str, float]]:
    taxed = [value for value, _, _ in _taxed(named)]
    for value, rounding in product((*named["total"], *named["net"], *taxed), named["rounding"]):
        yield value + rounding, _ROUNDED_OFF, _ROUNDING


def _confidence(case: _Case, lead: float) -> float:
    checked = bool(case.sums - {_CARD})
    if case.labels and checked:
        sure = 0.98
    elif case.labels > 1 or (case.labels and case.sums):
        sure = 0.95
    elif case.labels:
        sure = 0.85
    else:
        sure = 0.7 if len(case.sums) > 1 else 0.5
    return sure if lead >= _CLEAR else min(sure, 0.6)


def _evidence(found: Sequence[Row], value: Decimal, case: _Case) -> Iterator[Evidence]:
    said = [row for row in found if any(one.value == value for cell in row.folded for one in amounts(cell))]
    row = case.row or next(iter(said), None)
    if row is None:
        yield Evidence(
            "",
            found[0].place,
            both("follows from {sums}; it is printed nowhere", "由{sums}得出；没有印出", sums=_sums(case)),
        )
        return
    yield Evidence(" ".join(row.cells).strip(), row.place, _LABELLED if case.row else _PRINTED)
    if case.sums:
        why = both("confirmed: {sums}", "已核实：{sums}", sums=_sums(case))
        yield Evidence(str(value), row.place, why)


def _sums(case: _Case) -> Bilingual:
    return joined(sorted(case.sums), ", ", "、")


def _largest(found: Sequence[Row]) -> Field[Decimal]:
    """No label names a total: the largest amount, as a guess."""
    said = [(one.value, row) for row in found for cell in row.folded for one in amounts(cell) if one.exact]
    if not said:
        return Field(None)
    value, row = max(said, key=lambda one: one[0])
    return Field(value, 0.3, (Evidence(" ".join(row.cells), row.place, _NO_TOTAL),))
