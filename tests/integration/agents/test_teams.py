"""Employees that hand over to each other: chosen by a model in an ad-hoc sub-process, within bounds."""

from typing import Any

import pytest

from mainspring.agents import definition
from mainspring.agents.handing import HAND_OVER
from mainspring.agents.models import Drafter, Profile
from mainspring.agents.pipeline import Pipeline
from mainspring.agents.thinking import Thinking
from mainspring.engine.events import Actor
from mainspring.gateway.egress import Egress
from mainspring.govern import identity
from mainspring.runtime import queries
from mainspring.runtime.outcomes import Complete
from mainspring.runtime.worker import Worker
from mainspring.testing.drawings import Drawing, extend
from mainspring.testing.model_endpoint import ModelEndpoint, Says, Script

ANN = Actor("person", "ann")
LEADER = """
id: sorter
title: {en: Lead, zh: 组长}
kind: task
instructions: Choose who goes on.
operations: [notes.file]
budget: 1000
output:
  type: object
  properties:
    next: {type: array, items: {enum: [search, mail]}}
    finished: {type: boolean}
    confidence: {type: number}
  required: [next, finished]
duties:
  lead:
    skill: hand_over
    model: main
    rounds: 3
    review: {group: office, form: review_next, title: {en: "Who goes on?", zh: "接下来谁来做？"}}
"""


def team() -> Drawing:
    drawn = Drawing("team")
    drawn.node("startEvent", "start")
    drawn.node("endEvent", "end")
    lead = '<zeebe:taskDefinition type="lead"/><zeebe:adHoc/>'
    with drawn.inside("adHocSubProcess", "together", extend(lead)):
        drawn.job("search")
        drawn.job("mail")
    drawn.path("start", "together", "end")
    return drawn


def chooses(*names: str, finished: bool = False) -> Script:
    named = ", ".join(f'"{name}"' for name in names)
    return Says(f'{{"next": [{named}], "finished": {str(finished).lower()}, "confidence": 0.9}}')


@pytest.fixture
def led(office: Any) -> Any:
    """An office whose leader hands over to two workers; `did` tells who worked, in order."""
    office.agent = definition.read(LEADER, "lead.yaml")
    office.roster.shipped["sorter"] = office.agent
    office.skills["hand_over"] = HAND_OVER
    office.runtime.deploy({"team.bpmn": team().xml()}, ANN)
    office.did = []
    return office


def run(office: Any, *script: Script) -> int:
    """Start a case and work until nothing can go on; gives how often the model was asked."""
    with ModelEndpoint(script) as endpoint:
        small = Profile(base_url=endpoint.base_url, model="scripted", networks=("127.0.0.0/8",), seconds=5)
        drafter = Drafter(
            office.store, Egress(), {"main": small}, office.clock, office.keys, b"0123456789abcdef"
        )
        pipeline = Pipeline(
            office.agent,
            "lead",
            office.skills,
            office.roster,
            office.gateway,
            office.keys,
            identity.principal,
        )

        def does(name: str) -> Any:
            def work(*_: Any) -> Any:
                office.did.append(name)
                return Complete()

            return work

        handlers = {"lead": Thinking(pipeline, office.store, drafter)}
        worker = Worker(office.runtime, {**handlers, **{n: does(n) for n in ("search", "mail")}}, "w1")
        office.case = office.runtime.start("team", {}, actor=ANN)
        while worker.run_once():
            pass
        return len(endpoint.received)


def state(office: Any) -> str:
    found: str = office.read(lambda tx: queries.instance(tx, office.case).state)
    return found


def test_a_leader_hands_over_to_one_after_the_other_and_ends(led: Any) -> None:
    assert run(led, chooses("search"), chooses("mail"), chooses(finished=True)) == 3
    assert led.did == ["search", "mail"]
    assert state(led) == "completed"


def test_a_leader_hands_over_to_several_beside_each_other(led: Any) -> None:
    run(led, chooses("search", "mail"), chooses(finished=True))
    assert sorted(led.did) == ["mail", "search"]
    assert state(led) == "completed"


def test_a_leader_that_hands_over_without_end_is_stopped_at_its_bound(led: Any) -> None:
    asked = run(led, chooses("search"))
    assert led.did == ["search"] * 3
    assert asked == 4
    (task,) = led.waiting()
    assert "handed over 3 times already" in task.payload["doubts"][0]
    assert state(led) == "active"


def test_a_leader_over_its_budget_of_tokens_asks_a_person(led: Any) -> None:
    led.agent = led.agent.model_copy(update={"budget": 100})
    led.roster.shipped["sorter"] = led.agent
    assert run(led, chooses("search")) == 1
    (task,) = led.waiting()
    assert "100 tokens of this month are spent" in task.payload["doubts"][0]


def test_a_leader_that_chooses_nobody_asks_a_person(led: Any) -> None:
    run(led, chooses())
    (task,) = led.waiting()
    assert "chose nobody" in task.payload["doubts"][0]
