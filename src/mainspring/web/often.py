"""How often one address may try to sign in or show a customer's link, and how often one link may be shown.

Whoever guesses passwords across many accounts, or links, is slowed down before anything is looked at. The
address is the one that uvicorn saw, or that a proxy on this machine names in `X-Forwarded-For`.
"""

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime
from ipaddress import IPv6Address, ip_address
from typing import NamedTuple

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from mainspring.gateway.rate import Buckets, Rate
from mainspring.web.answers import fault
from mainspring.web.customer.access import HEADER

_NETWORK = 64
"""Bits of an IPv6 address that one household holds."""


class Door(NamedTuple):
    """Paths that share a limit: what they begin with, and the methods that count (none: all)."""

    name: str
    paths: tuple[str, ...]
    methods: frozenset[str]
    rate: Rate


DOORS = (
    Door("sign-in", ("/api/v1/session",), frozenset({"POST"}), Rate(0.5, 30)),
    Door("sign-in", ("/sign-in/", "/oauth/token"), frozenset(), Rate(0.5, 30)),
    Door("customer", ("/api/v1/customer", "/offer"), frozenset(), Rate(2, 60)),
)


class NotTooOften:
    """Refuses with 429 what comes too often through one of the doors.

    Args:
        app: what stands behind.
        clock: the time (UTC).
    """

    def __init__(self, app: ASGIApp, clock: Callable[[], datetime]) -> None:
        self.app = app
        self._clock = clock
        self._buckets = Buckets()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        door = _door(scope) if scope["type"] == "http" else None
        if door is None or self._buckets.take(_who(door, scope), door.rate, self._clock()):
            await self.app(scope, receive, send)
            return
        answer = fault(429, "TooOften", "too many attempts", scope["path"], "Wait a minute, then try again.")
        answer.headers["Retry-After"] = str(max(1, round(1 / door.rate.per_second)))
        await answer(scope, receive, send)


def _door(scope: Scope) -> Door | None:
    for door in DOORS:
        if scope["path"].startswith(door.paths) and (not door.methods or scope["method"] in door.methods):
            return door
    return None


def _who(door: Door, scope: Scope) -> Iterator[tuple[str, ...]]:
    """The buckets of a request: its address, and the link that it shows."""
    host = scope["client"][0] if scope.get("client") else ""
    yield door.name, "address", _network(host)
    link = Headers(scope=scope).get(HEADER)
    if link is not None and door.name == "customer":
        yield door.name, "link", hashlib.sha256(link.encode()).hexdigest()


def _network(host: str) -> str:
    """An address, or for IPv6 the network that one household holds."""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        return (address.ipv4_mapped or IPv6Address(int(address) >> _NETWORK << _NETWORK)).compressed
    return host
