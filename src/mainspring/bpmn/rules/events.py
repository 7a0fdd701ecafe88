"""Rules about events and their definitions (BPMN 2.0, 10.5)."""

import re

from mainspring.bpmn.model import Element
from mainspring.bpmn.names import EVENT_DEFINITIONS, EVENTS
from mainspring.bpmn.rules.survey import Messages, Rule, Survey

ALL_EVENTS = tuple(sorted(EVENTS))
PROCESS_START = frozenset({"message", "timer", "conditional", "signal"})
EVENT_SUBPROCESS_START = PROCESS_START | {"error", "escalation", "compensate"}
CATCH = frozenset({"message", "timer", "conditional", "signal", "link"})
THROW = frozenset({"message", "signal", "escalation", "compensate", "link"})
END = frozenset({"message", "signal", "escalation", "compensate", "error", "cancel", "terminate"})
BOUNDARY = frozenset(
    {"message", "timer", "conditional", "signal", "error", "escalation", "compensate", "cancel"}
)
BOUNDARY_STAYING = frozenset({"message", "timer", "conditional", "signal", "escalation"})
TIMERS = ("timeDate", "timeDuration", "timeCycle")
DURATION = re.compile(r"^-?P(?!$)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?!$)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$")
CYCLE = re.compile(r"^R-?\d*/([^P/][^/]*/)?P[^/]+$")
CRON = re.compile(r"^(@\w+|\S+( \S+){5})$")
DATE = re.compile(r"^-?\d{4,}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?)?(Z|[+-]\d\d:\d\d)?(\[[\w/+-]+\])?$")
FORMATS = {"timeDate": (DATE,), "timeDuration": (DURATION,), "timeCycle": (CYCLE, CRON)}


def _allowed(survey: Survey, event: Element, allowed: frozenset[str], place: str) -> Messages:
    for kind in survey.kinds(event):
        if kind not in allowed:
            yield f"{place} cannot be a {kind} event"


def _start(survey: Survey, event: Element) -> Messages:
    scope = event.parent
    if scope is None:
        return
    if scope.type == "process":
        yield from _allowed(survey, event, PROCESS_START, "a start event of a process")
    elif not scope.flag("triggeredByEvent"):
        yield from _allowed(survey, event, frozenset(), "the start event of a sub-process")
    else:
        yield from _allowed(survey, event, EVENT_SUBPROCESS_START, "the start of an event sub-process")
        kinds = survey.kinds(event)
        if not kinds:
            yield "the start event of an event sub-process needs an event definition"
        if not event.flag("isInterrupting", default=True):
            for kind in ("error", "compensate"):
                if kind in kinds:
                    yield f"an event sub-process for {kind} always interrupts"


def _event_subprocess(survey: Survey, scope: Element) -> Messages:
    del survey
    if scope.flag("triggeredByEvent") and len(scope.all("startEvent")) != 1:
        yield "an event sub-process has exactly one start event"


def _one_none_start(survey: Survey, process: Element) -> Messages:
    plain = [event for event in process.all("startEvent") if not survey.kinds(event)]
    if len(plain) > 1:
        yield f"it has {len(plain)} none start events"


def _subprocess_start(survey: Survey, scope: Element) -> Messages:
    del survey
    if not scope.flag("triggeredByEvent") and len(scope.all("startEvent")) > 1:
        yield "an embedded sub-process has one start event"


def _catch(survey: Survey, event: Element) -> Messages:
    yield from _allowed(survey, event, CATCH, "an intermediate catch event")
    if not survey.kinds(event):
        yield "an intermediate catch event needs an event definition"


def _throw(survey: Survey, event: Element) -> Messages:
    yield from _allowed(survey, event, THROW, "an intermediate throw event")


def _end(survey: Survey, event: Element) -> Messages:
    yield from _allowed(survey, event, END, "an end event")
    if "cancel" in survey.kinds(event) and not any(a.type == "transaction" for a in event.ancestors()):
        yield "a cancel end event belongs into a transaction"


def _boundary(survey: Survey, event: Element) -> Messages:
    staying = not event.flag("cancelActivity", default=True)
    kinds = survey.kinds(event)
    yield from _allowed(survey, event, BOUNDARY, "a boundary event")
    if not kinds:
        yield "a boundary event needs an event definition"
    for kind in kinds:
        if staying and kind in BOUNDARY - BOUNDARY_STAYING:
            yield f"a {kind} boundary event always interrupts"
    host = survey.find(event.get("attachedToRef"))
    if host is None or host.parent is not event.parent:
        yield f"it is attached to '{event.get('attachedToRef')}', which is no activity beside it"
    elif "cancel" in kinds and host.type != "transaction":
        yield f"a cancel boundary event belongs to a transaction, not to the {host.type} '{host.id}'"
    if "compensate" in kinds:
        if event.id not in survey.handlers:
            yield "a compensation boundary event is associated with its handler"
        if survey.out_of(event):
            yield "a compensation boundary event has no outgoing flow"
    elif not survey.out_of(event):
        yield "a boundary event has an outgoing flow"


