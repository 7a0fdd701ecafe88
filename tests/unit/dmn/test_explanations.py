"""Explanations: for people in both languages, for programs by a schema."""

import json
from collections.abc import Callable
from importlib import resources
from typing import Any

import jsonschema

from mainspring import dmn

MakeTable = Callable[..., bytes]
INPUTS = [("tier", "string"), ("amount", "number")]
RULES = [['"gold"', ">= 1000", "10", "loyal"], ["-", "-", "0", ""]]


def schema() -> dict[str, Any]:
    made: dict[str, Any] = json.loads((resources.files(dmn) / "explanation.schema.json").read_text("utf-8"))
    return made


def plain(result: dmn.Result) -> object:
    return json.loads(json.dumps(result.trace.as_dict(), default=float))


def test_the_rule_that_decided_is_told_with_the_values_it_wanted(table: MakeTable) -> None:
    result = dmn.load(table(INPUTS, RULES, policy="FIRST")).evaluate("D", {"tier": "gold", "amount": 2000})
    told = dmn.explain(result.trace)
    assert "the first rule that fits decides" in told
    assert 'rule 1 fits: tier is "gold", as wanted ("gold"); amount is 2000, as wanted (>= 1000)' in told
    assert "Why: loyal" in told
    assert told.endswith("Decision D = 10")


def test_the_same_is_told_in_chinese(table: MakeTable) -> None:
    result = dmn.load(table(INPUTS, RULES, policy="FIRST")).evaluate("D", {"tier": "gold", "amount": 2000})
    told = dmn.explain(result.trace, "zh", notes=("x",))
    assert "由第一条适用的规则决定" in told
    assert "规则 1 适用" in told
    assert told.endswith("提示：x")


def test_that_no_rule_fits_and_nothing_was_given_is_told(table: MakeTable) -> None:
    result = dmn.load(table(INPUTS, RULES[:1])).evaluate("D", {"amount": 5})
    assert "tier = nothing given" in dmn.explain(result.trace)
    assert "no rule fits" in dmn.explain(result.trace)


def test_an_explanation_as_json_keeps_to_its_schema(table: MakeTable) -> None:
    for policy in ("UNIQUE", "FIRST", "COLLECT", "RULE ORDER"):
        model = dmn.load(table(INPUTS, RULES, policy=policy))
        for tier in ("gold", None):
            jsonschema.validate(plain(model.evaluate("D", {"tier": tier, "amount": 2000})), schema())


def test_the_schema_refuses_another_form() -> None:
    checker = jsonschema.Draft202012Validator(schema())
    assert not checker.is_valid({"version": 2, "steps": []})
    assert not checker.is_valid({"version": 1, "steps": [{"kind": "table"}]})
