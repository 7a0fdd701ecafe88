"""Rules about activities, their repetition and what runs them (BPMN 2.0, 10.3; Zeebe's extensions)."""

import re

from mainspring.bpmn.model import Element
from mainspring.bpmn.names import ACTIVITIES, GLOBAL_TASKS
from mainspring.bpmn.rules.survey import Messages, Rule, Survey

ALL_ACTIVITIES = tuple(sorted(ACTIVITIES))
CALLABLE = GLOBAL_TASKS | {"process"}
MIME = re.compile(r"^[\w.+-]+/[\w.+-]+(;.*)?$")
LITERAL = re.compile(r'^(=\s*)?(-?\d+(\.\d+)?|"[^"]*")$')
LOOPS = ("standardLoopCharacteristics", "multiInstanceLoopCharacteristics")


def _quantity(survey: Survey, activity: Element) -> Messages:
    del survey
    for attribute in ("startQuantity", "completionQuantity"):
        text = activity.get(attribute)
        if text and not (text.strip().isdigit() and int(text) >= 1):
            yield f"its {attribute} is '{text}', not a whole number from 1"


def _one_loop(survey: Survey, activity: Element) -> Messages:
    del survey
    if len(activity.all(*LOOPS)) > 1:
        yield "it is both a loop and a multi-instance activity"


def _loop_maximum(survey: Survey, loop: Element) -> Messages:
    del survey
    text = loop.get("loopMaximum").strip()
    if text and not re.match(r"^-?\d+$", text):
        yield f"its loop maximum is '{text}', not a whole number"
    if not text and loop.first("loopCondition") is None:
        yield "a loop has a condition or a maximum"


def _size(survey: Survey, loop: Element) -> Messages:
    del survey
    zeebe = loop.extension("loopCharacteristics")
    collection = zeebe is not None and zeebe.get("inputCollection")
    given = [bool(loop.first("loopCardinality")), bool(loop.first("loopDataInputRef")), bool(collection)]
    if not any(given):
        yield "a multi-instance activity has an input collection or a cardinality"
    cardinality = loop.value("loopCardinality")
    if loop.first("loopCardinality") is not None and not cardinality:
        yield "its cardinality is empty"


def _completion(survey: Survey, element: Element) -> Messages:
    del survey
    condition = element.first("completionCondition")
    if condition is None:
        return
    text = condition.text.strip()
    if not text:
        yield "its completion condition is empty"
    elif LITERAL.match(text):
        yield f"its completion condition '{text}' is neither true nor false"


def _behaviour(survey: Survey, loop: Element) -> Messages:
    wanted = {"One": "oneBehaviorEventRef", "None": "noneBehaviorEventRef"}.get(loop.get("behavior"))
    for attribute in ("oneBehaviorEventRef", "noneBehaviorEventRef"):
        reference = loop.get(attribute)
        if reference and survey.find(reference) is None:
            yield f"its {attribute} '{reference}' does not exist"
        if reference and attribute != wanted:
            yield f"its {attribute} does not fit the behavior '{loop.get('behavior') or 'All'}'"
    if wanted and not loop.get(wanted):
        yield f"the behavior {loop.get('behavior')} needs {wanted}"
    if loop.get("behavior") == "Complex" and loop.first("complexBehaviorDefinition") is None:
        yield "the behavior Complex needs a complex behavior definition"


def _instantiating(survey: Survey, task: Element) -> Messages:
    if not task.flag("instantiate"):
        return
    for flow in survey.into(task):
        source = survey.find(flow.get("sourceRef"))
        yield f"it begins the process (instantiate), but '{source.label if source else flow.id}' leads to it"


def _message(survey: Survey, task: Element) -> Messages:
    reference = task.get("messageRef")
    target = survey.find(reference)
    if reference and (target is None or target.type != "message"):
        yield f"it refers to the message '{reference}', which does not exist"
    if not reference and task.type == "receiveTask":
        yield "a receive task names its message"
    if not reference and task.extension("taskDefinition") is None and task.type == "sendTask":
        yield "a send task names its message or the type of its job"


def _operation(survey: Survey, element: Element) -> Messages:
    reference = element.get("operationRef") or element.value("operationRef")
    target = survey.find(reference)
    if reference and target is not None and target.type != "operation":
        yield f"its operation '{reference}' is a {target.type}"


def _script(survey: Survey, task: Element) -> Messages:
    del survey
    form = task.get("scriptFormat").strip()
    if task.first("script") is not None and not form:
        yield "its script has no format"
    if form and form.lower() != "feel" and not MIME.match(form):
        yield f"its script format '{form}' is no MIME type"


