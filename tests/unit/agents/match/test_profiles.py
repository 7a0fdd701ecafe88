"""What was confirmed often enough tells a product however it is written, and no more than that."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mainspring.agents.skills.match import Catalogue
from mainspring.agents.skills.match.profiles import Profiles

NAMES = {
    "R": "red retrospot oven glove",
    "B": "blue retrospot oven glove",
    "D": "red retrospot oven glove double",
    "J": "jam pot with lid",
}


def known(times: int = 20) -> Profiles:
    profiles = Profiles()
    for sku, name in NAMES.items():
        profiles.learn(name.split(), sku, times)
    return profiles


def test_a_name_is_found_through_slips_and_short_forms() -> None:
    guess = known().guess(["blu", "rtrspt", "ovne", "glove"])
    assert guess is not None
    assert (guess.sku, guess.foreign) == ("B", ())
    assert dict(guess.read_as)["rtrspt"] == "retrospot"
    assert guess.probability > 0.5


def test_a_text_that_fits_several_names_is_divided_among_them() -> None:
    guess = known().guess(["retrospot", "oven", "glove"])
    assert guess is not None
    assert guess.probability < 0.6


def test_slips_that_were_confirmed_do_not_become_the_name() -> None:
    profiles = known()
    for slip in ("rde", "redd", "rd", "ted", "res"):
        profiles.learn([slip, "retrospot", "oven", "glove"], "R", 1)
    guess = profiles.guess(["red", "retrospot", "oven", "glove"])
    assert guess is not None
    assert guess.sku == "R"
    assert profiles.called("R") == NAMES["R"]


def test_what_the_name_does_not_explain_is_named() -> None:
    guess = known().guess(["pink", "retrospot", "oven", "glove"])
    assert guess is not None
    assert guess.foreign == ("pink",)


@pytest.mark.parametrize(
    ("said", "name", "foreign"),
    [
        ("cp of tea", "cup of tea", False),
        ("cake csess", "cake cases", False),
        ("shirt xl", "shirt xxl", True),
        ("grey shirt", "green shirt", True),
    ],
)
def test_a_short_word_is_read_through_slips_that_leave_no_other_word(
    said: str, name: str, *, foreign: bool
) -> None:
    profiles = known()
    profiles.learn(name.split(), "N", 20)
    profiles.learn(["grey", "mouse"], "M", 20)
    guess = profiles.guess(said.split())
    assert guess is not None
    assert (guess.sku, bool(guess.foreign)) == ("N", foreign)


def test_a_number_stands_for_no_other_number() -> None:
    profiles = Profiles()
    profiles.learn(("bolt", "m8x40"), "H", 20)
    guess = profiles.guess(("bolt", "m8x60"))
    assert guess is not None
    assert guess.foreign == ("m8x60",)


@given(
    st.lists(st.sampled_from(sorted(NAMES["D"].split())), min_size=1),
    st.sampled_from(sorted(NAMES)),
    st.integers(1, 9),
)
def test_what_is_taken_back_leaves_no_trace(words: list[str], sku: str, times: int) -> None:
    profiles = known()
    profiles.learn(words, sku, times)
    profiles.learn(words, sku, -times)
    for name in NAMES.values():
        assert profiles.guess(name.split()) == known().guess(name.split())


def test_a_wording_that_is_understood_can_be_forgotten() -> None:
    catalogue = Catalogue()
    for sku, name in NAMES.items():
        catalogue.learn(name, sku, 20)
    before = catalogue.match("jam pott with lid")
    catalogue.learn("jam pot with a lidd", "J")
    catalogue.forget("jam pot with a lidd", "J")
    after = catalogue.match("jam pott with lid")
    assert before.sku == after.sku == "J"
    assert after.confidence == pytest.approx(before.confidence, abs=0.01)


def test_memory_is_as_sure_as_its_record() -> None:
    steady, fickle = Catalogue(), Catalogue()
    for number in range(200):
        for catalogue in (steady, fickle):
            catalogue.learn(f"thing {number}", f"T-{number}")
        steady.learn(f"thing {number}", f"T-{number}")
        fickle.learn(f"thing {number}", f"U-{number}")
    for catalogue in (steady, fickle):
        catalogue.learn("jam pot", "J", 2)
    assert steady.match("jam pot").sku == "J"
    assert fickle.match("jam pot").sku is None
