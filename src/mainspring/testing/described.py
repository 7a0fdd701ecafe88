"""Answers held against the OpenAPI document of the application that gave them."""

import re
from typing import Any

import httpx
from jsonschema import Draft202012Validator


class UndescribedAnswer(AssertionError):  # noqa: N818 - an assertion of tests
    """An answer that the document does not describe."""


def check(document: dict[str, Any], method: str, answer: httpx.Response) -> None:
    """Return when the document describes the answer; paths that it does not name are let through.

    Raises:
        UndescribedAnswer: its status or its JSON is another than the document says.
    """
    operation = _operation(document, method, answer.url.path)
    if operation is None:
        return
    where = f"{method} {answer.url.path}"
    described = operation["responses"].get(str(answer.status_code))
    if described is None:
        raise UndescribedAnswer(f"{where} answered {answer.status_code}, which is not described")
    schema = described.get("content", {}).get("application/json", {}).get("schema")
    if schema is None or not answer.headers.get("content-type", "").startswith("application/json"):
        return
    whole = {"components": document["components"], "allOf": [schema]}
    error = next(iter(Draft202012Validator(whole).iter_errors(answer.json())), None)
    if error is not None:
        raise UndescribedAnswer(f"{where}: {'/'.join(map(str, error.path))}: {error.message}")


def _operation(document: dict[str, Any], method: str, path: str) -> dict[str, Any] | None:
    for template, operations in document["paths"].items():
        pattern = re.sub(r"\\\{[^}]*\\\}", "[^/]+", re.escape(template))
        if re.fullmatch(pattern, path):
            operation: dict[str, Any] | None = operations.get(method.lower())
            if operation is not None:
                return operation
    return None
