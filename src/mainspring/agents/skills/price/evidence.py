"""Why a price is suggested, in sentences a salesperson would say."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import numpy as np

from mainspring.agents.skills.price.ledger import View
from mainspring.base.bilingual import both

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MONTHS = 90.0  # days that count as "lately"


def explain(
    prices: list[Decimal], sales: View, best: int, customer: int, quantity: Decimal, share: float
) -> tuple[str, ...]:
    """Sentences for price number `best`: the customer's own sales, a quantity break, what others paid."""
    return tuple(_sentences(prices, sales, best, customer, quantity, share))


def _sentences(
    prices: list[Decimal], sales: View, best: int, customer: int, quantity: Decimal, share: float
) -> Iterator[str]:
    if customer > 0 and (own := sales.price[sales.customer == customer]).size:
        same = int(own.size - 1 - _last(own != best))
        if same:
            yield both(
                "this customer paid the same in the last {same} sales"
                if same > 1
                else "this customer paid the same in the last sale",
                "该客户最近 {same} 次成交价相同",
                same=same,
            )
        else:
            paid = prices[int(own[-1])]
            yield both(
                "this customer paid {paid} in the last sale", "该客户最近一次成交价为 {paid}", paid=paid
            )
    lately = (sales.day >= sales.day[-1] - _MONTHS) & ((sales.customer == 0) == (customer == 0))
    if (found := _break_from(prices, sales, lately, best, quantity)) is not None:
        yield both("quantity break from {found}", "达到 {found} 的数量优惠", found=found)
    times = int((sales.price[lately] == best).sum())
    if times:
        yield both(
            "asked in {times} of {all} sales of the last three months",
            "最近三个月 {all} 次销售中有 {times} 次按此价",
            times=times,
            all=int(lately.sum()),
        )
    first = sales.day[sales.price == best][0]
    yield both(
        "first asked on {day}; {share:.0%} of like sales",
        "首次按此价：{day}；占同类销售的 {share:.0%}",
        day=(_EPOCH + timedelta(days=float(first))).date(),
        share=share,
    )


def _last(where: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> int:
    """The last place that is true, or -1."""
    places = np.flatnonzero(where)
    return int(places[-1]) if places.size else -1


def _break_from(
    prices: list[Decimal],
    sales: View,
    lately: np.ndarray[tuple[int], np.dtype[np.bool_]],
    best: int,
    quantity: Decimal,
) -> int | None:
    """The smallest quantity sold at the price, where smaller quantities cost more."""
    at_price = sales.log_quantity[lately & (sales.price == best)]
    if not at_price.size:
        return None
    smallest = round(float(np.exp(at_price.min())))
    below = sales.price[lately & (sales.log_quantity < at_price.min())]
    if smallest > quantity or not below.size:
        return None
    usual = int(np.bincount(below).argmax())
    return smallest if prices[usual] > prices[best] else None
