"""Rules about identity, sequence flows, and how a scope begins and ends (BPMN 2.0, 7.6, 8.3, 10.2, 10.5)."""

from mainspring.bpmn.model import Element
from mainspring.bpmn.names import ACTIVITIES, FLOW_NODES, SCOPES
from mainspring.bpmn.rules.survey import Messages, Rule, Survey

ALL_NODES = tuple(sorted(FLOW_NODES))
ALL_SCOPES = tuple(sorted(SCOPES))
NAMED = (*ALL_NODES, "sequenceFlow", "process", "participant", "message", "signal", "error", "escalation")


def _has_id(survey: Survey, element: Element) -> Messages:
    del survey
    if not element.id:
        yield f"a {element.type} has no id"


def _unique_id(survey: Survey, root: Element) -> Messages:
    del survey
    seen: set[str] = set()
    for element in root.walk():
        if element.id and element.id in seen:
            yield f"the id '{element.id}' is used twice"
        seen.add(element.id)


def _flow_ends(survey: Survey, flow: Element) -> Messages:
    for attribute, word in (("sourceRef", "source"), ("targetRef", "target")):
        end = survey.find(flow.get(attribute))
        if end is None:
            yield f"its {word} '{flow.get(attribute)}' does not exist"
        elif end.type not in FLOW_NODES:
            yield f"its {word} '{end.id}' is a {end.type}, not an activity, event or gateway"
        elif end.type == "subProcess" and end.flag("triggeredByEvent"):
            yield f"its {word} '{end.id}' is an event sub-process, which begins by its event alone"
        elif end.flag("isForCompensation"):
            yield f"its {word} '{end.id}' is a compensation handler, which stands outside the flow"


def _flow_scope(survey: Survey, flow: Element) -> Messages:
    for attribute, word in (("sourceRef", "source"), ("targetRef", "target")):
        end = survey.find(flow.get(attribute))
        if end is not None and end.type in FLOW_NODES and end.parent is not flow.parent:
            yield f"its {word} '{end.id}' lies in another process or sub-process"


def _flow_listed(survey: Survey, node: Element) -> Messages:
    if not survey.lists_flows:
        return
    for kind, flows in (("incoming", survey.into(node)), ("outgoing", survey.out_of(node))):
        listed, drawn = set(node.values(kind)), {flow.id for flow in flows}
        for name in sorted(listed - drawn):
            yield f"it lists '{name}' as {kind}, which is no such sequence flow"
        for name in sorted(drawn - listed):
            yield f"the sequence flow '{name}' is not listed as {kind}"


def _start_no_incoming(survey: Survey, event: Element) -> Messages:
    for flow in survey.into(event):
        yield f"a start event has no incoming flow, but '{flow.id}' leads to it"


def _end_no_outgoing(survey: Survey, event: Element) -> Messages:
    for flow in survey.out_of(event):
        yield f"an end event has no outgoing flow, but '{flow.id}' leaves it"


def _boundary_no_incoming(survey: Survey, event: Element) -> Messages:
    for flow in survey.into(event):
        yield f"a boundary event has no incoming flow, but '{flow.id}' leads to it"


def _conditional_alone(survey: Survey, node: Element) -> Messages:
    flows = survey.out_of(node)
    if len(flows) == 1 and flows[0].first("conditionExpression") is not None:
        yield f"its only outgoing flow '{flows[0].id}' has a condition; nothing could be done where it fails"


def _condition_source(survey: Survey, flow: Element) -> Messages:
    source = survey.find(flow.get("sourceRef"))
    if source is None or flow.first("conditionExpression") is None:
        return
    if source.type == "eventBasedGateway":
        yield "a flow from an event-based gateway has no condition"
    if source.type in {"startEvent", "boundaryEvent", "intermediateCatchEvent", "intermediateThrowEvent"}:
        yield f"a flow from the event '{source.id}' has no condition"


def _default_flow(survey: Survey, node: Element) -> Messages:
    default = node.get("default")
    if not default:
        return
    flow = next((flow for flow in survey.out_of(node) if flow.id == default), None)
    if flow is None:
        yield f"its default flow '{default}' does not leave it"
    elif flow.first("conditionExpression") is not None:
        yield f"its default flow '{default}' has a condition"


def _default_kind(survey: Survey, node: Element) -> Messages:
    del survey
    if node.get("default"):
        yield f"a {node.type} has no default flow"


def _begins_and_ends(survey: Survey, scope: Element) -> Messages:
    del survey
    if scope.type == "adHocSubProcess":
        return
    starts, ends = scope.all("startEvent"), scope.all("endEvent")
    instantiating = [
        node for node in scope.all("receiveTask", "eventBasedGateway") if node.flag("instantiate")
    ]
    if ends and not starts and not instantiating:
        yield f"it has the end event '{ends[0].label}' but no start event"
    if starts and not ends:
        yield f"it has the start event '{starts[0].label}' but no end event"


def _stands_apart(survey: Survey, node: Element) -> bool:
    """Whether an element is reached or left by other means than sequence flows."""
    link = "link" in survey.kinds(node)
    return (
        link
        or node.type == "boundaryEvent"
        or node.flag("triggeredByEvent")
        or node.flag("isForCompensation")
        or any(handler is node for handler in survey.handlers.values())
        or (node.parent is not None and node.parent.type == "adHocSubProcess")
    )


def _all_connected(survey: Survey, scope: Element) -> Messages:
    if scope.type == "adHocSubProcess":
        return
    starts, ends = bool(scope.all("startEvent")), bool(scope.all("endEvent"))
    for node in scope.all(*ALL_NODES):
        if _stands_apart(survey, node) or node.flag("instantiate"):
            continue
        if starts and node.type != "startEvent" and not survey.into(node):
            yield f"'{node.label}' has no incoming flow although there is a start event"
        if ends and node.type != "endEvent" and not survey.out_of(node):
            yield f"'{node.label}' has no outgoing flow although there is an end event"


RULES = (
    Rule("id-missing", NAMED, _has_id, "Give it an id."),
    Rule("id-unique", ("definitions",), _unique_id, "Give each element an id of its own."),
    Rule("flow-ends", ("sequenceFlow",), _flow_ends, "Connect it to an activity, event or gateway."),
    Rule("flow-scope", ("sequenceFlow",), _flow_scope, "Flows stay within their process or sub-process."),
    Rule("flow-listed", ALL_NODES, _flow_listed, "Save the model again from a modeller."),
    Rule("start-incoming", ("startEvent",), _start_no_incoming, "Lead the flow to the element after it."),
    Rule("end-outgoing", ("endEvent",), _end_no_outgoing, "Use an intermediate event."),
    Rule("boundary-incoming", ("boundaryEvent",), _boundary_no_incoming, "Remove the flow."),
    Rule(
        "condition-alone",
        tuple(sorted(ACTIVITIES)),
        _conditional_alone,
        "Add a second flow, or remove the condition.",
    ),
    Rule("condition-source", ("sequenceFlow",), _condition_source, "Remove the condition."),
    Rule("default-flow", ALL_NODES, _default_flow, "Choose an unconditional outgoing flow as the default."),
    Rule("default-kind", ("parallelGateway", "eventBasedGateway"), _default_kind, "Remove the default."),
    Rule("begin-and-end", ALL_SCOPES, _begins_and_ends, "Draw both a start and an end event, or neither."),
    Rule("connected", ALL_SCOPES, _all_connected, "Connect it with a sequence flow."),
)
