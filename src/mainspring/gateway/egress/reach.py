"""What a service may reach: its origins, its networks, its credential, and how much and how long.

An origin is `scheme://host:port`, spelled in one way only: lower case, no trailing dot, the port written out.
Hosts that a resolver might read as a number in some other spelling (octal, hexadecimal, one whole number) are
refused as such, so that what was checked is what is connected to.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_network
from typing import Literal
from urllib.parse import SplitResult, urlsplit

from mainspring.gateway.egress import addresses
from mainspring.gateway.egress.addresses import Network
from mainspring.gateway.egress.errors import EgressRefused

PORTS = {
    "http": 80,
    "https": 443,
    "smtp": 587,
    "smtps": 465,
    "imap": 143,
    "imaps": 993,
    "postgresql": 5432,
    "mysql": 3306,
}
MOST_PORT = 65_535
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_NUMERIC = re.compile(r"[0-9]+|0x[0-9a-f]*")
_UNSEEN = re.compile(r"[\x00-\x20\x7f\\]")
_NAME_LENGTH = 253


@dataclass(frozen=True, slots=True)
class OAuth:
    """Where a client's secret is exchanged for a token (OAuth 2 client credentials).

    Attributes:
        token_url: the token endpoint; the secret goes there and nowhere else.
        client_id: of the client that the secret belongs to.
        scope: what is asked for, divided by blanks; audience: for which service, where the endpoint wants it.
        authentication: of the client, by HTTP basic or in the body, as the endpoint has it.
    """

    token_url: str
    client_id: str
    scope: str = ""
    audience: str = ""
    authentication: Literal["basic", "body"] = "basic"


@dataclass(frozen=True, slots=True)
class Credential:
    """A secret that goes along with a request, put in at the last moment and only for the service's origins.

    Attributes:
        secret: its name.
        place: where it goes: a header, a query parameter, or as the password of basic authentication.
        name: of the header or parameter.
        prefix: what stands before it in a header.
        user: the name beside the password, for basic authentication.
        oauth: the secret is a client's, and a token that it is exchanged for goes into the header.
    """

    secret: str
    place: Literal["header", "query", "basic"] = "header"
    name: str = "Authorization"
    prefix: str = "Bearer "
    user: str = ""
    oauth: OAuth | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """Where a service may go.

    Attributes:
        origins: as `origin_of` spells them; nothing else is connected to, redirects included.
        networks: not public networks that the service was registered for.
        credential: sent along to these origins.
        most_bytes: of an answer, as it comes and unpacked alike.
        seconds: for a request from first to last byte.
        redirects: how many are followed.
    """

    origins: frozenset[str]
    networks: tuple[Network, ...] = ()
    credential: Credential | None = None
    most_bytes: int = 10_000_000
    seconds: float = 30.0
    redirects: int = 3

    @classmethod
    def to(
        cls,
        *addresses_: str,
        networks: Iterable[str] = (),
        credential: Credential | None = None,
        seconds: float = 30.0,
        most_bytes: int = 10_000_000,
    ) -> "Reach":
        """The reach of a service at these addresses (URLs); `networks` in the form ``10.1.0.0/16``.

        Raises:
            EgressRefused: an address or a network is none.
        """
        try:
            known = tuple(ip_network(one) for one in networks)
        except ValueError as error:
            raise EgressRefused(str(error), where="networks", mend="Write it as 10.1.0.0/16.") from None
        origins = frozenset(origin_of(one) for one in addresses_)
        return cls(origins, known, credential, most_bytes, seconds)

    def demand(self, url: str) -> str:
        """The origin of an address, when it is within reach.

        Raises:
            EgressRefused: it is not.
        """
        origin = origin_of(url)
        if origin not in self.origins:
            raise EgressRefused(
                f"{origin} is not among the places that this service was registered for",
                where=origin,
                mend="Register the service with this address, if it belongs to it.",
            )
        return origin


def origin_of(url: str) -> str:
    """The origin of an address in its one spelling.

    Raises:
        EgressRefused: it is no absolute address of a known scheme, or its host can be read in two ways.
    """
    if _UNSEEN.search(url):
        raise _refused("it holds blanks, control characters or backslashes")
    try:
        parts = urlsplit(url)
    except ValueError:
        raise _refused("it cannot be read") from None
    return _origin(parts.scheme.lower(), parts.netloc)


@lru_cache(maxsize=1024)
def _origin(scheme: str, netloc: str) -> str:
    parts = SplitResult(scheme, netloc, "", "", "")
    try:
        port = parts.port
    except ValueError:
        raise _refused("it cannot be read") from None
    if scheme not in PORTS:
        raise _refused(f"{scheme or 'an address without a scheme'} is not spoken here")
    if "@" in parts.netloc:
        raise _refused("it holds a user name; credentials go by the name of a secret")
    if port is not None and not 0 < port <= MOST_PORT:
        raise _refused("it has no such port")
    return f"{scheme}://{_host(parts.hostname or '')}:{port or PORTS[scheme]}"


def split(origin: str) -> tuple[str, str, int]:
    """Scheme, host and port of an origin; an IPv6 host without its brackets."""
    scheme, _, rest = origin.partition("://")
    host, _, port = rest.rpartition(":")
    return scheme, host.strip("[]"), int(port)


def _host(host: str) -> str:
    if ":" in host:
        address = addresses.parsed(host)
        if address is None or "%" in host:
            raise _refused("its host is no address")
        return f"[{address}]"
    name = host.rstrip(".")
    if host.endswith(".."):
        raise _refused("its host ends in dots")
    if not name.isascii():
        name = _in_ascii(name)
    labels = name.lower().split(".")
    if _NUMERIC.fullmatch(labels[-1]):  # whatever ends in a number is an address, or nothing (WHATWG URL)
        address = addresses.parsed(name)
        if address is None:
            raise _refused("its host is a number in an unusual spelling")
        return str(address)
    if len(name) > _NAME_LENGTH or not all(_LABEL.fullmatch(label) for label in labels):
        raise _refused("its host is no name")
    return ".".join(labels)


def _in_ascii(name: str) -> str:
    try:
        return name.encode("idna").decode("ascii")
    except UnicodeError:
        raise _refused("its host is no name") from None


def _refused(why: str) -> EgressRefused:
    return EgressRefused(f"not an address to go to: {why}", mend="Write it as https://name/path.")
