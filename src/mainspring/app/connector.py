"""Camunda's REST connector: jobs of the type `io.camunda:http-json:1` as calls through the gateway.

The inputs are those of its element template: method, url, headers, queryParameters, body, authentication. The
address must lie below the base address of a registered service of the kind http; its name says where the call
is counted. A secret in the model (`{{secrets.NAME}}`) is a reference: it must be the one that the service was
registered with, and is put in on the way out.
"""

import base64
import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from mainspring import feel
from mainspring.engine.events import Actor
from mainspring.gateway import Caller, Gateway, services
from mainspring.gateway.asking import asking
from mainspring.gateway.egress import origin_of
from mainspring.gateway.errors import (
    ArgumentsInvalid,
    Denied,
    GatewayError,
    InDoubt,
    UpstreamRefused,
    Waiting,
)
from mainspring.govern.principal import SYSTEM
from mainspring.runtime.jobs import Job
from mainspring.runtime.outcomes import Complete, Fail, Outcome, ThrowError, Work
from mainspring.store import Store

JOB_TYPE = "io.camunda:http-json:1"
_SECRET = re.compile(r"\{\{\s*secrets\.([\w.-]+)\s*\}\}|secrets\.([\w.-]+)")
_DURATION = re.compile(r"-?P[0-9A-Z.]{1,40}")
_TWO = 'function(code, message) {type: "bpmnError", code: code, message: message, variables: null}'
_THREE = (
    "function(code, message, variables) "
    '{type: "bpmnError", code: code, message: message, variables: variables}'
)


class _Target(NamedTuple):
    service: str
    path: str
    credential: Mapping[str, Any]


class RestConnector:
    """The handler of the job type."""

    costly = True
    actor = Actor("system", "connector")  # what it answers are the words of a service outside

    def __init__(self, gateway: Gateway, store: Store) -> None:
        self._gateway = gateway
        self._store = store

    def __call__(self, job: Job, work: Work) -> Outcome:
        """Make the call and say what becomes of the job."""
        method = str(job.variables.get("method") or "GET").lower()
        try:
            target = self._target(str(job.variables.get("url") or ""))
            arguments = _arguments(job.variables, target)
            caller = _caller(job, method)
            answer = work.step(
                f"http {method}",
                lambda: (
                    self._gateway.perform(self._store, caller, f"{target.service}.{method}", arguments).root
                ),
                repeatable=True,  # the idempotency key of the call tells whether it may be made again
            )
        except UpstreamRefused as error:
            return _refused(job, error)
        except Waiting as needed:
            return asking(needed, self._gateway.registry)
        except (ArgumentsInvalid, Denied, InDoubt) as error:
            return Fail(str(error), retries=0)
        except GatewayError as error:
            return Fail(str(error), retry_in=_backoff(job))
        return completed(job, answer)

    def _target(self, url: str) -> _Target:
        """The service below whose base address the address lies, the nearest one first.

        Raises:
            Denied: there is none.
        """
        origin = origin_of(url)
        now = self._gateway.clock()
        with self._store.read() as tx:
            known = services.every(tx)
        found: list[tuple[int, _Target]] = []
        for service in known:
            if service.kind != "http" or service.gone(now):
                continue
            for version in service.versions:
                base = str(version.config["base_url"])
                root = base if base.endswith("/") else f"{base}/"
                given = url if "?" in url or url.endswith("/") else f"{url}/"
                if origin_of(base) == origin and urlsplit(given).path.startswith(urlsplit(root).path):
                    credential = version.config.get("credential") or {}
                    rest = url.partition(urlsplit(url).netloc)[2].removeprefix(
                        urlsplit(root).path.rstrip("/")
                    )
                    found.append((len(base), _Target(service.name, rest, credential)))
        if not found:
            raise Denied(
                f"no service is registered at {origin}",
                where=JOB_TYPE,
                mend="Register it: mainspring services add NAME --kind http --url ...",
            )
        return max(found)[1]


def _caller(job: Job, method: str) -> Caller:
    return Caller(
        SYSTEM,
        process_id=job.process_id,
        instance=job.instance,
        process_instance=job.process_instance,
        element=job.element,
        element_key=job.element_key,
        job=job.key,
        idempotency_key=None if method in {"get", "head"} else f"{JOB_TYPE} {job.key}",
    )


def _arguments(variables: Mapping[str, Any], target: _Target) -> dict[str, Any]:
    """The arguments of the gateway's operation.

    Raises:
        Denied: a secret is named that the service was not registered with.
        ArgumentsInvalid: the authentication is of a kind that is not known.
    """
    headers = {str(name): str(value) for name, value in (variables.get("headers") or {}).items()}
    query = dict(variables.get("queryParameters") or {})
    _authenticate(variables.get("authentication") or {}, target, headers, query)
    for name, value in [*headers.items()]:
        if _secret_in(value, target):
            del headers[name]  # the service's own credential goes along in any case
    arguments: dict[str, Any] = {"path": target.path}
    if headers:
        arguments["headers"] = headers
    if query:
        arguments["query"] = query
    if variables.get("body") is not None:
        arguments["body"] = variables["body"]
    return arguments


