"""A browser without a network: it sends requests straight into a web application and keeps its cookies."""

import asyncio
from collections.abc import Callable
from typing import Any

import httpx

from mainspring.testing.described import check

OWN = {"X-Mainspring": "1"}


class Browser:
    """Asks a web application, one request after the other; it follows no redirects.

    Where the application describes itself (OpenAPI), each answer must be as described.

    Args:
        application: any ASGI application.
        host: the address it believes to be asking.
    """

    def __init__(self, application: Callable[..., Any], host: str = "http://127.0.0.1") -> None:
        self._application = application
        self._host = host
        self.cookies = httpx.Cookies()
        self.headers = dict(OWN)

    def request(self, method: str, path: str, **more: Any) -> httpx.Response:
        """Send a request; `more` are arguments of `httpx.AsyncClient.request`."""
        more["headers"] = self.headers | more.get("headers", {})
        answer = asyncio.run(self._request(method, path, **more))
        describe = getattr(self._application, "openapi", None)
        if describe is not None:
            check(describe(), method, answer)
        return answer

    async def _request(self, method: str, path: str, **more: Any) -> httpx.Response:
        transport = httpx.ASGITransport(self._application, raise_app_exceptions=False)
        async with httpx.AsyncClient(
            transport=transport, base_url=self._host, cookies=self.cookies
        ) as client:
            answer = await client.request(method, path, **more)
            self.cookies = client.cookies
            return answer

    def get(self, path: str, **more: Any) -> httpx.Response:
        """Read."""
        return self.request("GET", path, **more)

    def post(self, path: str, **more: Any) -> httpx.Response:
        """Change."""
        return self.request("POST", path, **more)
