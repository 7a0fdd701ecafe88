"""What a duty says must hold of a draft: looked at before it is done alone, and by whoever reviews."""

from typing import Any

import pytest
from pydantic import ValidationError

from mainspring.agents.definition import Check, Duty
from mainspring.agents.verifying import failing

TOTAL = Check(must="total <= limit", doubt="it is more than the limit")


def checked(office: Any, must: str) -> None:
    """The duty of sorting with one check, done alone from the first case on."""
    duty = office.agent.duties["sort"]
    changed = duty.model_copy(
        update={"risk_target": None, "verify": (Check(must=must, doubt="that is no label"),)}
    )
    office.agent = office.agent.model_copy(update={"duties": {**office.agent.duties, "sort": changed}})
    office.roster.shipped["sorter"] = office.agent


def test_a_draft_of_which_everything_holds_is_done_alone(office: Any) -> None:
    checked(office, 'label in ("bill", "offer")')
    office.note("bill", 0.99)
    office.work()
    assert office.filed == ["bill"]


def test_a_draft_that_fails_a_check_goes_to_a_person_who_sees_why(office: Any) -> None:
    checked(office, 'label in ("bill", "offer")')
    office.note("letter", 0.99, truth="offer")
    office.work()
    assert office.filed == []
    (task,) = office.waiting()
    assert task.payload["doubts"] == ["that is no label"]
    office.review()
    assert office.filed == ["offer"]


@pytest.mark.parametrize(
    ("variables", "values", "doubts"),
    [
        ({"limit": 10}, {"total": 9}, ()),
        ({"limit": 10}, {"total": 11}, ("it is more than the limit",)),
        ({"limit": 10, "total": 5}, {"total": 11}, ("it is more than the limit",)),
        ({}, {"total": 9}, ("it is more than the limit",)),
        ({"limit": 10.5}, {"total": "many"}, ("it is more than the limit",)),
    ],
    ids=["it holds", "it does not", "the draft hides the case", "nothing to hold it against", "another type"],
)
def test_only_true_is_no_doubt(
    variables: dict[str, Any], values: dict[str, Any], doubts: tuple[str, ...]
) -> None:
    assert failing((TOTAL,), variables, values) == doubts


def test_a_check_must_be_feel_and_somebody_must_see_its_doubt() -> None:
    with pytest.raises(ValidationError, match="FEEL"):
        Check(must="total <", doubt="x")
    with pytest.raises(ValidationError, match="needs a review"):
        Duty(skill="sort", verify=(TOTAL,))
