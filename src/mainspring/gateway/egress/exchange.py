"""A request and its whole answer, on the kept connections of one reach.

The pool below httpx is spoken to directly: a call through the gateway costs no more processor time than one
made with httpx. What a client would do stands here in full: redirects within reach, the credential, bounds.
"""

import ssl
import time
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple, cast

import httpcore2
import httpx2

from mainspring.gateway.egress.body import Bound, within
from mainspring.gateway.egress.credentials import Credentials
from mainspring.gateway.egress.errors import EgressRefused
from mainspring.gateway.egress.network import Backend
from mainspring.gateway.egress.reach import Reach
from mainspring.gateway.egress.resolver import Resolver

ACCEPTED = "gzip, deflate"
AGENT = "mainspring"
_CONNECTIONS = 50
_IDLE = 30.0
"""Seconds that an unused connection is kept."""
_MOVED = frozenset({301, 302, 303, 307, 308})
_SEE_OTHER, _KEEPS_METHOD = 303, frozenset({307, 308})
_UNAUTHORISED = 401
_WITH_BODY = frozenset({"POST", "PUT", "PATCH"})
_PRIVATE = frozenset({"authorization", "cookie"})


class Answer(NamedTuple):
    """An answer read to its end.

    Attributes:
        status: of HTTP.
        headers: lower-case names.
        content: the body, unpacked.
        url: where it came from in the end, without any credential.
    """

    status: int
    headers: Mapping[str, str]
    content: bytes
    url: str


class _Request(NamedTuple):
    """What is to be sent; `headers` with lower-case names, without what frames a request."""

    method: str
    url: str
    headers: Mapping[str, str]
    content: bytes | None


def pool(reach: Reach, resolver: Resolver, context: ssl.SSLContext) -> httpcore2.ConnectionPool:
    """Connections to checked addresses."""
    return httpcore2.ConnectionPool(
        ssl_context=context,
        max_connections=_CONNECTIONS,
        keepalive_expiry=_IDLE,
        network_backend=Backend(reach, resolver),
    )


class Exchange:
    """Requests within one reach. Safe to use from several threads."""

    def __init__(
        self, reach: Reach, resolver: Resolver, credentials: Credentials, context: ssl.SSLContext
    ) -> None:
        self._reach = reach
        self._credentials = credentials
        self._pool = pool(reach, resolver, context)
        self._timeouts = {"timeout": dict.fromkeys(("connect", "read", "write", "pool"), reach.seconds)}

    def send(
        self, method: str, url: str, headers: Mapping[str, str], params: Any, content: bytes | None
    ) -> Answer:
        """Send a request, follow where it leads within reach, and read the answer.

        Raises:
            EgressRefused: the address, or one it redirects to, is out of reach.
            TooMuch: the answer is larger than it may be.
            httpcore2 errors: no connection, or no answer in time.
        """
        until = time.monotonic() + self._reach.seconds
        lowered = {name.lower(): value for name, value in headers.items()}
        request = _Request(method.upper(), _with(url, params), lowered, content)
        for _ in range(self._reach.redirects + 1):
            answer = self._asked(request, until)
            target = answer.headers.get("location")
            if not self._reach.redirects or answer.status not in _MOVED or target is None:
                return answer
            request = self._moved(request, answer.status, target)
        raise EgressRefused("it redirects without end", where=_place(url))

    def close(self) -> None:
        """Close the connections."""
        self._pool.close()

    def _asked(self, request: _Request, until: float) -> Answer:
        parsed, text = _parsed(request.url)
        origin = self._reach.demand(text)
        used = self._credentials.placed(self._reach, origin)
        answer = self._sent(request, parsed, text, origin, used, until)
        if answer.status == _UNAUTHORISED and self._credentials.forget(self._reach, used):
            again = self._credentials.placed(self._reach, origin)  # what was refused had no effect
            return self._sent(request, parsed, text, origin, again, until)
        return answer

    def _sent(
        self, request: _Request, parsed: httpx2.URL, text: str, origin: str, used: Any, until: float
    ) -> Answer:
        headers = {
            "accept": "*/*",
            "user-agent": AGENT,
            **request.headers,
            "host": parsed.netloc.decode("ascii"),
            "accept-encoding": ACCEPTED,
        }
        if request.content is not None or request.method in _WITH_BODY:
            headers["content-length"] = str(len(request.content or b""))
        target = parsed
        if used is not None and used.in_query:
            target = parsed.copy_set_param(used.name, used.value)
        elif used is not None:
            headers[used.name.lower()] = used.value
        sent = httpcore2.Request(
            request.method.encode("ascii"),
            httpcore2.URL(
                scheme=target.raw_scheme, host=target.raw_host, port=target.port, target=target.raw_path
            ),
            headers=_encoded(headers),
            content=request.content,
            extensions=self._timeouts,
        )
        with within(until):
            response = self._pool.handle_request(sent)
            try:
                found = _decoded(response.headers)
                bound = Bound(found, self._reach.most_bytes, origin)
                content = b"".join(
                    piece for data in cast("Iterable[bytes]", response.stream) for piece in bound.pieces(data)
                )
            finally:
                response.close()
        if "content-encoding" in found:  # it is unpacked by now
            found = {
                name: value
                for name, value in found.items()
                if name not in {"content-encoding", "content-length"}
            }
        return Answer(response.status, found, content, text)

    def _moved(self, request: _Request, status: int, target: str) -> _Request:
        """The request that a redirect asks for (RFC 9110, section 15.4)."""
        try:
            url = str(httpx2.URL(request.url).join(target))
        except (httpx2.InvalidURL, ValueError):
            raise EgressRefused("it redirects to what is no address", where=_place(request.url)) from None
        headers = dict(request.headers)
        if self._reach.demand(url) != self._reach.demand(request.url):
            headers = {name: value for name, value in headers.items() if name not in _PRIVATE}
        method, content = request.method, request.content
        if status not in _KEEPS_METHOD and (status == _SEE_OTHER or method == "POST") and method != "HEAD":
            method, content = "GET", None
            headers.pop("content-type", None)
        return _Request(method, url, headers, content)


def _with(url: str, params: Any) -> str:
    if not params:
        return url
    return str(httpx2.URL(url, params=params))


@lru_cache(maxsize=2048)
def _parsed(url: str) -> tuple[httpx2.URL, str]:
    """An address read once, and as the client writes it: what is checked is what is connected to."""
    try:
        found = httpx2.URL(url)
    except httpx2.InvalidURL:
        raise EgressRefused("not an address to go to", where=_place(url)) from None
    return found, str(found)


def _encoded(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    try:
        return [(name.encode("ascii"), value.encode("ascii")) for name, value in headers.items()]
    except UnicodeEncodeError:
        raise EgressRefused("a header holds what no header can", mend="Use ASCII in headers.") from None


def _decoded(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for raw, value in headers:
        name, text = raw.decode("latin-1").lower(), value.decode("latin-1")
        found[name] = f"{found[name]}, {text}" if name in found else text
    return found


def _place(url: str) -> str:
    """An address as it may stand in a message: without its query."""
    return url.partition("?")[0]
