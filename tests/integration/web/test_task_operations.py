"""People's operations over HTTP: told, permitted, done, refused with the reason."""

from collections.abc import Callable

import pytest

from mainspring.app.house import House
from mainspring.engine.events import Actor
from mainspring.testing.browser import Browser
from mainspring.testing.drawings import Drawing

SignedIn = Callable[[str], Browser]
OWNER = Actor("person", "owner")


@pytest.fixture
def case(house: House) -> str:
    """A request that sales-1 began: sales-1 asks, sales-2 checks, two managers sign."""
    drawing = Drawing("request")
    drawing.user("ask", "sales-1")
    drawing.user("check", "sales-2")
    managers = '=["finance-manager-1", "finance-manager-2"]'
    drawing.user("sign", sign__mode="all", sign__approvers=managers)
    house.runtime.deploy({"request.bpmn": drawing.line("ask", "check", "sign").xml()}, OWNER)
    return str(house.runtime.start("request", {}, actor=Actor("person", "sales-1")))


def mine(browser: Browser) -> str:
    [task] = [one for one in browser.get("/api/v1/tasks").json()["items"] if one["process_id"] == "request"]
    return str(task["key"])


def test_a_case_goes_back_and_forth_among_people(signed_in: SignedIn, case: str) -> None:
    first, second = signed_in("sales-1"), signed_in("sales-2")
    assert first.post(f"/api/v1/tasks/{mine(first)}/complete").status_code == 200
    told = second.get(f"/api/v1/tasks/{mine(second)}/options").json()
    assert [one["element"] for one in told["destinations"]] == ["ask"]
    assert {one["operation"]: one["possible"] for one in told["operations"]}["return"]
    back = second.post(f"/api/v1/tasks/{mine(second)}/return", json={"mode": "back", "reason": "why?"})
    assert back.json()["events"][0] == "TaskReturned"
    assert first.post(f"/api/v1/tasks/{mine(first)}/complete").status_code == 200
    draft = second.post(f"/api/v1/tasks/{mine(second)}/draft", json={"draft": {"a": 1}})
    assert draft.status_code == 200
    assert second.post(f"/api/v1/tasks/{mine(second)}/delegate", json={"to": "sales-1"}).status_code == 200
    assert first.post(f"/api/v1/tasks/{mine(first)}/complete").status_code == 200
    assert second.post(f"/api/v1/tasks/{mine(second)}/complete").status_code == 200
    manager = signed_in("finance-manager-1")
    people = {"people": ["finance-1"], "place": "after"}
    assert manager.post(f"/api/v1/tasks/{mine(manager)}/signers", json=people).status_code == 200
    gone = manager.post(f"/api/v1/tasks/{mine(manager)}/signers/remove", json={"people": ["finance-1"]})
    assert gone.status_code == 200
    manager.post(f"/api/v1/tasks/{mine(manager)}/complete", json={"outcome": "approved"})
    signers = signed_in("owner").get(f"/api/v1/instances/{case}/signers").json()["items"]
    assert [one["outcome"] for one in signers] == ["approved", None]


def test_a_refusal_says_why_and_how_to_mend_it(signed_in: SignedIn, case: str) -> None:
    browser = signed_in("sales-1")
    answer = browser.post(f"/api/v1/tasks/{mine(browser)}/return", json={})
    assert answer.status_code == 409
    assert "nobody has done a step" in answer.json()["message"]
    assert answer.json()["mend"]
    assert browser.post(f"/api/v1/instances/{case}/withdraw").status_code == 409


def test_what_the_policies_do_not_permit_is_denied(signed_in: SignedIn, case: str) -> None:
    task = mine(signed_in("sales-1"))
    other = signed_in("sales-2")
    for path in (f"tasks/{task}/return", f"tasks/{task}/remind", f"instances/{case}/revoke"):
        assert other.post(f"/api/v1/{path}").status_code == 403, path
    for path in (f"tasks/{task}/transfer", f"tasks/{task}/delegate"):
        assert other.post(f"/api/v1/{path}", json={"to": "sales-2"}).status_code == 403, path
    for path in ("reopen", "suspend", "resume"):
        assert other.post(f"/api/v1/instances/{case}/{path}").status_code == 403, path
    assert other.post(f"/api/v1/instances/{case}/jump", json={"source": "1", "to": "ask"}).status_code == 403


