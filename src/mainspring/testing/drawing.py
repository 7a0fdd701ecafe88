"""Small process models as text, for tests and benchmarks: a sequence of elements, or any XML in a process."""

from html import escape
from itertools import pairwise

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" '
    'id="definitions" targetNamespace="urn:mainspring:test">'
)


def document(*parts: str) -> bytes:
    """A BPMN document of these top-level elements."""
    return (_HEAD + "".join(parts) + "</definitions>").encode()


def process(process_id: str, body: str, *, tops: str = "") -> bytes:
    """A document of one executable process with this XML inside; `tops` are messages, signals and errors."""
    return document(tops, f'<process id="{escape(process_id)}" isExecutable="true">{body}</process>')


def sequence(process_id: str, *elements: str, tops: str = "", start: str = "") -> bytes:
    """A process that goes through these elements (of this module) one after the other.

    Args:
        process_id: its id.
        elements: what `service`, `user`, `catch_message` and the like give.
        tops: messages, signals and errors.
        start: XML inside the start event.
    """
    ids = ["start", *(_id(element) for element in elements), "end"]
    flows = "".join(
        f'<sequenceFlow id="flow_{number}" sourceRef="{one}" targetRef="{next_one}"/>'
        for number, (one, next_one) in enumerate(pairwise(ids))
    )
    body = f'<startEvent id="start">{start}</startEvent>{"".join(elements)}<endEvent id="end"/>{flows}'
    return process(process_id, body, tops=tops)


def _id(element: str) -> str:
    return element.split('id="', 1)[1].split('"', 1)[0]


def service(element: str, job_type: str, *, retries: int = 3, more: str = "") -> str:
    """A service task; `more` is XML of extension elements (headers, mappings)."""
    return (
        f'<serviceTask id="{element}"><extensionElements>'
        f'<zeebe:taskDefinition type="{job_type}" retries="{retries}"/>{more}'
        "</extensionElements></serviceTask>"
    )


def user(element: str, *, groups: str = "", assignee: str = "") -> str:
    """A user task with candidate groups (separated by commas) or an assignee."""
    who = f' candidateGroups="{groups}"' if groups else ""
    who += f' assignee="{assignee}"' if assignee else ""
    return (
        f'<userTask id="{element}"><extensionElements><zeebe:userTask/>'
        f"<zeebe:assignmentDefinition{who}/></extensionElements></userTask>"
    )


def catch_message(element: str, message: str) -> str:
    """An intermediate catch event of a message declared with `message`."""
    return f'<intermediateCatchEvent id="{element}">{on_message(message)}</intermediateCatchEvent>'


def on_message(message: str) -> str:
    """A message event definition."""
    return f'<messageEventDefinition messageRef="{message}"/>'


def catch_signal(element: str, signal: str) -> str:
    """An intermediate catch event of a signal declared with `signal`."""
    return f'<intermediateCatchEvent id="{element}">{on_signal(signal)}</intermediateCatchEvent>'


def on_signal(signal: str) -> str:
    """A signal event definition."""
    return f'<signalEventDefinition signalRef="{signal}"/>'


def wait(element: str, duration: str) -> str:
    """An intermediate timer event of a duration such as PT1H."""
    timer = on_timer("timeDuration", duration)
    return f'<intermediateCatchEvent id="{element}">{timer}</intermediateCatchEvent>'


def on_timer(kind: str, value: str) -> str:
    """A timer event definition; `kind` is timeDate, timeDuration or timeCycle."""
    value = f'<{kind} xsi:type="tFormalExpression">{escape(value)}</{kind}>'
    return f"<timerEventDefinition>{value}</timerEventDefinition>"


def message(message_id: str, name: str, correlation: str = "") -> str:
    """A message; `correlation` is the FEEL expression of its key (none for start events)."""
    inside = (
        f'<extensionElements><zeebe:subscription correlationKey="{escape(correlation)}"/></extensionElements>'
        if correlation
        else ""
    )
    return f'<message id="{message_id}" name="{escape(name)}">{inside}</message>'


def signal(signal_id: str, name: str) -> str:
    """A signal."""
    return f'<signal id="{signal_id}" name="{escape(name)}"/>'
