"""The price book: past sales of a product vote for its price, each by how like the sale in question it was.

A sale counts the more, the nearer its quantity (on a logarithmic scale, so that breaks at 12 and at 120 are
seen alike), the more recent it is, when it went to the same customer, and, for sales without an account, the
nearer the size of the order: shops' small counter sales and large web orders have price lists of their own.
This is kernel regression (Nadaraya 1964, Watson 1964) for a value that must be one of the prices really
asked.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mainspring.agents.skills.price.evidence import explain
from mainspring.agents.skills.price.ledger import Ledger, View, day
from mainspring.agents.skills.price.model import PriceSuggestion, Sale
from mainspring.agents.skills.price.trust import Signs, trust
from mainspring.base.bilingual import both

_SHOWN = 3
_LATEST = 3
"""How many sales tell what is asked now."""
_LIST_PRICE = 0.5


class Habits(NamedTuple):
    """How far a past sale speaks for a new one; tuned on a wholesaler's invoices of May and July 2011.

    Attributes:
        days: sales to customers lose two thirds of their weight in so many days.
        days_anonymous: the same for sales without an account.
        quantity: distance in log(quantity) with the same loss, for customers.
        quantity_anonymous: the same for sales without an account.
        order_size: distance in log(lines of the order), for sales without an account.
        own: how many times more a sale to the same customer counts.
        across: what a sale with an account counts for one without, and the other way round.
        latest: how many of the last sales of a product vote.
    """

    days: float = 25.0
    days_anonymous: float = 15.0
    quantity: float = 0.35
    quantity_anonymous: float = 2.0
    order_size: float = 0.3
    own: float = 5.0
    across: float = 0.002
    latest: int = 400


class _Tally(NamedTuple):
    """The votes for each price of a product, the best price, and what speaks for it."""

    sales: View
    customer: int
    votes: NDArray[np.float64]
    best: int
    signs: Signs


class PriceBook:
    """Suggests unit prices from past sales.

    Args:
        sales: history in the order of time.
        list_prices: what to fall back on where a product was never sold (product -> price).
        habits: how far a past sale speaks for a new one.
    """

    def __init__(
        self,
        sales: Iterable[Sale] = (),
        *,
        list_prices: Mapping[str, Decimal] | None = None,
        habits: Habits | None = None,
    ) -> None:
        self._habits = habits or Habits()
        self._list = dict(list_prices or {})
        self._ledgers: dict[str, Ledger] = {}
        self._customers: dict[str, int] = {}
        for sale in sales:
            self.learn(sale)

    def __contains__(self, sku: str) -> bool:
        return sku in self._ledgers

    def learn(self, sale: Sale) -> None:
        """Let one more sale vote from now on. Free lines and returns teach no price and are passed over."""
        if sale.quantity <= 0 or sale.unit_price <= 0:
            return
        ledger = self._ledgers.get(sale.sku)
        if ledger is None:
            ledger = self._ledgers[sale.sku] = Ledger()
        customer = self._customers.setdefault(sale.customer, len(self._customers) + 1) if sale.customer else 0
        ledger.append(sale.when, sale.quantity, sale.unit_price, customer, sale.order_lines)

    def price(
        self,
        customer: str | None,
        sku: str,
        quantity: Decimal,
        when: datetime,
        *,
        order_lines: int | None = None,
    ) -> PriceSuggestion:
        """The unit price that history suggests for `quantity` of `sku` to `customer` at `when`."""
        ledger = self._ledgers.get(sku)
        if ledger is None or quantity <= 0:
            return self._unsold(sku)
        tally = self._count(ledger, customer, quantity, when, order_lines)
        confidence = trust(tally.signs)
        evidence = explain(
            ledger.prices, tally.sales, tally.best, tally.customer, quantity, tally.signs.share
        )
        order = np.argsort(-tally.votes, kind="stable")[1 : _SHOWN + 1]
        whole = float(tally.votes.sum())
        alternatives = tuple(
            (ledger.prices[place], float(tally.votes[place]) / whole)
            for place in order
            if tally.votes[place] > 0.0
        )
        return PriceSuggestion(ledger.prices[tally.best], confidence, evidence, alternatives)

    def observe(
        self,
        customer: str | None,
        sku: str,
        quantity: Decimal,
        when: datetime,
        *,
        order_lines: int | None = None,
    ) -> tuple[Decimal, Signs]:
        """The price suggested and what speaks for it; for calibration only."""
        ledger = self._ledgers[sku]
        tally = self._count(ledger, customer, quantity, when, order_lines)
        return ledger.prices[tally.best], tally.signs

    def _count(
        self, ledger: Ledger, customer: str | None, quantity: Decimal, when: datetime, order_lines: int | None
    ) -> _Tally:
        number = self._customers.get(customer, -1) if customer else 0
        sales = ledger.view(self._habits.latest)
        weights = self._votes(sales, number, quantity, day(when), order_lines)
        votes: NDArray[np.float64] = np.bincount(sales.price, weights, minlength=1).astype(np.float64)
        best = int(votes.argmax())
        whole = float(votes.sum())
        share = float(votes[best]) / whole if whole > 0.0 else 0.0
        own = sales.price[sales.customer == number] if number > 0 else sales.price[:0]
        alike = (sales.customer == 0) == (number == 0)
        alike &= np.abs(sales.log_quantity - np.log(float(quantity))) <= self._habits.quantity
        newest = sales.price[alike]
        signs = Signs(share, whole, _latest(own, best), _latest(newest, best))
        return _Tally(sales, number, votes, best, signs)

    def _unsold(self, sku: str) -> PriceSuggestion:
        listed = self._list.get(sku)
        if listed is None:
            why = both("{sku} was never sold and has no list price", "{sku} 从未售出，也没有目录价", sku=sku)
            return PriceSuggestion(None, 0.0, (why,))
        why = both("list price; {sku} was never sold", "目录价；{sku} 从未售出", sku=sku)
        return PriceSuggestion(listed, _LIST_PRICE, (why,))

    def _votes(
        self, sales: View, customer: int, quantity: Decimal, today: float, order_lines: int | None
    ) -> NDArray[np.float64]:
        habits = self._habits
        anonymous = customer == 0
        age = np.maximum(today - sales.day, 0.0) / (habits.days_anonymous if anonymous else habits.days)
        width = habits.quantity_anonymous if anonymous else habits.quantity
        distance = age + np.abs(sales.log_quantity - np.log(float(quantity))) / width
        if anonymous and order_lines:
            size = np.abs(sales.log_lines - np.log(order_lines)) / habits.order_size
            distance += np.nan_to_num(size, nan=1.0)
        votes: NDArray[np.float64] = np.exp(-distance) + np.exp(-80.0 - age)
        votes[(sales.customer == 0) != anonymous] *= habits.across
        if customer > 0:
            votes[sales.customer == customer] *= habits.own
        return votes


def _latest(prices: NDArray[np.int64], best: int) -> float | None:
    """The share of a price among the last few of these; None where there are none."""
    return float((prices[-_LATEST:] == best).mean()) if prices.size else None
