"""Digital employees as A2A agents: cards, tasks that become cases, following and ending them, who may ask."""

import asyncio
from collections.abc import Awaitable, Callable
from decimal import Decimal
from itertools import count
from typing import Any

import httpx
import pytest
from a2a.client import ClientConfig, ClientFactory
from a2a.client.card_resolver import A2ACardResolver
from a2a.helpers import get_data_parts, new_data_message, new_text_message
from a2a.types import (
    CancelTaskRequest,
    GetExtendedAgentCardRequest,
    GetTaskRequest,
    ListTasksRequest,
    SendMessageConfiguration,
    SendMessageRequest,
    TaskState,
)
from a2a.utils.errors import A2AError

from mainspring.app.house import House
from mainspring.engine.events import SYSTEM
from mainspring.runtime import queries

CLERK = "inquiry_clerk"
SHORT = b"""<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="f" targetNamespace="t"
    xmlns:zeebe="http://camunda.org/schema/zeebe/1.0">
  <bpmn:process id="short" isExecutable="true">
    <bpmn:startEvent id="s"><bpmn:outgoing>a</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="a" sourceRef="s" targetRef="x"/>
    <bpmn:exclusiveGateway id="x" default="c">
      <bpmn:incoming>a</bpmn:incoming><bpmn:outgoing>b</bpmn:outgoing><bpmn:outgoing>c</bpmn:outgoing>
    </bpmn:exclusiveGateway>
    <bpmn:sequenceFlow id="b" sourceRef="x" targetRef="w">
      <bpmn:conditionExpression>=n &gt; 100</bpmn:conditionExpression>
    </bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="c" sourceRef="x" targetRef="e"/>
    <bpmn:serviceTask id="w">
      <bpmn:extensionElements><zeebe:taskDefinition type="lead-to-cash:understand"/></bpmn:extensionElements>
      <bpmn:incoming>b</bpmn:incoming><bpmn:outgoing>d</bpmn:outgoing>
    </bpmn:serviceTask>
    <bpmn:sequenceFlow id="d" sourceRef="w" targetRef="e"/>
    <bpmn:endEvent id="e"><bpmn:incoming>c</bpmn:incoming><bpmn:incoming>d</bpmn:incoming></bpmn:endEvent>
  </bpmn:process>
</bpmn:definitions>"""
TICKET = {"skill": "ticket", "variables": {"ticket_no": "none"}}


def _talk(address: str, token: str, work: Callable[[Any], Awaitable[Any]], employee: str = CLERK) -> Any:
    async def whole() -> Any:
        headers = {"Authorization": f"Bearer {token}"}
        async with httpx.AsyncClient(headers=headers, timeout=30) as http:
            card = await A2ACardResolver(http, f"{address}/a2a/{employee}").get_agent_card()
            config = ClientConfig(httpx_client=http, streaming=True, supported_protocol_bindings=["JSONRPC"])
            client = ClientFactory(config).create(card)
            return await work(client)

    return asyncio.run(whole())


_numbers = count(1)


def _message(data: Any, message_id: str = "") -> SendMessageRequest:
    message = new_data_message(data) if not isinstance(data, str) else new_text_message(data)
    message.message_id = message_id or f"m-{next(_numbers)}"
    return SendMessageRequest(
        message=message, configuration=SendMessageConfiguration(return_immediately=True)
    )


async def _sent(client: Any, data: Any, message_id: str = "") -> Any:
    """The first event of a task that is followed: the task."""
    async for event in client.send_message(_message(data, message_id)):
        return event.task
    raise AssertionError("nothing came")


def test_every_digital_employee_has_a_card_that_tells_strangers_no_skills(house: House, address: str) -> None:
    for agent in house.pack.agents:
        card = httpx.get(f"{address}/a2a/{agent.id}/.well-known/agent-card.json").json()
        assert card["name"] == agent.title["en"]
        assert card["supportedInterfaces"][0]["url"] == f"{address}/a2a/{agent.id}"
        assert [skill["id"] for skill in card["skills"]] == ["signed-in"]
        assert "bearer" in card["securitySchemes"]


def test_the_extended_card_names_processes_and_duties(address: str) -> None:
    async def look(client: Any) -> Any:
        return await client.get_extended_agent_card(GetExtendedAgentCardRequest())

    card = _talk(address, f"person:owner@{CLERK}", look)
    skills = {skill.id: list(skill.tags) for skill in card.skills}
    assert skills["lead_to_cash"] == ["process"]
    assert skills["lead-to-cash:understand"] == ["duty"]


