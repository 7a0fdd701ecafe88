"""Expected cash from how late customers paid before: nothing is lost, and the interval holds."""

from datetime import date, timedelta
from decimal import Decimal

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from mainspring.insight.cash import WEEKS, Open, forecast

TODAY = date(2026, 3, 10)
NAMES = st.sampled_from(["a", "b", "c"])
INVOICES = st.lists(
    st.builds(
        Open,
        NAMES,
        st.decimals(1, 10_000, places=2),
        st.integers(-90, 60).map(lambda days: TODAY + timedelta(days)),
    ),
    max_size=12,
)
DELAYS = st.dictionaries(NAMES, st.lists(st.integers(-10, 120), max_size=12))


@given(INVOICES, DELAYS)
def test_every_amount_is_expected_at_some_time_or_told_as_unknown(
    invoices: list[Open], delays: dict[str, list[int]]
) -> None:
    found = forecast(invoices, delays, TODAY)
    told = sum((week.expected for week in found.weeks), found.later + found.unknown)
    assert abs(told - sum(one.amount for one in invoices)) <= Decimal("0.05")
    assert len(found.weeks) == WEEKS
    assert all(Decimal(0) <= week.low <= week.high for week in found.weeks)


@given(INVOICES, DELAYS)
def test_the_same_gives_the_same(invoices: list[Open], delays: dict[str, list[int]]) -> None:
    assert forecast(invoices, delays, TODAY) == forecast(invoices[::-1], delays, TODAY)


def test_without_any_history_nothing_is_foretold() -> None:
    found = forecast([Open("a", Decimal(10), TODAY)], {}, TODAY)
    assert found.unknown == 10
    assert found.later == 0


def test_a_customer_who_always_pays_ten_days_late_does_so_again() -> None:
    found = forecast([Open("a", Decimal(10), TODAY)], {"a": [10] * 6}, TODAY)
    assert [week.expected for week in found.weeks] == [0, 10, 0, 0]
    assert found.weeks[1].low == found.weeks[1].high == 10


def test_an_invoice_that_is_late_already_is_paid_later_than_that() -> None:
    history = {"a": [1, 2, 3, 4, 30]}
    found = forecast([Open("a", Decimal(10), TODAY - timedelta(20))], history, TODAY)
    assert [week.expected for week in found.weeks] == [0, 10, 0, 0]


def test_a_new_customer_borrows_the_delays_of_all() -> None:
    found = forecast([Open("new", Decimal(10), TODAY)], {"a": [3] * 9}, TODAY)
    assert found.weeks[0].expected == 10


def test_the_interval_of_a_week_holds_nine_times_out_of_ten() -> None:
    """Many firms whose customers pay as they always did, each customer by a habit of their own."""
    held = 0
    rest = np.random.default_rng(1)
    firms, customers = 150, 12
    for _ in range(firms):
        habits = {f"c{one}": rest.integers(2, 25) for one in range(customers)}
        delays = {name: [int(one) for one in rest.poisson(late, 20)] for name, late in habits.items()}
        invoices = [Open(name, Decimal(100), TODAY) for name in habits]
        week = forecast(invoices, delays, TODAY).weeks[1]
        paid = sum(100 for late in habits.values() if 8 <= rest.poisson(late) <= 14)
        held += week.low <= paid <= week.high
    assert held / firms >= 0.85
