"""What the HTTP interface refuses, and which status each error of the floors below has."""

from collections.abc import Mapping

from mainspring.agents.errors import (
    AgentDefinitionError,
    AnswerRefused,
    LearningRefused,
    NobodyThere,
    ReleaseRefused,
)
from mainspring.app.errors import (
    AlreadyAnswered,
    DocumentRefused,
    LinkRefused,
    NotReadyError,
    QuestionUnfit,
)
from mainspring.base.errors import MainspringError
from mainspring.base.jsonio import NotJsonError
from mainspring.engine import CommandRejected
from mainspring.gateway import errors as gateway
from mainspring.gateway.egress import EgressRefused
from mainspring.gateway.hooks import HookRefused
from mainspring.govern import errors as govern
from mainspring.govern.errors import ApprovalError, SignInError, UnknownPersonError
from mainspring.insight.errors import LedgerError, PlanError
from mainspring.runtime import errors as runtime
from mainspring.store.errors import ConflictError, StoreBusyError


class RequestError(MainspringError):
    """A request that is wrong in itself; `status` is its HTTP status."""

    status = 400


class NotSignedIn(RequestError):  # noqa: N818 - says what is the matter
    """There is no session."""

    status = 401


class Forbidden(RequestError):  # noqa: N818 - the protocol's word
    """The person may not do this, or the request may come from another site."""

    status = 403


class TooLarge(RequestError):  # noqa: N818 - the protocol's word
    """The body is larger than this route takes."""

    status = 413


class Unfit(RequestError):  # noqa: N818 - says what is the matter
    """Fields of the request are missing or wrong."""

    status = 422


STATUS: Mapping[type[MainspringError], int] = {
    NotJsonError: 400,
    LedgerError: 422,
    PlanError: 422,
    SignInError: 401,
    UnknownPersonError: 401,
    govern.ClientError: 401,
    govern.OidcError: 401,
    govern.PasswordError: 422,
    govern.PolicyError: 422,
    govern.PreferenceRefused: 422,
    govern.ProxyError: 409,
    govern.AppealError: 409,
    govern.ErasureError: 409,
    govern.EvidenceError: 409,
    runtime.Denied: 403,
    gateway.Denied: 403,
    runtime.NotFound: 404,
    CommandRejected: 409,
    ApprovalError: 409,
    runtime.DuplicateMessage: 409,
    gateway.ReplayConflict: 409,
    gateway.ConfirmationNeeded: 409,
    gateway.PersonOnly: 409,
    ConflictError: 409,
    AnswerRefused: 422,
    AgentDefinitionError: 422,
    NobodyThere: 404,
    ReleaseRefused: 409,
    LearningRefused: 409,
    DocumentRefused: 422,
    QuestionUnfit: 422,
    LinkRefused: 401,
    AlreadyAnswered: 409,
    gateway.NoSuchService: 404,
    gateway.RegistryError: 422,
    EgressRefused: 422,
    gateway.ArgumentsInvalid: 422,
    gateway.OverBudget: 429,
    gateway.Unavailable: 503,
    gateway.UpstreamUnavailable: 502,
    gateway.UpstreamRefused: 502,
    gateway.UnderWay: 409,
    gateway.InDoubt: 409,
    HookRefused: 401,
    StoreBusyError: 503,
    NotReadyError: 503,
}
"""The status of an error that is no `RequestError`; what is not here is a 400."""


def status_of(error: MainspringError) -> int:
    """The HTTP status of an error, by the nearest of its classes."""
    if isinstance(error, RequestError):
        return error.status
    return next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 400)
