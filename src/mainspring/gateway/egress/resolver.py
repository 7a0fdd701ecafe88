"""Names to addresses that may be connected to: every answer of the resolver is checked, and one is taken."""

import socket
from collections.abc import Callable, Sequence

from mainspring.gateway.egress import addresses
from mainspring.gateway.egress.addresses import Address
from mainspring.gateway.egress.errors import EgressRefused, UpstreamUnavailable
from mainspring.gateway.egress.reach import Reach

Resolver = Callable[[str, int], Sequence[str]]
"""Gives the addresses of a host, best first; raises OSError when there are none."""


def system_resolver(host: str, port: int) -> Sequence[str]:
    """What the operating system says."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(address[0]) for *_, address in found))


def checked(reach: Reach, resolver: Resolver, host: str, port: int) -> tuple[Address, ...]:
    """The addresses to connect to. One bad answer among good ones refuses them all.

    Raises:
        EgressRefused: an address is private, local or the like, and the service was not registered for it.
        UpstreamUnavailable: the name has no address.
    """
    given = addresses.parsed(host)
    if given is not None:
        found: tuple[Address, ...] = (given,)
    else:
        try:
            answers = resolver(host, port)
        except OSError:
            raise UpstreamUnavailable(f"{host} is not known to the resolver", where=host) from None
        found = tuple(one for text in answers if (one := addresses.parsed(text)) is not None)
        if not found or len(found) != len(answers):
            raise UpstreamUnavailable(f"{host} has no address", where=host)
    for address in found:
        why = addresses.refusal(address, reach.networks)
        if why is not None:
            raise EgressRefused(
                f"{host} leads to {address}, which is {why}",
                where=host,
                mend="If this service is meant to be inside, register it with that network.",
            )
    return found
