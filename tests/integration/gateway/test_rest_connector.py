"""Models with Camunda's REST connector run unchanged, through the gateway."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.integration.gateway.upstream import Upstream, of_json

from mainspring.app import services
from mainspring.app.house import House, open_house
from mainspring.app.services import Registration
from mainspring.engine.events import SYSTEM
from mainspring.govern.principal import Principal
from mainspring.runtime import queries

OWNER = Principal("person", "owner")
MODEL = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="urn:t">
  <bpmn:error id="gone" errorCode="GONE"/>
  <bpmn:process id="rest" isExecutable="true">
    <bpmn:startEvent id="s"/><bpmn:sequenceFlow id="f" sourceRef="s" targetRef="call"/>
    <bpmn:serviceTask id="call" name="Ask the shop">
      <bpmn:extensionElements>
        <zeebe:taskDefinition type="io.camunda:http-json:1" retries="3"/>
        <zeebe:ioMapping>
          <zeebe:input source="{auth}" target="authentication"/>
          <zeebe:input source="{method}" target="method"/>
          <zeebe:input source="=base + &quot;/orders&quot;" target="url"/>
          <zeebe:input source="={{a: &quot;1&quot;}}" target="queryParameters"/>
          <zeebe:input source="={{n: 2}}" target="body"/>
        </zeebe:ioMapping>
        <zeebe:taskHeaders>
          <zeebe:header key="resultVariable" value="raw"/>
          <zeebe:header key="resultExpression" value="={{total: response.body.n + 1}}"/>
          <zeebe:header key="errorExpression"
           value="=if error.code = &quot;404&quot; then bpmnError(&quot;GONE&quot;, &quot;&quot;) else null"/>
        </zeebe:taskHeaders>
      </bpmn:extensionElements>
    </bpmn:serviceTask>
    <bpmn:boundaryEvent id="caught" attachedToRef="call">
      <bpmn:errorEventDefinition id="e" errorRef="gone"/></bpmn:boundaryEvent>
    <bpmn:sequenceFlow id="g" sourceRef="call" targetRef="done"/><bpmn:endEvent id="done"/>
    <bpmn:sequenceFlow id="h" sourceRef="caught" targetRef="lost"/><bpmn:endEvent id="lost"/>
  </bpmn:process>
</bpmn:definitions>"""
NO_AUTH = "={type: &quot;noAuth&quot;}"


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    server = Upstream()
    server.answer = lambda asked: of_json({"n": 41, "got": asked.json["n"]})
    yield server
    server.close()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    opened = open_house(f"sqlite:///{tmp_path / 'house.db'}")
    yield opened
    opened.close()


def register(house: House, upstream: Upstream, **more: Any) -> None:
    config = {"base_url": f"{upstream.url}/", "networks": ["127.0.0.1/32"], **more}
    services.add(house, Registration("shop", "http", config, "owner"), OWNER)


def run(house: House, upstream: Upstream, *, method: str = "POST", auth: str = NO_AUTH) -> int:
    model = MODEL.format(method=method, auth=auth)
    house.runtime.deploy({"rest.bpmn": model.encode()}, SYSTEM)
    instance = house.runtime.start("rest", {"base": upstream.url}, actor=SYSTEM)
    worker = house.worker()
    while worker.run_once():
        pass
    return instance


def variables(house: House, instance: int) -> dict[str, Any]:
    with house.store.read() as tx:
        return dict(queries.variables(tx, instance))


def incident(house: House, instance: int) -> str:
    with house.store.read() as tx:
        found = queries.incidents(tx, instance=instance)
    return found[0].message if found else ""


def test_a_call_of_a_model_goes_through_the_gateway_and_its_result_is_mapped(
    house: House, upstream: Upstream
) -> None:
    register(house, upstream)
    found = variables(house, run(house, upstream))
    assert found["total"] == 42
    assert found["raw"]["status"] == 200
    (asked,) = upstream.asked
    assert (asked.method, asked.path, asked.json) == ("POST", "/orders?a=1", {"n": 2})


def test_an_address_that_nobody_registered_is_not_called(house: House, upstream: Upstream) -> None:
    instance = run(house, upstream)
    assert "no service is registered" in incident(house, instance)
    assert not upstream.asked


def test_a_refusal_becomes_the_error_that_the_model_makes_of_it(house: House, upstream: Upstream) -> None:
    register(house, upstream)
    upstream.answer = lambda _: of_json({"detail": "no such order"}, 404)
    instance = run(house, upstream)
    with house.store.read() as tx:
        assert any(entry.element == "lost" for entry in queries.history(tx, instance))


def test_a_secret_of_the_model_is_a_reference_to_the_credential_of_the_service(
    house: House, upstream: Upstream
) -> None:
    with house.store.write() as tx:
        house.outside.secrets.set(tx, "shop_key", "canary-1234", by="owner", now=house.clock())
    register(house, upstream, credential={"secret": "shop_key"})
    auth = "={type: &quot;bearer&quot;, token: &quot;{{secrets.shop_key}}&quot;}"
    instance = run(house, upstream, auth=auth)
    assert upstream.asked[0].headers["authorization"] == "Bearer canary-1234"
    assert "canary-1234" not in str(variables(house, instance))


def test_a_secret_of_another_service_is_refused(house: House, upstream: Upstream) -> None:
    register(house, upstream)
    auth = "={type: &quot;bearer&quot;, token: &quot;{{secrets.other}}&quot;}"
    instance = run(house, upstream, auth=auth)
    assert "does not belong to the service shop" in incident(house, instance)
    assert not upstream.asked
