"""A promise about errors opens only on evidence, keeps its word, and stops when it no longer can."""

import math
import random
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from mainspring.agents.promise import Judged, Promise, audited, plan, sentence, settles
from mainspring.agents.promise.bounds import Part, fewest, lower, upper, upper_of_two
from mainspring.agents.promise.threshold import look, lowered, opening


@given(cases=st.integers(1, 500), share=st.floats(0, 1), risk=st.floats(0.001, 0.2))
def test_the_upper_bound_is_where_so_few_errors_have_the_stated_chance(
    cases: int, share: float, risk: float
) -> None:
    errors = int(share * (cases - 1))
    bound = upper(errors, cases, risk)
    assert stats.binom.cdf(errors, cases, bound) == pytest.approx(risk, rel=1e-6)


@given(cases=st.integers(1, 500), errors=st.integers(1, 500), risk=st.floats(0.001, 0.2))
def test_the_lower_bound_is_where_so_many_errors_have_the_stated_chance(
    cases: int, errors: int, risk: float
) -> None:
    errors = min(errors, cases)
    bound = lower(errors, cases, risk)
    assert stats.binom.sf(errors - 1, cases, bound) == pytest.approx(risk, rel=1e-6)


def test_all_errors_or_no_cases_bound_nothing() -> None:
    assert upper(0, 0, 0.05) == upper(3, 3, 0.05) == 1.0
    assert lower(0, 10, 0.05) == 0.0


@pytest.mark.parametrize(
    ("errors", "target", "cases"), [(0, 0.05, 59), (0, 0.02, 149), (0, 0.01, 299), (1, 0.05, 93)]
)
def test_the_fewest_cases_are_those_of_the_tables(errors: int, target: float, cases: int) -> None:
    assert fewest(errors, target, 0.05) == cases


def test_the_levels_of_all_looks_never_add_up_to_more_than_the_risk() -> None:
    laid_down = plan(0.02)
    assert sum(laid_down.look(number).risk for number in range(1, 1000)) <= laid_down.risk


def test_no_look_is_due_before_its_cases_are_there() -> None:
    laid_down = plan(0.02)
    first = laid_down.look(1)
    assert laid_down.due(first.cases - 1, 0) is None
    assert laid_down.due(first.cases, 0) == first
    assert laid_down.due(first.cases, 1) is None


@given(
    weight=st.floats(0.05, 0.95),
    rates=st.tuples(st.floats(0, 0.6), st.floats(0, 0.6)),
    cases=st.integers(3, 9),
)
@settings(max_examples=25)
def test_the_bound_of_two_parts_is_below_their_rate_in_no_more_than_the_level(
    weight: float, rates: tuple[float, float], cases: int
) -> None:
    sizes, weights, risk = (cases, 12 - cases), (weight, 1 - weight), 0.1
    rate = sum(part * each for part, each in zip(weights, rates, strict=True))
    missed = 0.0
    for found in product(range(sizes[0] + 1), range(sizes[1] + 1)):
        chances = (stats.binom.pmf(*each) for each in zip(found, sizes, rates, strict=True))
        first, second = map(Part, found, sizes, weights)
        if upper_of_two(first, second, risk) < rate:
            missed += math.prod(chances)
    assert missed <= risk * 1.02


@given(errors=st.integers(0, 20), cases=st.integers(30, 300))
@settings(max_examples=25)
def test_where_one_part_is_next_to_all_its_bound_is_the_bound_of_both(errors: int, cases: int) -> None:
    whole = upper_of_two(Part(errors, cases, 1 - 1e-6), Part(0, 50, 1e-6), 0.05)
    assert whole == pytest.approx(upper(errors, cases, 0.05), rel=1e-3)


def test_two_parts_are_bounded_more_closely_together_than_each_by_itself() -> None:
    above, below = Part(10, 3200, 0.9), Part(45, 1500, 0.1)
    apart = sum(part.weight * upper(part.errors, part.cases, 0.0005) for part in (above, below))
    assert upper_of_two(above, below, 0.001) < 0.95 * apart


@given(share=st.floats(0, 1), target=st.sampled_from([0.002, 0.01, 0.02, 0.05]))
def test_a_young_promise_is_audited_more_and_none_less_than_its_owner_asks(
    share: float, target: float
) -> None:
    assert audited(share, target, settled=False) >= audited(share, target, settled=True) == share
    assert 0.04 <= audited(0.01, target, settled=False) <= 0.25


