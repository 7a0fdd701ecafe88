"""A house served on loopback, and MCP clients of either generation that come in as somebody."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import httpx2
import pytest
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

from mainspring.app.house import House
from mainspring.app.opening import open_or_create
from mainspring.govern import identity
from mainspring.govern.principal import Principal
from mainspring.testing.live import live
from mainspring.web.application import create_app
from mainspring.web.bearer import Bearer, Verify

GENERATIONS = ("2025-11-25", "2026-07-28")
Talk = Callable[[Client], Awaitable[Any]]
Talks = Callable[..., Any]


def verify_at(address: str) -> Verify:
    """Tokens of these tests: `person:owner`, `agent:order_clerk@owner`; `elsewhere:` is another's."""

    def verify(house: House, token: str, _: str, __: str | None) -> Bearer | None:
        audience = "https://other.example/mcp" if token.startswith("elsewhere:") else f"{address}/mcp"
        kind, _, name = token.removeprefix("elsewhere:").partition(":")
        if kind == "person":
            with house.store.read() as tx:
                return Bearer(identity.principal(tx, name), "test-client", audience)
        if kind == "agent":
            name, _, person = name.partition("@")
            principal = Principal("agent", name, on_behalf_of=person or None)
            return Bearer(principal, "test-client", audience)
        return None

    return verify


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house of this module; its tests look only at what they did themselves."""
    opened = open_or_create(f"sqlite:///{tmp_path_factory.mktemp('house')}/house.db")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def address(house: House) -> Iterator[str]:
    """Where the house is served."""
    with live(lambda at: create_app(house, address=at, verify=verify_at(at))) as at:
        yield at


@pytest.fixture(params=GENERATIONS)
def generation(request: pytest.FixtureRequest) -> str:
    """A version of the protocol."""
    return str(request.param)


@pytest.fixture
def talking(address: str, generation: str) -> Talks:
    """Runs a conversation as somebody, once in each generation of the protocol."""

    def run(token: str, talk: Talk, **more: Any) -> Any:
        async def whole() -> Any:
            headers = {"Authorization": f"Bearer {token}"}
            async with httpx2.AsyncClient(headers=headers) as http:
                mode = "legacy" if generation == GENERATIONS[0] else generation
                transport = streamable_http_client(f"{address}/mcp", http_client=http)
                async with Client(transport, mode=mode, **more) as client:
                    return await talk(client)

        return asyncio.run(whole())

    return run
