"""Digital employees over REST: seen by those who work, released and stopped by those who answer for them."""

from collections.abc import Callable
from typing import Any

from mainspring.app.house import House
from mainspring.testing.browser import Browser

ENTER = Callable[[str], Browser]
CLERK = "/api/v1/employees/order_clerk"


def next_version(owner: Browser, **changes: Any) -> dict[str, Any]:
    made: dict[str, Any] = owner.get(f"{CLERK}/next-version").json()["definition"]
    return {**made, **changes}


def test_everyone_who_works_sees_the_team_and_nobody_else(signed_in: ENTER, stranger: Browser) -> None:
    listed = signed_in("sales-1").get("/api/v1/employees").json()["items"]
    assert {one["id"] for one in listed} >= {"order_clerk", "bookkeeper"}
    assert listed[0]["week"]["score"] is None
    assert stranger.get("/api/v1/employees").status_code == 401
    assert signed_in("sales-1").get("/api/v1/employees/nobody").status_code == 404


def test_an_employee_is_shown_with_duties_promises_and_history(signed_in: ENTER) -> None:
    shown = signed_in("sales-1").get(CLERK).json()
    assert {duty["activity"]: duty["name"] for duty in shown["duties"]}[
        "lead-to-cash:write-quote"
    ] != "lead-to-cash:write-quote"
    assert [one["state"] for one in shown["promises"]] == ["by_hand"]
    assert len(shown["days"]) == 7
    assert shown["history"] == []


def test_a_worker_neither_stops_nor_teaches_nor_releases(signed_in: ENTER) -> None:
    worker = signed_in("sales-1")
    for step in ("stop", "resume", "rollback"):
        assert worker.post(f"{CLERK}/{step}", json={}).status_code == 403
    assert worker.post(f"{CLERK}/release", json={"stage": "full"}).status_code == 403
    assert worker.post(f"{CLERK}/suggestions/none", json={"accepted": True}).status_code == 403


def test_one_request_stops_an_employee_and_one_lets_it_work_again(signed_in: ENTER, house: House) -> None:
    owner = signed_in("owner")
    assert owner.post(f"{CLERK}/stop", json={"reason": "odd quotes"}).json()["stopped"]
    with house.store.read() as tx:
        assert house.roster.post(tx, "order_clerk").stopped
    shown = owner.post(f"{CLERK}/resume", json={}).json()
    assert not shown["stopped"]
    assert [step["reason"] for step in shown["history"]] == ["odd quotes", ""]


def test_a_version_goes_step_by_step_and_is_taken_back(signed_in: ENTER) -> None:
    owner = signed_in("owner")
    version = next_version(owner, instructions="Write the quote, politely.")
    skipped = owner.post(f"{CLERK}/release", json={"definition": version, "stage": "full"})
    assert skipped.status_code == 409
    shadow = owner.post(f"{CLERK}/release", json={"definition": version, "stage": "shadow"}).json()
    assert (shadow["employee"]["candidate"], shadow["employee"]["stage"]) == (2, "shadow")
    assert shadow["compared"]["cases"] == 0
    share = owner.post(f"{CLERK}/release", json={"stage": "share", "share": 0.2}).json()
    assert (share["employee"]["share"], share["compared"]) == (0.2, None)
    full = owner.post(f"{CLERK}/release", json={"stage": "full"}).json()
    assert full["employee"]["version"] == 2
    assert owner.post(f"{CLERK}/rollback", json={}).json()["version"] == 1


def test_a_new_promise_stands_at_its_beginning(signed_in: ENTER) -> None:
    owner = signed_in("owner")
    version = next_version(owner)
    version["duties"]["lead-to-cash:write-quote"]["risk_target"] = "0.05"
    for stage in ("shadow", "full"):
        owner.post(f"{CLERK}/release", json={"definition": version, "stage": stage})
    (promise,) = owner.get(CLERK).json()["promises"]
    assert (promise["state"], promise["target"], promise["series"]) == ("learning", 0.05, [])
    assert "0 cases were reviewed" in promise["says"]["en"]


def test_a_definition_that_does_not_fit_the_house_is_refused_with_the_place(signed_in: ENTER) -> None:
    owner = signed_in("owner")
    version = next_version(owner)
    version["duties"]["lead-to-cash:write-quote"]["skill"] = "juggle"
    answer = owner.post(f"{CLERK}/evaluate", json={"definition": version})
    assert (answer.status_code, answer.json()["where"]) == (422, "lead-to-cash:write-quote")
    unfit = owner.post(f"{CLERK}/evaluate", json={"definition": {"title": 1}})
    assert unfit.status_code == 422


def test_what_it_learned_is_empty_at_first_and_an_unknown_suggestion_is_refused(signed_in: ENTER) -> None:
    owner = signed_in("owner")
    learned = owner.get(f"{CLERK}/learned").json()
    assert learned["rules"] == learned["proposals"] == []
    assert owner.post(f"{CLERK}/suggestions/none", json={"accepted": True}).status_code == 409
    assert owner.post(f"{CLERK}/corrections/17/withdraw", json={}).status_code == 409


def test_a_definition_is_edited_as_text_and_each_fault_is_found_at_its_line(signed_in: ENTER) -> None:
    owner = signed_in("owner")
    first = owner.get(f"{CLERK}/next-version").json()
    assert first["findings"] == []
    wrong = (
        first["text"].replace("alone_from: 0.9", "alone_from: 0.9\n    model: nobody") + "output: {type: 3}\n"
    )
    found = owner.post(f"{CLERK}/definition", json={"text": wrong}).json()
    lines = wrong.splitlines()
    assert [one["field"] for one in found["findings"]] == ["duties.lead-to-cash:write-quote.model", "output"]
    assert ["model" in lines[one["line"] - 1] for one in found["findings"]] == [True, False]
    assert found["definition"]["output"] == {"type": 3}
    back = owner.post(f"{CLERK}/definition", json={"definition": first["definition"]}).json()
    assert back["text"] == first["text"]


def test_a_text_that_says_no_definition_has_findings_and_no_fields(signed_in: ENTER) -> None:
    owner = signed_in("owner")
    for text in ("", "title: [", "id: order_clerk"):
        found = owner.post(f"{CLERK}/definition", json={"text": text}).json()
        assert found["definition"] is None
        assert found["findings"]
    assert owner.post(f"{CLERK}/definition", json={}).status_code == 422
    other = owner.get("/api/v1/employees/bookkeeper/next-version").json()["text"]
    (mixed,) = owner.post(f"{CLERK}/definition", json={"text": other}).json()["findings"]
    assert mixed["field"] == "id"
    assert signed_in("sales-1").post(f"{CLERK}/definition", json={"text": ""}).status_code == 403
