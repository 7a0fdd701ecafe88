"""Rules about gateways (BPMN 2.0, 10.6)."""

from mainspring.bpmn.model import Element
from mainspring.bpmn.names import GATEWAYS
from mainspring.bpmn.rules.survey import Messages, Rule, Survey

ALL_GATEWAYS = tuple(sorted(GATEWAYS))
EVENT_TARGETS = frozenset({"message", "signal", "timer", "conditional"})


def _direction(survey: Survey, gateway: Element) -> Messages:
    ways_in, ways_out = len(survey.into(gateway)), len(survey.out_of(gateway))
    direction = gateway.get("gatewayDirection")
    if direction == "Converging" and (ways_in < 2 or ways_out > 1):  # noqa: PLR2004 - several
        yield f"it is converging, but has {ways_in} incoming and {ways_out} outgoing flow(s)"
    if direction == "Diverging" and (ways_out < 2 or ways_in > 1):  # noqa: PLR2004 - several
        yield f"it is diverging, but has {ways_in} incoming and {ways_out} outgoing flow(s)"
    if direction == "Mixed" and (ways_in < 2 or ways_out < 2):  # noqa: PLR2004 - several
        yield f"it is mixed, but has {ways_in} incoming and {ways_out} outgoing flow(s)"


def _idle(survey: Survey, gateway: Element) -> Messages:
    if len(survey.into(gateway)) == len(survey.out_of(gateway)) == 1:
        yield "it neither splits nor merges anything"


def _connected(survey: Survey, gateway: Element) -> Messages:
    if not survey.into(gateway) and not survey.out_of(gateway):
        yield "it is connected to nothing"


def _needs_default_or_condition(survey: Survey, gateway: Element) -> Messages:
    flows = survey.out_of(gateway)
    if len(flows) < 2:  # noqa: PLR2004 - several
        return
    for flow in flows:
        if flow.id != gateway.get("default") and flow.first("conditionExpression") is None:
            yield f"its outgoing flow '{flow.id}' has neither a condition nor is it the default"


def _event_ways(survey: Survey, gateway: Element) -> Messages:
    if len(survey.out_of(gateway)) < 2:  # noqa: PLR2004 - a choice needs two
        yield "an event-based gateway waits for at least two events"


def _event_targets(survey: Survey, gateway: Element) -> Messages:
    types: set[str] = set()
    for flow in survey.out_of(gateway):
        target = survey.find(flow.get("targetRef"))
        if target is None:
            continue
        kinds = set(survey.kinds(target))
        if target.type == "receiveTask":
            types.add("receive task")
            if survey.boundaries.get(target.id):
                yield f"the receive task '{target.id}' behind it has boundary events"
        elif target.type != "intermediateCatchEvent" or not kinds or not kinds <= EVENT_TARGETS:
            yield f"'{target.id}' behind it is no message, signal, timer or conditional catch event"
        if "message" in kinds:
            types.add("message event")
        if len(survey.into(target)) > 1:
            yield f"'{target.id}' behind it has other incoming flows"
    if len(types) > 1:
        yield "receive tasks and message events are mixed behind it"


def _instantiating(survey: Survey, gateway: Element) -> Messages:
    begins = gateway.flag("instantiate")
    if begins and survey.into(gateway):
        yield "it begins the process (instantiate), but has an incoming flow"
    if gateway.get("eventGatewayType") == "Parallel" and not begins:
        yield "only a gateway that begins the process may wait for all its events"


RULES = (
    Rule("gateway-direction", ALL_GATEWAYS, _direction, "Change its direction or its flows."),
    Rule("gateway-idle", ALL_GATEWAYS, _idle, "Remove it, or add a flow.", warns=True),
    Rule("gateway-connected", ALL_GATEWAYS, _connected, "Connect or remove it."),
    Rule(
        "gateway-condition",
        ("exclusiveGateway",),
        _needs_default_or_condition,
        "Give each flow a condition, and one way the default.",
        execution=True,
    ),
    Rule("event-gateway-ways", ("eventBasedGateway",), _event_ways, "Add a second event."),
    Rule("event-gateway-targets", ("eventBasedGateway",), _event_targets, "Put a catch event behind it."),
    Rule("event-gateway-start", ("eventBasedGateway",), _instantiating, "Mend the gateway's attributes."),
)
