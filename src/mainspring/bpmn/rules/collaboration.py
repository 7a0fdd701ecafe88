"""Rules about pools, message flows, processes and choreographies (BPMN 2.0, 9, 10.2, 11)."""

from mainspring.bpmn.model import Element
from mainspring.bpmn.names import ACTIVITIES, CATCH_EVENTS, EVENTS, THROW_EVENTS
from mainspring.bpmn.rules.survey import Messages, Rule, Survey

SENDERS = ACTIVITIES | THROW_EVENTS | {"participant"}
RECEIVERS = ACTIVITIES | CATCH_EVENTS | {"participant"}
CHOREOGRAPHIES = frozenset({"choreography", "globalChoreographyTask"})


def _runnable(survey: Survey, root: Element) -> Messages:
    del root
    if not survey.executable:
        yield "the model has no executable process"


def _public(survey: Survey, process: Element) -> Messages:
    del survey
    if process.get("processType") == "Public" and process.flag("isExecutable"):
        yield "a public process shows only what others see; it cannot be executed"


def _supports(survey: Survey, process: Element) -> Messages:
    for reference in process.values("supports"):
        target = survey.find(reference)
        if target is None or target.type != "process":
            yield f"it supports the process '{reference}', which does not exist"


def _message_flow(survey: Survey, flow: Element) -> Messages:
    source, target = survey.find(flow.get("sourceRef")), survey.find(flow.get("targetRef"))
    if source is None or target is None:
        yield "its source or target does not exist"
        return
    if source.type not in SENDERS:
        yield f"its source '{source.id}' is a {source.type}, which sends no messages"
    if target.type not in RECEIVERS:
        yield f"its target '{target.id}' is a {target.type}, which receives no messages"
    pools = survey.pool_of(source), survey.pool_of(target)
    processes = survey.process_of(source), survey.process_of(target)
    same_pool = pools[0] is not None and pools[0] is pools[1]
    same_process = processes[0] is not None and processes[0] is processes[1]
    if source is target or same_pool or same_process:
        yield "it stays within one pool; message flows connect different ones"
    yield from _at_events(survey, source, target)


def _at_events(survey: Survey, source: Element, target: Element) -> Messages:
    for event, word in ((source, "sends"), (target, "receives")):
        if event.type in EVENTS and "message" not in survey.kinds(event):
            yield f"the {event.type} '{event.id}' {word} a message, but is no message event"


def _multiplicity(survey: Survey, multiplicity: Element) -> Messages:
    del survey
    bounds: dict[str, int] = {"minimum": 0, "maximum": 1}
    for name in bounds:
        text = multiplicity.get(name).strip()
        if not text:
            continue
        try:
            bounds[name] = int(text)
        except ValueError:
            yield f"its {name} '{text}' is no number"
            return
    if bounds["minimum"] < 0 or bounds["maximum"] < 1 or bounds["minimum"] > bounds["maximum"]:
        yield f"from {bounds['minimum']} to {bounds['maximum']} is no multiplicity of participants"


def _participant(survey: Survey, participant: Element) -> Messages:
    reference = participant.get("processRef")
    target = survey.find(reference)
    if reference and ":" not in reference and (target is None or target.type != "process"):
        yield f"its process '{reference}' does not exist"


def _choreography_ref(survey: Survey, element: Element) -> Messages:
    if element.all("choreographyRef") and element.type != "collaboration":
        yield f"a {element.type} refers to no choreography"
    for reference in element.values("choreographyRef"):
        target = survey.find(reference)
        if target is not None and target.type not in CHOREOGRAPHIES:
            yield f"'{reference}' is a {target.type}, no choreography"


def _closed(survey: Survey, collaboration: Element) -> Messages:
    for reference in collaboration.values("choreographyRef"):
        choreography = survey.find(reference)
        if choreography is None or not choreography.flag("isClosed"):
            continue
        for flow in collaboration.all("messageFlow"):
            ends = (survey.find(flow.get(name)) for name in ("sourceRef", "targetRef"))
            if any(end is not None and choreography in end.ancestors() for end in ends):
                yield f"the choreography '{reference}' is closed to the message flow '{flow.id}'"


def _lanes(survey: Survey, lane: Element) -> Messages:
    process = survey.process_of(lane)
    for reference in lane.values("flowNodeRef"):
        node = survey.find(reference)
        if node is None:
            yield f"it holds '{reference}', which does not exist"
        elif process is not None and survey.process_of(node) is not process:
            yield f"it holds '{reference}', which belongs to another process"


def _correlation(survey: Survey, element: Element) -> Messages:
    names = {
        "correlationPropertyRetrievalExpression": "messagePath",
        "correlationPropertyBinding": "dataPath",
    }
    path = element.first(names[element.type])
    if path is None or not path.text.strip():
        yield f"its {names[element.type]} is empty"
    reference = element.get("correlationPropertyRef") or element.get("messageRef")
    if reference and survey.find(reference) is None:
        yield f"it refers to '{reference}', which does not exist"


def _association(survey: Survey, association: Element) -> Messages:
    for attribute in ("sourceRef", "targetRef"):
        reference = association.get(attribute)
        if reference and ":" not in reference and survey.find(reference) is None:
            yield f"its end '{reference}' does not exist"


def _category(survey: Survey, group: Element) -> Messages:
    reference = group.get("categoryValueRef")
    target = survey.find(reference)
    if reference and ":" not in reference and (target is None or target.type != "categoryValue"):
        yield f"its category value '{reference}' does not exist"


HOLDERS = ("collaboration", "globalConversation", "choreography", "globalChoreographyTask")
RULES = (
    Rule("executable", ("definitions",), _runnable, "Mark a process as executable."),
    Rule("public-process", ("process",), _public, "Make it a private process."),
    Rule("supports", ("process",), _supports, "Name a process of this file."),
    Rule("message-flow", ("messageFlow",), _message_flow, "Connect two pools, or message events in them."),
    Rule("multiplicity", ("participantMultiplicity",), _multiplicity, "Mend the numbers."),
    Rule("participant", ("participant",), _participant, "Name a process of this file."),
    Rule("choreography-ref", HOLDERS, _choreography_ref, "Remove the reference."),
    Rule("choreography-closed", ("collaboration",), _closed, "Open the choreography, or remove the flow."),
    Rule("lane", ("lane",), _lanes, "Put elements of its own process into it."),
    Rule(
        "correlation",
        ("correlationPropertyRetrievalExpression", "correlationPropertyBinding"),
        _correlation,
        "Give the path.",
    ),
    Rule("association", ("association",), _association, "Connect it."),
    Rule("category", ("group",), _category, "Choose a category value."),
)