def test_a_promise_is_settled_when_all_that_could_be_known_would_hardly_widen_it() -> None:
    judged = [Judged(place / 200, right=place % 10 != 0) for place in range(200)]  # one in ten is wrong
    assert not settles(judged, 0.1, None)
    assert not settles(judged, 0.1, 0.8)
    assert settles(judged, 0.1, 0.52), "the latest half could all be done alone"
    assert settles(judged, 0.01, 0.96), "it does about all that it ever could"


def test_two_slips_among_the_surest_do_not_end_it_where_the_larger_groups_hold() -> None:
    slips = {3, 40}
    judged = [Judged(1 - place / 10_000, right=place not in slips) for place in range(2000)]
    found = opening(judged, 0.01, 0.01)
    assert found is not None
    assert found.cases == 2000


@pytest.mark.parametrize("slope", [0.0, 1.0])
def test_what_errs_more_than_promised_everywhere_opens_in_no_more_than_the_level(slope: float) -> None:
    rng = np.random.default_rng(7)
    opened = 0
    for _ in range(1500):
        wrong = rng.random(600) < 0.0501 * (1 + slope * np.linspace(0, 1, 600))
        judged = [Judged(1 - place / 600, right=not bad) for place, bad in enumerate(wrong)]
        opened += opening(judged, 0.05, 0.1) is not None
    assert opened <= 1500 * 0.1 + 3 * (1500 * 0.1 * 0.9) ** 0.5


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=400), st.sampled_from([0.05, 0.1, 0.3]))
def test_what_a_look_opens_always_holds_its_bound(pairs: list[tuple[float, bool]], target: float) -> None:
    judged = [Judged(*pair) for pair in pairs]
    found = opening(judged, target, 0.05)
    if found is not None:
        above = [case for case in judged if case.confidence >= found.threshold]
        assert found.cases == len(above)
        assert found.errors == sum(not case.right for case in above)
        assert upper(found.errors, found.cases, 0.05) == found.bound <= target


def test_the_lowest_threshold_that_holds_is_found() -> None:
    sure = [Judged(0.9 + i / 10_000, right=True) for i in range(300)]
    unsure = [Judged(0.5 - i / 10_000, right=i % 3 == 0) for i in range(300)]
    found = opening(sure + unsure, 0.05, 0.05)
    assert found is not None
    assert 0.45 < found.threshold <= 0.901


def stream(rng: random.Random, cases: int, slope: float, audits: float) -> list[Judged]:
    """Cases above 0.5, seen by people only when drawn, and cases below, which err the more, all seen."""
    judged = []
    for _ in range(cases):
        confidence, drawn = rng.random(), rng.random() < audits
        wrong = rng.random() < (0.01 if confidence >= 0.5 else 0.01 + slope * (0.5 - confidence))
        if drawn or confidence < 0.5:
            judged.append(Judged(confidence, not wrong, drawn))
    return judged


def test_a_threshold_is_lowered_by_what_people_saw_below_it() -> None:
    found = lowered(stream(random.Random(1), 20_000, 0.2, 0.1), 0.5, 0.03, 0.01)  # noqa: S311 - seeded
    assert found is not None
    assert 0.15 < found.threshold < 0.35, "where the rate of all above it nears 3%"
    assert found.errors / found.cases < found.bound <= 0.03
    assert found.reviewed > found.cases > 800


def test_a_threshold_is_lowered_too_far_in_no_more_than_the_level() -> None:
    too_far = 0
    for seed in range(300):
        judged = stream(random.Random(seed), 4000, 0.4, 0.25)  # noqa: S311 - a seeded stream
        found = lowered(judged, 0.5, 0.03, 0.1)
        if found is not None:
            below = 0.5 - found.threshold
            too_far += (0.01 * 0.5 + 0.01 * below + 0.2 * below**2) / (0.5 + below) > 0.03
    assert too_far <= 300 * 0.1


def test_nothing_below_is_done_alone_where_too_little_was_drawn_above() -> None:
    judged = [Judged(0.9, right=True)] * 30 + [Judged(0.4, right=True, drawn=False)] * 500
    assert lowered(judged, 0.5, 0.05, 0.05) is None
    assert lowered([Judged(0.9, right=True)] * 600 + judged, 0.5, 0.05, 0.05) is not None


def test_a_look_asks_the_latest_cases_so_that_early_errors_are_forgotten() -> None:
    young = [Judged(0.9, right=place % 5 != 0) for place in range(500)]
    found = look([*young, *[Judged(0.9, right=True)] * 1000], None, 0.01, 0.05)
    assert found is not None
    assert (found.cases, found.errors) == (750, 0)


