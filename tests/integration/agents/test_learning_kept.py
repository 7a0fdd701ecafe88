"""Corrections on record: given back, withdrawn, made into rules by people's decision."""

from typing import Any

import pytest

from mainspring.agents.errors import LearningRefused
from mainspring.agents.learning import Learning, Proposal, Rule, changes


def corrected(office: Any, times: int) -> Learning:
    for _ in range(times):
        office.note("bill", 0.9, truth="offer")
    office.work()
    office.review()
    return Learning(office.keys)


def test_corrections_are_known_and_a_withdrawn_one_teaches_no_more(office: Any) -> None:
    learning = corrected(office, 2)
    first, second = office.read(lambda tx: learning.known(tx, "sorter", "sort"))
    with office.store.write() as tx:
        learning.withdraw(tx, first.key, person="bob", now=office.clock())
    assert office.read(lambda tx: learning.known(tx, "sorter")) == [second]
    assert len(office.read(lambda tx: learning.known(tx, "sorter", withdrawn=True))) == 2


def test_a_correction_is_withdrawn_once(office: Any) -> None:
    learning = corrected(office, 1)
    (only,) = office.read(lambda tx: learning.known(tx, "sorter"))
    with office.store.write() as tx:
        learning.withdraw(tx, only.key, person="bob", now=office.clock())
        with pytest.raises(LearningRefused, match="bob withdrew it"):
            learning.withdraw(tx, only.key, person="ann", now=office.clock())
        with pytest.raises(LearningRefused, match="no such correction"):
            learning.withdraw(tx, 1, person="ann", now=office.clock())


RULE = Rule("", "label", "bill", "offer")


def test_a_rule_counts_once_a_person_accepted_it(office: Any) -> None:
    learning = corrected(office, 4)
    found = changes(office.read(lambda tx: learning.known(tx, "sorter")), lambda _: "")
    assert {(change.was, change.became) for change in found} == {("bill", "offer")}
    sound = Proposal(RULE, tuple(change.correction.key for change in found), (), 0, 0)
    with office.store.write() as tx:
        (key,) = learning.offer(tx, "sorter", "sort", [sound], office.clock())
        assert learning.offer(tx, "sorter", "sort", [sound], office.clock()) == []
        assert learning.rules(tx, "sorter", "sort") == []
        learning.decide(tx, key, accepted=True, person="bob", now=office.clock())
        assert learning.rules(tx, "sorter", "sort") == [RULE]
        with pytest.raises(LearningRefused, match="bob accepted it"):
            learning.decide(tx, key, accepted=False, person="ann", now=office.clock())


def test_a_rule_with_contradictions_is_not_put_before_anybody(office: Any) -> None:
    with office.store.write() as tx, pytest.raises(LearningRefused, match="contradict"):
        Learning(office.keys).offer(
            tx, "sorter", "sort", [Proposal(RULE, (1, 2, 3), (4, 5), 0, 1)], office.clock()
        )
