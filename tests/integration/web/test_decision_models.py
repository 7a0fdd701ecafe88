"""Decision models over HTTP: listed, looked at with what is doubtful, tried with inputs."""

from collections.abc import Callable
from importlib import resources
from typing import Any

import pytest

from mainspring.app.house import House
from mainspring.app.people import DEMO_PEOPLE
from mainspring.govern import identity
from mainspring.testing.browser import Browser


@pytest.fixture
def owner(signed_in: Callable[[str], Browser]) -> Browser:
    return signed_in("owner")


@pytest.fixture
def ladder(owner: Browser) -> dict[str, Any]:
    items = owner.get("/api/v1/decision-models").json()["items"]
    return next(one for one in items if one["id"] == "authority_ladder")


def test_a_decision_names_its_inputs_and_what_is_doubtful(owner: Browser, ladder: dict[str, Any]) -> None:
    answer = owner.get(f"/api/v1/decision-models/{ladder['key']}").json()
    assert "operation" in answer["inputs"]
    assert all(one["message"] for one in answer["findings"])


def test_the_file_is_given_as_it_was_deployed(owner: Browser, ladder: dict[str, Any]) -> None:
    answer = owner.get(f"/api/v1/decision-models/{ladder['key']}/xml")
    assert answer.headers["content-type"].startswith("application/xml")
    assert "decisionTable" in answer.text


def test_a_decision_is_tried_and_says_why_in_both_languages(owner: Browser, ladder: dict[str, Any]) -> None:
    inputs = {"operation": "refunds.approve", "effect": "money", "amount": 5, "confidence": 1}
    answer = owner.post(f"/api/v1/decision-models/{ladder['key']}/try", json={"inputs": inputs}).json()
    assert answer["value"]["requirement"] == "person"
    assert answer["explanation"]["en"]
    assert answer["explanation"]["en"] != answer["explanation"]["zh"]


def test_a_model_that_is_edited_is_examined_with_its_unit_tests(
    owner: Browser, ladder: dict[str, Any]
) -> None:
    text = owner.get(f"/api/v1/decision-models/{ladder['key']}/xml").text
    tests = resources.files("mainspring.packs.lead_to_cash").joinpath("decisions/authority_ladder.tests.yaml")
    body = {"file": ladder["file"], "text": text, "tests": tests.read_text("utf-8")}
    answer = owner.post("/api/v1/decision-models/examine", json=body).json()
    assert answer["tests"]
    assert all(one["passed"] for one in answer["tests"])
    last = text.rindex("<rule ")
    holed = text[:last] + text[text.index("</rule>", last) + len("</rule>") :]
    worse = owner.post("/api/v1/decision-models/examine", json={**body, "text": holed}).json()
    assert "gap" in {one["kind"] for one in worse["findings"]}
    assert all(one["message"] for one in worse["tests"] if not one["passed"])


def test_a_text_that_is_no_model_is_a_finding_and_no_fault(owner: Browser) -> None:
    body = {"file": "a.dmn", "text": "<no", "tests": ""}
    answer = owner.post("/api/v1/decision-models/examine", json=body).json()
    assert [one["severity"] for one in answer["findings"]] == ["error"]


def test_a_decision_that_is_not_there_is_not_found(owner: Browser) -> None:
    assert owner.get("/api/v1/decision-models/17").status_code == 404


def test_whoever_may_not_see_rights_sees_no_decisions(
    signed_in: Callable[[str], Browser], house: House
) -> None:
    worker = next(one for one in DEMO_PEOPLE if one.roles == frozenset({"worker"}))
    with house.store.write() as tx:
        identity.add_person(tx, worker, now=house.clock())
    assert signed_in(worker.id).get("/api/v1/decision-models").status_code == 403
