"""Plain HTTP services: one operation a method, for services that have no description.

The path is given by the caller and stays below the base address.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Literal
from urllib.parse import urljoin, urlsplit

from pydantic import Field

from mainspring.base import jsonio
from mainspring.gateway.adapters.port import Config, Ports
from mainspring.gateway.adapters.web import Web, body_of, demand_success
from mainspring.gateway.described import Described
from mainspring.gateway.egress import EgressRefused
from mainspring.gateway.outgoing import Sending

METHODS = {"get": "read", "head": "read", "post": "external", "put": "external"} | {
    "patch": "external",
    "delete": "external",
}
_TEXTS = {"type": "object", "additionalProperties": {"type": "string"}}
_QUERY = {
    "type": "object",
    "additionalProperties": {
        "anyOf": [
            {"type": ["string", "number", "boolean", "null"]},
            {"type": "array", "items": {"type": ["string", "number", "boolean"]}},
        ]
    },
}


class HttpConfig(Config):
    """A service at a base address.

    Attributes:
        base_url: below which all paths lie.
        idempotency_header: the header in which the service takes idempotency keys.
        health: path that a check asks for.
    """

    base_url: str
    idempotency_header: str = ""
    health: str = ""
    kind: Literal["http"] = Field(default="http", exclude=True)


class Http:
    """Speaks to one plain HTTP service."""

    def __init__(self, config: HttpConfig, ports: Ports) -> None:
        self._config = config
        self._web = Web(ports, config.reach(config.base_url), config.idempotency_header)

    def send(self, operation: Described, arguments: Any, sending: Sending) -> Any:
        """Send a request."""
        headers: Mapping[str, str] = arguments.get("headers") or {}
        body = arguments.get("body")
        content = None
        if body is not None:
            content = body.encode() if isinstance(body, str) else jsonio.dumps(body)
            named = {name.lower() for name in headers}
            if "content-type" not in named and not isinstance(body, str):
                headers = {**headers, "content-type": "application/json"}
        answer = self._web.send(
            operation.binding["method"],
            below(self._config.base_url, arguments.get("path", "")),
            key=sending.key,
            params=query_pairs(arguments.get("query")),
            headers=headers,
            content=content,
        )
        demand_success(answer)
        return {"status": answer.status, "headers": dict(answer.headers), "body": body_of(answer)}

    def check(self) -> str:
        """Ask for the path of health."""
        answer = self._web.send("GET", below(self._config.base_url, self._config.health))
        return f"answered {demand_success(answer).status}"

    def close(self) -> None:
        """The egress keeps the connections."""


def discover(_: HttpConfig, __: Ports) -> tuple[Described, ...]:
    """An operation for each method."""
    shape = {
        "type": "object",
        "properties": {
            "path": {"type": "string", "maxLength": 4000},
            "query": _QUERY,
            "headers": _TEXTS,
            "body": {},
        },
        "additionalProperties": False,
    }
    answer = {
        "type": "object",
        "properties": {"status": {"type": "integer"}, "headers": _TEXTS, "body": {}},
        "required": ["status", "headers", "body"],
    }
    return tuple(
        Described(
            name=method,
            title={"en": f"HTTP {method.upper()}", "zh": f"HTTP {method.upper()} 请求"},
            effect=effect,  # type: ignore[arg-type]  # read or external, as the table says
            input=shape,
            output=answer,
            binding={"method": method.upper()},
            idempotent=method not in {"post", "patch"},
            reversible=effect == "read",
        )
        for method, effect in METHODS.items()
    )


@lru_cache(maxsize=2048)
def below(base: str, path: str) -> str:
    """The address of a path below a base.

    Raises:
        EgressRefused: the path leads elsewhere.
    """
    root = base if base.endswith("/") else f"{base}/"
    lowered = path.lower().replace("%2e", ".").replace("%2f", "/").replace("%5c", "/").replace("\\", "/")
    if (
        "://" in path.partition("?")[0]
        or path.startswith("//")
        or ".." in lowered.partition("?")[0].split("/")
    ):
        raise EgressRefused("the path leads out of the service", where="path", mend="Give a path below it.")
    joined = urljoin(root, path.lstrip("/")) if path else base
    if urlsplit(joined).netloc != urlsplit(base).netloc:
        raise EgressRefused("the path leads out of the service", where="path", mend="Give a path below it.")
    return joined


def query_pairs(query: Mapping[str, Any] | None) -> list[tuple[str, str]] | None:
    """Query parameters as pairs; a list gives its name several times, null none."""
    if not query:
        return None
    pairs: list[tuple[str, str]] = []
    for name, value in query.items():
        items = value if isinstance(value, list) else [value]
        pairs += [(name, text_of(item)) for item in items if item is not None]
    return pairs


def text_of(value: Any) -> str:
    """A JSON value as it stands in an address."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else jsonio.dumps(value).decode()
