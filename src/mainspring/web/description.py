"""The OpenAPI document: what FastAPI knows, the bodies that `given` reads, and the faults."""

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute, iter_route_contexts
from pydantic import BaseModel

from mainspring import __version__
from mainspring.web.access import permission_of
from mainspring.web.given import model_of
from mainspring.web.shapes.parts import Fault

REF = "#/components/schemas/{model}"
JSON = "application/json"
FAULTS = {
    "400": "The request is wrong in itself.",
    "401": "Nobody is signed in.",
    "403": "The policies do not allow it.",
    "404": "It is not there, or not this tenant's.",
    "405": "The path takes no such method.",
    "409": "It is not possible now.",
    "413": "The body is too large.",
    "422": "A field is wrong.",
    "429": "Over budget, or asked too often.",
    "502": "A service outside did not answer.",
    "503": "Try again later.",
}


def describe(application: FastAPI) -> None:
    """Let `application.openapi()` give the whole document, made once when it is first asked for."""

    def document() -> dict[str, Any]:
        if application.openapi_schema is None:
            application.openapi_schema = _document(application)
        return application.openapi_schema

    application.openapi = document  # type: ignore[method-assign]


def _document(application: FastAPI) -> dict[str, Any]:
    made = get_openapi(title="Mainspring", version=__version__, routes=application.routes)
    schemas = made.setdefault("components", {}).setdefault("schemas", {})
    _define(schemas, Fault)
    for path, route in _api_routes(application):
        for method in route.methods or ():
            operation = made["paths"][path][method.lower()]
            operation["x-permission"] = permission_of(route.dependant)
            _add_faults(operation)
            for body in _bodies(route.dependant):
                _define(schemas, body)
                reference = {"$ref": REF.format(model=body.__name__)}
                operation["requestBody"] = {"required": True, "content": {JSON: {"schema": reference}}}
    return made


def _api_routes(application: FastAPI) -> Iterator[tuple[str, APIRoute]]:
    for found in iter_route_contexts(application.routes):
        route = found.original_route
        if isinstance(route, APIRoute) and route.include_in_schema:
            yield found.path or "", route


def _add_faults(operation: dict[str, Any]) -> None:
    content = {JSON: {"schema": {"$ref": REF.format(model=Fault.__name__)}}}
    for status, said in FAULTS.items():
        operation["responses"][status] = {"description": said, "content": content}


def _bodies(dependant: Dependant) -> Iterator[type[BaseModel]]:
    model = model_of(dependant.call)
    if model is not None:
        yield model
    for inner in dependant.dependencies:
        yield from _bodies(inner)


def _define(schemas: dict[str, Any], model: type[BaseModel]) -> None:
    schema = model.model_json_schema(ref_template=REF)
    for name, inner in schema.pop("$defs", {}).items():
        schemas.setdefault(name, inner)
    schemas[model.__name__] = schema
