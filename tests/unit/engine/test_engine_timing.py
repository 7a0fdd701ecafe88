"""When timers fire."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mainspring.engine.cron import following as next_cron
from mainspring.engine.errors import Fault
from mainspring.engine.timing import Schedule, following, later, schedule

NOW = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("duration", "due"),
    [
        ("PT90S", "2026-01-31T12:01:30"),
        ("P1M", "2026-02-28T12:00:00"),
        ("P1Y1D", "2027-02-01T12:00:00"),
        ("P2W", "2026-02-14T12:00:00"),
        ("-PT1H", "2026-01-31T11:00:00"),
    ],
)
def test_durations_follow_the_calendar(duration: str, due: str) -> None:
    assert later(NOW, duration).isoformat() == f"{due}+00:00"


@pytest.mark.parametrize("duration", ["", "P", "PT", "1H", "P1S", "tomorrow", "P99999999Y"])
def test_what_is_no_duration_is_a_fault(duration: str) -> None:
    with pytest.raises(Fault):
        later(NOW, duration)


def test_cycles_have_a_number_an_interval_and_perhaps_a_start() -> None:
    assert schedule("cycle", "R3/PT1H", NOW) == Schedule(later(NOW, "PT1H"), 3, "PT1H")
    assert schedule("cycle", "R/P1D", NOW).repetitions == -1
    started = schedule("cycle", "R2/2026-05-01T00:00:00Z/P1D", NOW)
    assert started.due == datetime(2026, 5, 1, tzinfo=UTC)


@pytest.mark.parametrize("cycle", ["R0/PT1H", "PT1H", "R-5/PT1H", 5, None])
def test_what_is_no_cycle_is_a_fault(cycle: object) -> None:
    with pytest.raises(Fault):
        schedule("cycle", cycle, NOW)


@pytest.mark.parametrize(
    ("date", "due"),
    [
        ("2026-05-01T10:00:00+02:00", "2026-05-01T08:00:00+00:00"),
        ("2026-05-01", "2026-05-01T00:00:00+00:00"),
        ("2026-05-01T10:00:00Z[UTC]", "2026-05-01T10:00:00+00:00"),
    ],
)
def test_dates_are_instants_in_utc(date: str, due: str) -> None:
    assert schedule("date", date, NOW).due.isoformat() == due


@pytest.mark.parametrize(
    ("expression", "due"),
    [
        ("0 0 9-17 * * MON-FRI", "2026-02-02T09:00:00"),
        ("*/15 * * * * *", "2026-01-31T12:00:15"),
        ("0 30 8 1 */3 ?", "2026-04-01T08:30:00"),
        ("@monthly", "2026-02-01T00:00:00"),
        ("0 0 0 29 FEB *", "2028-02-29T00:00:00"),
        ("0 0 0 13 * FRI", "2026-02-06T00:00:00"),
    ],
)
def test_cron_expressions_name_the_next_moment(expression: str, due: str) -> None:
    assert next_cron(expression, NOW).isoformat() == f"{due}+00:00"
    assert schedule("cycle", expression, NOW).repetitions == -1


@pytest.mark.parametrize(
    "expression", ["0 0 0 30 FEB *", "61 * * * * *", "* * * *", "0 0 0 * * XYZ", "0 0/0 * * * *"]
)
def test_what_is_no_cron_expression_is_a_fault(expression: str) -> None:
    with pytest.raises(Fault):
        next_cron(expression, NOW)


MOMENTS = st.integers(0, 10**9).map(lambda seconds: NOW + timedelta(seconds=seconds))


@given(MOMENTS, st.sampled_from(["PT7M", "P1M", "*/7 * * * * *", "@hourly"]))
def test_the_next_moment_is_always_later(moment: datetime, interval: str) -> None:
    assert following(moment, interval) > moment
