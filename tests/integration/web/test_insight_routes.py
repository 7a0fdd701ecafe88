"""Insight over REST: figures and the cases behind them agree, mining answers, and who may not is told."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from mainspring.app.house import House
from mainspring.app.loop import Loop
from mainspring.engine.commands import CompleteTask
from mainspring.engine.events import SYSTEM, Actor
from mainspring.runtime import queries
from mainspring.testing.browser import Browser

SignedIn = Callable[[str], Browser]
ROWS = {"problems": [{"file": "a.csv", "line": 3, "field": "UnitPrice", "message": "no price", "row": {}}]}
INSIGHT = "/api/v1/insight"
PROCESS = "unreadable_rows"
CASES, LEFT = 24, 3


@pytest.fixture
def worked(house: House) -> None:
    """Cases that a person has looked at, and some that still wait; of two customers."""
    for number in range(CASES):
        given = ROWS | {"customer_id": f"C{number % 2}", "channel": "mail" if number % 2 else "portal"}
        house.runtime.start(PROCESS, given, actor=SYSTEM, business_key=f"file-{number}")
    Loop(house).once()
    with house.store.read() as tx:
        tasks = queries.tasks(tx, limit=100)
    for task in tasks[LEFT:]:
        house.runtime.execute(CompleteTask(task.key, {}, "completed"), actor=Actor("person", "owner"))


def asked(browser: Browser, path: str, **query: Any) -> Any:
    words = "&".join(f"{name}={value}" for name, value in ({"process": PROCESS} | query).items())
    answer = browser.get(f"{INSIGHT}/{path}?{words}")
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.usefixtures("worked")
def test_every_figure_of_the_overview_leads_to_as_many_cases(signed_in: SignedIn) -> None:
    owner = signed_in("owner")
    found = asked(owner, "overview")
    assert found["whole"]["cases"] == asked(owner, "cases")["total"] == CASES
    assert found["whole"]["completed"] == asked(owner, "cases", having="ended")["total"] == CASES - LEFT
    assert asked(owner, "cases", having="running")["total"] == LEFT
    for one in found["over_time"]:
        assert one["cases"] == asked(owner, "cases", began=one["began"][:10])["total"]
    for one in found["by_customer"]:
        assert one["cases"] == asked(owner, "cases", customer=one["name"])["total"] == CASES / 2
    (person,) = [one for one in found["by_person"] if one["kind"] == "person"]
    assert person["cases"] == asked(owner, "cases", person=person["id"])["total"] == CASES - LEFT
    for team in found["by_team"]:
        assert team["cases"] == asked(owner, "cases", team=team["id"])["total"]
    (node,) = found["by_node"]
    touched = asked(owner, "cases", node=node["id"], having="touched", count=5)
    assert (touched["total"], len(touched["items"])) == (node["touched"], 5)
    assert found["whole"]["sla"] is None  # nothing was due


@pytest.mark.usefixtures("worked")
def test_the_map_the_variants_and_the_waiting_are_of_what_was_done(signed_in: SignedIn) -> None:
    owner = signed_in("owner")
    ways = asked(owner, "map")
    assert ways["activities"][0]["times"] == CASES - LEFT
    assert {(one["before"], one["after"]) for one in ways["paths"]} == {
        (None, "look_at_rows"),
        ("look_at_rows", None),
    }
    (variant,) = asked(owner, "variants")["items"]
    assert variant["cases"] == asked(owner, "cases", variant=variant["digest"])["total"]
    assert asked(owner, "waiting")["steps"] == []
    hands = asked(owner, "hands")
    assert (hands["rework"], hands["handovers"]) == ([], [])


@pytest.mark.usefixtures("worked")
def test_cases_fit_the_model_that_ran_them(signed_in: SignedIn) -> None:
    found = asked(signed_in("owner"), "conformance")
    assert (found["fitness"], found["fitting"], found["reasons"]) == (1, 1, [])
    missing = signed_in("owner").get(f"{INSIGHT}/conformance?process={PROCESS}&version=9")
    assert missing.status_code == 404


@pytest.mark.usefixtures("worked")
def test_differences_are_looked_for_only_where_there_are_two_groups(signed_in: SignedIn) -> None:
    found = signed_in("owner").get(f"{INSIGHT}/differences?process={PROCESS}&group=untouched")
    assert found.status_code == 422
    assert "all cases are in that group, or none" in found.json()["message"]


@pytest.mark.usefixtures("worked")
def test_a_month_says_what_was_done_and_what_is_not_there_yet(signed_in: SignedIn, house: House) -> None:
    owner = signed_in("owner")
    found = asked(owner, "month")
    assert found["cases_ended"] == found["work"]["with_people"] == CASES - LEFT
    assert (found["work"]["alone"], found["employees"], found["best"]) == (0, [], [])
    assert found["work"]["hours_of_people"] == 5.25  # 21 tasks of 15 minutes
    (closed,) = found["months"]
    behind = f"{INSIGHT}/cases?closed={closed[:10]}&having="
    assert owner.get(behind + "touched").json()["total"] == CASES - LEFT
    assert owner.get(behind + "untouched").json()["total"] == found["straight"] == 0
    before = (house.clock().replace(day=1) - timedelta(days=1)).strftime("%Y-%m-01")
    assert asked(owner, "month", month=before)["cases_ended"] == 0
    assert owner.get(f"{INSIGHT}/month?month=May").status_code == 422


def test_an_empty_house_has_an_empty_overview_and_nothing_to_mine(signed_in: SignedIn) -> None:
    owner = signed_in("owner")
    found = asked(owner, "overview")
    assert (found["looked_at"], found["processes"], found["over_time"]) == (0, [], [])
    assert owner.get(f"{INSIGHT}/map?process={PROCESS}").status_code == 422


def test_who_may_not_measure_sees_no_figure(signed_in: SignedIn) -> None:
    worker = signed_in("sales-1")
    for path in (
        "overview",
        "cases",
        "month",
        "map",
        "variants",
        "waiting",
        "hands",
        "differences",
        "conformance",
    ):
        assert worker.get(f"{INSIGHT}/{path}").status_code == 403
