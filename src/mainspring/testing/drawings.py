"""Drawing small BPMN models in code: for tests, measurements and generators."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count, pairwise
from xml.sax.saxutils import escape, quoteattr

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="drawing" targetNamespace="drawing">'
)


class Drawing:
    """One process as it is drawn; `xml()` gives the document.

    Contents of elements are given as XML text: BPMN elements without prefix, Zeebe's with `zeebe:`.
    """

    def __init__(self, process_id: str = "p") -> None:
        self._process = process_id
        self._parts: list[str] = []
        self._top: list[str] = []
        self._numbers = count(1)

    def node(self, kind: str, identifier: str, inner: str = "", **attributes: str) -> str:
        """Draw an element."""
        given = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
        self._parts.append(f'<{kind} id="{identifier}"{given}>{inner}</{kind}>')
        return identifier

    def job(self, name: str, inner: str = "", extensions: str = "", **attributes: str) -> str:
        """Draw a service task whose job type is its id."""
        extended = f'<zeebe:taskDefinition type="{name}"/>{extensions}'
        return self.node("serviceTask", name, extend(extended) + inner, **attributes)

    def user(
        self, name: str, person: str = "", extensions: str = "", inner: str = "", **properties: str
    ) -> str:
        """Draw a user task for a person; properties are `zeebe:properties`, with `__` for a dot."""
        who = f"<zeebe:assignmentDefinition assignee={quoteattr(person)}/>" if person else ""
        extended = f"<zeebe:userTask/>{who}{extensions}{marked(**properties)}"
        return self.node("userTask", name, extend(extended) + inner)

    def flow(self, source: str, target: str, condition: str = "", identifier: str = "") -> str:
        """Draw a sequence flow; its id is source_target_number unless given."""
        name = identifier or f"{source}_{target}_{next(self._numbers)}"
        inner = f"<conditionExpression>{escape(condition)}</conditionExpression>" if condition else ""
        self._parts.append(
            f'<sequenceFlow id="{name}" sourceRef="{source}" targetRef="{target}">{inner}</sequenceFlow>'
        )
        return name

    def path(self, *names: str) -> "Drawing":
        """Draw flows from each element to the next."""
        for before, after in pairwise(names):
            self.flow(before, after)
        return self

    def line(self, *names: str) -> "Drawing":
        """Draw a start event, flows through these elements, and an end event."""
        self.node("startEvent", "start")
        self.node("endEvent", "end")
        self.path("start", *names, "end")
        return self

    @contextmanager
    def inside(self, kind: str, name: str, inner: str = "", **attributes: str) -> Iterator[None]:
        """Draw into a sub-process."""
        given = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
        self._parts.append(f'<{kind} id="{name}"{given}>{inner}')
        yield
        self._parts.append(f"</{kind}>")

    def top(self, text: str) -> None:
        """Draw beside the process: a message, signal, error, another process."""
        self._top.append(text)

    def xml(self) -> bytes:
        """The document."""
        process = f'<process id="{self._process}" isExecutable="true">{"".join(self._parts)}</process>'
        return f"{HEAD}{''.join(self._top)}{process}</definitions>".encode()


def extend(text: str) -> str:
    """Extension elements."""
    return f"<extensionElements>{text}</extensionElements>"


def marked(**properties: str) -> str:
    """`zeebe:properties`; `__` stands for a dot in a name."""
    texts = (
        f"<zeebe:property name={quoteattr(name.replace('__', '.'))} value={quoteattr(value)}/>"
        for name, value in properties.items()
    )
    return f"<zeebe:properties>{''.join(texts)}</zeebe:properties>" if properties else ""


def timer(kind: str, value: str) -> str:
    """A timer event definition: kind timeDate, timeDuration or timeCycle."""
    return f"<timerEventDefinition><{kind}>{escape(value)}</{kind}></timerEventDefinition>"


def message(name: str, correlation_key: str = "", identifier: str = "m") -> str:
    """A message to draw with `top`."""
    key = f"<zeebe:subscription correlationKey={quoteattr(correlation_key)}/>" if correlation_key else ""
    return f'<message id="{identifier}" name="{name}">{extend(key) if key else ""}</message>'
