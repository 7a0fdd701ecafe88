"""The quick yes to a value and its schema never says yes where the full validator says no."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from mainspring.base import jsonio
from mainspring.gateway.document import faults, of_schema
from mainspring.gateway.fitting import surely

NAMES = st.sampled_from(["a", "b", "c"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from([0.5, 2.0]) | st.text("ab", max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)
TYPES = st.sampled_from(["object", "array", "string", "boolean", "null", "number", "integer"])


def _grown(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries(
        {},
        optional={
            "type": TYPES | st.lists(TYPES, min_size=1, max_size=3, unique=True),
            "properties": st.dictionaries(NAMES, inner, max_size=3),
            "additionalProperties": st.booleans() | inner,
            "required": st.lists(NAMES, max_size=2, unique=True),
            "items": inner,
            "enum": st.lists(st.none() | st.text("ab", max_size=2) | st.integers(0, 1), min_size=1),
            "const": st.sampled_from(["a", None, 1]),
            "maxLength": st.integers(0, 3),
            "minLength": st.integers(0, 3),
            "maxItems": st.integers(0, 2),
            "minItems": st.integers(0, 2),
            "maximum": st.integers(-3, 3),
            "minimum": st.integers(-3, 3),
            "anyOf": st.lists(inner, min_size=1, max_size=2),
            "allOf": st.lists(inner, min_size=1, max_size=2),
            "not": inner,
            "title": st.just("words"),
        },
    )


SCHEMAS = st.recursive(st.just({}) | st.fixed_dictionaries({"type": TYPES}), _grown, max_leaves=6)


@given(SCHEMAS, VALUES)
def test_what_surely_fits_is_valid(schema: dict[str, Any], value: Any) -> None:
    model = of_schema("tried", schema)
    read = jsonio.normalise(value)
    if surely(jsonio.normalise(schema))(read):
        assert model.rules is not None
        assert not faults(model.rules, read)


@given(SCHEMAS.filter(lambda schema: "not" not in str(schema)), VALUES)
def test_for_what_it_knows_it_answers_as_the_validator_does(schema: dict[str, Any], value: Any) -> None:
    known = "enum" not in str(schema) and "const" not in str(schema)
    valid = Draft202012Validator(schema).is_valid(value)
    if known:
        assert surely(jsonio.normalise(schema))(jsonio.normalise(value)) == valid


TREE = {
    "$ref": "#/$defs/node",
    "$defs": {
        "node": {
            "type": "object",
            "properties": {"next": {"$ref": "#/$defs/node"}, "name": {"type": "string"}},
            "additionalProperties": False,
        }
    },
}


@pytest.mark.parametrize(
    ("value", "fits"),
    [({"next": {"next": {}}}, True), ({"next": {"next": {"name": 1}}}, False), ({"other": 1}, False)],
)
def test_a_schema_may_refer_to_itself(value: Any, fits: bool) -> None:  # noqa: FBT001 - a case
    assert surely(TREE)(jsonio.normalise(value)) is fits


def test_unknown_keywords_leave_it_to_the_validator() -> None:
    assert not surely({"type": "string", "pattern": "a"})("a")
    assert not surely({"$ref": "https://example.com/schema"})("a")
