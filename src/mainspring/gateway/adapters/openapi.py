"""Services described by OpenAPI 3.0 or 3.1: every operation of the document becomes one of the gateway's."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal
from urllib.parse import urljoin

import yaml
from pydantic import Field

from mainspring.base import jsonio
from mainspring.gateway.adapters.http import below
from mainspring.gateway.adapters.openapi_request import url_and_parts
from mainspring.gateway.adapters.openapi_schema import bundled
from mainspring.gateway.adapters.port import Config, Ports
from mainspring.gateway.adapters.web import OURS, Web, body_of, demand_success
from mainspring.gateway.described import Described, titled, unique, verb
from mainspring.gateway.errors import RegistryError
from mainspring.gateway.outgoing import Sending

METHODS = ("get", "put", "post", "delete", "head", "patch", "options")
_READS = frozenset({"get", "head", "options"})
_REPEATABLE = frozenset({"get", "head", "options", "put", "delete"})
_IGNORED = frozenset({"accept", "content-type", "authorization", "cookie"}) | OURS
_JSON = ("application/json", "application/x-www-form-urlencoded")
_MOST_DOCUMENT = 20_000_000
_MOST_OPERATIONS = 2000

_FAULT = 500


class OpenApiConfig(Config):
    """A service with an OpenAPI document.

    Attributes:
        base_url: where it is; empty takes what the document says.
        document_url: where its document is, for a document that is read from an address.
        idempotency_header: the header in which the service takes idempotency keys.
        health: path that a check asks for; empty asks for the base address.
    """

    base_url: str = ""
    document_url: str = ""
    idempotency_header: str = ""
    health: str = ""
    kind: Literal["openapi"] = Field(default="openapi", exclude=True)


class OpenApi:
    """Speaks to one service of an OpenAPI document."""

    def __init__(self, config: OpenApiConfig, ports: Ports) -> None:
        self._config = config
        self._web = Web(ports, config.reach(config.base_url), config.idempotency_header)

    def send(self, operation: Described, arguments: Any, sending: Sending) -> Any:
        """Send the request of an operation; gives the body of the answer."""
        parts = url_and_parts(operation.binding, arguments)
        answer = self._web.send(
            operation.binding["method"].upper(),
            below(self._config.base_url, parts.path),
            key=sending.key,
            params=parts.query or None,
            headers=parts.headers,
            content=parts.content,
        )
        return body_of(demand_success(answer))

    def check(self) -> str:
        """Ask for the path of health."""
        answer = self._web.send("GET", below(self._config.base_url, self._config.health))
        if self._config.health or answer.status >= _FAULT:
            demand_success(answer)  # without a path of health, any answer but a fault shows that it is there
        return f"answered {answer.status}"

    def close(self) -> None:
        """The egress keeps the connections."""


def fetched(config: OpenApiConfig, ports: Ports) -> Mapping[str, Any]:
    """The document at the address that the configuration names."""
    answer = Web(ports, config.reach(config.document_url)).send("GET", config.document_url)
    return parsed(demand_success(answer).content, config.document_url)


def parsed(data: bytes, where: str) -> Mapping[str, Any]:
    """A document in JSON or YAML.

    Raises:
        RegistryError: it is no OpenAPI 3 document.
    """
    if len(data) > _MOST_DOCUMENT:
        raise RegistryError("the document is immense", where=where)
    try:
        # YAML without anchors: a few lines of references to references would unfold to gigabytes.
        document = jsonio.loads(data) if data.lstrip()[:1] == b"{" else yaml.load(data, _NoAliases)  # noqa: S506 - a safe loader
    except (jsonio.NotJsonError, yaml.YAMLError, RecursionError, UnicodeDecodeError) as error:
        said = str(error).splitlines()[0][:200]
        raise RegistryError(f"the document cannot be read: {said}", where=where) from None
    if not isinstance(document, Mapping) or not str(document.get("openapi", "")).startswith("3."):
        raise RegistryError(
            "this is no OpenAPI 3 document", where=where, mend="Give one of version 3.0 or 3.1."
        )
    return document


def described(document: Mapping[str, Any], where: str) -> tuple[Described, ...]:
    """The operations of a document.

    Raises:
        RegistryError: a path or a reference in it is wrong.
    """
    found = list(_operations(document, where))
    if not found:
        raise RegistryError("the document describes no operation", where=where)
    if len(found) > _MOST_OPERATIONS:
        raise RegistryError(f"the document describes more than {_MOST_OPERATIONS} operations", where=where)
    names = unique([one.name for one in found])
    return tuple(one.model_copy(update={"name": name}) for one, name in zip(found, names, strict=True))


def base_url(document: Mapping[str, Any], document_url: str) -> str:
    """Where the document says that the service is; empty when it does not."""
    servers = document.get("servers") or [{}]
    server = servers[0] if isinstance(servers[0], Mapping) else {}
    url = str(server.get("url", ""))
    for name, variable in (server.get("variables") or {}).items():
        url = url.replace(f"{{{name}}}", str(variable.get("default", "")))
    return urljoin(document_url, url) if document_url else url


class _NoAliases(yaml.SafeLoader):
    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            raise yaml.YAMLError("aliases are not read")
        return super().compose_node(parent, index)


def _operations(document: Mapping[str, Any], where: str) -> Iterator[Described]:
    for path, item in (document.get("paths") or {}).items():
        shared = _resolved(item, document, where)
        for method in METHODS:
            operation = shared.get(method)
            if isinstance(operation, Mapping):
                yield _described(document, str(path), method, shared, operation, where)


def _described(
    document: Mapping[str, Any],
    path: str,
    method: str,
    shared: Mapping[str, Any],
    operation: Mapping[str, Any],
    where: str,
) -> Described:
    place = f"{where} {method.upper()} {path}"
    parameters = _parameters(document, shared, operation, place)
    properties = {name: schema for name, schema, _, _ in parameters}
    required = [name for name, _, needed, _ in parameters if needed]
    binding: dict[str, Any] = {
        "method": method,
        "path": path,
        "parameters": [placed | {"argument": name} for name, _, _, placed in parameters],
    }
    body = _resolved(operation.get("requestBody") or {}, document, place)
    media = body.get("content") or {}
    kind = next((one for one in media if one.partition(";")[0].strip() in _JSON), next(iter(media), None))
    if kind is not None:
        properties["body"] = media[kind].get("schema") or {}
        binding["media"] = kind
        if body.get("required"):
            required.append("body")
    shape = {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
    name = str(operation.get("operationId") or f"{method}_{path}")
    return Described(
        name=verb(name),
        title=titled(str(operation.get("summary") or name)),
        effect="read" if method in _READS else "external",
        input=bundled(shape, document),
        output=bundled(_answer(operation, document, place), document),
        binding=binding,
        idempotent=method in _REPEATABLE,
        reversible=method in _READS,
    )


def _parameters(
    document: Mapping[str, Any], shared: Mapping[str, Any], operation: Mapping[str, Any], where: str
) -> list[tuple[str, Any, bool, dict[str, Any]]]:
    """Argument name, schema, whether it is needed, where it goes; the operation's go before the path's."""
    by_place: dict[tuple[str, str], Mapping[str, Any]] = {}
    for given in [*(shared.get("parameters") or []), *(operation.get("parameters") or [])]:
        one = _resolved(given, document, where)
        place, name = str(one.get("in", "")), str(one.get("name", ""))
        if place in {"path", "query"} or (place == "header" and name.lower() not in _IGNORED):
            by_place[place, name] = one
    names = unique([name if name != "body" else "body_parameter" for _, name in by_place])
    found = []
    for argument, ((place, name), one) in zip(names, by_place.items(), strict=True):
        content: Mapping[str, Any] = one.get("content") or {}
        inner = [each.get("schema") for each in content.values()]
        schema = one.get("schema") or next(iter(inner), None) or {}
        style = str(one.get("style") or ("form" if place == "query" else "simple"))
        placed = {
            "in": place,
            "name": name,
            "style": "json" if content else style,
            "explode": bool(one.get("explode", style == "form")),
        }
        found.append((argument, schema, bool(one.get("required")) or place == "path", placed))
    return found


def _answer(operation: Mapping[str, Any], document: Mapping[str, Any], where: str) -> Mapping[str, Any]:
    """The schema of the body of success; anything where the document does not say."""
    responses = operation.get("responses") or {}
    shapes = []
    for status, given in responses.items():
        if str(status).startswith("2"):
            media = _resolved(given, document, where).get("content") or {}
            shapes += [one.get("schema") or {} for name, one in media.items() if "json" in name] or [{}]
    return shapes[0] if len(shapes) == 1 else {"anyOf": shapes} if shapes else {}


def _resolved(given: Any, document: Mapping[str, Any], where: str) -> Mapping[str, Any]:
    """What a reference within the document stands for."""
    for _ in range(10):
        if not isinstance(given, Mapping):
            raise RegistryError("the document is not as OpenAPI has it", where=where)
        reference = given.get("$ref")
        if reference is None:
            return given
        if not str(reference).startswith("#/"):
            said = f"it refers to {reference}, which is not in it"
            raise RegistryError(said, where=where, mend="Bundle the document into one file.")
        given = document
        for part in str(reference)[2:].split("/"):
            name = part.replace("~1", "/").replace("~0", "~")
            given = given.get(name) if isinstance(given, Mapping) else None
    raise RegistryError("a reference in it goes in a circle", where=where)
