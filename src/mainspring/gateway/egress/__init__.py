"""The one way out: a client that goes only where a service was registered for, to addresses it checked."""

from mainspring.gateway.egress.client import Answer, Egress
from mainspring.gateway.egress.errors import EgressRefused, TooMuch, UpstreamUnavailable
from mainspring.gateway.egress.reach import Credential, Reach, origin_of
from mainspring.gateway.egress.resolver import Resolver, system_resolver

__all__ = [
    "Answer",
    "Credential",
    "Egress",
    "EgressRefused",
    "Reach",
    "Resolver",
    "TooMuch",
    "UpstreamUnavailable",
    "origin_of",
    "system_resolver",
]
