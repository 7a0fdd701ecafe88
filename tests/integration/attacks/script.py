"""A process of one script, for expressions that attack."""

from xml.sax.saxutils import quoteattr

_MODEL = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="f" targetNamespace="t"
    xmlns:zeebe="http://camunda.org/schema/zeebe/1.0">
  <bpmn:process id={name} isExecutable="true">
    <bpmn:startEvent id="s"><bpmn:outgoing>a</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="a" sourceRef="s" targetRef="t"/>
    <bpmn:scriptTask id="t">
      <bpmn:extensionElements>
        <zeebe:script expression={expression} resultVariable="out"/>
      </bpmn:extensionElements>
      <bpmn:incoming>a</bpmn:incoming><bpmn:outgoing>b</bpmn:outgoing>
    </bpmn:scriptTask>
    <bpmn:sequenceFlow id="b" sourceRef="t" targetRef="e"/>
    <bpmn:endEvent id="e"><bpmn:incoming>b</bpmn:incoming></bpmn:endEvent>
  </bpmn:process>
</bpmn:definitions>"""


def script(name: str, expression: str) -> dict[str, bytes]:
    """The files of process `name`, which puts what `expression` gives into the variable `out`."""
    model = _MODEL.format(name=quoteattr(name), expression=quoteattr(f"={expression}"))
    return {f"{name}.bpmn": model.encode()}
