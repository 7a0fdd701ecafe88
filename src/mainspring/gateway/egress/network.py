"""Connections: to an address checked at that very moment, and never longer than the request may take.

The transport connects by host name; here the name is resolved, every answer checked, and the socket opened to
one of the checked addresses. TLS still speaks for the name. So there is no moment between check and use at
which a name could change its meaning.
"""

import socket
import ssl
import time
from collections.abc import Iterable
from contextvars import ContextVar
from typing import Any

import anyio
import httpcore2
from anyio.to_thread import run_sync

from mainspring.gateway.egress.addresses import Address
from mainspring.gateway.egress.errors import UpstreamUnavailable
from mainspring.gateway.egress.reach import Reach
from mainspring.gateway.egress.resolver import Resolver, checked

deadline: ContextVar[float | None] = ContextVar("egress_deadline", default=None)
"""When the request at hand must be over, on the clock of `time.monotonic`."""

Options = Iterable[Any] | None


def left(timeout: float | None) -> float | None:
    """Seconds that one step may take: its own, or what the whole request has left.

    Raises:
        httpcore2.ReadTimeout: nothing is left.
    """
    until = deadline.get()
    if until is None:
        return timeout
    rest = until - time.monotonic()
    if rest <= 0:
        raise httpcore2.ReadTimeout("the time of the request is over")
    return rest if timeout is None else min(timeout, rest)


def connect(reach: Reach, resolver: Resolver, host: str, port: int, timeout: float | None) -> socket.socket:
    """A socket to one of the host's checked addresses.

    Raises:
        EgressRefused, UpstreamUnavailable: see `resolver.checked`; or none of them answers.
    """
    last: OSError | None = None
    for address in checked(reach, resolver, host, port):
        try:
            opened = socket.create_connection((str(address), port), timeout)
        except OSError as error:
            last = error
        else:
            opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return opened
    raise UpstreamUnavailable(f"{host} does not answer: {_words(last)}", where=f"{host}:{port}")


def _words(error: OSError | None) -> str:
    if error is None:
        return "it has no address"
    return error.strerror or type(error).__name__


class Stream(httpcore2.NetworkStream):
    """A connection whose every step is bounded by the deadline of the request."""

    def __init__(self, stream: httpcore2.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read some bytes."""
        return self._stream.read(max_bytes, left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write all bytes."""
        self._stream.write(buffer, left(timeout))

    def close(self) -> None:
        """Close it."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        """Go on in TLS, for the name that was asked for."""
        return Stream(self._stream.start_tls(ssl_context, server_hostname, left(timeout)))

    def get_extra_info(self, info: str) -> Any:
        """What lies below."""
        return self._stream.get_extra_info(info)


class Backend(httpcore2.NetworkBackend):
    """Opens connections for the transport, each to a checked address."""

    def __init__(self, reach: Reach, resolver: Resolver) -> None:
        self._reach = reach
        self._resolver = resolver
        self._below = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Options = None,
    ) -> httpcore2.NetworkStream:
        """Resolve, check, connect."""
        found = checked(self._reach, self._resolver, host, port)
        return Stream(
            _first(found, lambda one: self._open(one, port, timeout, local_address, socket_options))
        )

    def _open(
        self, address: Address, port: int, timeout: float | None, *rest: Any
    ) -> httpcore2.NetworkStream:
        return self._below.connect_tcp(str(address), port, left(timeout), *rest)


def _first(found: tuple[Address, ...], open_: Any) -> Any:
    for address in found[:-1]:
        try:
            return open_(address)
        except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
            continue
    return open_(found[-1])


class AsyncStream(httpcore2.AsyncNetworkStream):
    """The same for asynchronous callers."""

    def __init__(self, stream: httpcore2.AsyncNetworkStream) -> None:
        self._stream = stream

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109 - httpcore's
        """Read some bytes."""
        return await self._stream.read(max_bytes, left(timeout))

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109 - httpcore's
        """Write all bytes."""
        await self._stream.write(buffer, left(timeout))

    async def aclose(self) -> None:
        """Close it."""
        await self._stream.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's
    ) -> httpcore2.AsyncNetworkStream:
        """Go on in TLS, for the name that was asked for."""
        return AsyncStream(await self._stream.start_tls(ssl_context, server_hostname, left(timeout)))

    def get_extra_info(self, info: str) -> Any:
        """What lies below."""
        return self._stream.get_extra_info(info)


class AsyncBackend(httpcore2.AsyncNetworkBackend):
    """The same for asynchronous callers; the resolver runs in a thread."""

    def __init__(self, reach: Reach, resolver: Resolver) -> None:
        self._reach = reach
        self._resolver = resolver
        self._below = httpcore2.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's
        local_address: str | None = None,
        socket_options: Options = None,
    ) -> httpcore2.AsyncNetworkStream:
        """Resolve, check, connect."""
        found = await run_sync(checked, self._reach, self._resolver, host, port)
        for number, address in enumerate(found, 1):
            try:
                opened = await self._below.connect_tcp(
                    str(address), port, left(timeout), local_address, socket_options
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                if number == len(found):
                    raise
            else:
                return AsyncStream(opened)
        raise httpcore2.ConnectError("no address answered")

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await anyio.sleep(seconds)
