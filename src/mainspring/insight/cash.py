"""Expected cash: when open invoices will be paid, from how late each customer paid before.

A customer's delays (days from due to settled) are the sample of what is to come. A customer with fewer than
`ENOUGH` settled invoices borrows the delays of all. An invoice that is late by so many days already can only
be paid with a longer delay. Within a draw all invoices of a customer take the same quantile of their delays,
since a customer who pays late pays all of them late; customers are drawn apart from each other. The expected
amount of a week is the mean over the draws, its interval the central 90 % of them. An invoice of which
nothing in the past tells when it will be paid is left out and told apart.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

import numpy as np

WEEKS = 4
ENOUGH = 5
DRAWS = 2000
COVERED = 0.9
_DAYS = 7
_CENT = Decimal("0.01")


class Open(NamedTuple):
    """An open invoice."""

    customer: str
    amount: Decimal
    due: date


class Week(NamedTuple):
    """What is expected within a week, the first from tomorrow on; low to high is the interval."""

    number: int
    expected: Decimal
    low: Decimal
    high: Decimal


class Forecast(NamedTuple):
    """The weeks, what is expected later than these, and what nobody can tell."""

    weeks: tuple[Week, ...]
    later: Decimal
    unknown: Decimal


def forecast(
    invoices: Sequence[Open], delays: Mapping[str, Sequence[int]], today: date, *, seed: int = 0
) -> Forecast:
    """What comes in within `WEEKS` weeks after `today`.

    Args:
        invoices: what is open, all in one currency.
        delays: of each customer, in days from due to settled; below zero when paid early.
        today: the day of the forecast; what is paid on it is not counted any more.
        seed: of the draws; the same gives the same.
    """
    pooled = np.sort(np.array([one for each in delays.values() for one in each], dtype=np.int64))
    sums = np.zeros((DRAWS, WEEKS + 1))
    unknown = Decimal(0)
    rest = np.random.default_rng(seed)
    quantiles = {name: rest.random(DRAWS) for name in sorted({one.customer for one in invoices})}
    rows = np.arange(DRAWS)
    for one in sorted(invoices):
        days = _days(one, delays.get(one.customer, ()), pooled, today)
        if days is None:
            unknown += one.amount
            continue
        drawn = days[(quantiles[one.customer] * len(days)).astype(np.int64)]
        week = np.minimum((drawn - 1) // _DAYS, WEEKS)
        sums[rows, week] += float(one.amount)
    low, high = np.quantile(sums, [(1 - COVERED) / 2, (1 + COVERED) / 2], axis=0)
    mean = sums.mean(axis=0)
    weeks = tuple(
        Week(number + 1, _money(mean[number]), _money(low[number]), _money(high[number]))
        for number in range(WEEKS)
    )
    return Forecast(weeks, _money(mean[WEEKS]), unknown)


def _days(one: Open, own: Sequence[int], pooled: Any, today: date) -> Any:
    """The days from today on which the invoice may be paid, as a sorted sample; None where none is known."""
    late = (today - one.due).days
    for sample in (np.sort(np.array(own, dtype=np.int64)) if len(own) >= ENOUGH else pooled, pooled):
        longer = sample[sample > late]
        if len(longer):
            return longer - late
    return None


def _money(amount: float) -> Decimal:
    return Decimal(repr(float(amount))).quantize(_CENT)
