"""Three-way match: what was ordered, what came and was kept, and what the supplier charges, line by line.

Payable is the quantity that was accepted and charged, at the lower of the two prices. Each difference is told
with its quantity and its worth; nothing that agrees is ever told.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Sort = Literal["short", "over", "rejected", "not_received", "overcharged", "price", "sum", "not_ordered"]
_NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Tolerance:
    """What passes without a word: a share of the unit price, and an amount of a line's sum (rounding)."""

    price: Decimal = _NONE
    amount: Decimal = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Line:
    """One line on three papers. `received` counts all that came, `rejected` the part of it sent back.

    `charged` and `charged_price` are None before there is an invoice; `charged_sum` is the line's sum on it.
    """

    key: str
    ordered: Decimal
    price: Decimal
    received: Decimal = _NONE
    rejected: Decimal = _NONE
    charged: Decimal | None = None
    charged_price: Decimal | None = None
    charged_sum: Decimal | None = None

    @property
    def accepted(self) -> Decimal:
        """What came and was kept."""
        return self.received - self.rejected


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that does not agree, with its quantity, its worth, and why in both languages."""

    sort: Sort
    quantity: Decimal
    amount: Decimal
    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be paid of a line, and all that does not agree."""

    key: str
    payable: Decimal
    differences: tuple[Difference, ...]

    @property
    def agrees(self) -> bool:
        """Whether the papers say the same."""
        return not self.differences


def match(line: Line, tolerance: Tolerance | None = None) -> Verdict:
    """Compare the three papers of a line."""
    allowed = tolerance or Tolerance()
    found = [*_goods(line), *_charges(line, allowed)]
    if line.charged is None:
        return Verdict(line.key, _NONE, tuple(found))
    price = line.price if line.charged_price is None else min(line.price, line.charged_price)
    if line.charged_price is not None and not _dear(line, allowed):
        price = line.charged_price
    payable = min(line.charged, max(line.accepted, _NONE), line.ordered) * price
    return Verdict(line.key, payable, tuple(found))


def match_all(lines: Iterable[Line], tolerance: Tolerance | None = None) -> list[Verdict]:
    """Each line's verdict, in the same order."""
    return [match(line, tolerance) for line in lines]


def _goods(line: Line) -> Iterable[Difference]:
    """What came against what was ordered."""
    if line.ordered == 0 and line.received:
        yield _told("not_ordered", line.received, line.price, f"{line.received} came that nobody ordered",
                    f"收到 {line.received}，但未订购")  # fmt: skip
        return
    if line.received == 0 and line.ordered:
        yield _told("not_received", line.ordered, line.price, f"nothing of {line.ordered} has come",
                    f"订购 {line.ordered}，尚未到货")  # fmt: skip
    elif line.received < line.ordered:
        missing = line.ordered - line.received
        yield _told("short", missing, line.price, f"{line.received} of {line.ordered} came, {missing} short",
                    f"订购 {line.ordered}，实收 {line.received}，短少 {missing}")  # fmt: skip
    elif line.received > line.ordered:
        more = line.received - line.ordered
        yield _told("over", more, line.price, f"{line.received} came for {line.ordered}, {more} too many",
                    f"订购 {line.ordered}，实收 {line.received}，多收 {more}")  # fmt: skip
    if line.rejected:
        yield _told("rejected", line.rejected, line.price, f"{line.rejected} of {line.received} rejected",
                    f"实收 {line.received}，拒收 {line.rejected}")  # fmt: skip


def _dear(line: Line, allowed: Tolerance) -> bool:
    charged = line.charged_price
    return charged is not None and charged - line.price > line.price * allowed.price


def _charges(line: Line, allowed: Tolerance) -> Iterable[Difference]:
    """What is charged against what was kept, at the price agreed."""
    if line.charged is None:
        return
    owed = max(min(line.accepted, line.ordered), _NONE)
    if line.charged > owed:
        more = line.charged - owed
        yield _told("overcharged", more, line.charged_price or line.price,
                    f"{line.charged} charged, {owed} accepted, {more} too many",
                    f"开票 {line.charged}，合格入库 {owed}，多开 {more}")  # fmt: skip
    if line.charged_price is not None and _dear(line, allowed):
        more = line.charged_price - line.price
        yield _told("price", line.charged, more, f"charged at {line.charged_price}, agreed at {line.price}",
                    f"开票单价 {line.charged_price}，约定单价 {line.price}")  # fmt: skip
    if line.charged_sum is not None:
        worked_out = line.charged * (line.charged_price if line.charged_price is not None else line.price)
        off = line.charged_sum - worked_out
        if abs(off) > allowed.amount:
            yield Difference("sum", _NONE, off, f"the sum {line.charged_sum} is not {worked_out}",
                             f"金额 {line.charged_sum} 与数量乘单价 {worked_out} 不符")  # fmt: skip


def _told(sort: Sort, quantity: Decimal, price: Decimal, en: str, zh: str) -> Difference:
    return Difference(sort, quantity, quantity * price, en, zh)