def _authenticate(
    given: Mapping[str, Any], target: _Target, headers: dict[str, str], query: dict[str, Any]
) -> None:
    """Put in what the model itself holds; what it refers to is the service's own credential, put in later."""
    kind = given.get("type") or "noAuth"
    if kind in {"noAuth", "none"}:
        return
    if kind == "oauth-client-credentials-flow":
        _demand_same_client(given, target)
        return
    if kind == "bearer":
        name, secret = "Authorization", str(given.get("token", ""))
        value = f"Bearer {secret}"
    elif kind == "basic":
        name, secret = "Authorization", str(given.get("password", ""))
        pair = f"{given.get('username', '')}:{secret}"
        value = f"Basic {base64.b64encode(pair.encode()).decode()}"
    elif kind == "apiKey":
        name = str(given.get("name", ""))
        value = secret = str(given.get("value", ""))
    else:
        raise ArgumentsInvalid(
            f"authentication: {kind} is not known here",
            where=JOB_TYPE,
            mend="Register the service with its credential, and choose noAuth in the model.",
        )
    if _secret_in(secret, target):
        return
    if kind == "apiKey" and given.get("apiKeyLocation") == "query":
        query[name] = value
    else:
        headers[name] = value


def _demand_same_client(given: Mapping[str, Any], target: _Target) -> None:
    """A token is fetched for the client that the service was registered with, and for no other.

    Raises:
        Denied: the model names another client, endpoint or secret.
        ArgumentsInvalid: the client's secret stands in the model itself.
    """
    secret = str(given.get("clientSecret", ""))
    if not _secret_in(secret, target):
        raise ArgumentsInvalid(
            "authentication: the client's secret stands in the model",
            where=JOB_TYPE,
            mend="Keep it with `mainspring secrets set` and register the service with it.",
        )
    oauth = target.credential.get("oauth") or {}
    client = str(given.get("clientId", ""))
    same_client = _SECRET.search(client) is not None or client == oauth.get("client_id")
    if not same_client or given.get("oauthTokenEndpoint") != oauth.get("token_url"):
        raise Denied(
            f"the service {target.service} is registered with another client or token endpoint",
            where=JOB_TYPE,
            mend="Register it with this secret, and with token_url and client_id as its oauth.",
        )


def _secret_in(text: str, target: _Target) -> bool:
    """Whether the text names a secret.

    Raises:
        Denied: it is not that of the service.
    """
    found = _SECRET.search(text)
    if found is None:
        return False
    name = found[1] or found[2]
    if name != target.credential.get("secret"):
        raise Denied(
            f"the secret {name} does not belong to the service {target.service}",
            where=JOB_TYPE,
            mend="Register the service with this secret as its credential.",
        )
    return True


def completed(job: Job, answer: Mapping[str, Any]) -> Outcome:
    """The end of a job whose call gave this answer, with the variables that the model asks for."""
    variables: dict[str, Any] = {}
    name = job.headers.get("resultVariable")
    if name:
        variables[name] = dict(answer)
    failed = _error_expression(job, {**answer, "response": dict(answer)})
    if failed is not None:
        return failed
    text = job.headers.get("resultExpression")
    if text:
        given = {**job.variables, **answer, "response": dict(answer)}
        found = _evaluated(text, given)
        if isinstance(found, Mapping):
            variables |= found
        elif found is not None:
            return Fail("resultExpression gives no context of variables", retries=0)
    return Complete(variables)


def _refused(job: Job, error: UpstreamRefused) -> Outcome:
    """A refusal: a BPMN error where the model makes one of it, else the failure of the job."""
    told = {"code": str(error.status), "message": error.message}
    found = _error_expression(job, {"error": told, "response": {"status": error.status}})
    return found if found is not None else Fail(str(error), retries=0)


def _error_expression(job: Job, given: Mapping[str, Any]) -> Outcome | None:
    text = (job.headers.get("errorExpression") or "").lstrip().removeprefix("=")
    if not text:
        return None
    for function in (_TWO, _THREE):  # FEEL's functions take exactly their number of arguments
        wrapped = f"{{bpmnError: {function}, outcome: {text}}}.outcome"
        found = _evaluated(wrapped, {**job.variables, **given})
        if isinstance(found, Mapping) and found.get("type") == "bpmnError" and found.get("code"):
            variables = found.get("variables")
            kept = dict(variables) if isinstance(variables, Mapping) else {}
            return ThrowError(str(found["code"]), str(found.get("message") or ""), kept)
    return None


def _evaluated(text: str, given: Mapping[str, Any]) -> Any:
    try:
        return feel.evaluate(text.lstrip().removeprefix("="), given)
    except feel.FeelSyntaxError as error:
        raise ArgumentsInvalid(f"not FEEL: {error}", where=JOB_TYPE, mend="Correct the expression.") from None


def _backoff(job: Job) -> timedelta | None:
    text = job.headers.get("retryBackoff", "")
    if not _DURATION.fullmatch(text):
        return None
    found = feel.evaluate(f'duration("{text}")')
    if not isinstance(found, feel.DaysTimeDuration):
        return None
    return timedelta(microseconds=max(0, found.nanoseconds) // 1000)
