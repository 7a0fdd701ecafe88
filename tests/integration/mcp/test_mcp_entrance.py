"""Who gets into the MCP endpoint: holders of a token for it, from our own pages or from none."""

import httpx
import pytest

from mainspring.app.house import House
from mainspring.govern import clients, identity
from mainspring.govern.clients import Client
from mainspring.testing.live import live
from mainspring.web.application import create_app

HELLO = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-11-25",
        "capabilities": {},
        "clientInfo": {"name": "t", "version": "1"},
    },
}
TAKES = {"Accept": "application/json, text/event-stream"}


def _hello(address: str, **headers: str) -> httpx.Response:
    return httpx.post(f"{address}/mcp", json=HELLO, headers=TAKES | headers)


def test_without_a_token_the_answer_says_where_tokens_are_to_be_had(address: str) -> None:
    answer = _hello(address)
    assert answer.status_code == 401
    pointer = f'resource_metadata="{address}/.well-known/oauth-protected-resource/mcp"'
    assert pointer in answer.headers["www-authenticate"]
    told = httpx.get(f"{address}/.well-known/oauth-protected-resource/mcp").json()
    assert told["resource"] == f"{address}/mcp"
    assert [each.rstrip("/") for each in told["authorization_servers"]] == [address]


@pytest.mark.parametrize("token", ["wrong", "elsewhere:person:owner", "person:nobody-here"])
def test_a_token_that_is_unknown_or_for_another_service_is_refused(address: str, token: str) -> None:
    assert _hello(address, Authorization=f"Bearer {token}").status_code == 401


def test_a_session_cookie_does_not_open_it(address: str) -> None:
    assert _hello(address, Cookie="mainspring_session=anything").status_code == 401


@pytest.mark.parametrize(
    ("headers", "status"),
    [({"Host": "evil.example"}, 421), ({"Origin": "https://evil.example"}, 403)],
)
def test_a_page_under_a_foreign_name_gets_no_answer(
    address: str, headers: dict[str, str], status: int
) -> None:
    assert _hello(address, Authorization="Bearer person:owner", **headers).status_code == status


def test_a_session_belongs_to_whoever_opened_it(address: str) -> None:
    opened = _hello(address, Authorization="Bearer person:owner")
    session = {"Mcp-Session-Id": opened.headers["mcp-session-id"]}
    assert opened.status_code == 200
    stolen = httpx.post(
        f"{address}/mcp",
        json={"jsonrpc": "2.0", "id": 2, "method": "tools/list"},
        headers=TAKES | session | {"Authorization": "Bearer person:sales-1"},
    )
    assert stolen.status_code == 404


def test_the_first_application_knows_no_token_at_all(house: House) -> None:
    with live(lambda at: create_app(house, address=at)) as address:
        assert _hello(address, Authorization="Bearer person:owner").status_code == 401


def test_a_token_of_our_own_endpoint_opens_it_for_this_resource_and_these_scopes(house: House) -> None:
    with live(lambda at: create_app(house, address=at)) as address:
        client = Client(
            "robot",
            "agent",
            "order_clerk",
            "Robot",
            "owner",
            audiences=(f"{address}/mcp", f"{address}/a2a/order_clerk"),
            acts_for=frozenset({"owner"}),
        )
        with house.store.write() as tx:
            owner = identity.principal(tx, "owner")
            clients.add(tx, client, by=owner, now=house.clock())
            key = clients.new_secret(tx, "robot", by=owner, now=house.clock())

        def token(**asked: str) -> str:
            form = {"grant_type": "client_credentials"} | asked
            answer = httpx.post(f"{address}/oauth/token", data=form, auth=("robot", key))
            return str(answer.json()["access_token"])

        def tools(shown: str, **more: str) -> list[str]:
            headers = (
                TAKES | {"Authorization": f"Bearer {shown}", "MCP-Protocol-Version": "2026-07-28"} | more
            )
            meta = {
                "io.modelcontextprotocol/protocolVersion": "2026-07-28",
                "io.modelcontextprotocol/clientCapabilities": {},
            }
            body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {"_meta": meta}}
            headers["Mcp-Method"] = "tools/list"
            answer = httpx.post(f"{address}/mcp", json=body, headers=headers)
            assert answer.status_code == 200, answer.text
            return [one["name"] for one in answer.json()["result"]["tools"]]

        mine = token(resource=f"{address}/mcp")
        assert "orders-create" in tools(mine)
        assert "orders-create" in tools(mine, **{"X-On-Behalf-Of": "owner"})
        assert _hello(address, Authorization=f"Bearer {key}").status_code == 401
        elsewhere = token(resource=f"{address}/a2a/order_clerk")
        assert _hello(address, Authorization=f"Bearer {elsewhere}").status_code == 401
        stranger = {"Authorization": f"Bearer {mine}", "X-On-Behalf-Of": "sales-1"}
        assert _hello(address, **stranger).status_code == 401
        narrow = tools(token(resource=f"{address}/mcp", scope="see"))
        assert "process_list" in narrow
        assert not any("-" in name for name in narrow)
        assert "knowledge_ask" not in narrow
