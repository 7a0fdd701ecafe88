"""What adapters over HTTP share: sending, reading JSON, and telling from the status who must act."""

from collections.abc import Mapping
from typing import Any

from mainspring.base import jsonio
from mainspring.base.jsonio import NotJsonError
from mainspring.gateway.adapters.port import Ports
from mainspring.gateway.egress import Answer, Reach
from mainspring.gateway.errors import UpstreamRefused, UpstreamUnavailable

OURS = frozenset(
    {
        "host",
        "content-length",
        "transfer-encoding",
        "connection",
        "upgrade",
        "te",
        "trailer",
        "expect",
        "keep-alive",
        "proxy-authorization",
        "proxy-connection",
        "accept-encoding",
    }
)
"""Headers that no argument may set: they frame the request."""
_TOO_MANY = 429
_FAULT = 500
_NOT_TAKEN = frozenset({429, 503})  # it says so itself, before it does anything
_REFUSAL = 400
_SAID = 300


class Web:
    """HTTP to one service.

    Args:
        ports: the way out.
        reach: of the service.
        idempotency_header: the header in which it takes idempotency keys; empty when it takes none.
    """

    def __init__(self, ports: Ports, reach: Reach, idempotency_header: str = "") -> None:
        self._ports = ports
        self._reach = reach
        self._key_header = idempotency_header

    def send(
        self,
        method: str,
        url: str,
        *,
        key: str = "",
        params: Any = None,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
    ) -> Answer:
        """Send a request; gives the answer whatever its status."""
        sent = {"accept": "application/json"}
        sent |= {name.lower(): value for name, value in (headers or {}).items() if name.lower() not in OURS}
        sent |= self._ports.trace()
        if self._key_header and key:
            sent[self._key_header.lower()] = key
        return self._ports.egress.request(
            self._reach, method, url, headers=sent, params=params, content=content
        )


def demand_success(answer: Answer) -> Answer:
    """The answer, when it is one of success.

    Raises:
        UpstreamUnavailable: the service is failing or too busy.
        UpstreamRefused: it will not.
    """
    status = answer.status
    if status < _REFUSAL:
        return answer
    place = answer.url.partition("?")[0]
    if status == _TOO_MANY or status >= _FAULT:
        raise UpstreamUnavailable(
            f"it answered {status}", where=place, mend="Try again later.", unknown=status not in _NOT_TAKEN
        )
    said = f"it answered {status}: {_words(answer)}"
    raise UpstreamRefused(said, status=status, where=place, mend="Correct the arguments.")


def body_of(answer: Answer) -> Any:
    """The body as a JSON value: parsed where it is JSON, text where it is text, null where there is none.

    Raises:
        UpstreamUnavailable: it says that it is JSON and is not.
    """
    if not answer.content:
        return None
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json" or kind.endswith("+json"):
        try:
            return jsonio.loads(answer.content)
        except (NotJsonError, RecursionError):
            raise UpstreamUnavailable("its JSON is none", where=answer.url.partition("?")[0]) from None
    return answer.content.decode("utf-8", "replace")


def _words(answer: Answer) -> str:
    """What a problem document or the like says, in a line."""
    try:
        body = jsonio.loads(answer.content[:100_000]) if answer.content else None
    except (NotJsonError, RecursionError):
        body = None
    if isinstance(body, Mapping):
        for name in ("detail", "message", "error_description", "error", "title"):
            if isinstance(body.get(name), str):
                return " ".join(str(body[name]).split())[:_SAID]
    return "no reason given"
