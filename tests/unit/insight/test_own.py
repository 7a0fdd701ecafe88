"""Our own cases: names in one language, weeks and months, and the map of a log."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mainspring.insight.log.log import Log, from_cases
from mainspring.insight.own.behind import digest
from mainspring.insight.own.cuts import period
from mainspring.insight.own.mined import process_map
from mainspring.insight.words import in_language

TRACES = st.lists(st.text("abcd", min_size=1, max_size=6), min_size=1, max_size=8)
SHARES = st.floats(0, 1)


def logged(traces: list[str]) -> Log:
    """A log of one case a trace, an event a second."""
    return from_cases(
        {
            str(number): [(name, place * 1_000_000) for place, name in enumerate(trace)]
            for number, trace in enumerate(traces)
        }
    )


@pytest.mark.parametrize(
    ("text", "english", "chinese"),
    [
        ("Quote · 报价", "Quote", "报价"),
        ("Write it · 撰写 → Send it · 发送", "Write it → Send it", "撰写 → 发送"),
        ("Credit · 授信: overdue 0.5 → 862.69", "Credit: overdue 0.5 → 862.69", "授信: overdue 0.5 → 862.69"),
        ("look_at_rows", "look_at_rows", "look_at_rows"),
        ("", "", ""),
    ],
)
def test_a_name_in_both_languages_is_said_in_one(text: str, english: str, chinese: str) -> None:
    assert (in_language(text, "en"), in_language(text, "zh")) == (english, chinese)


@given(st.datetimes(datetime(2000, 1, 2), datetime(2100, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - bounds
def test_a_moment_is_in_the_week_and_the_month_that_begin_before_it(at: datetime) -> None:
    week, month = period(at, "week"), period(at, "month")
    assert week <= at < week + timedelta(days=7)
    assert week.weekday() == 0
    assert (month.year, month.month, month.day) == (at.year, at.month, 1)


@given(TRACES)
def test_a_whole_map_is_the_directly_follows_graph(traces: list[str]) -> None:
    log = logged(traces)
    found = process_map(log)
    assert dict(found.activities) == log.activity_counts()
    steps = {(one.before, one.after): one.times for one in found.paths}
    inner = {pair: times for pair, times in steps.items() if None not in pair}
    assert inner == log.dfg()
    assert sum(times for (before, _), times in steps.items() if before is None) == len(traces)


@given(TRACES, SHARES, SHARES)
def test_a_reduced_map_keeps_a_way_into_and_out_of_every_activity(
    traces: list[str], activities: float, paths: float
) -> None:
    found = process_map(logged(traces), activities, paths)
    assert 1 <= len(found.activities) <= found.all_activities
    assert len(found.paths) <= found.all_paths
    for name in found.activities:
        assert any(one.after == name for one in found.paths)
        assert any(one.before == name for one in found.paths)


@given(st.lists(st.text(max_size=4), max_size=5), st.lists(st.text(max_size=4), max_size=5))
def test_the_digest_of_a_variant_tells_sequences_apart(one: list[str], other: list[str]) -> None:
    if not any("\n" in name for name in (*one, *other)) and all((*one, *other)):
        assert (digest(one) == digest(other)) == (one == other)
