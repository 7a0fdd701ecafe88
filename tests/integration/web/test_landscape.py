"""The battle map: figures at each place of the architecture, each case once; sums for whom they are open."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from mainspring.app.house import House
from mainspring.app.loop import Loop
from mainspring.app.planning import put_plan
from mainspring.engine.events import SYSTEM
from mainspring.govern import identity
from mainspring.insight.plan import Landscape, Node
from mainspring.testing import drawing
from mainspring.testing.browser import Browser

SignedIn = Callable[[str], Browser]
PATH = "/api/v1/landscape"
ROWS = {"problems": [{"file": "a.csv", "line": 3, "field": "UnitPrice", "message": "no price", "row": {}}]}
HELD = {"stage": "invoiced", "currency": "EUR", "count": 1, "amount": 22, "late": 0}


@pytest.fixture
def started(house: House) -> None:
    """Three cases that wait for people, two of them with money at stake."""
    for name, amount in (("one", {"total": "120.50"}), ("two", {"total": "9.50"}), ("three", {})):
        values = {**ROWS, **amount, "currency": "EUR"}
        house.runtime.start("unreadable_rows", values, actor=SYSTEM, business_key=name)
    Loop(house).once()


def put(house: House, *rows: Node) -> None:
    """Put a landscape of these rows in force."""
    with house.store.read() as tx:
        owner = identity.principal(tx, "owner")
    put_plan(house, Landscape(nodes=rows), owner)


def place(found: Any, name: str) -> Any:
    """The place of that name."""
    return next(one for one in found["places"] if one["name"].startswith(name))


def test_who_may_not_measure_sees_the_places_but_no_sums(
    signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mainspring.web.routes.live.money_in_flight", lambda *_: [HELD])
    assert signed_in("owner").get(PATH).json()["money"] == [HELD]
    seen = signed_in("sales-1").get(PATH).json()
    assert seen["money"] == []
    assert seen["places"]


def test_the_landscape_that_ships_is_complete(signed_in: SignedIn) -> None:
    found = signed_in("owner").get(PATH).json()
    assert found["plan"] == 0
    assert place(found, "Sell")["level"] == 1
    assert place(found, "Price the lines")["activity"] == "price_lines"
    apart = next(number for number, one in enumerate(found["places"]) if one["level"] == 0)
    assert {"ticket", "credit_note"} <= {one["process"] for one in found["places"] if one["parent"] == apart}


@pytest.mark.usefixtures("started")
def test_a_case_is_counted_where_it_stands_and_once_in_everything_above(
    house: House, signed_in: SignedIn
) -> None:
    here = Node(l1="Data", process="unreadable_rows", activity="look_at_rows")
    put(
        house,
        here.model_copy(update={"l3": "Rows", "l5": "Look"}),
        here.model_copy(update={"l3": "Again", "l5": "Look too"}),
    )
    found = signed_in("owner").get(PATH).json()
    for name in ("Data", "Rows", "Look", "Again", "Look too"):
        one = place(found, name)
        assert (one["running"], one["waiting"], one["late"], one["incidents"]) == (3, 3, 0, 0)
        assert one["money"] == [{"currency": "EUR", "amount": 130.0}]
        assert one["waiting_for"][0]["count"] == 3
    assert place(signed_in("sales-1").get(PATH).json(), "Look")["money"] == []


def test_a_task_is_late_once_its_due_date_has_passed(house: House, signed_in: SignedIn) -> None:
    asked = drawing.user("answer", groups="sales").replace(
        "</extensionElements>", '<zeebe:taskSchedule dueDate="=due"/></extensionElements>'
    )
    house.runtime.deploy({"due.bpmn": drawing.sequence("due", asked)}, SYSTEM)
    put(house, Node(l1="Due", l3="Due", l5="Answer", process="due", activity="answer"))
    now = house.clock()
    for due in (now - timedelta(days=1), now + timedelta(days=1)):
        house.runtime.start("due", {"due": due.isoformat()}, actor=SYSTEM)
    one = place(signed_in("owner").get(PATH).json(), "Answer")
    assert (one["waiting"], one["late"]) == (2, 1)
    assert one["waiting_for"] == [{"group": "sales", "count": 2, "late": 1}]


@pytest.mark.usefixtures("started")
def test_cases_that_stand_at_an_activity_are_found_there(signed_in: SignedIn) -> None:
    browser = signed_in("owner")

    def total(element: str) -> int:
        path = f"/api/v1/lists/cases?process_id=unreadable_rows&element={element}"
        return int(browser.get(path).json()["total"])

    assert (total("look_at_rows"), total("elsewhere")) == (3, 0)
