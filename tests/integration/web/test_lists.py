"""Windows of long lists: order, filters, whole counts, and nothing that the asker may not see."""

from collections.abc import Callable

import pytest

from mainspring.app.house import House
from mainspring.app.loop import Loop
from mainspring.engine.events import SYSTEM
from mainspring.testing.browser import Browser

SignedIn = Callable[[str], Browser]
ROWS = {"problems": [{"file": "a.csv", "line": 3, "field": "UnitPrice", "message": "no price", "row": {}}]}
FILES = [f"file-{number}.csv" for number in range(5)]


@pytest.fixture
def started(house: House) -> None:
    """Five cases, each with a task that asks the sales group."""
    for name in FILES:
        house.runtime.start("unreadable_rows", ROWS, actor=SYSTEM, business_key=name)
    Loop(house).once()


@pytest.mark.usefixtures("started")
def test_a_window_of_tasks_knows_the_whole_count(signed_in: SignedIn) -> None:
    found = signed_in("sales-1").get("/api/v1/lists/tasks?first=1&count=2").json()
    assert [one["case"] for one in found["items"]] == FILES[1:3]
    assert found["total"] == 5


@pytest.mark.usefixtures("started")
def test_words_look_in_the_number_of_the_case_without_regard_to_capitals(signed_in: SignedIn) -> None:
    browser = signed_in("sales-1")
    assert browser.get("/api/v1/lists/tasks?words=FILE-3").json()["total"] == 1
    assert browser.get("/api/v1/lists/tasks?words=%25").json()["total"] == 0


@pytest.mark.usefixtures("started")
def test_the_newest_case_stands_first(signed_in: SignedIn) -> None:
    found = signed_in("owner").get("/api/v1/lists/cases?count=2").json()
    assert [one["business_key"] for one in found["items"]] == FILES[:-3:-1]
    assert found["total"] == 5


@pytest.mark.usefixtures("started")
def test_cases_are_filtered_by_process_state_and_number(signed_in: SignedIn) -> None:
    browser = signed_in("owner")

    def total(query: str) -> int:
        return int(browser.get(f"/api/v1/lists/cases?{query}").json()["total"])

    assert total("process_id=unreadable_rows&state=active") == 5
    assert total("state=completed") == 0
    assert total("process_id=lead_to_cash") == 0
    assert total("words=e-4") == 1


@pytest.mark.usefixtures("started")
def test_queues_count_by_kind(signed_in: SignedIn) -> None:
    counted = signed_in("sales-1").get("/api/v1/lists/queues").json()
    assert counted["all"] == 5
    assert counted["task"] + counted["review"] + counted["approval"] == 5
    assert counted["late"] == 0


@pytest.mark.usefixtures("started")
def test_what_does_not_wait_for_me_is_not_mine(signed_in: SignedIn) -> None:
    assert signed_in("finance-1").get("/api/v1/lists/tasks").json() == {"items": [], "total": 0}


def test_what_i_keep_is_mine_alone_and_can_be_taken_away(signed_in: SignedIn) -> None:
    mine, other = signed_in("sales-1"), signed_in("sales-2")
    kept = mine.request("PUT", "/api/v1/me/preferences/inbox.filters", json={"value": [{"name": "bolts"}]})
    assert kept.json()["values"] == {"inbox.filters": [{"name": "bolts"}]}
    assert other.get("/api/v1/me/preferences").json() == {"values": {}}
    mine.request("PUT", "/api/v1/me/preferences/inbox.filters", json={"value": None})
    assert mine.get("/api/v1/me/preferences").json() == {"values": {}}


def test_too_much_is_not_kept(signed_in: SignedIn) -> None:
    answer = signed_in("sales-1").request("PUT", "/api/v1/me/preferences/a", json={"value": "x" * 30_000})
    assert answer.status_code == 422
    assert "20,000 bytes" in answer.json()["message"]


def test_a_row_says_for_whom_it_is_and_how_much_money_is_at_stake(signed_in: SignedIn, house: House) -> None:
    deal = {"customer_name": "Demo Hinges", "total": 4320, "currency": "EUR"}
    house.runtime.start("unreadable_rows", ROWS | deal, actor=SYSTEM, business_key="b.csv")
    Loop(house).once()
    [row] = signed_in("sales-1").get("/api/v1/lists/tasks").json()["items"]
    assert (row["who"], row["amount"], row["currency"]) == ("Demo Hinges", 4320, "EUR")


@pytest.mark.usefixtures("started")
def test_a_row_of_a_case_without_money_says_nothing_of_it(signed_in: SignedIn) -> None:
    row = signed_in("sales-1").get("/api/v1/lists/tasks").json()["items"][0]
    assert (row["who"], row["amount"], row["currency"]) == (None, None, None)
