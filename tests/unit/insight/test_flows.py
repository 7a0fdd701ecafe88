"""What a log counts is what counting by hand gives."""

from collections import Counter
from itertools import pairwise
from statistics import mean, median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mainspring.insight.log import flows, from_cases

EVENTS = st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, 10**15)), min_size=1, max_size=8)
CASES = st.dictionaries(st.text(min_size=1, max_size=4), EVENTS, min_size=1, max_size=12)


def ordered(cases: dict[str, list[tuple[str, int]]]) -> dict[str, list[tuple[str, int]]]:
    return {name: sorted(events, key=lambda event: event[1]) for name, events in cases.items()}


@given(CASES)
def test_counts_equal_those_made_by_hand(cases: dict[str, list[tuple[str, int]]]) -> None:
    log, plain = from_cases(cases), ordered(cases)
    traces = [tuple(what for what, _ in events) for events in plain.values()]
    assert log.dfg() == Counter(pair for trace in traces for pair in pairwise(trace))
    assert log.start_activities() == Counter(trace[0] for trace in traces)
    assert log.end_activities() == Counter(trace[-1] for trace in traces)
    assert log.variants() == Counter(traces)
    assert log.case_durations() == {
        name: (events[-1][1] - events[0][1]) / 1e6 for name, events in plain.items()
    }


@given(CASES)
def test_times_between_activities_equal_those_made_by_hand(cases: dict[str, list[tuple[str, int]]]) -> None:
    log = from_cases(cases)
    spans: dict[tuple[str, str], list[float]] = {}
    for events in ordered(cases).values():
        for (one, begin), (other, end) in pairwise(events):
            spans.setdefault((one, other), []).append((end - begin) / 1e6)
    found = log.performance()
    assert found.keys() == spans.keys()
    for pair, seconds in spans.items():
        assert found[pair]["mean"] == pytest.approx(mean(seconds), abs=1e-3)
        assert found[pair]["median"] == pytest.approx(median(seconds), abs=1e-3)
        assert found[pair]["p95"] == pytest.approx(np.quantile(seconds, 0.95), abs=1e-3)


@given(CASES)
def test_many_pairs_have_the_times_that_few_have(cases: dict[str, list[tuple[str, int]]]) -> None:
    log = from_cases(cases)
    few = log.performance()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flows, "_FEW", 0)
        assert log.performance() == few
        patch.setattr(flows, "_KEY_BITS", 0)
        assert log.performance() == few


def test_a_hundred_thousand_activities_are_counted() -> None:
    log = from_cases({"c": [(str(number), number) for number in range(100_000)]})
    assert len(log.dfg()) == 99_999
    assert log.performance()["0", "1"]["mean"] == 1e-6


def test_variants_come_by_number_and_then_by_first_case() -> None:
    cases = {"1": "ab", "2": "b", "3": "ba", "4": "ba"}
    log = from_cases({name: [(what, at) for at, what in enumerate(trace)] for name, trace in cases.items()})
    assert list(log.variants().items()) == [(("b", "a"), 2), (("a", "b"), 1), (("b",), 1)]


def test_a_part_of_the_cases_is_a_log_of_its_own() -> None:
    log = from_cases({"1": [("a", 0), ("b", 1)], "2": [("b", 5)], "3": [("a", 7)]})
    part = log.only(np.array([True, False, True]))
    assert part.variants() == {("a", "b"): 1, ("a",): 1}
    assert part.cases == ["1", "3"]
