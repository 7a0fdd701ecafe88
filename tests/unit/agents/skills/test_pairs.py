"""Pairs of records judged the same or not, with reasons."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mainspring.agents.skills.errors import TrainingError
from mainspring.agents.skills.pairs import PairMatcher, candidates
from mainspring.agents.skills.pairs.features import NAMES, Columns, Rarity, features, models

COLUMNS = Columns("name", ("description",), "price")
MAKERS, THINGS = ("acme", "bolto", "cirro", "dunbar"), ("kettle", "toaster", "drill", "lamp")


def offers(seed: int) -> tuple[list[tuple[dict[str, str], dict[str, str]]], list[bool]]:
    """Made-up offers of two shops: half of the pairs name one article in two ways."""
    rng = random.Random(seed)  # noqa: S311 - a seeded draw
    pairs, same = [], []
    for place in range(120):
        maker, thing, number = rng.choice(MAKERS), rng.choice(THINGS), f"{rng.randrange(1000):03d}x"
        other = number if place % 2 else f"{rng.randrange(1000):03d}x"
        one = {"name": f"{maker} {thing} {number}", "description": "with cable", "price": "20"}
        two = {"name": f"{thing} by {maker} model {other}", "description": "", "price": "21"}
        pairs.append((one, two))
        same.append(number == other)
    return pairs, same


@pytest.fixture(scope="module")
def matcher() -> PairMatcher:
    return PairMatcher.train(*offers(1), COLUMNS)


def test_what_it_learned_holds_on_pairs_it_never_saw(matcher: PairMatcher) -> None:
    pairs, same = offers(2)
    assert [matcher.judge(*pair).same for pair in pairs] == same


def test_a_judgement_tells_the_facts_that_weighed_most(matcher: PairMatcher) -> None:
    found = matcher.judge(*offers(2)[0][1])
    assert found.same
    assert len(found.evidence) == 4
    assert all(" speaks " in fact for fact in found.evidence)


def test_a_saved_matcher_judges_as_before(matcher: PairMatcher) -> None:
    again = PairMatcher.from_json(matcher.to_json())
    assert all(again.judge(*pair) == matcher.judge(*pair) for pair in offers(3)[0])


def test_training_needs_pairs_of_both_kinds() -> None:
    pairs, _ = offers(1)
    with pytest.raises(TrainingError, match="0 are not"):
        PairMatcher.train(pairs, [True] * len(pairs), COLUMNS)


@pytest.mark.parametrize("text", ["", "{}", '{"form": "mainspring.pairs/1"}', "[]", '{"form": "other"}'])
def test_what_is_no_saved_matcher_is_refused(text: str) -> None:
    with pytest.raises(TrainingError):
        PairMatcher.from_json(text)


def test_an_empty_catalogue_offers_no_candidates() -> None:
    assert list(candidates([{"name": "kettle"}], [], COLUMNS)) == []


def test_candidates_share_a_rare_word_and_the_likeliest_comes_first() -> None:
    many = [{"name": f"lamp {place:04d}"} for place in range(500)]
    assert next(candidates([{"name": "the lamp 0042"}], many, COLUMNS)) == (0, 42)


def test_a_word_of_every_record_brings_nobody_together() -> None:
    many = [{"name": f"lamp {place:04d}"} for place in range(500)]
    assert list(candidates([{"name": "lamp"}], many, COLUMNS)) == []


def test_model_numbers_are_found_in_any_writing() -> None:
    assert models("Sony DSC-W120/B camera 12345") == {"dscw120b", "12345"}
    assert models("a 10 year lamp") == set()


records = st.dictionaries(
    st.sampled_from(["name", "description", "price"]),
    st.one_of(st.none(), st.text(max_size=30), st.integers()),
)


@given(records, records)
def test_any_two_records_can_be_compared(one: dict[str, object], two: dict[str, object]) -> None:
    assert len(features(one, two, COLUMNS, Rarity(10, {}))) == len(NAMES)
