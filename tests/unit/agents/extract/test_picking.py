"""Picking the wanted value out of a text: what it was shown it does, what it was never shown it doubts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mainspring.agents.skills.errors import TrainingError
from mainspring.agents.skills.extract.picking import Picker
from mainspring.services.imports import cells

SHOWN = [(f"Order {n}: please send {n * 7} pieces of bolt M{n}", str(n * 7)) for n in range(3, 12)]
AMOUNTS = st.integers(1, 10**7)


def of_number(text: str) -> object:
    return cells.number(text)


@given(AMOUNTS, AMOUNTS)
def test_the_number_in_the_place_that_was_shown_is_picked_whatever_its_size(order: int, pieces: int) -> None:
    picker = Picker.train(SHOWN, "number", of_number)
    picked = picker.pick(f"Order {order}: please send {pieces} pieces of bolt M8")
    assert cells.number(picked.value) == pieces
    assert picked.confidence > 0.9


@given(st.text(max_size=60))
def test_any_text_gives_a_confidence_and_a_value_that_stands_in_it(text: str) -> None:
    picked = Picker.train(SHOWN, "number", of_number).pick(text)
    assert 0 <= picked.confidence <= 1
    assert picked.value in text


def test_of_two_days_the_one_behind_the_same_words_is_picked() -> None:
    shown = [(f"订单日期2026-01-0{n}，交货日期2026-02-0{n}", f"2026-02-0{n}") for n in range(1, 6)]
    picked = Picker.train(shown, "day", str.casefold).pick("订单日期2026-03-01，交货日期2026年4月9日")
    assert picked.value == "2026-04-09"


def test_addresses_codes_and_words_seen_before_are_texts_that_can_be_picked() -> None:
    mails = [(f"from a{n}@demo.example, tel 010-123456{n}", f"010-123456{n}") for n in range(5)]
    assert Picker.train(mails, "text", str.casefold).pick("from b@demo.example, tel 021-9999999").value == (
        "021-9999999"
    )
    colours = [(f"the {one} bolt", one) for one in ("red", "blue", "red", "blue")]
    picker = Picker.train(colours, "text", str.casefold)
    assert picker.pick("a red nut").value == "red"
    assert picker.pick("a nut") == ("", 0.0, "no such value stands in the text · 原文中没有这样的值")


def test_values_that_stand_in_no_text_teach_nothing() -> None:
    with pytest.raises(TrainingError, match="in 0 of 3 texts"):
        Picker.train([("no number here", "7")] * 3, "number", of_number)
