"""What a case has to be given: variables that expressions read and the model writes nowhere."""

from mainspring.app.reading_models import needed

MODEL = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="z">
<process id="refund"><serviceTask id="pay"><extensionElements>
  <zeebe:ioMapping><zeebe:input source="=order.total - fee" target="amount"/></zeebe:ioMapping>
  <zeebe:loopCharacteristics inputCollection="=lines" inputElement="line"/>
  <zeebe:calledDecision resultVariable="granted"/></extensionElements></serviceTask>
<sequenceFlow id="f">
  <conditionExpression>=amount &gt; 5 and line.open and granted and count(late) = 0</conditionExpression>
</sequenceFlow>
<sequenceFlow id="g"><conditionExpression>= not FEEL at (</conditionExpression></sequenceFlow>
</process></definitions>"""


def test_what_is_read_and_written_nowhere_is_needed() -> None:
    assert needed({"refund.bpmn": MODEL.encode()}) == {"refund": ["fee", "order", "lines", "late"]}


def test_a_file_that_is_no_model_needs_nothing() -> None:
    assert needed({"broken.bpmn": b"<definitions", "form.form": b"{}"}) == {}
