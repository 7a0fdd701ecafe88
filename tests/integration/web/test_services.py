"""Services over REST: seen by leaders, registered and retired by administrators, with calls and budgets."""

import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from tests.integration.gateway.upstream import Upstream, of_json

from mainspring.app.house import House
from mainspring.gateway import Caller
from mainspring.gateway.errors import GatewayError
from mainspring.govern.principal import SYSTEM
from mainspring.testing.browser import Browser

ENTER = Callable[[str], Browser]
ALL = "/api/v1/services"
SHOP = f"{ALL}/shop"
DOCUMENT = {
    "openapi": "3.1.0",
    "info": {"title": "Shop", "version": "1"},
    "paths": {
        "/stock/{sku}": {
            "get": {
                "operationId": "stock",
                "parameters": [{"name": "sku", "in": "path", "required": True, "schema": {"type": "string"}}],
                "responses": {"200": {"description": "How many there are."}},
            }
        }
    },
}


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    server = Upstream()
    server.answer = lambda _: of_json({"count": 3})
    yield server
    server.close()


def new(upstream: Upstream, **more: Any) -> dict[str, Any]:
    return {
        "name": "shop",
        "kind": "openapi",
        "owner": "owner",
        "config": {"base_url": upstream.url, "networks": ["127.0.0.1/32"]},
        "document": json.dumps(DOCUMENT),
        **more,
    }


def asked(house: House, sku: str = "A-1") -> None:
    caller = Caller(SYSTEM, process_id="restock", element="look")
    house.gateway.perform(house.store, caller, "shop.stock", {"sku": sku})


def test_built_in_services_are_listed_with_their_operations(signed_in: ENTER) -> None:
    owner = signed_in("owner")
    orders = next(one for one in owner.get(ALL).json()["items"] if one["name"] == "orders")
    assert (orders["kind"], orders["health"]) == ("built_in", "well")
    (version,) = owner.get(f"{ALL}/orders").json()["versions"]
    create = next(one for one in version["operations"] if one["name"] == "orders.create")
    assert create["effect"] == "write"
    assert create["input"]["type"] == "object"


def test_a_service_is_registered_from_the_text_of_its_description_and_used(
    signed_in: ENTER, upstream: Upstream, house: House
) -> None:
    owner = signed_in("owner")
    made = owner.post(ALL, json=new(upstream))
    assert made.status_code == 201
    (operation,) = made.json()["versions"][0]["operations"]
    assert (operation["name"], operation["effect"]) == ("shop.stock", "read")
    assert operation["input"]["required"] == ["sku"]
    asked(house)
    shown = owner.get(SHOP).json()
    assert shown["use"]["calls"] == 1
    assert [(one["process_id"], one["times"]) for one in shown["users"]] == [("restock", 1)]
    assert shown["last_calls"][0]["outcome"] == "ok"


def test_a_canary_takes_its_share_and_a_retired_service_is_gone_with_notice(
    signed_in: ENTER, upstream: Upstream, house: House
) -> None:
    owner = signed_in("owner")
    owner.post(ALL, json=new(upstream))
    owner.post(ALL, json=new(upstream, version="2"))
    assert owner.post(f"{SHOP}/share", json={"version": "2", "share": 10}).json()["shares"] == {
        "1": 90,
        "2": 10,
    }
    assert owner.post(f"{SHOP}/share", json={"version": "3", "share": 10}).status_code == 422
    asked(house)
    told = owner.post(f"{SHOP}/retire", json={"because": "Use erp instead."}).json()
    assert [one["process_id"] for one in told["users"]] == ["restock"]
    assert owner.get(SHOP).json()["retired_because"] == "Use erp instead."
    with pytest.raises(GatewayError, match="no such operation"):
        asked(house)


def test_a_check_says_how_each_version_is(signed_in: ENTER, upstream: Upstream) -> None:
    owner = signed_in("owner")
    owner.post(ALL, json=new(upstream))
    assert owner.post(f"{SHOP}/check").json()["health"] == "well"
    upstream.answer = lambda _: of_json({}, 500)
    assert owner.post(f"{SHOP}/check").json()["health"] == "ill"


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"document": "no document"}, 422),
        ({"config": {"base_url": "http://127.0.0.1:1"}, "document": None}, 422),
        ({"config": {"unknown": 1}}, 422),
        ({"kind": "mcp", "config": {"program": "/bin/sh"}, "document": None}, 422),
        ({"name": "No Name"}, 422),
    ],
)
def test_a_registration_that_cannot_be_is_refused_in_words(
    signed_in: ENTER, upstream: Upstream, wrong: dict[str, Any], status: int
) -> None:
    answer = signed_in("owner").post(ALL, json=new(upstream, **wrong))
    assert (answer.status_code, bool(answer.json()["message"])) == (status, True)


def test_calls_are_searched_page_by_page(signed_in: ENTER, upstream: Upstream, house: House) -> None:
    owner = signed_in("owner")
    owner.post(ALL, json=new(upstream))
    for number in range(5):
        asked(house, f"A-{number}")
    page = owner.get("/api/v1/calls?service=shop&limit=3").json()
    rest = owner.get(f"/api/v1/calls?service=shop&limit=3&before={page['next']}").json()
    positions = [int(one["position"]) for one in page["items"] + rest["items"]]
    assert positions == sorted(positions, reverse=True)
    assert (len(positions), rest["next"]) == (5, None)
    assert owner.get("/api/v1/calls?service=shop&outcome=error").json()["items"] == []


def test_an_operation_is_called_over_rest_as_policies_and_ladder_allow(
    signed_in: ENTER, upstream: Upstream
) -> None:
    owner = signed_in("owner")
    owner.post(ALL, json=new(upstream))
    asked = {"operation": "shop.stock", "arguments": {"sku": "A-1"}}
    assert signed_in("sales-1").post("/api/v1/calls", json=asked).json() == {"result": {"count": 3}}
    assert owner.post("/api/v1/calls", json=asked | {"arguments": {}}).status_code == 422
    assert owner.post("/api/v1/calls", json=asked | {"operation": "shop.none"}).status_code == 403


def test_a_budget_is_set_and_shows_what_is_left(signed_in: ENTER, upstream: Upstream, house: House) -> None:
    owner = signed_in("owner")
    owner.post(ALL, json=new(upstream, operations={"stock": {"cost": 0.25}}))
    budget = {"scope": "company", "scope_id": "company", "period": f"{house.clock():%Y-%m}", "limit": 10.5}
    assert owner.post("/api/v1/budgets", json=budget).json()["items"][0]["left"] == 10.5
    asked(house)
    (shown,) = owner.get("/api/v1/budgets").json()["items"]
    assert (Decimal(str(shown["spent"])), Decimal(str(shown["left"]))) == (Decimal("0.25"), Decimal("10.25"))
    assert owner.post("/api/v1/budgets", json=budget | {"period": "2026-13"}).status_code == 422


def test_a_worker_neither_sees_nor_changes_services(
    signed_in: ENTER, stranger: Browser, upstream: Upstream
) -> None:
    worker = signed_in("sales-1")
    for path in (ALL, SHOP, "/api/v1/calls", "/api/v1/budgets"):
        assert worker.get(path).status_code == 403
    assert worker.post(ALL, json=new(upstream)).status_code == 403
    assert stranger.get(ALL).status_code == 401
