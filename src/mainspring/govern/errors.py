"""Errors of govern, by who must act: whoever wrote the rule, or whoever asked for what it does not allow."""

from mainspring.base.errors import MainspringError


class GovernError(MainspringError):
    """Root of the errors of this package."""


class PolicyError(GovernError):
    """A policy, its schema or a test of it is wrong: its author mends it."""


class LadderError(GovernError):
    """The authority ladder is no table that can be asked: its owner mends it."""


class SignInError(GovernError):
    """A link or a session is unknown, used or expired: the person asks for a new link."""


class PreferenceRefused(GovernError):  # noqa: N818 - says what happened
    """What a person wants to keep for themselves is too much."""


class UnknownPersonError(GovernError):
    """There is no such person, or no longer."""


class ApprovalError(GovernError):
    """An answer or a use of an approval that does not hold; nothing was changed."""


class EvidenceError(GovernError):
    """The evidence asked for is not sealed, or does not agree with what is stored."""


class ProxyError(GovernError):
    """Somebody would stand in for another where or when they may not."""


class PasswordError(GovernError):
    """A password that does not fit, or an account that is locked for a while."""


class ClientError(GovernError):
    """A service or agent did not show who it is, or asked for more than it was given."""

    code = "invalid_client"


class OidcError(GovernError):
    """Signing in through the identity provider did not come about."""


class AppealError(GovernError):
    """An appeal that cannot be raised or answered like this."""


class ErasureError(GovernError):
    """Data that cannot be erased, with the reason."""
