"""From arguments to a request, as OpenAPI's parameter styles have it."""

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from mainspring.base import jsonio
from mainspring.gateway.adapters.http import query_pairs, text_of
from mainspring.gateway.errors import ArgumentsInvalid

_SEPARATORS = {"spaceDelimited": " ", "pipeDelimited": "|"}


class Parts(NamedTuple):
    """A request without its origin."""

    path: str
    query: list[tuple[str, str]]
    headers: dict[str, str]
    content: bytes | None


def url_and_parts(binding: Mapping[str, Any], arguments: Mapping[str, Any]) -> Parts:
    """The request of an operation.

    Raises:
        ArgumentsInvalid: a value would leave its place in the address or the headers.
    """
    path = str(binding["path"])
    query: list[tuple[str, str]] = []
    headers: dict[str, str] = {}
    for parameter in binding.get("parameters", ()):
        value = arguments.get(parameter["argument"])
        if value is None:
            continue
        if parameter["in"] == "path":
            path = path.replace(f"{{{parameter['name']}}}", _in_path(parameter, value))
        elif parameter["in"] == "query":
            query += in_query(parameter, value)
        else:
            headers[parameter["name"]] = _in_header(parameter, value)
    content = None
    if arguments.get("body") is not None:
        kind = str(binding.get("media", "application/json"))
        headers["content-type"] = kind
        content = _content(kind, arguments["body"])
    return Parts(path, query, headers, content)


def in_query(parameter: Mapping[str, Any], value: Any) -> list[tuple[str, str]]:
    """A value as query parameters, by its style."""
    name, style = str(parameter["name"]), parameter["style"]
    if style == "json":
        return [(name, jsonio.dumps(value).decode())]
    if isinstance(value, list):
        texts = [text_of(item) for item in value]
        if not parameter["explode"]:
            texts = [_SEPARATORS.get(style, ",").join(texts)]
        return [(name, each) for each in texts]
    if isinstance(value, Mapping):
        return _object_in_query(parameter, value)
    return [(name, text_of(value))]


def _object_in_query(parameter: Mapping[str, Any], value: Mapping[str, Any]) -> list[tuple[str, str]]:
    pairs = [(str(key), text_of(item)) for key, item in value.items()]
    if parameter["style"] == "deepObject":
        return [(f"{parameter['name']}[{key}]", item) for key, item in pairs]
    if parameter["explode"]:
        return pairs
    return [(str(parameter["name"]), ",".join(part for pair in pairs for part in pair))]


def _in_path(parameter: Mapping[str, Any], value: Any) -> str:
    if isinstance(value, list):
        texts = [text_of(item) for item in value]
    elif isinstance(value, Mapping):
        joined = "=" if parameter["explode"] else ","
        texts = [f"{key}{joined}{text_of(item)}" for key, item in value.items()]
    else:
        texts = [text_of(value)]
    if "".join(texts) in {"", ".", ".."}:
        said = f"{parameter['name']}: {texts} cannot stand in a path"
        raise ArgumentsInvalid(said, where=str(parameter["name"]), mend="Give another value.")
    prefix = {"label": ".", "matrix": f";{parameter['name']}="}.get(parameter["style"], "")
    return prefix + ",".join(quote(text, safe="") for text in texts)


def _in_header(parameter: Mapping[str, Any], value: Any) -> str:
    text = ",".join(map(text_of, value)) if isinstance(value, list) else text_of(value)
    if not text.isprintable():
        said = f"{parameter['name']}: a header holds printable characters only"
        raise ArgumentsInvalid(said, where=str(parameter["name"]), mend="Leave line breaks out.")
    return text


def _content(kind: str, body: Any) -> bytes:
    if kind.startswith("application/x-www-form-urlencoded") and isinstance(body, Mapping):
        return urlencode(query_pairs(body) or []).encode()
    return body.encode() if isinstance(body, str) and "json" not in kind else jsonio.dumps(body)
