"""The one way out: a client that goes only where a service was registered for, to addresses it checked."""

from mainspring.gateway.egress.client import Egress
from mainspring.gateway.egress.errors import EgressRefused, TooMuch, UpstreamUnavailable
from mainspring.gateway.egress.exchange import Answer
from mainspring.gateway.egress.reach import Credential, OAuth, Reach, origin_of
from mainspring.gateway.egress.resolver import Resolver, system_resolver

__all__ = [
    "Answer",
    "Credential",
    "Egress",
    "EgressRefused",
    "OAuth",
    "Reach",
    "Resolver",
    "TooMuch",
    "UpstreamUnavailable",
    "origin_of",
    "system_resolver",
]
