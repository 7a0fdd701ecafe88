"""Evidence is believed as far as its record goes, kind by kind."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mainspring.agents.skills.match import Catalogue
from mainspring.agents.skills.match.record import Record
from mainspring.base.bilingual import told

SURE = st.floats(0, 1)


def seen(said: float, *, right: int = 0, wrong: int = 0) -> Record:
    record = Record()
    for good in (*[True] * right, *[False] * wrong):
        record.saw("words", said, right=good)
    return record


@given(SURE)
def test_without_a_record_an_answer_is_as_sure_as_it_says(said: float) -> None:
    assert Record().sure("words", said) == said
    assert seen(0.97, right=5).sure("likeness", said) == said


def test_more_errors_than_expected_make_unsure_and_fewer_sure() -> None:
    assert seen(0.99, right=90, wrong=10).sure("words", 0.995) < 0.98
    assert seen(0.96, right=500).sure("words", 0.96) > 0.995
    assert seen(0.96, right=96, wrong=4).sure("words", 0.96) == pytest.approx(0.96, abs=0.001)


def test_old_errors_fade_so_that_a_kind_which_got_better_is_believed_again() -> None:
    record = seen(0.9, right=500, wrong=500)
    assert record.sure("words", 0.9) < 0.6
    for _ in range(1500):
        record.saw("words", 0.9, right=True)
    assert record.sure("words", 0.9) > 0.98


def test_a_kind_that_few_answers_are_of_is_believed_like_its_family() -> None:
    record = Record()
    for place in range(200):
        record.saw("wording, sure words", 0.99, right=place % 2 == 0)
    assert record.sure("wording, other words", 0.99) == record.sure("wording", 0.99) < 0.7
    for _ in range(5000):
        record.saw("wording, other words", 0.99, right=True)
    assert record.sure("wording, other words", 0.99) > 0.97
    assert record.sure("wording, sure words", 0.99) < 0.7
    assert record.sure("words", 0.99) == 0.99


def test_a_record_is_of_answers_that_were_about_as_sure() -> None:
    record = seen(0.99, wrong=10)
    assert record.sure("words", 0.9) == 0.9
    assert record.sure("words", 0.3) == 0.3


@given(st.lists(st.tuples(SURE, st.booleans()), max_size=60), SURE, SURE)
def test_what_a_record_makes_of_it_is_a_probability_in_the_same_order(
    past: list[tuple[float, bool]], one: float, two: float
) -> None:
    record = Record()
    for said, right in past:
        record.saw("words", said, right=right)
    low, high = sorted((one, two))
    assert 0 <= record.sure("words", low) <= 1
    if (low >= 0.99) == (high >= 0.99) and low >= 0.95:
        assert record.sure("words", low) <= record.sure("words", high)


def test_wordings_that_came_to_mean_something_else_lower_what_memory_is_believed_and_nothing_else() -> None:
    catalogue = Catalogue()
    for number in range(60):
        catalogue.learn(f"thing {number}", f"T-{number}")
        catalogue.learn(f"thing {number}", f"U-{number}")
    catalogue.learn("jam pot", "J")
    found = catalogue.match("jam pot")
    assert (found.sku, found.abstained) == (None, True)
    assert told(found.reason, "en") == "answers of this kind were wrong too often"
    assert found.alternatives[0].sku == "J"
    assert catalogue.match("pot jam").sku == "J", "the same words have a record of their own"


def test_a_new_wording_is_on_record_when_a_person_judged_it_a_known_one_whenever_it_is_learned(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[tuple[str, bool]] = []
    monkeypatch.setattr(
        Record, "saw", lambda _, kind, __, *, right: seen.append((kind.partition(",")[0], right))
    )
    catalogue = Catalogue()
    catalogue.learn("red jam pot", "J")
    catalogue.learn("pot jam red", "J")
    assert seen == [], "history does not say what a new wording would have been taken for"
    catalogue.judge("jam red pot", "K")
    assert seen == [("likeness", False)]
    catalogue.learn("red jam pot", "J")
    assert seen[1:] == [("wording", True)]
    catalogue.judge("red jam pot", "J")
    assert seen[2:] == [], "it is counted once"


def test_an_answer_that_was_asked_for_and_one_that_was_not_leave_the_same_record() -> None:
    asked, told = Catalogue(), Catalogue()
    for number in range(40):
        text = f"pot {number % 7} blue"
        asked.match(text, customer="c")
        for catalogue in (asked, told):
            catalogue.judge(text, f"P-{number % 5}", customer="c")
            catalogue.learn(text, f"P-{number % 5}", customer="c")
    for text in ("pot 3 blue", "blue pot 4", "pot blue"):
        assert asked.match(text) == told.match(text)
