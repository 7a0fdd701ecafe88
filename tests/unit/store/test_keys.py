"""Keys are unique and only ever grow."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mainspring.store.keys import KeyGenerator

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@given(st.lists(st.integers(-10_000, 10_000), max_size=300))
def test_keys_grow_whatever_the_clock_does(steps: list[int]) -> None:
    times = iter([NOON + timedelta(milliseconds=step) for step in steps] + [NOON] * 400)
    keys = KeyGenerator(lambda: next(times), 3)
    given_out = [keys() for _ in range(300)]
    assert given_out == sorted(set(given_out))


def test_two_nodes_never_give_the_same_key() -> None:
    one, two = KeyGenerator(lambda: NOON, 0), KeyGenerator(lambda: NOON, 1)
    assert not {one() for _ in range(10_000)} & {two() for _ in range(10_000)}


def test_a_key_fits_a_signed_64_bit_number_for_decades() -> None:
    assert KeyGenerator(lambda: datetime(2090, 1, 1, tzinfo=UTC), 1023)() < 2**63


@given(st.integers(0, 2**62), st.integers(0, 1023), st.integers(-(10**9), 10**9))
def test_all_keys_come_after_the_one_given_whatever_the_clock_says(
    after: int, node: int, seconds: int
) -> None:
    keys = KeyGenerator(lambda: NOON + timedelta(seconds=seconds), node, after=after)
    given_out = [keys() for _ in range(200)]
    assert min(given_out) > after
    assert given_out == sorted(set(given_out))


def test_a_clock_that_is_ahead_of_the_key_given_leads() -> None:
    alone, later = KeyGenerator(lambda: NOON, 1), KeyGenerator(lambda: NOON, 1, after=5)
    assert alone() == later()
