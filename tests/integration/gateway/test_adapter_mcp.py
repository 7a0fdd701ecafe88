"""MCP servers as services, over HTTP and as programs that an administrator installed."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.integration.gateway.mcp_server import Served
from tests.integration.gateway.outside import HERE, Outward

from mainspring.gateway import ArgumentsInvalid, GatewayError
from mainspring.gateway.adapters.port import Program
from mainspring.gateway.egress import EgressRefused
from mainspring.gateway.errors import RegistryError, UpstreamRefused, UpstreamUnavailable
from mainspring.store import open_store

PROGRAM = Path(__file__).with_name("mcp_server.py")


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    made = Served()
    yield made
    made.close()


@pytest.fixture
def house() -> Iterator[Outward]:
    store = open_store("sqlite://", "mcp")
    program = Program(sys.executable, (str(PROGRAM),), {"PYTHONPATH": ""}, {"WORD": "calc.key"})
    made = Outward(store, {"programs": {"calculator": program}})
    made.put_secret("calc.key", "canary-calc")
    yield made
    made.close()
    store.close()


def test_the_tools_of_a_server_become_operations(house: Outward, served: Served) -> None:
    found = house.register("mcp", {"url": served.url, "networks": HERE})
    assert [(one.name, one.effect) for one in found] == [
        ("add", "external"),
        ("fail", "external"),
        ("told", "external"),
    ]
    assert house.call("crm.add", {"a": 2, "b": 3}).root == {"total": 5}
    assert house.call("crm.add", {"a": 4, "b": 3}).root == {"total": 7}  # over the same connection
    with pytest.raises(ArgumentsInvalid):
        house.call("crm.add", {"a": "2", "b": 3, "c": 1})


def test_hints_of_a_server_are_believed_only_when_its_owner_says_so(house: Outward, served: Served) -> None:
    found = house.register("mcp", {"url": served.url, "networks": HERE, "believe_hints": True})
    assert {one.name: one.effect for one in found}["add"] == "read"


def test_a_tool_that_fails_is_told(house: Outward, served: Served) -> None:
    house.register("mcp", {"url": served.url, "networks": HERE})
    with pytest.raises(UpstreamRefused, match="the tool failed"):
        house.call("crm.fail", {})


def test_a_server_inside_is_out_of_reach_unless_registered_so(house: Outward, served: Served) -> None:
    with pytest.raises(EgressRefused, match="loopback"):
        house.register("mcp", {"url": served.url})


def test_a_program_is_started_by_its_name_and_gets_its_secret(house: Outward) -> None:
    house.register("mcp", {"program": "calculator"})
    assert house.call("crm.add", {"a": 1, "b": 1}).root == {"total": 2}
    said = house.call("crm.told", {}).root
    assert "[secret calc.key]" in str(said)
    assert "canary-calc" not in str(said)


@pytest.mark.parametrize(
    "config",
    [
        {"program": "sh"},
        {"program": "/bin/sh"},
        {"command": "sh", "arguments": ["-c", "id"]},
        {"program": "calculator", "url": "http://127.0.0.1/"},
        {},
    ],
)
def test_no_registration_starts_a_command(house: Outward, config: dict[str, Any]) -> None:
    with pytest.raises(RegistryError):
        house.register("mcp", config)


def test_a_server_that_is_gone_is_unavailable_and_found_again(house: Outward) -> None:
    first = Served()
    house.register("mcp", {"url": first.url, "networks": HERE, "seconds": 5})
    first.close()
    with pytest.raises((UpstreamUnavailable, GatewayError)):
        house.call("crm.add", {"a": 1, "b": 1})
