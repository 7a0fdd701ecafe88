"""A customer system behind the gateway, described by OpenAPI, and how the tests call it."""

import json
from dataclasses import replace
from typing import Any

from tests.integration.gateway.outside import HERE, Outward
from tests.integration.gateway.upstream import Asked, Upstream, of_json

CUSTOMER = {"application/json": {"schema": {"$ref": "#/components/schemas/Customer"}}}
TEXTS = {"type": "array", "items": {"type": "string"}}
DOCUMENT: dict[str, Any] = {
    "openapi": "3.0.3",
    "info": {"title": "CRM", "version": "1"},
    "paths": {
        "/customers/{id}": {
            "get": {
                "operationId": "getCustomer",
                "summary": "Read a customer",
                "parameters": [
                    {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}},
                    {
                        "name": "fields",
                        "in": "query",
                        "schema": {"type": "array", "items": {"type": "string"}},
                    },
                ],
                "responses": {
                    "200": {
                        "description": "ok",
                        "content": {
                            "application/json": {"schema": {"$ref": "#/components/schemas/Customer"}}
                        },
                    }
                },
            }
        },
        "/customers": {
            "post": {
                "operationId": "createCustomer",
                "requestBody": {
                    "required": True,
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Customer"}}},
                },
                "responses": {"201": {"description": "made"}},
            }
        },
    },
    "components": {
        "schemas": {
            "Customer": {
                "type": "object",
                "required": ["name"],
                "properties": {
                    "name": {"type": "string"},
                    "limit": {"type": "number", "minimum": 0, "exclusiveMinimum": True},
                    "note": {"type": "string", "nullable": True},
                },
            }
        }
    },
}


def register(house: Outward, upstream: Upstream, **more: Any) -> None:
    config = {"base_url": upstream.url, "networks": HERE} | more.pop("config", {})
    house.register("openapi", config, document=json.dumps(DOCUMENT).encode(), **more)


def read(house: Outward, **more: Any) -> Any:
    return house.call("crm.getCustomer", {"id": "7"} | more).root


def create(house: Outward, key: str | None = None, name: str = "Acme") -> Any:
    return house.call(
        "crm.createCustomer", {"body": {"name": name}}, replace(house.clerk, idempotency_key=key)
    )


def down(_: Asked) -> tuple[int, dict[str, str], bytes]:
    return of_json({}, 503)
