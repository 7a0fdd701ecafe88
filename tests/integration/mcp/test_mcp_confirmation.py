"""What a person must say yes to in the client before it happens: elicitation, in both generations."""

import json
from collections.abc import Callable
from typing import Any

import mcp_types as mcp
import pytest
from mcp import Client
from mcp.shared.exceptions import MCPError

from mainspring.app.house import House
from mainspring.govern.tables import calls

Talks = Callable[..., Any]

CANCEL = {"order_no": "A-1", "reason": "no longer wanted"}


def _asked(answer: mcp.ElicitResult) -> tuple[list[str], Callable[..., Any]]:
    """A person who always answers so, and what they were asked."""
    heard: list[str] = []

    async def person(_: Any, params: Any) -> mcp.ElicitResult:
        heard.append(params.message)
        return answer

    return heard, person


async def _cancel(client: Client) -> Any:
    return await client.call_tool("orders-cancel", CANCEL)


class Calls:
    """The calls on record since this was made."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.before = len(self._all())

    def _all(self) -> list[str]:
        with self.house.store.read() as tx:
            rows = tx.all(calls.select().where(calls.c.tenant_id == tx.tenant).order_by(calls.c.position))
        return [row.operation for row in rows]

    def since(self) -> list[str]:
        """Their operations, in order."""
        return self._all()[self.before :]


@pytest.fixture
def recorded(house: House) -> Calls:
    return Calls(house)


def _text(result: Any) -> Any:
    return json.loads(result.content[0].text)


def test_what_cannot_be_undone_is_asked_with_its_very_arguments(talking: Talks, recorded: Calls) -> None:
    heard, person = _asked(mcp.ElicitResult(action="accept", content={"confirm": True}))
    answer = talking("person:owner", _cancel, elicitation_callback=person)
    assert "A-1" in heard[0]
    assert "orders.cancel" in heard[0]
    assert len(heard) == 1
    assert recorded.since() == ["orders.cancel"]
    assert answer.is_error  # the gateway was asked: there is no such order
    assert "A-1" in _text(answer)["message"]


@pytest.mark.parametrize(
    "said",
    [
        mcp.ElicitResult(action="decline"),
        mcp.ElicitResult(action="cancel"),
        mcp.ElicitResult(action="accept", content={"confirm": False}),
        mcp.ElicitResult(action="accept", content={}),
        mcp.ElicitResult(action="accept", content={"confirm": "true"}),
    ],
)
def test_anything_but_a_plain_yes_does_nothing(
    talking: Talks, recorded: Calls, said: mcp.ElicitResult
) -> None:
    heard, person = _asked(said)
    answer = talking("person:owner", _cancel, elicitation_callback=person)
    assert answer.is_error
    assert _text(answer)["error"] == "SaidNo"
    assert len(heard) == 1
    assert recorded.since() == []


def test_a_client_that_cannot_ask_is_refused(talking: Talks, generation: str, recorded: Calls) -> None:
    async def refused(client: Client) -> Any:
        if generation == "2025-11-25":
            return _text(await _cancel(client))["error"]
        with pytest.raises(MCPError) as error:
            await _cancel(client)
        return error.value.code, error.value.data

    said = talking("person:owner", refused)
    needed: Any = {"requiredCapabilities": {"elicitation": {}}}
    assert said == ("NobodyToAsk" if generation == "2025-11-25" else (-32021, needed))
    assert recorded.since() == []


def test_an_agent_of_its_own_is_left_to_the_ladder(talking: Talks) -> None:
    async def ship(client: Client) -> Any:
        return await client.call_tool("deliveries-ship", {"delivery_no": "D-1"})

    answer = talking("agent:order_clerk", ship)
    assert _text(answer)["error"] not in {"NobodyToAsk", "SaidNo"}


def test_a_read_asks_nobody(talking: Talks) -> None:
    heard, person = _asked(mcp.ElicitResult(action="decline"))

    async def look(client: Client) -> Any:
        return await client.call_tool("ledger-trial_balance", {})

    assert not talking("person:owner", look, elicitation_callback=person).is_error
    assert heard == []
