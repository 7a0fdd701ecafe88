"""Sentences in both languages: one half each, whatever the values hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mainspring.base.bilingual import Bilingual, both, joined, shortened, told
from mainspring.base.jsonio import dumps, loads

DOTTED = st.text(alphabet=st.sampled_from("aé中· \n"), max_size=12)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@given(DOTTED)
def test_a_value_with_dots_of_its_own_stays_whole_in_both_halves(value: str) -> None:
    said = both("line {text} fits nothing", "第 {text} 行不匹配", text=value)
    assert plain(told(said, "en")) == f"line {value} fits nothing"
    assert plain(told(said, "zh")) == f"第 {value} 行不匹配"


@given(DOTTED, DOTTED)
def test_a_sentence_within_another_is_filled_in_by_language(value: str, other: str) -> None:
    why = both("near {one}", "近似 {one}", one=value)
    said = both("{other}: {why}", "{other}：{why}", other=other, why=why)
    assert plain(told(said, "en")) == f"{other}: near {value}"
    assert plain(told(said, "zh")) == f"{other}：近似 {value}"


def test_what_an_outsider_wrote_is_not_taken_for_two_languages() -> None:
    assert told(both("he wrote {text}", "原文 {text}", text="yes · 否"), "zh") == "原文 yes\u00a0·\u00a0否"


def test_sentences_are_joined_half_by_half() -> None:
    said = joined([both("red", "红"), "M8", both("long", "长")])
    assert (told(said, "en"), told(said, "zh")) == ("red; M8; long", "红；M8；长")
    assert joined(["M8", "M10"], "/", "/") == "M8/M10"


@given(DOTTED, DOTTED, st.integers(4, 40))
def test_a_shortened_sentence_keeps_both_halves(one: str, two: str, most: int) -> None:
    said = both("en {one}", "zh {two}", one=one, two=two)
    short = shortened(said, most)
    assert len(short) <= most
    for language in ("en", "zh"):
        assert told(said, language).startswith(told(short, language).rstrip() or "")
    assert short == said or len(short) >= most - 1


def test_the_longer_half_gives_way_first() -> None:
    assert shortened(both("a long one indeed", "短"), 10) == "a long · 短"
    assert shortened("in one language", 6) == "in one"


@pytest.mark.parametrize("text", ["plain", "a · b · c", ""])
def test_a_text_in_one_language_is_told_whole(text: str) -> None:
    assert told(text, "en") == told(text, "zh") == text


def test_it_is_kept_as_a_text_like_any_other() -> None:
    said = both("yes", "是")
    kept = loads(dumps([said]))
    assert kept == ["yes · 是"]
    assert told(Bilingual(kept[0]), "zh") == "是"