def _links(survey: Survey, event: Element) -> Messages:
    links = [d for d in survey.definitions(event) if d.type == "linkEventDefinition"]
    if not links:
        return
    scope = event.parent
    catching = event.type == "intermediateCatchEvent"
    if catching and survey.into(event):
        yield "a link catch event has no incoming flow"
    if not catching and survey.out_of(event):
        yield "a link throw event has no outgoing flow"
    other = "intermediateThrowEvent" if catching else "intermediateCatchEvent"
    partners = scope.all(other) if scope is not None else []
    for link in links:
        if not link.name:
            yield "a link event has a name"
        names = [d.name for p in partners for d in survey.definitions(p) if d.type == link.type]
        if link.name not in names:
            yield f"no {'throw' if catching else 'catch'} event beside it has the link '{link.name}'"
        if not catching and names.count(link.name) > 1:
            yield f"several catch events beside it have the link '{link.name}'"


def _intermediate_connected(survey: Survey, event: Element) -> Messages:
    if "link" in survey.kinds(event) or (event.parent is not None and event.parent.type == "adHocSubProcess"):
        return
    if not survey.into(event):
        yield "an intermediate event has an incoming flow"
    if not survey.out_of(event):
        yield "an intermediate event has an outgoing flow"


def _reference(survey: Survey, definition: Element) -> Messages:
    kind = definition.type.removesuffix("EventDefinition")
    reference = definition.get(f"{kind}Ref")
    if not reference:
        needs = kind in {"message", "signal"} or (kind == "escalation" and _throws(definition))
        if kind == "error" and definition.parent is not None and definition.parent.type == "endEvent":
            needs = True
        if needs:
            yield f"the {kind} event definition names no {kind}"
        return
    target = survey.find(reference)
    if target is None or target.type != kind:
        yield f"it refers to the {kind} '{reference}', which does not exist"
        return
    code = {"error": "errorCode", "escalation": "escalationCode"}.get(kind)
    if code and _throws(definition) and not target.get(code):
        yield f"the {kind} '{target.id}' that it throws has no {code}"
    if kind in {"message", "signal"} and not target.name:
        yield f"the {kind} '{target.id}' has no name"


def _throws(definition: Element) -> bool:
    return definition.parent is not None and definition.parent.type in {"endEvent", "intermediateThrowEvent"}


def _definition_refs(survey: Survey, event: Element) -> Messages:
    for reference in event.values("eventDefinitionRef"):
        target = survey.find(reference)
        if target is None or target.type not in EVENT_DEFINITIONS:
            yield f"the event definition '{reference}' does not exist"
        elif target.parent is None or target.parent.type != "definitions":
            yield f"the event definition '{reference}' belongs to another event, not to the file"


def _timer(survey: Survey, definition: Element) -> Messages:
    del survey
    given = [child for child in definition.children if child.type in TIMERS]
    if len(given) != 1:
        yield f"a timer has exactly one of date, duration and cycle, not {len(given)}"
    for child in given:
        text = child.text.strip()
        if not text:
            yield f"its {child.type} is empty"
        elif not text.startswith("=") and not any(form.match(text) for form in FORMATS[child.type]):
            yield f"its {child.type} '{text}' is neither ISO 8601 nor an expression (=...)"


def _conditional(survey: Survey, definition: Element) -> Messages:
    del survey
    condition = definition.first("condition")
    if condition is None or not condition.text.strip():
        yield "its condition is empty"
        return
    typed = any(
        name.endswith("}type") and "FormalExpression" in v for name, v in condition.attributes.items()
    )
    if not typed and not condition.text.strip().startswith("="):
        yield "its condition is prose, not a formal expression"


def _compensate(survey: Survey, definition: Element) -> Messages:
    reference = definition.get("activityRef")
    if not reference:
        return
    target = survey.find(reference)
    if target is None:
        yield f"it compensates '{reference}', which does not exist"
        return
    compensable = target.first("startEvent", "task") is not None or any(
        "compensate" in survey.kinds(event) for event in survey.boundaries.get(target.id, ())
    )
    if not compensable and target.type not in {"subProcess", "transaction", "callActivity"}:
        yield f"the activity '{reference}' that it compensates has no compensation handler"


RULES = (
    Rule("start-event", ("startEvent",), _start, "Choose another event type."),
    Rule("event-subprocess-start", ("subProcess",), _event_subprocess, "Draw one start event in it."),
    Rule("none-start", ("process",), _one_none_start, "Keep one none start event."),
    Rule("subprocess-start", ("subProcess", "transaction"), _subprocess_start, "Keep one start event."),
    Rule("catch-event", ("intermediateCatchEvent",), _catch, "Choose another event type."),
    Rule("throw-event", ("intermediateThrowEvent",), _throw, "Choose another event type."),
    Rule("end-event", ("endEvent",), _end, "Choose another event type."),
    Rule("boundary-event", ("boundaryEvent",), _boundary, "Mend the boundary event."),
    Rule("link-event", ("intermediateCatchEvent", "intermediateThrowEvent"), _links, "Pair the link events."),
    Rule(
        "intermediate-connected",
        ("intermediateCatchEvent", "intermediateThrowEvent"),
        _intermediate_connected,
        "Connect it with sequence flows.",
    ),
    Rule(
        "event-reference",
        (
            "messageEventDefinition",
            "signalEventDefinition",
            "errorEventDefinition",
            "escalationEventDefinition",
        ),
        _reference,
        "Choose the message, signal, error or escalation, and give it its name or code.",
        execution=True,
    ),
    Rule("event-definition-ref", ALL_EVENTS, _definition_refs, "Define it at the top of the file."),
    Rule("timer", ("timerEventDefinition",), _timer, "Give one value such as PT1H.", execution=True),
    Rule("condition", ("conditionalEventDefinition",), _conditional, "Write it in FEEL.", execution=True),
    Rule("compensated", ("compensateEventDefinition",), _compensate, "Name an activity with a handler."),
)
