"""What answers at `/mcp`: the server behind its guards, and the metadata of the resource (RFC 9728)."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from mcp.server.auth.middleware.bearer_auth import RequireAuthMiddleware
from mcp.server.auth.routes import build_resource_metadata_url, create_protected_resource_routes
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings
from pydantic import AnyHttpUrl
from starlette.middleware.authentication import AuthenticationMiddleware
from starlette.responses import Response
from starlette.routing import Router
from starlette.types import Receive, Scope, Send

from mainspring.app.house import House
from mainspring.web.bearer import Verify
from mainspring.web.mcp.authority import Entrance
from mainspring.web.mcp.house_resources import TEMPLATES, Template
from mainspring.web.mcp.places import LOCAL, PATH
from mainspring.web.mcp.server import build_server
from mainspring.web.mcp.tool import Tool


class Serving:
    """The MCP server of one application; answers 503 until `running` is entered.

    Args:
        house: whose tenant.
        address: of this application as clients write it, without a slash at its end.
        verify: gives the bearer of a token.
        state_keys, more, families: see `build_server`.
    """

    def __init__(
        self,
        house: House,
        address: str,
        verify: Verify,
        *,
        state_keys: Sequence[bytes] | None = None,
        more: Sequence[Tool] = (),
        families: Sequence[Template] = TEMPLATES,
    ) -> None:
        self._address = address
        self._resource = AnyHttpUrl(self._address + PATH)
        self._server = build_server(house, state_keys=state_keys, more=more, families=families)
        self._manager: StreamableHTTPSessionManager | None = None
        metadata = build_resource_metadata_url(self._resource)
        backend = Entrance(house, verify, str(self._resource))
        self._guarded = AuthenticationMiddleware(
            RequireAuthMiddleware(self._serve, [], metadata), backend=backend
        )
        self.metadata = Router(
            create_protected_resource_routes(
                resource_url=self._resource,
                authorization_servers=[AnyHttpUrl(self._address)],
                resource_name="Mainspring",
            )
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request: first who asks, then what."""
        await self._guarded(scope, receive, send)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Serve while the context is open; sessions end with it."""
        self._manager = StreamableHTTPSessionManager(self._server, security_settings=self._security())
        try:
            async with self._manager.run():
                yield
        finally:
            self._manager = None

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._manager is None:
            await Response("not serving", 503)(scope, receive, send)
            return
        await self._manager.handle_request(scope, receive, send)

    def _security(self) -> TransportSecuritySettings:
        """Only names that are ours: a page that points its own name at this address gets no answer."""
        host = urlsplit(self._address).netloc
        return TransportSecuritySettings(
            enable_dns_rebinding_protection=True,
            allowed_hosts=[host, *LOCAL, *(f"{one}:*" for one in LOCAL)],
            allowed_origins=[
                self._address,
                *(f"http://{one}" for one in LOCAL),
                *(f"http://{one}:*" for one in LOCAL),
            ],
        )
