"""How wordings are read before they are compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mainspring.agents.skills.match.align import align, read
from mainspring.agents.skills.match.normalise import tokens, wording
from mainspring.agents.skills.match.vocabulary import Vocabulary, is_abbreviation


def vocabulary_of(*texts: str) -> Vocabulary:
    vocabulary = Vocabulary()
    for text in texts:
        vocabulary.add(tokens(text))
    return vocabulary


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("SET OF 6 CUPS", "set/6 cup"),
        ("tape 50 mm x 66 m", "TAPE 50mm x 66m"),
        ("M8 x 40", "M8×40"),
        ("T-LIGHT HOLDER", "t light holders"),
        ("ALARM CLOCK BAKELIKE", "alarm  clock, bakelike"),
        ("膠帶", "胶带"),
        ("ＡＢＣ １２", "abc 12"),
    ],
)
def test_two_spellings_give_the_same_words(one: str, two: str) -> None:
    assert tokens(one) == tokens(two)


@pytest.mark.parametrize(("one", "two"), [("M8x40", "M8x30"), ("6 cups", "8 cups"), ("内六角", "外六角")])
def test_two_products_keep_different_words(one: str, two: str) -> None:
    assert tokens(one) != tokens(two)


@given(st.text(max_size=80))
def test_the_key_of_a_wording_is_its_own_key(text: str) -> None:
    assert wording(wording(text)) == wording(text)


@pytest.mark.parametrize(("short", "full"), [("hldr", "holder"), ("christ", "christmas"), ("lge", "large")])
def test_an_abbreviation_keeps_first_letter_and_order(short: str, full: str) -> None:
    assert is_abbreviation(short, full)


@pytest.mark.parametrize(
    ("short", "full"), [("aa", "aaa"), ("red", "dresser"), ("c", "cup"), ("holder", "hold")]
)
def test_other_words_are_no_abbreviations(short: str, full: str) -> None:
    assert not is_abbreviation(short, full)


def test_a_slip_is_read_as_the_word_it_resembles() -> None:
    assert vocabulary_of("red lantern", "blue holder").readings("lantren")[0].word == "lantern"


def test_a_number_is_never_read_as_another() -> None:
    assert vocabulary_of("set 12", "set 13").readings("14") == ()


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    vocabulary = vocabulary_of("red lantern", "red cup", "red bag")
    assert vocabulary.weight("lantern") > vocabulary.weight("red")


def test_words_too_many_and_too_few_are_told_apart() -> None:
    vocabulary = vocabulary_of("wicker heart small", "big lantern")
    found = align(read(tokens("wicker heart big"), vocabulary), tokens("wicker heart small"), vocabulary)
    assert (found.extra_words, found.missing_words) == (("big",), ("small",))
    assert found.matched == pytest.approx(2 * vocabulary.weight("wicker"))


def test_equal_words_in_order_cost_nothing() -> None:
    vocabulary = vocabulary_of("wicker heart small")
    found = align(read(tokens("wicker heart small"), vocabulary), tokens("wicker heart small"), vocabulary)
    assert (found.score, found.cost, found.moved) == (1.0, 0.0, 0.0)
