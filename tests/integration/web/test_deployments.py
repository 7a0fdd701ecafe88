"""Models over HTTP: checked, tried out, deployed by those who may; refused with findings at elements."""

from collections.abc import Callable

import pytest

from mainspring.app.house import House
from mainspring.app.people import DEMO_PEOPLE
from mainspring.govern import identity
from mainspring.runtime import queries
from mainspring.testing.browser import Browser

HEAD = """<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  id="d" targetNamespace="urn:t"><bpmn:process id="tea" isExecutable="true"><bpmn:startEvent id="s"/>"""
TAIL = "</bpmn:process></bpmn:definitions>"
TEA = f"""{HEAD}
  <bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="boil"/>
  <bpmn:serviceTask id="boil"><bpmn:extensionElements>
    <zeebe:taskDefinition type="kettle"/></bpmn:extensionElements></bpmn:serviceTask>
  <bpmn:sequenceFlow id="f2" sourceRef="boil" targetRef="steep"/>
  <bpmn:intermediateCatchEvent id="steep"><bpmn:timerEventDefinition id="t">
    <bpmn:timeDuration xsi:type="bpmn:tFormalExpression">P40D</bpmn:timeDuration>
  </bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>
  <bpmn:sequenceFlow id="f3" sourceRef="steep" targetRef="taste"/>
  <bpmn:userTask id="taste"><bpmn:extensionElements><zeebe:userTask/></bpmn:extensionElements></bpmn:userTask>
  <bpmn:sequenceFlow id="f4" sourceRef="taste" targetRef="e"/><bpmn:endEvent id="e"/>{TAIL}"""
ENDLESS = f"""{HEAD}
  <bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="again"/>
  <bpmn:serviceTask id="again"><bpmn:extensionElements><zeebe:taskDefinition type="x"/>
    </bpmn:extensionElements></bpmn:serviceTask>
  <bpmn:sequenceFlow id="f2" sourceRef="again" targetRef="enough"/>
  <bpmn:exclusiveGateway id="enough" default="f3"/>
  <bpmn:sequenceFlow id="f3" sourceRef="enough" targetRef="again"/>
  <bpmn:sequenceFlow id="f4" sourceRef="enough" targetRef="e">
    <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">=tired = true</bpmn:conditionExpression>
  </bpmn:sequenceFlow><bpmn:endEvent id="e"/>{TAIL}"""
LOOSE = f"""{HEAD}<bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="boil"/>
  <bpmn:serviceTask id="boil"/>{TAIL}"""


def files(text: str, name: str = "tea.bpmn") -> dict[str, object]:
    return {"files": [{"name": name, "text": text}]}


@pytest.fixture
def owner(signed_in: Callable[[str], Browser]) -> Browser:
    return signed_in("owner")


def deployed(house: House) -> list[int]:
    with house.store.read() as tx:
        return [
            one.version
            for one in queries.deployed(tx, kind="process", definition_id="tea", latest_only=False)
        ]


def test_a_sound_model_is_said_to_be_deployable_and_is_not_deployed(owner: Browser, house: House) -> None:
    answer = owner.post("/api/v1/deployments/check", json=files(TEA)).json()
    assert answer["deployable"] is True
    assert deployed(house) == []


def test_a_finding_names_its_element_and_how_to_mend_it(owner: Browser) -> None:
    answer = owner.post("/api/v1/deployments/check", json=files(LOOSE)).json()
    assert answer["deployable"] is False
    assert any(one["element"] == "boil" and one["mend"] for one in answer["findings"])


def test_a_deployed_model_becomes_the_next_version_and_the_same_bytes_do_not(
    owner: Browser, house: House
) -> None:
    first = owner.post("/api/v1/deployments", json=files(TEA)).json()
    again = owner.post("/api/v1/deployments", json=files(TEA)).json()
    assert [first["versions"][0]["new"], again["versions"][0]["new"]] == [True, False]
    owner.post("/api/v1/deployments", json=files(TEA.replace("P40D", "P41D")))
    assert deployed(house) == [1, 2]


def test_a_refused_model_changes_nothing_and_says_why(owner: Browser, house: House) -> None:
    answer = owner.post("/api/v1/deployments", json=files(LOOSE))
    assert answer.status_code == 200
    assert answer.json()["deployed"] is False
    assert answer.json()["findings"]
    assert deployed(house) == []


@pytest.mark.parametrize("name", ["../tea.bpmn", "tea.exe", "a/tea.bpmn"])
def test_a_file_with_a_folder_or_of_another_kind_is_refused(owner: Browser, name: str) -> None:
    answer = owner.post("/api/v1/deployments", json=files(TEA, name))
    assert answer.status_code == 422
    assert answer.json()["where"] == "files"


@pytest.mark.parametrize("path", ["deployments", "deployments/check", "processes/try"])
def test_whoever_may_not_deploy_may_not_check_or_try_either(
    signed_in: Callable[[str], Browser], house: House, path: str
) -> None:
    worker = next(one for one in DEMO_PEOPLE if one.roles == frozenset({"worker"}))
    with house.store.write() as tx:
        identity.add_person(tx, worker, now=house.clock())
    body = files(TEA) | ({"process": "tea"} if path == "processes/try" else {})
    assert signed_in(worker.id).post(f"/api/v1/{path}", json=body).status_code == 403


def test_a_case_is_tried_out_over_weeks_at_once_and_nothing_is_kept(owner: Browser, house: House) -> None:
    answers = {"boil": {"hot": True}, "taste": {"good": 5}}
    body = files(TEA) | {"process": "tea", "variables": {"cup": 1}, "answers": answers}
    answer = owner.post("/api/v1/processes/try", json=body).json()
    assert answer["state"] == "completed"
    assert answer["variables"] == {"cup": 1, "hot": True, "good": 5}
    assert answer["elements"]["taste"]["completed"] == 1
    begun, ended = answer["steps"][0]["at"], answer["steps"][-1]["at"]
    assert (begun[:7], ended[:7]) == ("2026-01", "2026-02")
    assert deployed(house) == []


def test_a_case_that_never_ends_is_stopped_and_said_to_be(owner: Browser) -> None:
    answer = owner.post("/api/v1/processes/try", json=files(ENDLESS) | {"process": "tea"}).json()
    assert answer["state"] == "active"
    assert answer["stopped"] in {"steps", "time"}


def test_trying_a_process_that_is_not_in_the_files_is_refused_with_those_that_are(owner: Browser) -> None:
    answer = owner.post("/api/v1/processes/try", json=files(TEA) | {"process": "coffee"})
    assert answer.status_code == 422
    assert "tea" in answer.json()["mend"]
