"""The transports on which every HTTP client of this program is built, synchronous and asynchronous.

Each request, a redirected one too, is checked against the reach of its service before a connection is looked
for; the credential is put in here, so that no client, log line or exception ever holds it.
"""

import ssl
import time
from typing import TYPE_CHECKING, Any, cast

import httpcore2
import httpx2
from anyio.to_thread import run_sync

from mainspring.gateway.egress.body import AsyncBody, Body, Bound, within
from mainspring.gateway.egress.credentials import Credentials
from mainspring.gateway.egress.exchange import ACCEPTED, pool
from mainspring.gateway.egress.network import AsyncBackend
from mainspring.gateway.egress.reach import Reach
from mainspring.gateway.egress.resolver import Resolver

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, Iterable

_CONNECTIONS = 50
_IDLE = 30.0
"""Seconds that an unused connection is kept."""


class _Checks:
    """What both transports do with a request and an answer."""

    def __init__(self, reach: Reach, credentials: Credentials) -> None:
        self._reach = reach
        self._credentials = credentials

    def outgoing(self, request: httpx2.Request) -> tuple[httpx2.Request, str, float]:
        """The request as it goes out, its origin, and when it must be over.

        Raises:
            EgressRefused: its address is out of reach.
        """
        origin = self._reach.demand(str(request.url))
        timeouts = dict(request.extensions.get("timeout") or {})
        given = timeouts.get("read")
        bounded = min(self._reach.seconds, given) if given else self._reach.seconds
        extensions: dict[str, Any] = {
            **request.extensions,
            "timeout": dict.fromkeys(("connect", "read", "write", "pool"), bounded),
        }
        until = time.monotonic() + self._reach.seconds
        if self._reach.credential is None:
            request.headers["accept-encoding"] = ACCEPTED
            request.extensions = extensions
            return request, origin, until
        # The client keeps its request and shows it in errors: the credential goes into another one.
        headers = httpx2.Headers(request.headers)
        headers["accept-encoding"] = ACCEPTED
        url, placed = request.url, self._credentials.placed(self._reach, origin)
        if placed is not None and placed.in_query:
            url = url.copy_set_param(placed.name, placed.value)
        elif placed is not None:
            headers[placed.name] = placed.value
        sent = httpx2.Request(
            request.method, url, headers=headers, stream=request.stream, extensions=extensions
        )
        return sent, origin, until

    def bound(self, response: httpx2.Response, origin: str) -> Bound:
        """The bound of an answer's body."""
        return Bound(response.headers, self._reach.most_bytes, origin)


def _unpacked(headers: httpx2.Headers) -> httpx2.Headers:
    """The headers of a body that is unpacked by now."""
    rest = httpx2.Headers(headers)
    for name in ("content-encoding", "content-length") if "content-encoding" in headers else ():
        rest.pop(name, None)
    return rest


def tls() -> ssl.SSLContext:
    """TLS as every client here speaks it: certificates checked against the system's authorities."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


class Transport(httpx2.HTTPTransport):
    """For synchronous clients."""

    def __init__(
        self, reach: Reach, resolver: Resolver, credentials: Credentials, context: ssl.SSLContext
    ) -> None:
        super().__init__(verify=context, trust_env=False)
        self._pool.close()
        # httpx lets nobody choose how connections are opened; the pool below it does.
        self._pool = pool(reach, resolver, context)
        self._checks = _Checks(reach, credentials)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Check, complete and send a request; the body of the answer is bounded.

        Raises:
            EgressRefused: the address is out of reach, or is not what it seems.
            TooMuch: the answer is larger than it may be.
        """
        sent, origin, until = self._checks.outgoing(request)
        with within(until):
            response = super().handle_request(sent)
        try:
            bound = self._checks.bound(response, origin)
        except BaseException:
            response.close()
            raise
        body = Body(cast("Iterable[bytes]", response.stream), bound, until)
        return httpx2.Response(
            response.status_code,
            headers=_unpacked(response.headers),
            stream=body,
            extensions=response.extensions,
        )


class AsyncTransport(httpx2.AsyncHTTPTransport):
    """For asynchronous clients."""

    def __init__(
        self, reach: Reach, resolver: Resolver, credentials: Credentials, context: ssl.SSLContext
    ) -> None:
        super().__init__(verify=context, trust_env=False)
        self._pool: Any = httpcore2.AsyncConnectionPool(
            ssl_context=context,
            max_connections=_CONNECTIONS,
            keepalive_expiry=_IDLE,
            network_backend=AsyncBackend(reach, resolver),
        )
        self._checks = _Checks(reach, credentials)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Check, complete and send a request; the body of the answer is bounded.

        Raises:
            EgressRefused: the address is out of reach, or is not what it seems.
            TooMuch: the answer is larger than it may be.
        """
        # A secret is read from the database and a token fetched: neither may hold up the others.
        sent, origin, until = await run_sync(self._checks.outgoing, request)
        with within(until):
            response = await super().handle_async_request(sent)
        try:
            bound = self._checks.bound(response, origin)
        except BaseException:
            await response.aclose()
            raise
        body = AsyncBody(cast("AsyncIterable[bytes]", response.stream), bound, until)
        return httpx2.Response(
            response.status_code,
            headers=_unpacked(response.headers),
            stream=body,
            extensions=response.extensions,
        )
