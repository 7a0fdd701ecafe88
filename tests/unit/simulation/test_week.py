"""The week's clock: what has elapsed, when it will have, and when it runs."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mainspring.simulation.errors import ScenarioError
from mainspring.simulation.week import ALWAYS, SLOTS, Week, office, rhythm

MONDAY = 1_704_067_200.0
HOUR = 3_600.0
TIMES = st.floats(0, 2_000_000_000)


def test_office_hours_do_not_count_the_night() -> None:
    assert office().elapsed(MONDAY + 16 * HOUR, MONDAY + 34 * HOUR) == pytest.approx(2 * HOUR)


def test_work_that_is_not_done_on_friday_ends_on_monday() -> None:
    friday = MONDAY + 4 * 24 * HOUR
    assert office().after(friday + 16 * HOUR, 2 * HOUR) == pytest.approx(friday + (3 * 24 + 10) * HOUR)


def test_summer_time_moves_the_hours() -> None:
    july = 1_719_792_000.0  # Monday, the first of July 2024, UTC
    week = office(zone="Europe/Amsterdam")
    assert week.running(july + 7.5 * HOUR)
    assert not week.running(MONDAY + 7.5 * HOUR)


@given(TIMES, st.floats(1, 10_000_000))
def test_what_has_elapsed_after_an_amount_is_the_amount(begin: float, amount: float) -> None:
    week = office()
    assert week.elapsed(begin, week.after(begin, amount)) == pytest.approx(amount, abs=1e-2)


@given(TIMES)
def test_it_runs_at_the_next_time_at_which_it_runs(at: float) -> None:
    week = office()
    then = week.next_running(at)
    assert then >= at
    assert week.running(then + 1)


@given(st.lists(TIMES, min_size=2))
def test_the_clock_never_goes_back(times: list[float]) -> None:
    readings = office().readings(np.array(sorted(times)))
    assert all(one <= other + 1e-3 for one, other in pairwise(readings.tolist()))


def test_a_rhythm_learned_from_the_times_of_an_office_stands_still_at_night() -> None:
    week = rhythm(np.array([MONDAY + day * 24 * HOUR + 10 * HOUR for day in range(5)]))
    assert not week.running(MONDAY + 3 * HOUR)
    assert week.running(MONDAY + 10.5 * HOUR)


def test_always_is_the_clock_of_the_wall() -> None:
    assert ALWAYS.after(12_345.0, 678.0) == pytest.approx(13_023.0)


def test_a_week_without_any_hour_is_refused() -> None:
    with pytest.raises(ScenarioError):
        Week(np.zeros(SLOTS))
