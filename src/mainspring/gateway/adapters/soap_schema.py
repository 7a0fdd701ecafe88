"""Messages of SOAP operations as JSON Schema, and arguments as zeep takes them."""

from collections.abc import Mapping
from typing import Any

from zeep.xsd import AnyType, ComplexType
from zeep.xsd.types import builtins

_NUMBERS = (builtins.Decimal, builtins.Float, builtins.Double)
_MOST_DEPTH = 40


def of_message(message: Any) -> dict[str, Any]:
    """The schema of an operation's arguments."""
    known: dict[str, Any] = {}
    body = message.body if hasattr(message, "body") else None
    kind = body.type if body is not None else None
    shape: dict[str, Any] = {"type": "object"}
    if isinstance(kind, ComplexType):
        shape = _complex(kind, known, 0)
    shape.setdefault("additionalProperties", False)
    return shape | ({"$defs": known} if known else {})


def to_soap(value: Any) -> Any:
    """Arguments as zeep takes them: whole numbers as such."""
    if isinstance(value, Mapping):
        return {key: to_soap(item) for key, item in value.items()}
    if isinstance(value, list):
        return [to_soap(item) for item in value]
    whole = getattr(value, "to_integral_value", None)
    return int(value) if whole is not None and value == whole() else value


def _complex(kind: Any, known: dict[str, Any], depth: int) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    required = []
    for name, element in kind.elements:
        schema = _element(element, known, depth + 1)
        properties[name] = schema
        if not element.is_optional and not getattr(element, "nillable", False):
            required.append(name)
    for name, attribute in kind.attributes:
        properties[name] = _type(attribute.type, known, depth + 1)
        if attribute.required:
            required.append(name)
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _element(element: Any, known: dict[str, Any], depth: int) -> dict[str, Any]:
    schema = _type(element.type, known, depth) if hasattr(element, "type") else {}
    if getattr(element, "nillable", False) and schema:
        schema = {"anyOf": [schema, {"type": "null"}]}
    return {"type": "array", "items": schema} if element.accepts_multiple else schema


def _type(kind: Any, known: dict[str, Any], depth: int) -> dict[str, Any]:
    if depth > _MOST_DEPTH or type(kind) is AnyType:
        return {}
    if isinstance(kind, ComplexType):
        if kind.qname is None:
            return _complex(kind, known, depth)
        name = str(kind.qname.localname)
        if name not in known:
            known[name] = {}  # so that a type that holds itself ends here
            known[name] = _complex(kind, known, depth)
        return {"$ref": f"#/$defs/{name}"}
    plain = ((builtins.Boolean, "boolean"), (builtins.Integer, "integer"), (_NUMBERS, "number"))
    return {"type": next((name for types, name in plain if isinstance(kind, types)), "string")}
