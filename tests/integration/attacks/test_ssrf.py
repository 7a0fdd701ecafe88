"""Attack (SSRF): a registered service whose address leads inside, in every spelling."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from mainspring.app import services
from mainspring.app.house import House
from mainspring.base.errors import MainspringError
from mainspring.gateway.egress import Reach
from mainspring.govern.principal import Principal

ATTACKER = Principal("person", "owner", frozenset({"process_owner", "administrator"}))
SPELLINGS = (
    "http://127.0.0.1:{port}/",
    "http://2130706433:{port}/",
    "http://0x7f000001:{port}/",
    "http://0177.0.0.1:{port}/",
    "http://127.1:{port}/",
    "http://[::1]:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "http://[64:ff9b::7f00:1]:{port}/",
    "http://[2002:7f00:1::]:{port}/",
    "http://localhost:{port}/",
    "http://LOCALHOST.:{port}/",
    "http://０x7f000001:{port}/",
    "http://①②⑦.⓪.⓪.①:{port}/",
    "http://0.0.0.0:{port}/",
    "http://example.com@127.0.0.1:{port}/",
    "http://127.0.0.1:{port}\\@example.com/",
    "http://169.254.169.254/latest/meta-data/",
    "http://[fd00:ec2::254]/latest/meta-data/",
    "gopher://127.0.0.1:{port}/_GET",
    "file:///etc/passwd",
    "dict://127.0.0.1:{port}/info",
)


class Inside:
    """A server of the inner network that counts who comes."""

    def __init__(self) -> None:
        visits: list[str] = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                visits.append(self.path)
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b"{}")

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self.visits = visits
        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_port
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()


@pytest.fixture(scope="module")
def inside() -> Iterator[Inside]:
    server = Inside()
    yield server
    server.server.shutdown()
    server.thread.join()
    server.server.server_close()


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_description_is_not_fetched_from_inside(house: House, inside: Inside, spelling: str) -> None:
    url = spelling.format(port=inside.port)
    given = services.Registration("evil", "openapi", {"document_url": url}, owner="owner")
    with pytest.raises(MainspringError):
        services.add(house, given, ATTACKER)
    assert inside.visits == []


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_an_mcp_server_is_not_looked_for_inside(house: House, inside: Inside, spelling: str) -> None:
    url = spelling.format(port=inside.port)
    given = services.Registration("evil", "mcp", {"url": url}, owner="owner")
    with pytest.raises(MainspringError):
        services.add(house, given, ATTACKER)
    assert inside.visits == []


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_the_way_out_refuses_it_too(house: House, inside: Inside, spelling: str) -> None:
    url = spelling.format(port=inside.port)
    with pytest.raises(MainspringError):
        house.outside.egress.request(Reach.to(url), "GET", url)
    assert inside.visits == []
