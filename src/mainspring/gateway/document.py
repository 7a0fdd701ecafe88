"""Arguments and answers that a JSON Schema describes (draft 2020-12), as models like our own services'.

So the pipeline treats an operation of an outside service as it treats any other. References lead nowhere but
into the schema itself, and patterns run with a time limit.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, ClassVar

import regex  # type: ignore[import-untyped]  # ships no types
from jsonschema import Draft202012Validator, SchemaError, TypeChecker, ValidationError, validators
from jsonschema.protocols import Validator
from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler, RootModel, model_serializer, model_validator
from pydantic_core import CoreSchema, PydanticCustomError
from referencing import Registry
from referencing.exceptions import Unresolvable

from mainspring.base import jsonio
from mainspring.gateway.errors import RegistryError
from mainspring.gateway.fitting import Fits, surely

ANYTHING: Mapping[str, Any] = {}
_PATTERN_SECONDS = 0.1
_MOST_SCHEMA = 1_000_000
_MOST_FAULTS = 5


class Document(RootModel[Any]):
    """A JSON value held to the schema of its class; numbers in it are Decimal. See `of_schema`."""

    model_config = ConfigDict(frozen=True)
    schema_: ClassVar[Mapping[str, Any]] = ANYTHING
    rules: ClassVar[Validator | None] = None
    fits: ClassVar[Fits | None] = None

    @model_validator(mode="before")
    @classmethod
    def _held(cls, value: Any) -> Any:
        if isinstance(value, Document):
            value = value.root
        read = jsonio.normalise(value)
        if cls.rules is None or (cls.fits is not None and _surely(cls.fits, read)):
            return read
        said = faults(cls.rules, read)
        if said:
            raise PydanticCustomError("schema", "{said}", {"said": said})
        return read

    @model_serializer(mode="plain", when_used="json")
    def _as_json(self) -> Any:
        return plain(self.root)

    @classmethod
    def __get_pydantic_json_schema__(cls, _: CoreSchema, __: GetJsonSchemaHandler) -> dict[str, Any]:
        return dict(plain(cls.schema_))


def of_schema(name: str, schema: Mapping[str, Any]) -> type[Document]:
    """The model of a schema.

    Raises:
        RegistryError: it is no schema, too large, or refers to something outside of itself.
    """
    known = checked(schema, name)
    rules = _Rules(known, registry=Registry())
    parts = {"schema_": known, "rules": rules, "fits": staticmethod(surely(known)), "__module__": __name__}
    return type(name, (Document,), parts)


def checked(schema: Mapping[str, Any], where: str) -> Mapping[str, Any]:
    """The schema with its numbers exact, once it is known to be one.

    Raises:
        RegistryError: it is not.
    """
    if len(jsonio.dumps(schema)) > _MOST_SCHEMA:
        raise RegistryError("its schema is immense", where=where, mend="Describe less.")
    for reference in _references(schema):
        if not reference.startswith("#"):
            said = f"its schema refers to {reference}, which is not in it"
            raise RegistryError(said, where=where, mend="Bundle the schema.")
    try:
        Draft202012Validator.check_schema(plain(schema))
    except SchemaError as error:
        path = "/".join(map(str, error.absolute_path))
        raise RegistryError(f"its schema is none: {path}: {error.message[:200]}", where=where) from None
    known: Mapping[str, Any] = jsonio.normalise(schema)
    return known


def faults(rules: Validator, value: Any) -> str:
    """What is wrong with a value, in words with places; nothing when it fits."""
    try:
        found = [error for error, _ in zip(rules.iter_errors(value), range(_MOST_FAULTS), strict=False)]
    except Unresolvable as error:
        return f"the schema refers to {error.ref}, which is not in it"
    except RecursionError:
        return "it is nested too deeply"
    return "; ".join(_told(error) for error in found)


def _surely(fits: Fits, value: Any) -> bool:
    try:
        return fits(value)
    except RecursionError:  # the validator says it in words
        return False


def written(model: BaseModel) -> bytes:
    """A model as JSON: the same value gives the same bytes, and no number loses a digit."""
    if isinstance(model, Document):
        return jsonio.dumps(model.root)
    return model.__pydantic_serializer__.to_json(model)


def read_back(model: type[BaseModel], data: bytes) -> BaseModel:
    """What `written` wrote."""
    if issubclass(model, Document):
        return model.model_construct(jsonio.loads(data))
    return model.model_validate_json(data)


def plain(value: Any) -> Any:
    """The value with numbers as int and float where nothing is lost, else as text."""
    if isinstance(value, Decimal):
        if value == value.to_integral_value():
            return int(value)
        near = float(value)
        return near if Decimal(repr(near)) == value else str(value)
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value


def _told(error: ValidationError) -> str:
    path = ".".join(str(part) for part in error.absolute_path)
    said = error.message if len(error.message) <= 200 else f"{error.message[:200]}…"  # noqa: PLR2004 - a line
    return f"{path}: {said}" if path else said


def _references(schema: Any) -> Iterator[str]:
    if isinstance(schema, Mapping):
        for key, item in schema.items():
            if key in {"$ref", "$dynamicRef"} and isinstance(item, str):
                yield item
            yield from _references(item)
    elif isinstance(schema, list):
        for item in schema:
            yield from _references(item)


def _pattern(_: Any, pattern: str, value: Any, __: Any) -> Iterator[ValidationError]:
    if isinstance(value, str) and not _matches(pattern, value):
        yield ValidationError(f"does not match {pattern!r}")


def _matches(pattern: str, value: str) -> bool:
    try:
        return regex.search(pattern, value, timeout=_PATTERN_SECONDS) is not None
    except (regex.error, TimeoutError):
        return False


def _is_integer(_: TypeChecker, value: Any) -> bool:
    if isinstance(value, Decimal):
        return value.is_finite() and value == value.to_integral_value()
    return isinstance(value, int) and not isinstance(value, bool)


_Rules: Any = validators.extend(  # type: ignore[no-untyped-call]  # no types
    Draft202012Validator,
    {"pattern": _pattern},
    type_checker=Draft202012Validator.TYPE_CHECKER.redefine("integer", _is_integer),
)
