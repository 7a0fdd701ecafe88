"""Errors of the gateway, by who must act: the caller, a person who confirms, the owner of a budget, time."""

from mainspring.base.errors import MainspringError
from mainspring.govern.approval import Approval


class GatewayError(MainspringError):
    """Root of the errors of this package."""


class RegistryError(GatewayError):
    """An operation is declared wrongly: its developer mends it."""


class NoSuchService(RegistryError):  # noqa: N818 - says what happened, as the caller reads it
    """No service of this name is registered."""


class Denied(GatewayError):  # noqa: N818 - says what happened, as the caller reads it
    """Not allowed; the message names the rule. Nothing was done."""


class ArgumentsInvalid(GatewayError):  # noqa: N818 - says what happened, as the caller reads it
    """The arguments are not those the operation declares; the message names each field. Nothing was done."""


class Waiting(GatewayError):  # noqa: N818 - says what happened, as the caller reads it
    """Nothing was done yet: people are asked. Call again with the same arguments when they have answered.

    Attributes:
        request: the approval that was asked for, `request.payload()` is what people must see.
    """

    def __init__(self, message: str, *, request: Approval, where: str = "", mend: str = "") -> None:
        super().__init__(message, where=where, mend=mend)
        self.request = request


class ConfirmationNeeded(Waiting):
    """The ladder asks for confirmations first."""


class PersonOnly(Waiting):
    """The ladder leaves it to a person: one of the role takes it over by saying yes to exactly this call."""


class OverBudget(GatewayError):  # noqa: N818 - says what happened, as the caller reads it
    """A budget would be exceeded. Nothing was done."""


class Unavailable(GatewayError):  # noqa: N818 - says what happened, as the caller reads it
    """The service cannot be used now: too many calls, or it has been failing. Try again later."""


class UpstreamUnavailable(GatewayError):  # noqa: N818 - says what happened, as the caller reads it
    """The service behind the gateway did not answer, or answered that it cannot. Try again later.

    Attributes:
        unknown: nobody can tell whether the call took effect.
    """

    def __init__(self, message: str, *, where: str = "", mend: str = "", unknown: bool = True) -> None:
        super().__init__(message, where=where, mend=mend)
        self.unknown = unknown


class UpstreamRefused(GatewayError):  # noqa: N818 - says what happened, as the caller reads it
    """The service behind the gateway answered that it will not: the arguments or the state are wrong.

    Attributes:
        status: its own code, as HTTP counts (404, 409, ...), or 0.
    """

    def __init__(self, message: str, *, status: int = 0, where: str = "", mend: str = "") -> None:
        super().__init__(message, where=where, mend=mend)
        self.status = status


class UnderWay(GatewayError):  # noqa: N818 - says what happened, as the caller reads it
    """A call of the same idempotency key has not ended: ask again for its answer."""


class InDoubt(GatewayError):  # noqa: N818 - says what happened, as the caller reads it
    """A call of the same key was cut off and may have taken effect: a person looks and decides."""


class ReplayConflict(GatewayError):  # noqa: N818 - says what happened, as the caller reads it
    """An idempotency key was used before with other arguments: the caller must use a new key."""
