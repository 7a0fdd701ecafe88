"""The rules a model must keep: each names element, line, rule and what to do."""

from collections.abc import Callable

import pytest

from mainspring import bpmn
from mainspring.bpmn.rules import RULES
from mainspring.testing.drawings import Drawing, extend, message, timer


def findings(drawing: Drawing) -> list[tuple[str, str]]:
    """(element, rule) of each finding."""
    return [(f.element, f.rule) for f in bpmn.validate(bpmn.read(drawing.xml(), "drawn.bpmn"))]


def sound() -> Drawing:
    """Start, a job, end."""
    drawing = Drawing()
    drawing.job("work")
    return drawing.line("work")


def test_a_sound_model_has_no_findings() -> None:
    assert findings(sound()) == []


def test_a_refusal_names_file_element_rule_and_remedy() -> None:
    drawing = sound()
    drawing.node("boundaryEvent", "edge", timer("timeDuration", "soon"), attachedToRef="work")
    drawing.path("edge", "end")
    with pytest.raises(bpmn.ModelError) as raised:
        bpmn.check(bpmn.read(drawing.xml(), "drawn.bpmn"))
    [finding] = raised.value.findings
    assert finding.rule == "timer"
    assert "'soon' is neither ISO 8601 nor an expression" in str(raised.value)
    assert str(raised.value).startswith("drawn.bpmn")
    assert finding.mend


def test_a_warning_does_not_refuse() -> None:
    drawing = Drawing()
    drawing.node("exclusiveGateway", "idle")
    drawing.line("idle")
    assert findings(drawing) == [("idle", "gateway-idle")]
    bpmn.check(bpmn.read(drawing.xml()))


BROKEN: dict[str, Callable[[Drawing], object]] = {
    "flow-ends": lambda d: d.flow("work", "nowhere"),
    "default-flow": lambda d: (
        d.node("exclusiveGateway", "g", default="no"),
        d.path("work", "g", "end"),
    ),
    "event-reference": lambda d: (
        d.node("intermediateCatchEvent", "c", "<messageEventDefinition/>"),
        d.path("work", "c", "end"),
    ),
    "boundary-event": lambda d: d.node(
        "boundaryEvent", "b", "<cancelEventDefinition/>", attachedToRef="work"
    ),
    "work": lambda d: (d.node("serviceTask", "s"), d.path("work", "s", "end")),
    "called-element": lambda d: (d.node("callActivity", "c"), d.path("work", "c", "end")),
    "gateway-condition": lambda d: (
        d.node("exclusiveGateway", "g"),
        d.path("work", "g", "end"),
        d.path("g", "end"),
    ),
    "event-gateway-ways": lambda d: (
        d.node("eventBasedGateway", "g"),
        d.node("intermediateCatchEvent", "c", timer("timeDuration", "PT1H")),
        d.path("work", "g", "c", "end"),
    ),
    "link-event": lambda d: (
        d.node("intermediateThrowEvent", "l", '<linkEventDefinition name="L"/>'),
        d.path("work", "l"),
    ),
    "task-message": lambda d: (d.node("receiveTask", "r"), d.path("work", "r", "end")),
    "multi-instance": lambda d: (
        d.job("m", "<multiInstanceLoopCharacteristics/>"),
        d.path("work", "m", "end"),
    ),
    "extension": lambda d: (
        d.job("m", "", '<zeebe:ioMapping><zeebe:input source="=1 +" target="x"/></zeebe:ioMapping>'),
        d.path("work", "m", "end"),
    ),
    "connected": lambda d: d.job("alone"),
    "ad-hoc": lambda d: (d.node("adHocSubProcess", "a"), d.path("work", "a", "end")),
}


@pytest.mark.parametrize("rule", list(BROKEN))
def test_a_broken_rule_is_found(rule: str) -> None:
    drawing = sound()
    BROKEN[rule](drawing)
    assert rule in {name for _, name in findings(drawing)}


def test_execution_rules_leave_drawings_that_only_document_alone() -> None:
    drawing = Drawing()
    nodes = '<task id="t"/><serviceTask id="s"/><sequenceFlow id="f" sourceRef="t" targetRef="s"/>'
    drawing.top(f'<process id="q">{nodes}</process>')
    drawing.job("work")
    drawing.line("work")
    assert findings(drawing) == []


def test_ids_are_unique() -> None:
    drawing = sound()
    drawing.top(message("a"))
    drawing.top(message("b"))
    assert ("drawing", "id-unique") in findings(drawing)


def test_every_rule_has_a_name_of_its_own_and_a_remedy() -> None:
    names = [rule.name for rule in RULES]
    assert len(names) == len(set(names))
    assert all(rule.mend for rule in RULES)


def test_an_expression_that_is_no_feel_is_refused_before_anything_runs() -> None:
    drawing = Drawing()
    drawing.node("scriptTask", "s", extend('<zeebe:script expression="=if" resultVariable="x"/>'))
    assert ("extensionElements", "extension") in findings(drawing.line("s"))
