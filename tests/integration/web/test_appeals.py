"""Appeals: a task for somebody else than who decided, with the explanation; the answer is an act."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from sqlalchemy import insert, select

from mainspring.agents.tables import runs
from mainspring.app.house import House
from mainspring.engine.events import SYSTEM
from mainspring.govern import identity
from mainspring.govern.identity import Person
from mainspring.govern.tables import acts

Browser = Any


@pytest.fixture
def run(house: House) -> int:
    """A decision that `lead-1` reviewed, in a case that they started."""
    with house.store.write() as tx:
        for name in ("lead-1", "lead-2"):
            person = Person(name, f"Demo {name}", roles=frozenset({"process_owner", "worker"}))
            identity.add_person(tx, person, now=house.clock())
        key = house.keys()
        row = {
            "tenant_id": tx.tenant,
            "run": key,
            "at": house.clock(),
            "job": house.keys(),
            "instance": house.runtime.start("ticket", {}, actor=SYSTEM, tx=tx),
            "element": "match",
            "agent": "product_matcher",
            "version": 1,
            "skill": "match_products",
            "outcome": "done",
            "confidence": 0.97,
            "doubts": [],
            "evidence": ["same wording confirmed 14 times"],
            "steps": [],
            "draft": None,
        }
        tx.execute(insert(runs).values(**row))
    return key


def task_of(browser: Browser) -> Mapping[str, Any]:
    (task,) = [one for one in browser.get("/api/v1/tasks").json()["items"] if one["process_id"] == "appeal"]
    return dict(browser.get(f"/api/v1/tasks/{task['key']}").json())


def test_an_appeal_is_a_task_for_someone_else_with_the_explanation(
    signed_in: Callable[[str], Browser], run: int
) -> None:
    assert (
        signed_in("lead-1").post("/api/v1/appeals", json={"run": run, "text": "not this one"}).status_code
        == 201
    )
    mine = signed_in("lead-1").get("/api/v1/tasks").json()["items"]
    assert not [one for one in mine if one["process_id"] == "appeal"]
    other = signed_in("lead-2")
    instance = task_of(other)["instance"]
    values = other.get(f"/api/v1/instances/{instance}").json()["variables"]
    assert values["appeal_text"] == "not this one"
    assert "same wording confirmed 14 times" in values["evidence"]
    assert "product_matcher" in values["explanation"]


def test_the_answer_in_the_task_is_the_answer_to_the_appeal(
    signed_in: Callable[[str], Browser], run: int, house: House
) -> None:
    made = signed_in("lead-1").post("/api/v1/appeals", json={"run": run, "text": "not this one"}).json()
    other = signed_in("lead-2")
    answer = {"overturned": True, "text": "it was the other hinge"}
    done = other.post(f"/api/v1/tasks/{task_of(other)['key']}/complete", json={"answer": answer})
    assert done.status_code == 200
    (known,) = other.get("/api/v1/appeals?state=overturned").json()["items"]
    assert (known["key"], known["answered_by"]) == (made["key"], "lead-2")
    with house.store.read() as tx:
        done = tx.all(select(acts.c.act).where(acts.c.tenant_id == tx.tenant))
    assert [row.act for row in done].count("appeal_answered") == 1


def test_an_answer_over_the_interface_ends_the_task(signed_in: Callable[[str], Browser], run: int) -> None:
    made = signed_in("lead-1").post("/api/v1/appeals", json={"run": run, "text": "not this one"}).json()
    other = signed_in("lead-2")
    said = {"overturned": False, "text": "it stands"}
    assert other.post(f"/api/v1/appeals/{made['key']}/answer", json=said).json()["state"] == "upheld"
    assert not [one for one in other.get("/api/v1/tasks").json()["items"] if one["process_id"] == "appeal"]


def test_an_answer_without_a_reason_is_refused_and_the_task_stays(
    signed_in: Callable[[str], Browser], run: int
) -> None:
    signed_in("lead-1").post("/api/v1/appeals", json={"run": run, "text": "not this one"})
    other = signed_in("lead-2")
    task = task_of(other)["key"]
    assert other.post(
        f"/api/v1/tasks/{task}/complete", json={"answer": {"overturned": True}}
    ).status_code in {409, 422}
    assert task_of(other)["key"] == task


def test_a_case_shows_what_was_decided_in_it_and_what_became_of_the_appeal(
    signed_in: Callable[[str], Browser], run: int, house: House
) -> None:
    with house.store.read() as tx:
        case = tx.scalar(select(runs.c.instance).where(runs.c.tenant_id == tx.tenant, runs.c.run == run))
    mine, other = signed_in("lead-1"), signed_in("lead-2")

    def decided() -> dict[str, Any]:
        (found,) = mine.get(f"/api/v1/instances/{case}/decisions").json()["items"]
        return dict(found)

    assert decided() | {"run": str(run), "alone": True, "appeal": None} == decided()
    made = mine.post("/api/v1/appeals", json={"run": run, "text": "not this one"}).json()
    assert decided()["appeal"] == "open"
    other.post(f"/api/v1/appeals/{made['key']}/answer", json={"overturned": True, "text": "the other hinge"})
    assert (decided()["appeal"], decided()["answer"]) == ("overturned", "the other hinge")
