"""Work over HTTP: an inquiry becomes a case, its task goes to those it asks and to nobody else."""

from collections.abc import Callable
from pathlib import Path

import pytest

from mainspring.app.house import House, open_house
from mainspring.app.loop import Loop
from mainspring.app.people import move_in
from mainspring.engine.events import SYSTEM
from mainspring.govern import sign_in
from mainspring.testing.browser import Browser
from mainspring.web.application import create_app

SignedIn = Callable[[str], Browser]
ROWS = {"problems": [{"file": "a.csv", "line": 3, "field": "UnitPrice", "message": "no price", "row": {}}]}


@pytest.fixture
def task(house: House, signed_in: SignedIn) -> str:
    """The key of a task that asks the sales group to look at unreadable rows."""
    house.runtime.start("unreadable_rows", ROWS, actor=SYSTEM, business_key="a.csv")
    Loop(house).once()
    items = signed_in("sales-1").get("/api/v1/tasks").json()["items"]
    assert len(items) == 1
    return str(items[0]["key"])


def test_a_document_starts_one_case_however_often_it_comes(signed_in: SignedIn) -> None:
    browser = signed_in("sales-1")
    mail = {"document": ("a.txt", b"Please quote 20 pcs of hex bolt M8x40")}
    first, again = (browser.post("/api/v1/inquiries", files=mail) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["instance"] == again.json()["instance"]
    found = browser.get("/api/v1/instances?process_id=lead_to_cash").json()["items"]
    assert [one["key"] for one in found] == [first.json()["instance"]]


def test_an_empty_document_is_refused_and_registers_nothing(signed_in: SignedIn) -> None:
    browser = signed_in("sales-1")
    assert browser.post("/api/v1/inquiries", files={"document": ("a.txt", b"")}).status_code == 422
    assert browser.get("/api/v1/instances").json()["items"] == []


def test_a_case_shows_its_variables_and_who_did_what(signed_in: SignedIn) -> None:
    browser = signed_in("owner")
    key = browser.post("/api/v1/inquiries", files={"document": ("a.txt", b"hello")}).json()["instance"]
    case = browser.get(f"/api/v1/instances/{key}").json()
    assert case["variables"]["channel"] == "upload"
    history = browser.get(f"/api/v1/instances/{key}/history?limit=2").json()
    assert history["items"][0]["actor"] == {"kind": "person", "id": "owner", "on_behalf_of": None}
    after = browser.get(f"/api/v1/instances/{key}/history?after={history['next']}").json()["items"]
    assert after[0]["seq"] == 3


def test_whoever_a_task_asks_takes_it_and_answers_it(signed_in: SignedIn, task: str) -> None:
    browser = signed_in("sales-1")
    assert browser.get(f"/api/v1/tasks/{task}").json()["case"] == "a.csv"
    assert browser.post(f"/api/v1/tasks/{task}/claim").json()["assignee"] == "sales-1"
    assert browser.post(f"/api/v1/tasks/{task}/complete").status_code == 200
    assert browser.get(f"/api/v1/tasks/{task}").status_code == 404


def test_a_task_that_another_has_taken_cannot_be_answered(signed_in: SignedIn, task: str) -> None:
    signed_in("sales-1").post(f"/api/v1/tasks/{task}/claim")
    other = signed_in("sales-2")
    assert other.post(f"/api/v1/tasks/{task}/complete").status_code == 403
    assert other.post(f"/api/v1/tasks/{task}/claim").status_code in {403, 409}


def test_people_whom_a_task_does_not_ask_cannot_take_or_answer_it(signed_in: SignedIn, task: str) -> None:
    other = signed_in("finance-1")
    assert other.get("/api/v1/tasks").json()["items"] == []
    assert other.post(f"/api/v1/tasks/{task}/claim").status_code == 403
    assert other.post(f"/api/v1/tasks/{task}/complete").status_code == 403


def test_a_wrong_outcome_is_refused_and_leaves_the_task(signed_in: SignedIn, task: str) -> None:
    browser = signed_in("sales-1")
    answer = browser.post(f"/api/v1/tasks/{task}/complete", json={"outcome": "accepted"})
    assert answer.status_code == 422
    assert browser.get(f"/api/v1/tasks/{task}").status_code == 200


def test_only_those_who_look_after_processes_see_measures(signed_in: SignedIn) -> None:
    assert signed_in("sales-1").get("/api/v1/measures").status_code == 403
    assert signed_in("owner").get("/api/v1/measures").status_code == 200


def test_the_model_of_a_process_comes_as_it_was_deployed(house: House, signed_in: SignedIn) -> None:
    browser = signed_in("owner")
    found = browser.get("/api/v1/processes").json()["items"]
    key = next(one["key"] for one in found if one["id"] == "lead_to_cash")
    assert browser.get(f"/api/v1/processes/{key}/xml").content == house.pack.files["lead_to_cash.bpmn"]


def test_one_tenant_sees_nothing_of_another(tmp_path: Path, signed_in: SignedIn, task: str) -> None:
    owner = signed_in("owner")
    case = owner.get("/api/v1/instances").json()["items"][0]["key"]
    other = open_house(f"sqlite:///{tmp_path}/house.db", tenant="other")
    try:
        with other.store.write() as tx:
            move_in(tx, other.clock())
        browser = Browser(create_app(other))
        browser.cookies = owner.cookies
        assert browser.get("/api/v1/me").status_code == 401
        with other.store.write() as tx:
            token = sign_in.issue_link(tx, "owner", now=other.clock())
        assert browser.get(f"/sign-in/{token}").headers["location"] == "/"
        for path in (f"instances/{case}", f"instances/{case}/history", f"tasks/{task}"):
            assert browser.get(f"/api/v1/{path}").status_code == 404
    finally:
        other.close()
