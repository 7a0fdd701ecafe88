"""The transports on which every HTTP client of this program is built, synchronous and asynchronous.

Each request, a redirected one too, is checked against the reach of its service before a connection is looked
for; the credential is put in here, so that no client, log line or exception ever holds it.
"""

import base64
import ssl
import time
from collections.abc import AsyncIterable, Callable, Iterable
from typing import Any, cast

import httpcore2
import httpx2

from mainspring.gateway.egress.body import AsyncBody, Body, Bound, within
from mainspring.gateway.egress.network import AsyncBackend, Backend
from mainspring.gateway.egress.reach import Reach, split
from mainspring.gateway.egress.resolver import Resolver

SecretSource = Callable[[str, str], str]
"""Gives the value of a secret for a host: (name, host)."""

ACCEPTED = "gzip, deflate"
_CONNECTIONS = 50
_IDLE = 30.0
"""Seconds that an unused connection is kept."""


class _Checks:
    """What both transports do with a request and an answer."""

    def __init__(self, reach: Reach, secret: SecretSource) -> None:
        self._reach = reach
        self._secret = secret

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
        url = self._with_credential(request.url, headers, origin)
        sent = httpx2.Request(
            request.method, url, headers=headers, stream=request.stream, extensions=extensions
        )
        return sent, origin, until

    def _with_credential(self, url: httpx2.URL, headers: httpx2.Headers, origin: str) -> httpx2.URL:
        credential = self._reach.credential
        if credential is None:
            return url
        value = self._secret(credential.secret, split(origin)[1])
        if credential.place == "query":
            return url.copy_set_param(credential.name, value)
        if credential.place == "basic":
            pair = base64.b64encode(f"{credential.user}:{value}".encode()).decode()
            headers["Authorization"] = f"Basic {pair}"
        else:
            headers[credential.name] = f"{credential.prefix}{value}"
        return url

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
        self, reach: Reach, resolver: Resolver, secret: SecretSource, context: ssl.SSLContext
    ) -> None:
        super().__init__(verify=context, trust_env=False)
        self._pool.close()
        # httpx lets nobody choose how connections are opened; the pool below it does.
        self._pool = httpcore2.ConnectionPool(
            ssl_context=context,
            max_connections=_CONNECTIONS,
            keepalive_expiry=_IDLE,
            network_backend=Backend(reach, resolver),
        )
        self._checks = _Checks(reach, secret)

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
        self, reach: Reach, resolver: Resolver, secret: SecretSource, context: ssl.SSLContext
    ) -> None:
        super().__init__(verify=context, trust_env=False)
        self._pool: Any = httpcore2.AsyncConnectionPool(
            ssl_context=context,
            max_connections=_CONNECTIONS,
            keepalive_expiry=_IDLE,
            network_backend=AsyncBackend(reach, resolver),
        )
        self._checks = _Checks(reach, secret)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Check, complete and send a request; the body of the answer is bounded.

        Raises:
            EgressRefused: the address is out of reach, or is not what it seems.
            TooMuch: the answer is larger than it may be.
        """
        sent, origin, until = self._checks.outgoing(request)
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
