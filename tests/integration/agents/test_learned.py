"""What corrections suggest, as its owner sees it: poison is refused, what repeats can be accepted."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mainspring.agents.errors import LearningRefused, ReleaseRefused
from mainspring.agents.learning import held_back
from mainspring.agents.tables import corrections, runs
from mainspring.app import employee_comparison, employee_definition, employee_learning, employee_release
from mainspring.app.house import House
from mainspring.app.opening import open_or_create
from mainspring.govern import identity
from mainspring.govern.principal import Principal

CLERK = "order_clerk"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    opened = open_or_create(f"sqlite:///{tmp_path}/house.db")
    yield opened
    opened.close()


@pytest.fixture
def owner(house: House) -> Principal:
    with house.store.read() as tx:
        return identity.principal(tx, "owner")


def quote(sku: str | None) -> dict[str, Any]:
    return {"lines": [{"line": 1, "text": "blue knob", "sku": sku}]}


def keys(house: House, *, kept: bool) -> Iterator[int]:
    while True:
        key = house.keys()
        if held_back(key) is kept:
            yield key


def correct(house: House, sku: str, times: int, *, person: str = "sales-1", kept: bool = False) -> None:
    fresh = keys(house, kept=kept)
    with house.store.write() as tx:
        for _ in range(times):
            row = {"correction": next(fresh), "at": house.clock(), "job": house.keys(), "instance": 1}
            said = {"agent": CLERK, "skill": "write_quote", "person": person}
            tx.insert(
                corrections,
                {
                    **row,
                    **said,
                    "draft": quote(None),
                    "answer": quote(sku),
                    "withdrawn_at": None,
                    "withdrawn_by": None,
                },
            )


def suggested(house: House) -> list[dict[str, Any]]:
    with house.store.read() as tx:
        found: list[dict[str, Any]] = employee_learning.learned(house, tx, CLERK)["proposals"]
    return found


def test_what_repeats_is_accepted_by_a_person_and_then_a_rule_with_its_source(
    house: House, owner: Principal
) -> None:
    correct(house, "KN-BLUE", 3)
    (one,) = suggested(house)
    employee_learning.decide(house, CLERK, one["name"], accepted=True, by=owner)
    with house.store.read() as tx:
        (rule,) = employee_learning.learned(house, tx, CLERK)["rules"]
    assert (rule["becomes"], rule["accepted_by"], rule["learned_from"]) == ("KN-BLUE", "owner", ["sales-1"])
    assert suggested(house) == []


def test_a_poisoned_correction_shows_its_contradictions_and_is_refused_by_the_held_back(
    house: House, owner: Principal
) -> None:
    correct(house, "EVIL", 3, person="sales-2")
    correct(house, "KN-BLUE", 1, kept=True)
    (one,) = suggested(house)
    assert (one["becomes"], one["sound"], one["held_back_wrong"]) == ("EVIL", False, 1)
    with pytest.raises(LearningRefused, match="1 held-back"):
        employee_learning.decide(house, CLERK, one["name"], accepted=True, by=owner)
    employee_learning.decide(house, CLERK, one["name"], accepted=False, by=owner)
    assert suggested(house) == []


def test_two_people_who_correct_differently_are_shown_with_what_each_said(house: House) -> None:
    correct(house, "KN-BLUE", 1, person="sales-1")
    correct(house, "KN-AZURE", 1, person="sales-2")
    with house.store.read() as tx:
        (told,) = employee_learning.learned(house, tx, CLERK)["contradictions"]
    assert (told["context"], told["field"], told["was"]) == ("blue knob", "sku", None)
    assert told["answers"] == [
        {"became": '"KN-AZURE"', "people": ["sales-2"]},
        {"became": '"KN-BLUE"', "people": ["sales-1"]},
    ]


def test_a_withdrawn_correction_supports_nothing(house: House, owner: Principal) -> None:
    correct(house, "KN-BLUE", 3)
    with house.store.read() as tx:
        first = employee_learning.learned(house, tx, CLERK)["corrections"]["items"][0]
    assert first["changes"] == [{"field": "sku", "beside": "blue knob", "was": None, "became": "KN-BLUE"}]
    employee_learning.withdraw(house, CLERK, int(first["correction"]), by=owner)
    assert suggested(house) == []


def test_a_correction_of_another_employee_is_not_withdrawn_in_passing(house: House, owner: Principal) -> None:
    correct(house, "KN-BLUE", 1)
    with house.store.read() as tx:
        (first,) = employee_learning.learned(house, tx, CLERK)["corrections"]["items"]
    with pytest.raises(LearningRefused, match="it corrected order_clerk"):
        employee_learning.withdraw(house, "bookkeeper", int(first["correction"]), by=owner)


def judged(house: House, answer: dict[str, Any]) -> None:
    """A lead whose score somebody looked at and left: its answer is what is right."""
    row = {"at": house.clock(), "job": house.keys(), "instance": 1, "element": "score_lead"}
    said = {"agent": "inquiry_clerk", "version": 1, "skill": "score_lead", "confidence": 1.0}
    empty: dict[str, Any] = {"doubts": [], "evidence": []}
    kept = {**empty, "values": answer, "confidence": 1.0, "sure": {}}
    with house.store.write() as tx:
        for outcome, draft in (("review", kept), ("done", None)):
            run = {"run": house.keys(), "steps": [], "outcome": outcome, "draft": draft}
            tx.insert(runs, {**row, **said, **empty, **run})


def test_a_version_that_does_worse_on_judged_cases_is_not_released(house: House, owner: Principal) -> None:
    judged(house, {"score": 0.5})
    with house.store.read() as tx:
        version = employee_definition.next_version(house, tx, "inquiry_clerk")
    same = employee_comparison.evaluate(house, version)
    assert (same.cases, same.live_right, same.loses) == (1, 1, False)
    activity = "lead-to-cash:score-lead"
    other = version.duties[activity].model_copy(update={"skill": "check_credit"})
    worse = version.model_copy(update={"duties": {**version.duties, activity: other}})
    with pytest.raises(ReleaseRefused, match="on 1 held-back cases"):
        employee_release.release(house, worse, "shadow", agent="inquiry_clerk", by=owner)
    with house.store.read() as tx:
        assert house.roster.post(tx, "inquiry_clerk").candidate is None
