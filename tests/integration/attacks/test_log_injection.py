"""Attack: texts that write lines of their own into the log, or colours into the terminal of who reads it."""

import logging
from collections.abc import Callable, Iterator

import httpx
import pytest

from mainspring.app.house import House
from mainspring.govern import identity
from mainspring.testing.browser import Browser
from mainspring.testing.live import live
from mainspring.web.application import create_app
from mainspring.web.bearer import Bearer

SignIn = Callable[[str], Browser]
EVIL = "x\r\n2026-11-21 00:00:00 INFO owner confirmed everything\x1b[2K\x1b[1A\u2028forged"


@pytest.fixture(scope="module")
def address(house: House) -> Iterator[str]:
    def verify(_: House, __: str, audience: str, ___: str | None) -> Bearer:
        with house.store.read() as tx:
            return Bearer(identity.principal(tx, "owner"), "c", audience)

    with live(lambda at: create_app(house, address=at, verify=verify)) as at:
        yield at


def _lines_are_whole(caplog: pytest.LogCaptureFixture) -> None:
    for record in caplog.records:
        said = record.getMessage()
        assert not set("\r\n\x1b\u2028") & set(said), said


def test_rest_agents_and_mcp_log_no_line_of_a_strangers(
    address: str, caplog: pytest.LogCaptureFixture
) -> None:
    proof = {"Authorization": "Bearer t", "A2A-Version": "1.0", "X-Mainspring": "1"}
    takes = {"Accept": "application/json, text/event-stream"}
    data = {"skill": EVIL, "variables": {EVIL: EVIL}}
    message = {"messageId": "m", "role": "ROLE_USER", "parts": [{"data": data}]}
    calls = (
        ("/a2a/inquiry_clerk", {"jsonrpc": "2.0", "id": 1, "method": EVIL, "params": {}}),
        (
            "/a2a/inquiry_clerk",
            {"jsonrpc": "2.0", "id": EVIL, "method": "SendMessage", "params": {"message": message}},
        ),
        ("/mcp", {"jsonrpc": "2.0", "id": 1, "method": EVIL}),
        ("/mcp", {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": EVIL}}),
        ("/api/v1/messages", {"name": EVIL, EVIL: EVIL}),
    )
    with caplog.at_level(logging.DEBUG):
        for path, body in calls:
            httpx.post(address + path, json=body, headers=proof | takes)
        for version in ("2026-07-28", "2025-11-25"):
            modern = proof | takes | {"MCP-Protocol-Version": version, "Mcp-Session-Id": "a%0d%0ab"}
            httpx.post(f"{address}/mcp", json={"jsonrpc": "2.0", "id": 1, "method": EVIL}, headers=modern)
        httpx.get(f"{address}/api/v1/{'%0d%0aINFO%20forged%1b[2K'}", headers=proof)
    _lines_are_whole(caplog)


def test_a_header_cannot_split_an_answer(signed_in: SignIn) -> None:
    browser = signed_in("owner")
    for path in ("/sign-in/x%0d%0aSet-Cookie:%20a=b", "/api/v1/processes?latest_only=%0d%0aX-Evil:1"):
        headers = browser.get(path).headers
        assert "x-evil" not in headers
        assert not any(one.startswith("a=b") for one in headers.get_list("set-cookie"))