@pytest.mark.parametrize("token", ["x", "person:owner@pricing_clerk", "nobody:x@inquiry_clerk"])
def test_a_token_must_be_for_this_very_employee(address: str, token: str) -> None:
    body = {"jsonrpc": "2.0", "id": 1, "method": "ListTasks", "params": {}}
    headers = {"Authorization": f"Bearer {token}", "A2A-Version": "1.0"}
    assert httpx.post(f"{address}/a2a/{CLERK}", json=body, headers=headers).status_code == 401


def test_a_text_becomes_an_inquiry_and_its_case_goes_the_usual_way(house: House, address: str) -> None:
    async def work(client: Any) -> Any:
        text = "Please quote 10 pieces of anything. Regards"
        return await _sent(client, text, "once"), await _sent(client, text, "once")

    first, again = _talk(address, f"person:owner@{CLERK}", work)
    assert first.id == again.id
    with house.store.read() as tx:
        case = queries.instance(tx, int(first.id))
        started = queries.history(tx, case.root)[0]
    assert (case.process_id, started.actor.kind, started.actor.id) == ("lead_to_cash", "person", "owner")


def test_a_single_duty_goes_through_the_employees_pipeline(house: House, address: str) -> None:
    wanted = {"skill": "lead-to-cash:score-lead", "variables": {"inquiry_no": "none"}}

    async def work(client: Any) -> Any:
        return await _sent(client, wanted)

    task = _talk(address, f"person:owner@{CLERK}", work)
    with house.store.read() as tx:
        assert queries.instance(tx, int(task.id)).process_id == "duty_lead_to_cash_score_lead"


def test_a_task_is_followed_to_its_end_and_its_answer_comes_as_an_artifact(
    house: House, address: str
) -> None:
    with house.store.write() as tx:
        house.runtime.deploy({"short.bpmn": SHORT}, SYSTEM, tx=tx)

    async def work(client: Any) -> Any:
        return [
            event async for event in client.send_message(_message({"skill": "short", "variables": {"n": 2}}))
        ]

    events = _talk(address, f"person:owner@{CLERK}", work)
    states = [
        event.task.status.state if event.HasField("task") else event.status_update.status.state
        for event in events
        if event.HasField("task") or event.HasField("status_update")
    ]
    assert states[-1] == TaskState.TASK_STATE_COMPLETED
    task = next(event.task for event in events if event.HasField("task"))
    artifacts = [event.artifact_update.artifact for event in events if event.HasField("artifact_update")]
    answer = get_data_parts((list(task.artifacts) + artifacts)[0].parts)[0]
    assert Decimal(answer["variables"]["n"]) == 2


def test_only_the_sender_may_ask_about_a_task(address: str) -> None:
    async def send(client: Any) -> Any:
        return await _sent(client, "An inquiry of mine")

    task = _talk(address, f"person:owner@{CLERK}", send)

    async def pry(client: Any) -> Any:
        mine = await client.list_tasks(ListTasksRequest())
        with pytest.raises(A2AError, match="no task"):
            await client.get_task(GetTaskRequest(id=task.id))
        with pytest.raises(A2AError, match="no task"):
            await client.cancel_task(CancelTaskRequest(id=task.id))
        return list(mine.tasks)

    assert _talk(address, f"person:sales-1@{CLERK}", pry) == []


def test_ending_a_task_is_up_to_the_policies(house: House, address: str) -> None:
    async def end(client: Any) -> Any:
        task = await _sent(client, "An inquiry to be withdrawn")
        try:
            return (await client.cancel_task(CancelTaskRequest(id=task.id))).status.state
        except A2AError as error:
            return str(error)

    assert _talk(address, f"person:owner@{CLERK}", end) == TaskState.TASK_STATE_CANCELED
    assert "may not cancel" in _talk(address, f"person:sales-1@{CLERK}", end)


def test_an_agent_from_outside_starts_nothing_unless_a_policy_permits_it(address: str) -> None:
    async def send(client: Any) -> Any:
        with pytest.raises(A2AError, match=r"may not|not yours") as refused:
            await _sent(client, TICKET)
        return refused

    assert _talk(address, f"agent:stranger@{CLERK}", send)


@pytest.mark.parametrize(
    "data",
    [
        {"skill": "no-such-skill"},
        {"skill": "ticket", "variables": {}, "process_id": "lead_to_cash"},
        {"skill": 7},
        ["ticket"],
    ],
)
def test_a_message_that_is_not_as_it_should_be_is_refused_in_words(address: str, data: Any) -> None:
    async def send(client: Any) -> Any:
        with pytest.raises(A2AError) as refused:
            await _sent(client, data)
        return str(refused.value)

    assert len(_talk(address, f"person:owner@{CLERK}", send)) > len("refused")