def _work(survey: Survey, task: Element) -> Messages:
    del survey
    if task.extension("taskDefinition") is not None:
        definition = task.extension("taskDefinition")
        if definition is not None and not definition.get("type").strip():
            yield "its task definition has no type"
        return
    wanted = {
        "serviceTask": "the type of its job (zeebe:taskDefinition)",
        "scriptTask": "a FEEL script (zeebe:script) or the type of its job (zeebe:taskDefinition)",
        "businessRuleTask": "a decision (zeebe:calledDecision) or the type of its job",
    }[task.type]
    feel = "feel" in task.get("scriptFormat").lower() and task.value("script")
    if task.extension("script") is None and task.extension("calledDecision") is None and not feel:
        yield f"nothing says what it does: it needs {wanted}"


def _called(survey: Survey, call: Element) -> Messages:
    extension = call.extension("calledElement")
    reference = call.get("calledElement") or (extension.get("processId") if extension is not None else "")
    if not reference.strip():
        yield "it does not say which process it calls"
        return
    target = survey.find(reference)
    if target is None or reference.startswith("="):
        return
    if target.type not in CALLABLE:
        yield f"it calls '{reference}', which is a {target.type}"
        return
    starts = target.all("startEvent")
    if starts and all(survey.kinds(start) for start in starts):
        yield f"the process '{reference}' that it calls has no none start event"


def _ad_hoc(survey: Survey, scope: Element) -> Messages:
    del survey
    if not scope.all(*ALL_ACTIVITIES):
        yield "an ad-hoc sub-process has at least one activity"
    for event in scope.all("startEvent", "endEvent"):
        yield f"an ad-hoc sub-process has no start or end event such as '{event.label}'"


def _event_subprocess(survey: Survey, scope: Element) -> Messages:
    if scope.flag("triggeredByEvent"):
        for flow in (*survey.into(scope), *survey.out_of(scope)):
            yield f"an event sub-process has no sequence flow such as '{flow.id}'"
        if survey.boundaries.get(scope.id):
            yield "an event sub-process has no boundary event"


def _compensation(survey: Survey, activity: Element) -> Messages:
    if activity.flag("triggeredByEvent"):
        return
    handles = any(handler is activity for handler in survey.handlers.values())
    boundary = [event for event in survey.handlers if survey.handlers[event] is activity]
    compensates = any(
        "compensate" in survey.kinds(element)
        for element in (survey.find(event) for event in boundary)
        if element is not None
    )
    if handles and compensates and not activity.flag("isForCompensation"):
        yield "it is associated as a compensation handler, but not marked as one"


def _performer(survey: Survey, performer: Element) -> Messages:
    bound = bool(performer.all("resourceParameterBinding"))
    if bound and performer.first("resourceAssignmentExpression") is not None:
        yield "a performer has either parameters of a resource or an assignment expression"
    if performer.first("resourceParameterBinding") is not None and not performer.value("resourceRef"):
        yield "a performer with parameters names its resource"
    reference = performer.value("resourceRef")
    if reference and survey.find(reference) is None:
        yield f"the resource '{reference}' does not exist"


PERFORMERS = ("performer", "humanPerformer", "potentialOwner", "resourceRole")
RULES = (
    Rule("quantity", ALL_ACTIVITIES, _quantity, "Use a whole number from 1.", warns=True),
    Rule("one-loop", ALL_ACTIVITIES, _one_loop, "Keep one of the two markers."),
    Rule("loop", ("standardLoopCharacteristics",), _loop_maximum, "Mend the loop.", execution=True),
    Rule(
        "multi-instance",
        ("multiInstanceLoopCharacteristics",),
        _size,
        "Say over what it repeats.",
        execution=True,
    ),
    Rule(
        "completion-condition",
        ("multiInstanceLoopCharacteristics", "adHocSubProcess"),
        _completion,
        "Write a condition in FEEL.",
    ),
    Rule("behavior", ("multiInstanceLoopCharacteristics",), _behaviour, "Mend the behavior attributes."),
    Rule("instantiate", ("receiveTask",), _instantiating, "Remove the flow, or do not instantiate."),
    Rule("task-message", ("receiveTask", "sendTask"), _message, "Choose a message.", execution=True),
    Rule(
        "operation",
        ("serviceTask", "sendTask", "receiveTask", "messageEventDefinition"),
        _operation,
        "Choose an operation.",
    ),
    Rule("script", ("scriptTask", "globalScriptTask"), _script, "Give its MIME type."),
    Rule(
        "work",
        ("serviceTask", "scriptTask", "businessRuleTask"),
        _work,
        "Set it in the properties panel.",
        execution=True,
    ),
    Rule("called-element", ("callActivity",), _called, "Choose a process with a none start event."),
    Rule("ad-hoc", ("adHocSubProcess",), _ad_hoc, "Draw activities alone in it."),
    Rule("event-subprocess", ("subProcess",), _event_subprocess, "Remove it."),
    Rule("compensation-handler", ALL_ACTIVITIES, _compensation, "Mark it as for compensation."),
    Rule("performer", PERFORMERS, _performer, "Keep one of the two."),
)
