"""Outcome rates across groups: a warning needs a difference that matters and is no accident."""

from hypothesis import given
from hypothesis import strategies as st

from mainspring.govern.fairness import FEWEST, Group, compare


def found(outcomes: dict[str, tuple[int, int]]) -> dict[str, Group]:
    return {group.group: group for group in compare(outcomes)}


def test_a_large_and_certain_difference_warns() -> None:
    groups = found({"gold": (200, 180), "basic": (200, 100)})
    assert groups["basic"].warning
    assert not groups["gold"].warning
    assert groups["basic"].ratio == 100 / 180
    assert groups["gold"].ratio is None


def test_a_difference_of_less_than_a_fifth_does_not_warn_however_certain() -> None:
    assert not found({"gold": (10_000, 9_000), "basic": (10_000, 7_500)})["basic"].warning


def test_a_difference_that_chance_explains_does_not_warn() -> None:
    groups = found({"gold": (12, 9), "basic": (12, 6)})
    assert groups["basic"].ratio is not None
    assert groups["basic"].ratio < 0.8
    assert not groups["basic"].warning


def test_a_group_of_a_few_is_counted_and_not_compared() -> None:
    groups = found({"gold": (200, 180), "few": (FEWEST - 1, 0)})
    assert (groups["few"].rate, groups["few"].p_value, groups["few"].warning) == (0.0, None, False)


def test_many_groups_are_corrected_for() -> None:
    alone = found({"best": (100, 60), "other": (100, 44)})["other"]
    among = found({"best": (100, 60), "other": (100, 44), **{f"g{n}": (100, 58) for n in range(20)}})["other"]
    assert alone.p_value is not None
    assert among.p_value is not None
    assert alone.warning
    assert among.p_value > alone.p_value
    assert not among.warning


def test_nothing_gives_nothing() -> None:
    assert compare({}) == []
    assert compare({"a": (0, 0)}) == []


@given(
    st.dictionaries(
        st.sampled_from("abcde"),
        st.integers(0, 200).flatmap(lambda total: st.tuples(st.just(total), st.integers(0, total))),
    )
)
def test_the_best_group_never_warns_and_rates_are_shares(outcomes: dict[str, tuple[int, int]]) -> None:
    groups = compare(outcomes)
    assert all(0 <= group.rate <= 1 for group in groups)
    assert all(group.p_value is None or 0 <= group.p_value <= 1 for group in groups)
    assert [group.rate for group in groups] == sorted(group.rate for group in groups)
    if groups:
        assert not groups[-1].warning
