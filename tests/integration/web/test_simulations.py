"""What-if over REST."""

from collections.abc import Callable
from pathlib import Path

import pytest

from mainspring.app import improving
from mainspring.app.house import House
from mainspring.app.loop import Loop
from mainspring.cli import improve as commands
from mainspring.engine.commands import CompleteTask
from mainspring.engine.events import SYSTEM, Actor
from mainspring.runtime import queries
from mainspring.testing.browser import Browser

SignedIn = Callable[[str], Browser]
ROWS = {"problems": [{"file": "a.csv", "line": 3, "field": "UnitPrice", "message": "no price", "row": {}}]}
PROPOSALS = "/api/v1/insight/proposals"
PATH = "/api/v1/insight/simulations"
SMALL = {"process": "unreadable_rows", "cases": 5, "replications": 2}


@pytest.fixture
def ended(house: House) -> None:
    """Twelve cases that a person has looked at."""
    for number in range(12):
        house.runtime.start("unreadable_rows", ROWS, actor=SYSTEM, business_key=f"file-{number}")
    Loop(house).once()
    answer_all(house)


def answer_all(house: House) -> None:
    """Somebody answers every open task."""
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


@pytest.mark.usefixtures("ended")
def test_a_proposal_goes_from_finding_over_draft_and_release_to_what_it_brought(
    signed_in: SignedIn, house: House
) -> None:
    owner = signed_in("owner")
    found = owner.post(PROPOSALS, json={"process": "unreadable_rows", "cases": 20, "replications": 2}).json()
    automation = next(one for one in found["items"] if one["kind"] == "automation")
    assert automation["title"]["zh"].startswith("把")
    assert automation["predicted"]["touches"]["mean"] > 0
    path = f"{PROPOSALS}/{automation['key']}"
    assert owner.post(f"{path}/release").status_code == 422  # nobody has looked at it
    assert owner.post(f"{path}/open").json()["state"] == "opened"
    assert owner.post(f"{path}/release").json()["state"] == "released"
    assert owner.post(f"{path}/measure").status_code == 422  # nothing has happened since
    for number in range(20):
        house.runtime.start("unreadable_rows", ROWS, actor=SYSTEM, business_key=f"later-{number}")
    Loop(house).once()
    answer_all(house)
    measured = owner.post(f"{path}/measure").json()
    assert measured["state"] == "measured"
    assert measured["measured"]["cases"] == 20
    assert measured["measured"]["gain"]["straight_through"] == 0


@pytest.mark.usefixtures("ended")
def test_what_to_do_together_stands_beside_sets_drawn_at_random_and_is_not_kept(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = improving.together(house, "unreadable_rows", cases=20, replications=2)
    assert found["tried"] >= 1
    assert found["chosen"]["worth"] >= max(0, found["drawn"]["worth"]) > 0  # one change: chance finds it too
    assert found["chosen"]["titles"][0]["zh"].startswith("把")
    assert improving.listed(house) == []
    commands.together(
        f"sqlite:///{tmp_path}/house.db", process="unreadable_rows", cases=20, replications=2, chinese=True
    )
    printed = capsys.readouterr().out
    assert "随机抽取" in printed
    assert f"{found['chosen']['worth']:.2f}" in printed


def test_who_may_not_deploy_opens_no_draft(signed_in: SignedIn) -> None:
    assert signed_in("sales-1").post(f"{PROPOSALS}/1/open").status_code == 403
