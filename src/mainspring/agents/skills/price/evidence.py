"""Why a price is suggested, in sentences a salesperson would say."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import numpy as np

from mainspring.agents.skills.price.ledger import View

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
            yield (
                f"this customer paid the same in the last {same} sales"
                if same > 1
                else ("this customer paid the same in the last sale")
            )
        else:
            yield f"this customer paid {prices[int(own[-1])]} in the last sale"
    lately = (sales.day >= sales.day[-1] - _MONTHS) & ((sales.customer == 0) == (customer == 0))
    if (found := _break_from(prices, sales, lately, best, quantity)) is not None:
        yield f"quantity break from {found}"
    times = int((sales.price[lately] == best).sum())
    if times:
        yield f"asked in {times} of {int(lately.sum())} sales of the last three months"
    first = sales.day[sales.price == best][0]
    yield f"first asked on {(_EPOCH + timedelta(days=float(first))).date()}; {share:.0%} of like sales"


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
