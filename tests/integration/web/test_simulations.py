"""What-if over REST."""

from collections.abc import Callable

import pytest

from mainspring.app.house import House
from mainspring.app.loop import Loop
from mainspring.engine.commands import CompleteTask
from mainspring.engine.events import SYSTEM, Actor
from mainspring.runtime import queries
from mainspring.testing.browser import Browser

SignedIn = Callable[[str], Browser]
ROWS = {"problems": [{"file": "a.csv", "line": 3, "field": "UnitPrice", "message": "no price", "row": {}}]}
PATH = "/api/v1/insight/simulations"
SMALL = {"process": "unreadable_rows", "cases": 5, "replications": 2}


@pytest.fixture
def ended(house: House) -> None:
    """Twelve cases that a person has looked at."""
    for number in range(12):
        house.runtime.start("unreadable_rows", ROWS, actor=SYSTEM, business_key=f"file-{number}")
    Loop(house).once()
    with house.store.read() as tx:
        tasks = queries.tasks(tx, limit=100)
    for task in tasks:
        house.runtime.execute(CompleteTask(task.key, {}, "completed"), actor=Actor("person", "owner"))


@pytest.mark.usefixtures("ended")
def test_a_change_is_simulated_beside_the_process_as_it_is(signed_in: SignedIn) -> None:
    body = SMALL | {"automate": {"look_at_rows": {"coverage": 1.0}}}
    found = signed_in("owner").post(PATH, json=body).json()
    assert found["before"]["measures"]["touches"]["mean"] == 1
    assert found["after"]["measures"]["touches"]["mean"] == 0
    assert found["gain"]["touches"]["mean"] == 1


@pytest.mark.usefixtures("ended")
def test_an_unknown_activity_is_told_and_too_many_cases_are_refused(signed_in: SignedIn) -> None:
    owner = signed_in("owner")
    refused = owner.post(PATH, json=SMALL | {"automate": {"sing": {"coverage": 1.0}}})
    assert refused.status_code == 400
    assert "sing" in refused.json()["message"]
    assert owner.post(PATH, json=SMALL | {"cases": 2_000, "replications": 30}).status_code == 422
