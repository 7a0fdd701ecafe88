"""Schemas of an OpenAPI document as JSON Schema 2020-12: what a schema refers to comes along as `$defs`."""

from collections.abc import Iterator, Mapping
from typing import Any

_PREFIX = "#/components/schemas/"
_DROPPED = frozenset({"discriminator", "xml", "externalDocs", "example", "deprecated"})
_NAMED = frozenset({"properties", "patternProperties", "$defs", "definitions", "dependentSchemas"})
_VALUES = frozenset({"enum", "const", "default", "examples", "required"})


def bundled(schema: Mapping[str, Any], document: Mapping[str, Any]) -> dict[str, Any]:
    """A schema with all that it refers to."""
    found: dict[str, Any] = {}
    waiting = list(_names(schema))
    known = document.get("components", {}).get("schemas", {})
    while waiting:
        name = waiting.pop()
        if name in found or name not in known:
            continue
        found[name] = known[name]
        waiting += _names(known[name])
    old = str(document.get("openapi", "")).startswith("3.0")
    whole: dict[str, Any] = translated(schema, old=old)
    if not found:
        return whole
    return whole | {"$defs": {name: translated(each, old=old) for name, each in found.items()}}


def translated(schema: Any, *, old: bool) -> Any:
    """A schema in today's dialect; `old` is OpenAPI 3.0, which spelled some words in its own way."""
    if not isinstance(schema, Mapping):
        return schema
    made: dict[str, Any] = {}
    for key, value in schema.items():
        if key in _DROPPED or str(key).startswith("x-"):
            continue
        if key == "$ref":
            made[key] = str(value).replace(_PREFIX, "#/$defs/")
        elif key in _NAMED and isinstance(value, Mapping):
            made[key] = {name: translated(each, old=old) for name, each in value.items()}
        elif key in _VALUES:
            made[key] = value
        elif isinstance(value, list):
            made[key] = [translated(each, old=old) for each in value]
        else:
            made[key] = translated(value, old=old)
    return _modern(made) if old else made


def _modern(schema: dict[str, Any]) -> dict[str, Any]:
    for bound, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        if schema.get(exclusive) is True and bound in schema:
            schema[exclusive] = schema.pop(bound)
        elif isinstance(schema.get(exclusive), bool):
            schema.pop(exclusive)
    nullable = schema.pop("nullable", False)
    if nullable is not True:
        return schema
    if isinstance(schema.get("type"), str):
        schema["type"] = [schema["type"], "null"]
        if "enum" in schema and None not in schema["enum"]:
            schema["enum"] = [*schema["enum"], None]
        return schema
    return {"anyOf": [schema, {"type": "null"}]}


def _names(schema: Any) -> Iterator[str]:
    if isinstance(schema, Mapping):
        reference = schema.get("$ref")
        if isinstance(reference, str) and reference.startswith(_PREFIX):
            yield reference.removeprefix(_PREFIX)
        for value in schema.values():
            yield from _names(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from _names(value)
