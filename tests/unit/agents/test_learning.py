"""What corrections teach: rules with support, refused poison, contradictions told, like cases found."""

from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import count
from typing import Any

from mainspring.agents.learning import Correction, changes, contradictions, held_back, propose, similar

NOW = datetime(2026, 1, 1, tzinfo=UTC)
KEYS = count(1)


def corrected(
    was: str, became: str, *, person: str = "ann", text: str = "blue knob", key: int = 0
) -> Correction:
    draft = {"lines": [{"text": text, "sku": was}]}
    answer = {"lines": [{"text": text, "sku": became}]}
    return Correction(key or next(KEYS), NOW, "clerk", "match", person, draft, answer)


def learned(number: int) -> list[int]:
    """Keys of corrections that are learned from."""
    return [key for key in range(1000, 2000) if not held_back(key)][:number]


def kept(number: int) -> list[int]:
    """Keys of corrections that are held back."""
    return [key for key in range(1000, 2000) if held_back(key)][:number]


def text_of(draft: Mapping[str, Any]) -> str:
    return str(draft.get("text", ""))


def test_a_changed_value_in_a_line_is_found_with_its_context() -> None:
    (change,) = changes([corrected("A1", "B2")], text_of)
    assert (change.context, change.field, change.was, change.became) == ("blue knob", "sku", "A1", "B2")


def test_what_was_not_changed_is_no_change() -> None:
    assert changes([corrected("A1", "A1")], text_of) == []


def test_corrections_that_agree_become_a_rule_with_its_cases() -> None:
    keys = learned(4)
    (proposal,) = propose(changes([corrected("A1", "B2", key=key) for key in keys], text_of))
    assert (proposal.rule.was, proposal.rule.becomes) == ("A1", "B2")
    assert proposal.supporting == tuple(keys)
    assert proposal.sound


def test_two_corrections_are_no_rule_yet() -> None:
    assert propose(changes([corrected("A1", "B2", key=key) for key in learned(2)], text_of)) == []


def test_a_poisoned_rule_shows_its_contradictions_and_is_not_sound() -> None:
    poison = [corrected("A1", "EVIL", key=key) for key in learned(3)]
    honest = [corrected("A1", "B2", key=key, person="bob") for key in learned(5)[3:]]
    (proposal,) = propose(changes([*poison, *honest], text_of))
    assert proposal.rule.becomes == "EVIL"
    assert len(proposal.contradicting) == 2
    assert not proposal.sound


def test_a_rule_that_is_wrong_on_held_back_corrections_is_not_sound() -> None:
    poison = [corrected("A1", "EVIL", key=key) for key in learned(6)]
    honest = [corrected("A1", "B2", key=key, person="bob") for key in kept(1)]
    (proposal,) = propose(changes([*poison, *honest], text_of))
    assert proposal.held_back_wrong == 1
    assert not proposal.sound


def test_two_people_who_disagree_are_told() -> None:
    (told,) = contradictions(changes([corrected("A1", "B2"), corrected("A1", "C3", person="bob")], text_of))
    assert told.answers == {'"B2"': ("ann",), '"C3"': ("bob",)}


def test_one_person_who_changed_their_mind_is_no_contradiction() -> None:
    assert contradictions(changes([corrected("A1", "B2"), corrected("A1", "C3")], text_of)) == []


def test_the_likest_correction_comes_first() -> None:
    near, far = corrected("A1", "B2", text="blue ceramic knob"), corrected("A1", "B2", text="oak shelf")
    assert similar([far, near], "ceramic knob in blue")[0] == near


def test_nothing_alike_gives_nothing() -> None:
    assert similar([corrected("A1", "B2", text="橡木架")], "zzz") == []


def test_chinese_texts_are_alike_by_their_signs() -> None:
    near, far = corrected("A1", "B2", text="蓝色陶瓷拉手"), corrected("A1", "B2", text="羊毛毯")
    assert similar([far, near], "陶瓷拉手蓝色")[0] == near
