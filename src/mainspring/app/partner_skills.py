"""What a digital employee can be asked for from outside: the processes it works in, and its single duties.

A process is started as anyone would start it. A duty becomes a process of one activity, so that it goes the
way of every job: draft, verification, review, confirmation, record.
"""

import re
from typing import NamedTuple
from xml.sax.saxutils import quoteattr

from mainspring.agents.definition import AgentDefinition
from mainspring.app.house import House
from mainspring.base import xml
from mainspring.engine.events import SYSTEM
from mainspring.runtime import queries
from mainspring.store import Tx

DUTY = "duty"
_NO_NAME = re.compile(r"[^A-Za-z0-9_]+")


class Skill(NamedTuple):
    """Something to ask for.

    Attributes:
        id: what a message names; a process id, or the job type of a duty.
        title: in words.
        process_id: the process that is started.
        job_type: of a single duty; None where a whole process is meant.
    """

    id: str
    title: str
    process_id: str
    job_type: str | None = None


def skills_of(tx: Tx, agent: AgentDefinition) -> tuple[Skill, ...]:
    """The processes in which this employee has a duty, then its duties; each by id."""
    duties = set(agent.duties)
    processes = []
    for found in queries.deployed(tx, kind="process"):
        if found.id.startswith(f"{DUTY}_"):
            continue
        root = xml.parse(queries.source(tx, found.key), found.file)
        types = {each.get("type") for each in root.iter("{*}taskDefinition")}
        if types & duties:
            processes.append(Skill(found.id, found.id.replace("_", " "), found.id))
    single = [
        Skill(duty, duty.rpartition(":")[2].replace("-", " "), _id(duty), duty) for duty in sorted(duties)
    ]
    return (*processes, *single)


def deploy_duty(house: House, tx: Tx, skill: Skill) -> None:
    """Make sure that the process of a single duty is there; the same model again is the same version."""
    if skill.job_type is not None:
        house.runtime.deploy({f"{skill.process_id}.bpmn": _model(skill)}, SYSTEM, tx=tx)


def _id(duty: str) -> str:
    return f"{DUTY}_{_NO_NAME.sub('_', duty)}"


def _model(skill: Skill) -> bytes:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="{skill.process_id}_file"
    targetNamespace="urn:mainspring:duty">
  <bpmn:process id="{skill.process_id}" name={quoteattr(skill.title)} isExecutable="true">
    <bpmn:startEvent id="asked"><bpmn:outgoing>to_work</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="to_work" sourceRef="asked" targetRef="work"/>
    <bpmn:serviceTask id="work" name={quoteattr(skill.title)}>
      <bpmn:extensionElements><zeebe:taskDefinition type={quoteattr(skill.job_type or "")}/>
      </bpmn:extensionElements>
      <bpmn:incoming>to_work</bpmn:incoming><bpmn:outgoing>to_end</bpmn:outgoing>
    </bpmn:serviceTask>
    <bpmn:sequenceFlow id="to_end" sourceRef="work" targetRef="done"/>
    <bpmn:endEvent id="done"><bpmn:incoming>to_end</bpmn:incoming></bpmn:endEvent>
  </bpmn:process>
</bpmn:definitions>
""".encode()
