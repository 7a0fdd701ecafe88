"""Webhooks over HTTP: signed deliveries start cases, everything else changes nothing."""

from collections.abc import Callable
from typing import Any

import pytest

from mainspring.app import services
from mainspring.app.house import House
from mainspring.app.services import Registration
from mainspring.engine.events import SYSTEM
from mainspring.gateway.hooks import signature
from mainspring.govern.principal import Principal
from mainspring.runtime import queries
from mainspring.testing.browser import Browser

SECRET = "whsec_Y2FuYXJ5LWhvb2stNzE="
BODY = b'{"order": "A-7", "total": 12.50}'
MODEL = b"""<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d"
    targetNamespace="urn:t"><bpmn:message id="m" name="paid"/>
  <bpmn:process id="hooked" isExecutable="true">
    <bpmn:startEvent id="s"><bpmn:messageEventDefinition id="e" messageRef="m"/></bpmn:startEvent>
    <bpmn:sequenceFlow id="f" sourceRef="s" targetRef="t"/><bpmn:endEvent id="t"/>
  </bpmn:process></bpmn:definitions>"""
Send = Callable[..., int]


@pytest.fixture
def hooked(house: House) -> House:
    config = {"secret": "shop.key", "message": "paid", "variables": "{order: body.order, total: body.total}"}
    with house.store.write() as tx:
        house.outside.secrets.set(tx, "shop.key", SECRET, by="owner", now=house.clock())
    services.add(house, Registration("shop", "webhook", config, "owner"), Principal("person", "owner"))
    house.runtime.deploy({"hooked.bpmn": MODEL}, SYSTEM)
    return house


@pytest.fixture
def send(hooked: House, stranger: Browser) -> Send:
    def call(body: bytes = BODY, delivery: str = "d-1", late: int = 0, **headers: str) -> int:
        stamp = int(hooked.clock().timestamp()) - late
        given = {
            "webhook-id": delivery,
            "webhook-timestamp": str(stamp),
            "webhook-signature": signature(SECRET, delivery, stamp, body),
            "x-mainspring": "",
        } | {name.replace("_", "-"): value for name, value in headers.items()}
        return stranger.post(
            "/hooks/shop", content=headers.pop("sent", "").encode() or body, headers=given
        ).status_code

    return call


def cases(house: House) -> list[dict[str, Any]]:
    with house.store.read() as tx:
        found = queries.instances(tx, process_id="hooked")
        return [dict(queries.variables(tx, one.key)) for one in found]


def test_a_signed_delivery_starts_a_case_with_exact_numbers(hooked: House, send: Send) -> None:
    assert send() == 202
    (variables,) = cases(hooked)
    assert (variables["order"], str(variables["total"])) == ("A-7", "12.50")


def test_the_same_delivery_again_starts_nothing(hooked: House, send: Send) -> None:
    assert [send(), send(), send(delivery="d-2")] == [202, 202, 202]
    assert len(cases(hooked)) == 2


@pytest.mark.parametrize(
    "headers",
    [
        {"webhook_signature": "v1,AAAA"},
        {"webhook_signature": ""},
        {"webhook_signature": "v2,AAAA v1,!!!"},
        {"webhook_id": "other"},
        {"webhook_timestamp": "1"},
        {"webhook_timestamp": "-1"},
        {"webhook_id": ""},
    ],
)
def test_a_forged_delivery_changes_nothing(hooked: House, send: Send, headers: dict[str, str]) -> None:
    assert send(**headers) == 401
    assert cases(hooked) == []


def test_a_changed_body_or_an_old_delivery_changes_nothing(hooked: House, send: Send) -> None:
    assert send(sent='{"order": "A-8"}') == 401
    assert send(late=301) == 401
    assert send(late=-301) == 401
    assert cases(hooked) == []


def test_a_hook_that_nobody_registered_says_no_more_than_a_forged_one(send: Send, stranger: Browser) -> None:
    assert send(delivery="x") == 202
    answer = stranger.post("/hooks/none", content=BODY)
    assert (answer.status_code, answer.json()["message"]) == (401, "there is no such webhook")
