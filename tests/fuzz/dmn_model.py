"""Fuzz target: whatever bytes come as a decision model, they are refused in words, or loaded and evaluated.

What is loaded is examined, each of its decisions asked and explained, and the model written back unchanged.
"""

from lxml import etree

from mainspring import dmn
from mainspring.base.errors import MainspringError
from mainspring.feel.limits import Limits

MOST = 20_000  # bytes; larger inputs only slow the search down
LIMITS = Limits(steps=20_000)
GIVEN = {"n": 5, "s": "a", "l": [1, {"a": 2}]}
HEAD = '<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m" namespace="urn:m">'
NEED = '<informationRequirement><requiredInput href="#i"/></informationRequirement>'


def _literal(text: str) -> str:
    return f"<literalExpression><text>{text}</text></literalExpression>"


def _cell(kind: str, text: str, attributes: str = "") -> str:
    return f"<{kind} {attributes}><text>{text}</text></{kind}>"


def _declarations() -> str:
    allowed = _cell("allowedValues", "&lt; 10")
    of_type = f'<itemDefinition name="tSmall"><typeRef>number</typeRef>{allowed}</itemDefinition>'
    number = '<inputData id="i" name="n"><variable name="n" typeRef="tSmall"/></inputData>'
    body = f"<in>{_literal('[a]')}</in><satisfies>{_literal('x = 5')}</satisfies>"
    some = f'<some iteratorVariable="x">{body}</some>'
    logic = f'<encapsulatedLogic><formalParameter name="a"/>{some}</encapsulatedLogic>'
    knowledge = (
        f'<businessKnowledgeModel id="b" name="f"><variable name="f"/>{logic}</businessKnowledgeModel>'
    )
    return of_type + number + knowledge


def _table() -> str:
    asked = _cell("inputExpression", "n", 'typeRef="number"') + _cell("inputValues", "[0..9]")
    given = f'<output typeRef="number">{_cell("defaultOutputEntry", "0")}</output>'
    rule = f"<rule>{_cell('inputEntry', '&lt; 5, 7')}{_cell('outputEntry', 'n * 2')}</rule>"
    policy = 'hitPolicy="COLLECT" aggregation="SUM"'
    return f"<decisionTable {policy}><input>{asked}</input>{given}{rule}</decisionTable>"


def _boxes() -> list[str]:
    """One of each boxed expression."""
    items = f'<contextEntry><variable name="a"/><list>{_literal("1")}</list></contextEntry>'
    row = f"<relation><column name='c'/><row>{_literal('2')}</row></relation>"
    matching = f"<filter><in>{_literal('[x]')}</in><match>{_literal('item > 1')}</match></filter>"
    choice = f"<then>{_literal('1')}</then><else>{row}</else>"
    binding = f"<binding><parameter name='a'/>{_literal('n')}</binding>"
    return [
        _literal("n + 1"),
        _table(),
        f"<context>{items}<contextEntry>{_literal('sum(a)')}</contextEntry></context>",
        f"<conditional><if>{_literal('n > 2')}</if>{choice}</conditional>",
        f'<for iteratorVariable="x"><in>{_literal("[1,2]")}</in><return>{matching}</return></for>',
        f"<invocation>{_literal('f')}{binding}</invocation>",
    ]


def seeds() -> list[bytes]:
    """A model for each boxed expression."""
    knowing = '<knowledgeRequirement><requiredKnowledge href="#b"/></knowledgeRequirement>'
    service = (
        '<decisionService id="s" name="S"><outputDecision href="#d"/><inputData href="#i"/></decisionService>'
    )
    head = '<decision id="d" name="D"><variable name="D"/>'
    return [
        f"{HEAD}{_declarations()}{head}{NEED}{knowing}{logic}</decision>{service}</definitions>".encode()
        for logic in _boxes()
    ]


def once(data: bytes) -> None:
    """Load, examine, evaluate, explain and write back one input."""
    if len(data) > MOST:
        return
    try:
        model = dmn.load(data)
    except MainspringError:
        return
    dmn.analyse(model)
    for decision in model.decisions:
        result = model.evaluate(decision.id, GIVEN, limits=LIMITS)
        dmn.explain(result.trace, "zh")
        result.as_dict()
    for service in model.services:
        model.invoke(service.id, GIVEN, limits=LIMITS)
    if _canonical(dmn.to_xml(model.document)) != _canonical(data):
        raise AssertionError("written back, the model differs")


def _canonical(data: bytes) -> bytes:
    reader = etree.XMLParser(resolve_entities=False, no_network=True)
    made: bytes = etree.tostring(etree.fromstring(data, reader), method="c14n")
    return made
