"""Errors of the way out, by who must act: whoever registered the service, or time."""

from mainspring.gateway.errors import GatewayError, UpstreamUnavailable


class EgressRefused(GatewayError):  # noqa: N818 - says what happened, as the caller reads it
    """The destination is not one that this service was registered for. Nothing was sent."""


class TooMuch(GatewayError):  # noqa: N818 - says what happened, as the caller reads it
    """The answer is larger, or took longer, than the service may: it was cut off and dropped."""


__all__ = ["EgressRefused", "TooMuch", "UpstreamUnavailable"]
