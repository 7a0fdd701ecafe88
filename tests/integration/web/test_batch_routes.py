"""Operations on many cases over HTTP: portions, refusals by the policies, deletion."""

from collections.abc import Callable

import pytest

from mainspring.app.house import House
from mainspring.engine.events import SYSTEM
from mainspring.testing.browser import Browser

SignedIn = Callable[[str], Browser]
ROWS = {"problems": [{"file": "a.csv", "line": 3, "field": "UnitPrice", "message": "no price", "row": {}}]}


@pytest.fixture
def cases(house: House) -> list[str]:
    return [
        str(house.runtime.start("unreadable_rows", ROWS, actor=SYSTEM, business_key=f"{number}.csv"))
        for number in range(3)
    ]


def test_an_owner_cancels_many_cases_in_portions(signed_in: SignedIn, cases: list[str]) -> None:
    browser = signed_in("owner")
    chosen = {"process_id": "unreadable_rows"}
    first = browser.post("/api/v1/instances/cancel?limit=2", json=chosen).json()
    assert (first["total"], first["done"], first["refused"], first["next"]) == (3, 2, 0, cases[1])
    rest = browser.post(f"/api/v1/instances/cancel?limit=2&after={first['next']}", json=chosen).json()
    assert [one["key"] for one in rest["items"]] == cases[2:]
    assert rest["next"] is None


def test_who_may_not_cancel_is_told_so_for_each_case(signed_in: SignedIn, cases: list[str]) -> None:
    answer = signed_in("sales-1").post("/api/v1/instances/cancel", json={"keys": cases})
    assert answer.status_code == 200
    assert [one["done"] for one in answer.json()["items"]] == [False] * 3
    assert all("may not cancel" in one["why"] for one in answer.json()["items"])


def test_a_case_that_goes_on_is_not_deleted_and_one_that_ended_is(
    signed_in: SignedIn, cases: list[str]
) -> None:
    browser = signed_in("owner")
    assert browser.request("DELETE", f"/api/v1/instances/{cases[0]}").status_code == 409
    browser.post("/api/v1/instances/cancel", json={"keys": cases[:1]})
    assert browser.request("DELETE", f"/api/v1/instances/{cases[0]}").json() == {
        "key": cases[0],
        "deleted": True,
    }
    assert browser.get(f"/api/v1/instances/{cases[0]}").status_code == 404


def test_incidents_that_do_not_fit_are_left_alone(signed_in: SignedIn, cases: list[str]) -> None:
    answer = signed_in("owner").post("/api/v1/incidents/retry", json={"element": "nowhere", "retries": 2})
    assert answer.json() == {"total": 0, "done": 0, "refused": 0, "items": [], "next": None}


def test_an_unknown_field_of_the_filter_is_refused(signed_in: SignedIn, cases: list[str]) -> None:
    assert signed_in("owner").post("/api/v1/instances/cancel", json={"proces": "x"}).status_code == 422
