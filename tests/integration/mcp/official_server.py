"""Serves a house for the official suite: every request comes in as the owner, since the suite shows no token.

python -m tests.integration.mcp.official_server FOLDER    prints the address, and serves until its input ends
"""

import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from tests.integration.mcp.conftest import verify_at
from tests.integration.mcp.fixtures import TEMPLATES, TOOLS

from mainspring.app.opening import open_or_create
from mainspring.testing.live import live
from mainspring.web.mcp import house_resources
from mainspring.web.mcp.mount import McpEndpoint

OWNER = (b"authorization", b"Bearer person:owner")


class AsOwner:
    """Adds the owner's token to every request."""

    def __init__(self, application: Callable[..., Any]) -> None:
        self._application = application

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            scope = scope | {"headers": [*scope["headers"], OWNER]}
        await self._application(scope, receive, send)


def main(folder: str) -> None:
    """Serve."""
    house = open_or_create(f"sqlite:///{folder}/house.db")

    def application(address: str) -> AsOwner:
        families = (*house_resources.TEMPLATES, *TEMPLATES)
        endpoint = McpEndpoint(house, address, verify_at(address), more=TOOLS, families=families)

        @asynccontextmanager
        async def lifespan(_: FastAPI) -> AsyncIterator[None]:
            async with endpoint.running():
                yield

        served = FastAPI(lifespan=lifespan)
        endpoint.add_to(served)
        return AsOwner(served)

    with live(application) as address:
        sys.stdout.write(f"{address}/mcp\n")
        sys.stdout.flush()
        sys.stdin.read()
    house.close()


if __name__ == "__main__":
    main(sys.argv[1])
