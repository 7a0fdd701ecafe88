"""Where the MCP server stands in the web application; it is loaded with the SDK at the first request."""

import threading
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING

import anyio
from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from mainspring.app.house import House
from mainspring.web.bearer import Verify
from mainspring.web.mcp.places import PATH, metadata_path

if TYPE_CHECKING:
    from mainspring.web.mcp.house_resources import Template
    from mainspring.web.mcp.serving import Serving
    from mainspring.web.mcp.tool import Tool


class McpEndpoint:
    """The MCP server of one application; answers 503 until `running` is entered.

    Args:
        house: whose tenant.
        address: of this application as clients write it, for instance https://flow.example.com.
        verify: gives the bearer of a token.
        state_keys, more: see `build_server`.
        families: the resources there are; None for those of a house.
    """

    def __init__(
        self,
        house: House,
        address: str,
        verify: Verify,
        *,
        state_keys: Sequence[bytes] | None = None,
        more: Sequence["Tool"] = (),
        families: Sequence["Template"] | None = None,
    ) -> None:
        self._address = address.rstrip("/")
        self._load = partial(
            _load, house, self._address, verify, state_keys=state_keys, more=more, families=families
        )
        self._loading = threading.Lock()
        self._serving: Serving | None = None
        self._asked: anyio.Event | None = None
        self._open = anyio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request: first who asks, then what."""
        serving = await run_in_threadpool(self._loaded)
        if self._asked is not None:
            self._asked.set()
            await self._open.wait()
        await serving(scope, receive, send)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Serve while the context is open; sessions end with it."""
        self._asked, self._open = anyio.Event(), anyio.Event()
        async with anyio.create_task_group() as group:
            group.start_soon(self._run, self._asked, self._open)
            try:
                yield
            finally:
                self._asked = None
                group.cancel_scope.cancel()

    def add_to(self, application: FastAPI) -> None:
        """Add the endpoint and the metadata of the resource."""
        application.router.routes.append(Route(PATH, endpoint=self, methods=["GET", "POST", "DELETE"]))
        application.router.routes.append(
            Route(metadata_path(self._address), endpoint=_Metadata(self._loaded), methods=["GET", "OPTIONS"])
        )

    async def _run(self, asked: anyio.Event, ready: anyio.Event) -> None:
        """From the first request on; in a task of its own, for sessions end in the task that began them."""
        await asked.wait()
        async with self._loaded().running():
            ready.set()
            await anyio.sleep_forever()

    def _loaded(self) -> "Serving":
        with self._loading:
            if self._serving is None:
                self._serving = self._load()
            return self._serving


class _Metadata:
    """The metadata of the resource."""

    def __init__(self, loaded: Callable[[], "Serving"]) -> None:
        self._loaded = loaded

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        serving = await run_in_threadpool(self._loaded)
        await serving.metadata(scope, receive, send)


def _load(
    house: House,
    address: str,
    verify: Verify,
    *,
    state_keys: Sequence[bytes] | None,
    more: Sequence["Tool"],
    families: Sequence["Template"] | None,
) -> "Serving":
    from mainspring.web.mcp.house_resources import TEMPLATES  # heavy: loads the SDK
    from mainspring.web.mcp.serving import Serving

    every = TEMPLATES if families is None else families
    return Serving(house, address, verify, state_keys=state_keys, more=more, families=every)
