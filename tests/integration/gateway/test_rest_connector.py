"""Models with Camunda's REST connector run unchanged, through the gateway."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.integration.gateway.upstream import Asked, Upstream, of_json

from mainspring.app import confirming, services
from mainspring.app.house import House, open_house
from mainspring.app.services import Registration
from mainspring.engine.events import SYSTEM
from mainspring.govern import identity
from mainspring.govern.identity import Person
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
SHOP_PAYS = """@id("shop-pays") @reason("Drawn calls of the shop may move money, once confirmed")
permit (principal is System, action in [Action::"list", Action::"call"], resource in Service::"shop");"""
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


def context(parts: dict[str, str]) -> str:
    """A FEEL context of texts, as an attribute of the model holds it."""
    return "={{{}}}".format(", ".join(f"{name}: &quot;{value}&quot;" for name, value in parts.items()))


def test_literal_credentials_of_a_model_go_along_as_its_template_has_them(
    house: House, upstream: Upstream
) -> None:
    register(house, upstream)
    run(
        house, upstream, auth="={type: &quot;basic&quot;, username: &quot;me&quot;, password: &quot;pw&quot;}"
    )
    assert upstream.asked[0].headers["authorization"] == "Basic bWU6cHc="
    parts = {"type": "apiKey", "apiKeyLocation": "query", "name": "k", "value": "v"}
    key = context(parts)
    run(house, upstream, auth=key)
    assert upstream.asked[1].path == "/orders?a=1&k=v"


def with_client(house: House, upstream: Upstream) -> None:
    """The shop registered with a client of an OAuth token endpoint, which the same server plays."""
    with house.store.write() as tx:
        house.outside.secrets.set(tx, "shop_client", "canary-5678", by="owner", now=house.clock())
    oauth = {"token_url": f"{upstream.url}/token", "client_id": "mainspring"}
    register(house, upstream, credential={"secret": "shop_client", "oauth": oauth})

    def both(asked: Asked) -> tuple[int, dict[str, str], bytes]:
        if asked.path == "/token":
            return of_json({"access_token": "token-of-the-shop", "expires_in": 60})
        return of_json({"n": 41, "echo": asked.headers["authorization"]})

    upstream.answer = both


def oauth_of(upstream: Upstream, secret: str, endpoint: str = "/token") -> str:
    parts = {
        "type": "oauth-client-credentials-flow",
        "oauthTokenEndpoint": upstream.url + endpoint,
        "clientId": "mainspring",
        "clientSecret": secret,
    }
    return context(parts)


def test_client_credentials_of_a_model_are_those_of_the_service(house: House, upstream: Upstream) -> None:
    with_client(house, upstream)
    instance = run(house, upstream, auth=oauth_of(upstream, "{{secrets.shop_client}}"))
    assert upstream.asked[-1].headers["authorization"] == "Bearer token-of-the-shop"
    assert variables(house, instance)["raw"]["body"]["echo"] == "Bearer [secret token of shop_client]"


@pytest.mark.parametrize(
    ("secret", "endpoint", "said"),
    [
        ("plainly", "/token", "stands in the model"),
        ("{{secrets.shop_client}}", "/elsewhere", "another client or token endpoint"),
    ],
)
def test_a_client_that_the_service_was_not_registered_with_is_refused(
    house: House, upstream: Upstream, secret: str, endpoint: str, said: str
) -> None:
    with_client(house, upstream)
    instance = run(house, upstream, auth=oauth_of(upstream, secret, endpoint))
    assert said in incident(house, instance)
    assert not upstream.asked


def pays(house: House, upstream: Upstream) -> int:
    """A case whose call moves money, so that people are asked first."""
    config = {"base_url": f"{upstream.url}/", "networks": ["127.0.0.1/32"]}
    house.policies.put(house.rules(SHOP_PAYS))
    money = {"effect": "money", "amount": "20000", "reversible": False}
    services.add(house, Registration("shop", "http", config, "owner", operations={"post": money}), OWNER)
    return run(house, upstream)


def answer_all(house: House, *, approved: bool) -> None:
    """Let as many of the role asked as are needed say the same."""
    for number in range(5):
        with house.store.write() as tx:
            waiting = house.approvals.waiting(tx)
            if not waiting:
                return
            one = waiting[0]
            name = f"approver-{number}"
            identity.add_person(
                tx, Person(name, name.title(), roles=frozenset({one.requirement.role})), now=house.clock()
            )
            person = identity.principal(tx, name)
            confirming.answer(house, tx, one.key, person, approved=approved, digest=one.digest)


def test_a_call_that_needs_people_waits_in_the_inbox_and_goes_on_after_their_yes(
    house: House, upstream: Upstream
) -> None:
    instance = pays(house, upstream)
    with house.store.read() as tx:
        tasks = queries.tasks(tx, instance=instance)
    assert {task.kind for task in tasks} == {"approval"}
    assert tasks[0].payload["arguments"]["body"] == {"n": 2}
    assert not incident(house, instance)
    assert not upstream.asked
    answer_all(house, approved=True)
    worker = house.worker()
    while worker.run_once():
        pass
    assert len(upstream.asked) == 1
    assert variables(house, instance)["total"] == 42


def test_a_call_that_people_refused_is_not_made(house: House, upstream: Upstream) -> None:
    instance = pays(house, upstream)
    answer_all(house, approved=False)
    worker = house.worker()
    while worker.run_once():
        pass
    assert not upstream.asked
    assert "refused" in incident(house, instance)