def test_work_is_not_given_to_a_name_that_nobody_has(signed_in: SignedIn, case: str) -> None:
    del case
    browser = signed_in("sales-1")
    answer = browser.post(f"/api/v1/tasks/{mine(browser)}/transfer", json={"to": "nobody"})
    assert answer.status_code in {401, 404, 422}
    assert mine(browser)


def test_the_initiator_reminds_copies_and_revokes_and_an_owner_reopens(
    signed_in: SignedIn, case: str
) -> None:
    browser, owner = signed_in("sales-1"), signed_in("owner")
    assert browser.post(f"/api/v1/tasks/{mine(browser)}/remind", json={"note": "now"}).status_code == 200
    copied = browser.post(f"/api/v1/instances/{case}/copies", json={"people": ["owner"], "note": "look"})
    assert copied.status_code == 200
    [copy] = owner.get("/api/v1/copies").json()["items"]
    assert (copy["instance"], copy["note"]) == (case, "look")
    assert owner.post(f"/api/v1/instances/{case}/copies/read").status_code == 200
    assert owner.get("/api/v1/copies").json()["items"] == []
    assert browser.post(f"/api/v1/instances/{case}/revoke", json={"reason": "no"}).status_code == 200
    assert owner.post(f"/api/v1/instances/{case}/reopen", json={"at": "check"}).status_code == 200
    second = signed_in("sales-2")
    assert browser.post("/api/v1/hand-over", json={"person": "sales-2", "to": "sales-1"}).status_code == 403
    over = owner.post("/api/v1/hand-over", json={"person": "sales-2", "to": "sales-1"})
    assert over.json() == {"done": [case], "refused": {}}
    assert second.get("/api/v1/tasks").json()["items"] == []


def test_a_running_case_is_changed_by_its_owner(signed_in: SignedIn, house: House, case: str) -> None:
    owner, browser = signed_in("owner"), signed_in("sales-1")
    task = mine(browser)
    assert owner.post(f"/api/v1/instances/{case}/suspend").status_code == 200
    assert browser.post(f"/api/v1/tasks/{task}/complete").status_code == 409
    assert owner.post(f"/api/v1/instances/{case}/resume").status_code == 200
    set_ = owner.post(f"/api/v1/instances/{case}/variables", json={"variables": {"a": 1}})
    assert set_.status_code == 200
    changes = {"priority": 80, "due": "2027-01-01T00:00:00Z", "candidate_users": ["sales-2"]}
    assert owner.post(f"/api/v1/tasks/{task}/update", json=changes).status_code == 200
    shown = browser.get(f"/api/v1/tasks/{task}").json()
    assert (shown["priority"], shown["due"][:10]) == (80, "2027-01-01")
    assert browser.post(f"/api/v1/tasks/{task}/unclaim").status_code == 200
    assert owner.post(f"/api/v1/tasks/{task}/assign", json={"assignee": "sales-1"}).status_code == 200
    source = browser.get(f"/api/v1/tasks/{task}").json()["element_key"]
    jumped = owner.post(f"/api/v1/instances/{case}/jump", json={"source": source, "to": "check"})
    assert jumped.status_code == 200
    drawing = Drawing("request")
    drawing.user("check2", "sales-2")
    house.runtime.deploy({"request.bpmn": drawing.line("check2").xml()}, OWNER)
    moved = {"version": 2, "elements": {"check": "check2"}}
    assert owner.post(f"/api/v1/instances/{case}/migrate", json=moved).status_code == 200
    modified = {"activate": [{"element": "check2"}]}
    assert owner.post(f"/api/v1/instances/{case}/modify", json=modified).status_code == 200
