"""Attack: fields that nobody asked for, in the hope that they are taken over."""

from collections.abc import Callable
from typing import Any

import pytest

from mainspring.app.house import House
from mainspring.gateway import Caller, errors
from mainspring.govern import identity
from mainspring.govern.principal import Principal
from mainspring.runtime import queries
from mainspring.testing.browser import Browser
from mainspring.web.access import Visitor
from mainspring.web.mcp.house_tools import HOUSE_TOOLS

SignIn = Callable[[str], Browser]
STOLEN: tuple[dict[str, Any], ...] = (
    {"actor": {"kind": "person", "id": "finance-manager-1"}},
    {"on_behalf_of": "owner"},
    {"assignee": "owner"},
    {"tenant_id": "other"},
    {"roles": ["administrator"]},
    {"approved": True, "confirmed_by": ["owner", "finance-manager-1"]},
    {"__proto__": {"admin": True}},
    {"key": 1, "position": 1, "at": "1970-01-01T00:00:00Z"},
)


@pytest.mark.parametrize("more", STOLEN)
def test_bodies_with_fields_nobody_asked_for_are_refused(signed_in: SignIn, more: dict[str, Any]) -> None:
    browser = signed_in("sales-1")
    message = {"name": "quote_answered", "correlation_key": "Q-1"}
    assert browser.post("/api/v1/messages", json=message | more).status_code == 422
    assert browser.post("/api/v1/tasks/1/complete", json={"answer": {}} | more).status_code == 422


@pytest.mark.parametrize("more", STOLEN)
def test_operations_take_no_field_that_they_do_not_declare(house: House, more: dict[str, Any]) -> None:
    caller = Caller(Principal("agent", "order_clerk"))
    with pytest.raises(errors.ArgumentsInvalid):
        house.gateway.perform(house.store, caller, "products.get", {"skus": ["A"]} | more)


@pytest.mark.parametrize("more", STOLEN)
def test_tools_take_no_argument_that_they_do_not_declare(more: dict[str, Any]) -> None:
    for tool in HOUSE_TOOLS:
        with pytest.raises(ValueError, match="Extra inputs are not permitted"):
            tool.input.model_validate(more)


def test_headers_and_queries_name_no_other_actor(house: House, signed_in: SignIn) -> None:
    browser = signed_in("sales-1")
    hat = {"X-Actor": "owner", "X-Tenant": "other", "X-Role": "administrator"}
    me = browser.get("/api/v1/me?person=owner&roles=administrator", headers=hat).json()
    assert (me["id"], "administrator" in me["roles"]) == ("sales-1", False)


def test_a_variable_of_that_name_does_not_change_who_acted(house: House) -> None:
    with house.store.read() as tx:
        visitor = Visitor(house, identity.principal(tx, "sales-1"))
    start = next(tool for tool in HOUSE_TOOLS if tool.name == "process_start")
    given = {"process_id": "ticket", "variables": {"actor": {"kind": "person", "id": "owner"}}}
    key = int(start.run(visitor, start.input.model_validate(given))["key"])
    with house.store.read() as tx:
        assert {entry.actor.id for entry in queries.history(tx, key)} <= {"sales-1", "mainspring"}
