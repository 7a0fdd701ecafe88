"""Decisions and expressions are examined and tested when they are deployed."""

from typing import Any

import pytest

from mainspring.engine.events import Actor
from mainspring.packs.lead_to_cash import pack
from mainspring.runtime import DeploymentRefused, deploy, queries
from mainspring.testing import drawing as d

ANN = Actor("person", "ann")
HEAD = '<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m" namespace="urn:m">'
TESTS = b"""
- {name: gold, decision: discount, inputs: {tier: gold}, expected: 10}
- {name: other, decision: discount, inputs: {tier: tin}, expected: 0}
"""


def discount(*rules: tuple[str, str]) -> bytes:
    """A table of the tier; cells as FEEL."""
    rows = "".join(
        f"<rule><inputEntry><text>{test}</text></inputEntry><outputEntry><text>{given}</text></outputEntry></rule>"
        for test, given in rules
    )
    column = '<input><inputExpression typeRef="string"><text>tier</text></inputExpression></input>'
    table = f'<decisionTable hitPolicy="FIRST">{column}<output typeRef="number"/>{rows}</decisionTable>'
    return (
        f'{HEAD}<inputData id="i" name="tier"><variable name="tier" typeRef="string"/></inputData>'
        '<decision id="discount" name="discount"><variable name="discount"/><informationRequirement>'
        f'<requiredInput href="#i"/></informationRequirement>{table}</decision></definitions>'
    ).encode()


GOOD = discount(('"gold"', "10"), ("-", "0"))


def test_a_table_whose_tests_pass_is_deployed_with_them(bench: Any) -> None:
    made = bench.runtime.deploy({"discount.dmn": GOOD, "discount.tests.yaml": TESTS}, ANN)
    assert [one.id for one in made.decisions] == ["discount"]
    assert made.warnings == ()


def test_a_failing_test_refuses_with_what_was_expected_and_what_came(bench: Any) -> None:
    wrong = discount(('"gold"', "11"), ("-", "0"))
    with pytest.raises(DeploymentRefused) as refused:
        bench.runtime.deploy({"discount.dmn": wrong, "discount.tests.yaml": TESTS}, ANN)
    (finding,) = refused.value.findings
    assert (finding.rule, finding.source) == ("test", "discount.tests.yaml")
    assert "discount, gold: expected 10, got 11" in finding.message
    with bench.store.read() as tx:
        assert queries.deployed(tx) == []


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"lost.tests.yaml": TESTS}, "no decision model of this name"),
        ({"discount.dmn": GOOD, "discount.tests.json": b'{"a": 1}'}, "must be a list"),
        ({"discount.dmn": GOOD, "discount.tests.yaml": b"- {decision: nothing}"}, "there is no decision"),
        ({"discount.dmn": discount(("5", "10"))}, "rule 1, 'tier': a number never matches a string"),
        ({"discount.dmn": discount(('"a"', "n + 1"))}, "there is no variable 'n'"),
        ({"discount.dmn": discount(('"a"', '"b"'))}, "a string is given where a number is declared"),
        ({"discount.dmn": discount(("[", "1"))}, "not FEEL"),
    ],
)
def test_what_is_certainly_wrong_refuses(files: dict[str, bytes], message: str) -> None:
    with pytest.raises(DeploymentRefused, match="Nothing was deployed") as refused:
        deploy.check(files)
    assert any(message in finding.message for finding in refused.value.findings)


def test_what_may_be_meant_is_told_and_deployed(bench: Any) -> None:
    made = bench.runtime.deploy({"discount.dmn": discount(('"gold"', "1"), ('"gold"', "2"))}, ANN)
    told = {finding.rule: finding for finding in made.warnings}
    assert told.keys() == {"gap", "masked rule"}
    assert "for instance tier = other" in told["gap"].message
    assert {finding.element for finding in made.warnings} == {"discount"}


def test_an_expression_of_a_process_that_can_only_be_null_is_told() -> None:
    drawn = d.sequence("p", d.service("work", "=substring(1, 2)"))
    (doubt,) = [finding for finding in deploy.check({"p.bpmn": drawn}).findings if finding.rule == "type"]
    assert doubt.severity == "warning"
    assert "string is a number, not a string" in doubt.message


def test_the_tables_of_lead_to_cash_have_tests_and_no_findings() -> None:
    files = pack.read().files
    tables = {name for name in files if name.endswith(".dmn")}
    assert {name.replace(".dmn", ".tests.yaml") for name in tables} <= files.keys()
    found = deploy.check({name: data for name, data in files.items() if ".bpmn" not in name}).findings
    assert found == []
