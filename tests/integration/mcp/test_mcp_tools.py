"""What a model sees and does through MCP: only what its caller may, through the same rules as everyone."""

import json
from collections.abc import Callable
from typing import Any

import mcp_types as mcp
import pytest
from mcp import Client
from mcp.shared.exceptions import MCPError

from mainspring.app.house import House
from mainspring.govern.tables import calls
from mainspring.web.access import COMPANY_ACTIONS, PROCESS_ACTIONS
from mainspring.web.mcp.house_resources import TEMPLATES
from mainspring.web.mcp.house_tools import HOUSE_TOOLS

Talks = Callable[..., Any]


async def _names(client: Client) -> dict[str, mcp.Tool]:
    return {tool.name: tool for tool in (await client.list_tools()).tools}


def _text(result: Any) -> Any:
    return json.loads(result.content[0].text)


def test_a_caller_sees_only_the_tools_it_may_call(talking: Talks) -> None:
    owner = talking("person:owner", _names)
    clerk = talking("agent:order_clerk", _names)
    assert {"process_start", "orders-get", "refunds-approve", "measures"} <= set(owner)
    assert {"orders-create", "products-get", "process_list"} <= set(clerk)
    assert not {"process_start", "task_complete", "refunds-approve", "measures"} & set(clerk)


def test_hints_come_from_the_declared_effect(talking: Talks) -> None:
    tools = talking("person:owner", _names)
    hints = {
        name: (
            tool.annotations.read_only_hint,
            tool.annotations.destructive_hint,
            tool.annotations.idempotent_hint,
            tool.annotations.open_world_hint,
        )
        for name, tool in tools.items()
        if tool.annotations
    }
    assert set(hints) == set(tools)
    assert hints["orders-get"] == (True, False, True, False)
    assert hints["orders-create"] == (False, False, True, False)
    assert hints["orders-cancel"] == (False, True, True, False)
    assert hints["quotes-send"] == (False, True, True, True)
    assert hints["refunds-approve"] == (False, True, False, True)


def test_a_tool_that_is_not_the_callers_does_not_exist_for_it(talking: Talks, house: House) -> None:
    async def tell(client: Client) -> list[str]:
        said = []
        for name in ("refunds-approve", "no_such_tool"):
            with pytest.raises(MCPError) as refused:
                await client.call_tool(name, {})
            said.append(str(refused.value).replace(name, "it"))
        return said

    one, other = talking("agent:order_clerk", tell)
    assert one == other


def test_a_read_goes_through_the_gateway_and_is_on_record_under_the_callers_name(
    talking: Talks, house: House
) -> None:
    async def look(client: Client) -> Any:
        return await client.call_tool("invoices-open", {})

    answer = talking("agent:bookkeeper@owner", look)
    assert not answer.is_error
    with house.store.read() as tx:
        row = tx.all(calls.select().where(calls.c.tenant_id == tx.tenant))[-1]
    assert (row.operation, row.actor_kind, row.actor_id, row.on_behalf_of, row.outcome) == (
        "invoices.open",
        "agent",
        "bookkeeper",
        "owner",
        "ok",
    )


def test_structured_answers_fit_the_schema_that_was_announced(talking: Talks) -> None:
    async def look(client: Client) -> Any:
        await client.list_tools()  # the client checks answers against the schemas it has seen
        return await client.call_tool("ledger-trial_balance", {})

    answer = talking("person:owner", look)
    assert not answer.is_error
    assert answer.structured_content == _text(answer)


def test_wrong_arguments_are_an_answer_that_names_the_field(talking: Talks) -> None:
    async def look(client: Client) -> Any:
        return await client.call_tool("orders-get", {"order": "A-1"})

    answer = talking("person:owner", look)
    assert answer.is_error
    assert "order_no" in _text(answer)["message"]


def test_a_process_is_started_and_looked_at(talking: Talks, house: House) -> None:
    async def both(client: Client) -> tuple[Any, Any, Any]:
        given = {"process_id": "ticket", "variables": {"ticket_no": "T-1"}, "idempotency_key": "k"}
        first = await client.call_tool("process_start", given)
        again = await client.call_tool("process_start", given)
        case = await client.call_tool("process_case", {"key": int(_text(first)["key"])})
        return _text(first), _text(again), _text(case)

    first, again, case = talking("person:owner", both)
    assert first == again
    assert (case["process_id"], case["variables"]["ticket_no"]) == ("ticket", "T-1")


def test_a_question_is_answered_from_what_the_caller_may_see(talking: Talks) -> None:
    async def ask(client: Client) -> Any:
        return await client.call_tool("knowledge_ask", {"question": "Who are our digital employees?"})

    known = _text(talking("person:owner", ask))
    assert known["answered"]
    assert known["kind"] == "employees"
    assert ["Bookkeeper" in str(row) for row in known["rows"]].count(True) == 1
    assert not _text(talking("agent:order_clerk", ask))["answered"]


def test_decisions_are_asked_without_changing_anything(talking: Talks) -> None:
    async def ask(client: Client) -> Any:
        ids = [one["id"] for one in _text(await client.call_tool("decision_list", {}))["items"]]
        return ids, _text(await client.call_tool("decision_evaluate", {"decision": "lead_grade"}))

    ids, answer = talking("person:owner", ask)
    assert "lead_grade" in ids
    assert set(answer) == {"value", "trace", "errors"}


def test_every_tool_and_resource_declares_a_permission_that_the_policies_know() -> None:
    known = COMPANY_ACTIONS | PROCESS_ACTIONS | {"call"}
    assert [tool.name for tool in HOUSE_TOOLS if tool.permission not in known] == []
    assert [one.uri for one in TEMPLATES if one.permission not in known] == []


def test_models_are_resources_and_foreign_addresses_are_not_found(talking: Talks) -> None:
    async def read(client: Client) -> Any:
        listed = {str(one.uri) for one in (await client.list_resources()).resources}
        model = await client.read_resource("mainspring://processes/ticket")
        refused = []
        for uri in (
            "mainspring://processes/none",
            "mainspring://cases/1",
            "file:///etc/passwd",
            "mainspring://x/y",
        ):
            with pytest.raises(MCPError) as error:
                await client.read_resource(uri)
            refused.append(error.value.code)
        return listed, model.contents[0], refused

    listed, model, refused = talking("person:owner", read)
    assert {"mainspring://processes/ticket", "mainspring://decisions/lead_grade"} <= listed
    assert b"<?xml" in model.text.encode()
    assert set(refused) == {-32002}
