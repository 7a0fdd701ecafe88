"""The processes that engines are measured with: our own drawings, read by every engine in the table."""

from collections.abc import Callable
from itertools import pairwise

HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="t">'
    '<bpmn:process id="p" isExecutable="true">'
)
TAIL = "</bpmn:process></bpmn:definitions>"
WORK = '<bpmn:extensionElements><zeebe:taskDefinition type="work"/></bpmn:extensionElements>'
PERSON = "<bpmn:extensionElements><zeebe:userTask/></bpmn:extensionElements>"
ENDS = '<bpmn:startEvent id="s"/><bpmn:endEvent id="e"/>'


def task(name: str, inside: str = "") -> str:
    """A service task."""
    return f'<bpmn:serviceTask id="{name}">{WORK}{inside}</bpmn:serviceTask>'


def flows(*pairs: tuple[str, str]) -> str:
    """Sequence flows between these elements."""
    return "".join(
        f'<bpmn:sequenceFlow id="f{n}" sourceRef="{source}" targetRef="{target}"/>'
        for n, (source, target) in enumerate(pairs)
    )


def sequence(length: int = 10) -> str:
    """Tasks one after the other."""
    names = ["s", *(f"t{n}" for n in range(length)), "e"]
    return HEAD + ENDS + "".join(task(name) for name in names[1:-1]) + flows(*pairwise(names)) + TAIL


def parallel(branches: int = 5) -> str:
    """Branches side by side, one task each, joined."""
    names = [f"t{n}" for n in range(branches)]
    gateways = '<bpmn:parallelGateway id="g"/><bpmn:parallelGateway id="j"/>'
    pairs = [("s", "g"), *(("g", n) for n in names), *((n, "j") for n in names), ("j", "e")]
    return HEAD + ENDS + gateways + "".join(task(name) for name in names) + flows(*pairs) + TAIL


def multi_instance(size: int) -> str:
    """One task repeated in parallel."""
    loop = (
        "<bpmn:multiInstanceLoopCharacteristics>"
        f"<bpmn:loopCardinality>={size}</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>"
    )
    return HEAD + ENDS + task("t", loop) + flows(("s", "t"), ("t", "e")) + TAIL


def person() -> str:
    """One task that a person completes."""
    return (
        HEAD + ENDS + f'<bpmn:userTask id="t">{PERSON}</bpmn:userTask>' + flows(("s", "t"), ("t", "e")) + TAIL
    )


WORKLOADS: dict[str, Callable[[], str]] = {
    "sequence of 10": sequence,
    "5 parallel branches": parallel,
    "multi-instance of 300": lambda: multi_instance(300),
    "multi-instance of 3,000": lambda: multi_instance(3000),
    "waiting for a person": person,
}
"""What every table shows."""


def for_spiff(xml: str) -> str:
    """The same model as SpiffWorkflow reads it: manual tasks, conditions in Python, no extensions."""
    return xml.replace("serviceTask", "manualTask").replace(WORK, "").replace(PERSON, "").replace(">=", ">")


def for_node(xml: str) -> str:
    """The same model as bpmn-engine reads it: tasks that wait to be signalled, plain numbers."""
    plain = xml.replace("serviceTask", "userTask").replace(WORK, "").replace(PERSON, "")
    return plain.replace(">=", ">")
