"""Models: boxed expressions, requirements, knowledge models, services, types, imports and versions."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from mainspring import dmn
from mainspring.base.errors import MainspringError

MakeModel = Callable[[str], bytes]
NAMESPACES = [
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
    "http://www.omg.org/spec/DMN/20180521/MODEL/",
    "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "https://www.omg.org/spec/DMN/20211108/MODEL/",
    "https://www.omg.org/spec/DMN/20230324/MODEL/",
]


def literal(text: str) -> str:
    return f"<literalExpression><text>{text}</text></literalExpression>"


def decision(inside: str, typeref: str = "Any") -> str:
    return f'<decision id="d" name="D"><variable name="D" typeRef="{typeref}"/>{inside}</decision>'


def part(name: str, text: str) -> str:
    return f"<{name}>{literal(text)}</{name}>"


def entry(text: str, name: str = "") -> str:
    variable = f'<variable name="{name}"/>' if name else ""
    return f"<contextEntry>{variable}{literal(text)}</contextEntry>"


def binding(name: str, text: str) -> str:
    return f'<binding><parameter name="{name}"/>{literal(text)}</binding>'


FUNCTION = (
    f'<functionDefinition><formalParameter name="x" typeRef="number"/>{literal("x + 1")}</functionDefinition>'
)
BOXES: dict[str, tuple[str, object]] = {
    "list": (f"<list>{literal('1')}{literal('2')}</list>", [1, 2]),
    "context": (f"<context>{entry('2', 'a b')}{entry('a b * 3')}</context>", 6),
    "relation": (
        f'<relation><column name="x"/><column name="y"/><row>{literal("1")}{literal("2")}</row></relation>',
        [{"x": 1, "y": 2}],
    ),
    "conditional": (
        f"<conditional>{part('if', '1 &lt; 2')}{part('then', '1')}{part('else', '2')}</conditional>",
        1,
    ),
    "filter": (f"<filter>{part('in', '[{n: 1}, {n: 5}]')}{part('match', 'n > 2')}</filter>", [{"n": 5}]),
    "for": (f'<for iteratorVariable="i">{part("in", "[1,2]")}{part("return", "i * i")}</for>', [1, 4]),
    "some": (f'<some iteratorVariable="i">{part("in", "[1,2]")}{part("satisfies", "i > 1")}</some>', True),
    "every": (
        f'<every iteratorVariable="i">{part("in", "[1,2]")}{part("satisfies", "i > 1")}</every>',
        False,
    ),
    "invocation": (
        f"<invocation>{literal('modulo')}{binding('dividend', '7')}{binding('divisor', '4')}</invocation>",
        3,
    ),
    "function": (
        f'<context><contextEntry><variable name="f"/>{FUNCTION}</contextEntry>{entry("f(2)")}</context>',
        3,
    ),
}


@pytest.mark.parametrize(("inside", "expected"), BOXES.values(), ids=BOXES)
def test_each_boxed_expression_has_its_value(model: MakeModel, inside: str, expected: object) -> None:
    result = dmn.load(model(decision(inside))).evaluate("D", {})
    assert (result.value, result.errors) == (expected, ())


def test_decisions_are_made_from_what_they_require(model: MakeModel) -> None:
    data = model(
        '<inputData id="i" name="net price"><variable name="net price" typeRef="number"/></inputData>'
        '<businessKnowledgeModel id="b" name="with tax"><variable name="with tax"/><encapsulatedLogic>'
        f'<formalParameter name="net" typeRef="number"/>{literal("net * 1.2")}</encapsulatedLogic>'
        "</businessKnowledgeModel>"
        '<decision id="g" name="gross"><variable name="gross"/>'
        '<informationRequirement><requiredInput href="#i"/></informationRequirement>'
        '<knowledgeRequirement><requiredKnowledge href="#b"/></knowledgeRequirement>'
        f"{literal('with tax(net price)')}</decision>"
        '<decision id="d" name="D"><variable name="D"/>'
        '<informationRequirement><requiredDecision href="#g"/></informationRequirement>'
        f"{literal('gross + 1')}</decision>"
    )
    result = dmn.load(data).evaluate("D", {"net price": 10})
    assert result.value == 13
    assert [step.as_dict().get("name") for step in result.trace.steps] == ["gross", "D"]


def test_only_what_is_required_is_in_sight(model: MakeModel) -> None:
    data = model('<inputData id="i" name="x"><variable name="x"/></inputData>' + decision(literal("x")))
    result = dmn.load(data).evaluate("D", {"x": 1})
    assert result.value is None
    assert result.errors[0].message == "there is no variable 'x'"


def test_a_service_takes_its_inputs_and_gives_its_output(model: MakeModel) -> None:
    data = model(
        '<inputData id="i" name="x"><variable name="x" typeRef="number"/></inputData>'
        f'<decision id="e" name="rate"><variable name="rate"/>{literal("1")}</decision>'
        '<decision id="d" name="D"><variable name="D"/>'
        '<informationRequirement><requiredInput href="#i"/></informationRequirement>'
        '<informationRequirement><requiredDecision href="#e"/></informationRequirement>'
        f"{literal('x * rate')}</decision>"
        '<decisionService id="s" name="S"><variable name="S"/><outputDecision href="#d"/>'
        '<inputDecision href="#e"/><inputData href="#i"/></decisionService>'
        '<decision id="c" name="caller"><variable name="caller"/>'
        '<knowledgeRequirement><requiredKnowledge href="#s"/></knowledgeRequirement>'
        f"{literal('S(4, 5)')}</decision>"
    )
    loaded = dmn.load(data)
    assert loaded.invoke("S", {"x": 2, "rate": 3}).value == 6
    assert loaded.evaluate("caller", {}).value == 20
    assert [service.name for service in loaded.services] == ["S"]


def test_a_value_must_conform_to_its_type(model: MakeModel) -> None:
    types = (
        '<itemDefinition name="tColour"><typeRef>string</typeRef><allowedValues><text>"red","blue"</text>'
        '</allowedValues></itemDefinition><itemDefinition name="tItem"><itemComponent name="colour">'
        "<typeRef>tColour</typeRef></itemComponent></itemDefinition>"
        '<itemDefinition name="tItems" isCollection="true"><typeRef>tItem</typeRef></itemDefinition>'
    )
    good = dmn.load(model(types + decision(literal('{colour: "red"}'), "tItems"))).evaluate("D", {})
    bad = dmn.load(model(types + decision(literal('[{colour: "green"}]'), "tItems"))).evaluate("D", {})
    assert good.value == [{"colour": "red"}]
    assert bad.value is None
    assert "tItems" in bad.errors[0].message


def test_an_imported_model_is_used_under_its_name(model: MakeModel) -> None:
    imported = model(
        f'<decision id="a" name="the answer"><variable name="the answer"/>{literal("42")}</decision>'
    )
    imported = imported.replace(b"urn:test", b"urn:other")
    own = model(
        '<import namespace="urn:other" name="lib" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>'
        '<decision id="d" name="D"><variable name="D"/><informationRequirement>'
        f'<requiredDecision href="urn:other#a"/></informationRequirement>'
        f"{literal('lib.the answer + 1')}</decision>"
    )
    assert dmn.load(own, [imported]).evaluate("D", {}).value == 43
    with pytest.raises(dmn.ModelError, match="missing"):
        dmn.load(own)


@pytest.mark.parametrize("namespace", NAMESPACES)
def test_every_version_of_dmn_is_read(model: MakeModel, namespace: str) -> None:
    data = model(decision(literal("1"))).replace(NAMESPACES[-1].encode(), namespace.encode())
    assert dmn.load(data).evaluate("d", {}).value == 1


@pytest.mark.parametrize(
    "data",
    [b"", b"<a/>", b"not xml", b'<!DOCTYPE x [<!ENTITY e "x">]><x>&e;</x>'],
)
def test_what_is_no_model_is_refused_with_a_reason(data: bytes) -> None:
    with pytest.raises(MainspringError) as caught:
        dmn.load(data)
    assert caught.value.message


def test_a_reference_to_nothing_is_refused(model: MakeModel) -> None:
    inside = '<informationRequirement><requiredInput href="#gone"/></informationRequirement>' + literal("1")
    with pytest.raises(dmn.ModelError, match="gone"):
        dmn.load(model(decision(inside)))


def test_an_unknown_decision_is_refused_with_the_known_ones(model: MakeModel) -> None:
    loaded = dmn.load(model(decision(literal("1"))))
    with pytest.raises(dmn.UnknownDecisionError, match="'D'"):
        loaded.evaluate("E", {})


def test_a_text_that_is_no_feel_is_a_fault_of_its_decision_only(model: MakeModel) -> None:
    other = f'<decision id="e" name="E"><variable name="E"/>{literal("2")}</decision>'
    loaded = dmn.load(model(decision(literal("1 +")) + other))
    assert loaded.faults[0].where == "decision 'D'"
    assert loaded.evaluate("D", {}).value is None
    assert loaded.evaluate("E", {}).value == Decimal(2)
