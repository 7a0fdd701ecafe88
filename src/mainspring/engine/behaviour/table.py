"""The table of element behaviour: what each BPMN element does once entered, and how its tokens gather."""

from mainspring.engine.behaviour.events import (
    catching,
    event_gateway,
    finish_message,
    passing,
    throwing,
)
from mainspring.engine.behaviour.gateways import (
    complex_gateway,
    gather_all,
    gather_complex,
    gather_later,
)
from mainspring.engine.behaviour.subprocess import ad_hoc, scope
from mainspring.engine.behaviour.tasks import (
    call_activity,
    decision_task,
    job_task,
    script_task,
)
from mainspring.engine.behaviour.user_tasks import user_task
from mainspring.engine.graph import Behaviour, Node

ENTER: dict[str, Behaviour] = {
    "process": scope,
    "subProcess": scope,
    "transaction": scope,
    "adHocSubProcess": ad_hoc,
    "startEvent": passing,
    "boundaryEvent": passing,
    "intermediateCatchEvent": catching,
    "intermediateThrowEvent": throwing,
    "implicitThrowEvent": throwing,
    "endEvent": throwing,
    "exclusiveGateway": passing,
    "inclusiveGateway": passing,
    "parallelGateway": passing,
    "complexGateway": complex_gateway,
    "eventBasedGateway": event_gateway,
    "task": passing,
    "manualTask": passing,
    "receiveTask": catching,
    "userTask": user_task,
    "callActivity": call_activity,
    "serviceTask": passing,
    "scriptTask": script_task,
    "businessRuleTask": decision_task,
    "sendTask": finish_message,
}

GATHER: dict[str, Behaviour] = {
    "parallelGateway": gather_all,
    "inclusiveGateway": gather_later,
    "complexGateway": gather_complex,
}


def behaviour(node: Node) -> Behaviour:
    """What the element does: its own, or handing a job to a worker where the model names one."""
    if node.job is not None and node.type not in {"adHocSubProcess", "endEvent", "intermediateThrowEvent"}:
        return job_task
    return ENTER[node.type]
