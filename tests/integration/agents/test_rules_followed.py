"""Rules that people accepted: followed from the next case on, counted, and taken back."""

from typing import Any

import pytest

from mainspring.agents import rules
from mainspring.agents.errors import LearningRefused
from mainspring.agents.learning import Learning, Proposal, Rule
from mainspring.agents.skill import Skill, Teaches

RULE = Rule("bill", "label", "bill", "offer")


@pytest.fixture
def taught(office: Any) -> Any:
    """An office where what stands in `label` may become another label by a rule."""
    before = office.skills["sort"]
    office.skills["sort"] = Skill(
        before.execute,
        generate=before.generate,
        learn=before.learn,
        teaches=Teaches("label", frozenset({"label"})),
    )
    return office


def accepted(office: Any) -> int:
    learning = Learning(office.keys)
    with office.store.write() as tx:
        key = learning.put(tx, "sorter", "sort", Proposal(RULE, (1, 2, 3), (), 0, 0), office.clock())
        learning.decide(tx, key, accepted=True, person="bob", now=office.clock())
    return key


def drafted(office: Any) -> list[tuple[str, list[str]]]:
    return [(task.payload["values"]["label"], task.payload["evidence"]) for task in office.waiting()]


def test_an_accepted_rule_changes_the_next_draft_and_says_who_accepted_it(taught: Any) -> None:
    key = accepted(taught)
    taught.note("bill", 0.9)
    taught.work()
    ((label, evidence),) = drafted(taught)
    assert label == "offer"
    assert "a rule that bob accepted" in evidence[-1]
    assert taught.read(lambda tx: rules.uses(tx, key)) == 1


def test_a_rule_leaves_other_drafts_alone(taught: Any) -> None:
    key = accepted(taught)
    taught.note("letter", 0.9)
    taught.work()
    assert drafted(taught)[0][0] == "letter"
    assert taught.read(lambda tx: rules.uses(tx, key)) == 0


def test_a_rule_that_was_taken_back_is_followed_no_more(taught: Any) -> None:
    key = accepted(taught)
    with taught.store.write() as tx:
        Learning(taught.keys).forget(tx, key, person="ann", now=taught.clock())
        with pytest.raises(LearningRefused, match="no such rule"):
            Learning(taught.keys).forget(tx, key, person="ann", now=taught.clock())
    taught.note("bill", 0.9)
    taught.work()
    assert drafted(taught)[0][0] == "bill"
