"""An answer read as JSON and held against the schema that was asked for."""

import re
from collections.abc import Mapping
from typing import Any

import jsonschema

from mainspring.base import jsonio
from mainspring.base.jsonio import NotJsonError

_FENCED = re.compile(r"```(?:json)?\s*\n(.*?)```", re.DOTALL)
_TOLD = 5


def schema_error(schema: Mapping[str, Any]) -> str:
    """What is wrong with a JSON schema (draft 2020-12); nothing where it is one."""
    try:
        jsonschema.Draft202012Validator.check_schema(schema)
    except jsonschema.SchemaError as error:
        return f"{'/'.join(map(str, error.absolute_path)) or 'the schema'}: {error.message[:200]}"
    return ""


def read(text: str, schema: Mapping[str, Any]) -> tuple[dict[str, Any] | None, str]:
    """The object that an answer holds, or None with what is wrong with it, in words a model can act on."""
    fenced = _FENCED.search(text)
    body = fenced[1] if fenced else text
    begin, end = body.find("{"), body.rfind("}")
    if begin < 0 or end < begin:
        return None, "it holds no JSON object"
    try:
        value = jsonio.loads(body[begin : end + 1])
    except NotJsonError as error:
        return None, f"it is not valid JSON: {error.message}"
    if not isinstance(value, dict):
        return None, "it is no JSON object"
    problems = sorted(
        jsonschema.Draft202012Validator(schema).iter_errors(value),
        key=lambda one: list(map(str, one.absolute_path)),
    )
    if problems:
        said = "; ".join(
            f"{'/'.join(map(str, one.absolute_path)) or 'the object'}: {one.message[:200]}"
            for one in problems[:_TOLD]
        )
        return None, said
    return value, ""
