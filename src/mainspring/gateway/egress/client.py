"""The egress: requests, clients and sockets that stay within the reach of their service."""

import socket
import ssl
import threading
from collections.abc import Mapping
from typing import Any, NoReturn

import httpcore2
import httpx2

from mainspring.gateway.egress import network
from mainspring.gateway.egress.credentials import Credentials, Learn, SecretSource
from mainspring.gateway.egress.errors import EgressRefused, UpstreamUnavailable
from mainspring.gateway.egress.exchange import Answer, Exchange
from mainspring.gateway.egress.reach import Reach, split
from mainspring.gateway.egress.resolver import Resolver, checked, system_resolver
from mainspring.gateway.egress.transport import AsyncTransport, Transport, tls

_KEPT = 64
"""Reaches whose connections are kept; one more closes the oldest."""


class Egress:
    """The one way out. Safe to use from several threads.

    Args:
        secret: gives a secret's value for a host; without one, services with a credential are refused.
        resolver: names to addresses.
        context: TLS; by default the system's authorities.
        learn: is told tokens that secrets are exchanged for, so that nobody shows them.
    """

    def __init__(
        self,
        secret: SecretSource | None = None,
        *,
        resolver: Resolver = system_resolver,
        context: ssl.SSLContext | None = None,
        learn: Learn = lambda _, __: None,
    ) -> None:
        self._secret = secret or _no_secret
        self._credentials = Credentials(self._secret, self.request, learn)
        self._resolver = resolver
        self._context = context or tls()
        self._kept: dict[Reach, Exchange] = {}
        self._lock = threading.Lock()

    def request(
        self,
        reach: Reach,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, Any] | None = None,
        content: bytes | None = None,
    ) -> Answer:
        """Send a request and read the whole answer, whatever its status.

        Raises:
            EgressRefused: the address, or one it redirects to, is out of reach.
            TooMuch: the answer is larger than it may be.
            UpstreamUnavailable: no connection, or no answer in time.
        """
        reach.demand(url)
        try:
            return self._exchange(reach).send(method, url, headers or {}, params, content)
        except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
            said = f"the connection failed ({type(error).__name__})"
            raise UpstreamUnavailable(
                said, where=_place(url), mend="Try again later.", unknown=False
            ) from None
        except httpcore2.TimeoutException:
            said = f"no answer within {reach.seconds:g} seconds"
            raise UpstreamUnavailable(said, where=_place(url), mend="Try again later.") from None
        except (httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.UnsupportedProtocol) as error:
            said = f"the connection failed ({type(error).__name__})"
            raise UpstreamUnavailable(said, where=_place(url), mend="Try again later.") from None

    def client(self, reach: Reach) -> httpx2.Client:
        """A client of one's own that stays within reach; whoever asked for it closes it."""
        transport = Transport(reach, self._resolver, self._credentials, self._context)
        return httpx2.Client(
            transport=transport,
            follow_redirects=reach.redirects > 0,
            max_redirects=reach.redirects,
            timeout=reach.seconds,
            trust_env=False,
        )

    def async_client(self, reach: Reach) -> httpx2.AsyncClient:
        """The same, asynchronous: for the libraries that speak to models and to MCP servers."""
        transport = AsyncTransport(reach, self._resolver, self._credentials, self._context)
        return httpx2.AsyncClient(
            transport=transport,
            follow_redirects=reach.redirects > 0,
            max_redirects=reach.redirects,
            timeout=reach.seconds,
            trust_env=False,
        )

    def connect(self, reach: Reach, origin: str) -> socket.socket:
        """A connected socket, for protocols other than HTTP.

        Raises:
            EgressRefused: the origin is out of reach.
            UpstreamUnavailable: nobody answers.
        """
        _, host, port = split(reach.demand(origin))
        return network.connect(reach, self._resolver, host, port, reach.seconds)

    def address(self, reach: Reach, origin: str) -> str:
        """An address to connect to, for drivers that open their sockets themselves: they must use this one.

        Raises:
            EgressRefused: the origin is out of reach.
            UpstreamUnavailable: the name has no address.
        """
        _, host, port = split(reach.demand(origin))
        return str(checked(reach, self._resolver, host, port)[0])

    def secret(self, name: str, host: str) -> str:
        """The value of a secret for a host, for protocols other than HTTP."""
        return self._secret(name, host)

    @property
    def context(self) -> ssl.SSLContext:
        """TLS as it is spoken here."""
        return self._context

    def close(self) -> None:
        """Close the connections that are kept."""
        with self._lock:
            for each in self._kept.values():
                each.close()
            self._kept.clear()

    def _exchange(self, reach: Reach) -> Exchange:
        with self._lock:
            found = self._kept.get(reach)
            if found is None:
                if len(self._kept) >= _KEPT:
                    self._kept.pop(next(iter(self._kept))).close()
                found = Exchange(reach, self._resolver, self._credentials, self._context)
                self._kept[reach] = found
            return found


def _place(url: str) -> str:
    """An address as it may stand in a message: without its query."""
    return url.partition("?")[0]


def _no_secret(name: str, _: str) -> NoReturn:
    raise EgressRefused(
        "secrets are not set up here", where=name, mend="Open the house with a key for secrets."
    )