def test_cases_of_one_confidence_are_never_parted() -> None:
    same = [Judged(0.8, right=i % 10 != 0) for i in range(400)]
    assert opening(same, 0.05, 0.05) is None
    found = opening([Judged(0.8, right=True)] * 400, 0.05, 0.05)
    assert found is not None
    assert found.cases == 400


def reviewed(promise: Promise, cases: int, *, right: bool = True, confidence: float = 0.9) -> Promise:
    for _ in range(cases):
        promise.judge(confidence, right=right, drawn=True)
    return promise


def test_below_the_sample_floor_nothing_is_done_alone() -> None:
    promise = Promise(plan(0.05), 1, 0.1)
    reviewed(promise, promise.plan.first - 1)
    assert not promise.trusts(1.0)
    reviewed(promise, 1)
    assert promise.trusts(0.9)
    assert not promise.trusts(0.89)


def test_an_employee_that_is_always_wrong_is_never_trusted() -> None:
    assert reviewed(Promise(plan(0.05), 1, 0.1), 5000, right=False).state == "learning"


def test_the_alarm_stops_automatic_work_when_audited_cases_go_wrong() -> None:
    promise = reviewed(Promise(plan(0.05), 1, 0.1), plan(0.05).first)
    assert promise.trusts(0.9)
    reviewed(promise, 40, right=False)
    assert promise.state == "stopped"
    assert not promise.trusts(1.0)


def test_once_open_every_review_brings_the_next_look_nearer_but_only_drawn_ones_are_audits() -> None:
    promise = reviewed(Promise(plan(0.05), 1, 0.1), plan(0.05).first)
    before = promise.standing()
    promise.judge(0.1, right=False, drawn=False)
    assert promise.standing().reviewed == before.reviewed + 1
    promise.judge(0.9, right=True, drawn=True)
    assert promise.standing().reviewed == before.reviewed + 2
    assert promise.standing().audited == before.audited + 1


def test_errors_below_the_promised_rate_do_not_ring_the_alarm() -> None:
    promise = reviewed(Promise(plan(0.05), 1, 0.1), plan(0.05).first)
    rng = random.Random(5)  # noqa: S311 - a seeded stream
    for _ in range(2000):
        promise.judge(0.9, right=rng.random() > 0.03, drawn=True)
    assert promise.state == "open"


@pytest.mark.parametrize("target", [0.05, 0.02])
def test_the_promise_is_broken_in_at_most_one_of_twenty_streams(target: float) -> None:
    broken = opened = 0
    for seed in range(40):
        rng = random.Random(seed)  # noqa: S311 - a seeded stream
        promise, alone, wrong = Promise(plan(target), 1, 0.1), 0, 0
        for _ in range(3000):
            confidence = rng.betavariate(2, 1)
            right = rng.random() > (1 - confidence) ** 3
            drawn = rng.random() < 0.1
            if promise.trusts(confidence) and not drawn:
                alone, wrong = alone + 1, wrong + (not right)
            else:
                promise.judge(confidence, right=right, drawn=drawn)
        opened += promise.found is not None
        broken += bool(alone) and wrong > target * alone
    assert opened > 35
    assert broken <= 2


@pytest.mark.parametrize(("cases", "word"), [(3, "not yet trusted"), (250, "acts alone")])
def test_the_owner_reads_one_sentence_with_its_numbers(cases: int, word: str) -> None:
    said = sentence(reviewed(Promise(plan(0.05), 4, 0.1), cases).standing())
    assert word in said["en"]
    assert "5%" in said["en"]
    assert "第 4 版" in said["zh"]


def test_a_stopped_promise_says_why() -> None:
    promise = reviewed(Promise(plan(0.05), 1, 0.1), 250)
    said = sentence(reviewed(promise, 40, right=False).standing())
    assert "stopped" in said["en"]
    assert "已停止" in said["zh"]


def test_a_sudden_break_rings_the_alarm_within_thirty_audited_cases() -> None:
    promise = reviewed(Promise(plan(0.01), 1, 0.1), plan(0.01).first)
    for _ in range(400):
        promise.judge(0.9, right=True, drawn=True)
    after = 0
    while promise.state == "open" and after < 1000:
        after += 1
        promise.judge(0.9, right=after % 4 != 0, drawn=True)
    assert after <= 30
