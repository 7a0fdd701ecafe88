"""Attack: XML that names files, addresses or a billion laughs, in models and in documents that arrive."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from mainspring.app.house import House
from mainspring.engine.events import SYSTEM
from mainspring.knowledge import documents
from mainspring.runtime import DeploymentRefused
from mainspring.testing.browser import Browser

SignIn = Callable[[str], Browser]
CANARY = "canary-in-a-file"


class Canary:
    """A server that counts who comes."""

    def __init__(self) -> None:
        visits = self.visits = []  # type: ignore[var-annotated] # of paths

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                visits.append(self.path)
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture(scope="module")
def canary() -> Iterator[Canary]:
    started = Canary()
    yield started
    started.close()


def _attacks(file: Path, address: str) -> dict[str, str]:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return {
        "file": f'<!DOCTYPE d [<!ENTITY x SYSTEM "{file.as_uri()}">]>',
        "address": f'<!DOCTYPE d [<!ENTITY x SYSTEM "{address}/entity">]>',
        "outer DTD": f'<!DOCTYPE d SYSTEM "{address}/evil.dtd">',
        "parameter": f'<!DOCTYPE d [<!ENTITY % p SYSTEM "{address}/p.dtd"> %p; <!ENTITY x "a">]>',
        "laughs": f'<!DOCTYPE d [<!ENTITY l0 "lol">{laughs}<!ENTITY x "&l9;">]>',
    }


@pytest.mark.parametrize("kind", ["file", "address", "outer DTD", "parameter", "laughs"])
def test_a_model_with_entities_is_refused(house: House, canary: Canary, tmp_path: Path, kind: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(CANARY)
    head = _attacks(secret, canary.address)[kind]
    model = f"""<?xml version="1.0"?>{head}
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="f" targetNamespace="t">
<bpmn:process id="p" name="&x;" isExecutable="true"><bpmn:startEvent id="s"/></bpmn:process>
</bpmn:definitions>"""
    with pytest.raises(DeploymentRefused) as refused:
        house.runtime.deploy({"evil.bpmn": model.encode()}, SYSTEM)
    assert CANARY not in str(refused.value)
    assert canary.visits == []


@pytest.mark.parametrize("kind", ["file", "address", "outer DTD", "parameter", "laughs"])
def test_a_document_with_entities_tells_nothing(
    signed_in: SignIn, canary: Canary, tmp_path: Path, kind: str
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(CANARY)
    head = _attacks(secret, canary.address)[kind]
    order = f"""<?xml version="1.0"?>{head}
<Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2"><ID>&x;</ID><Note>&x;</Note>
</Order>""".encode()
    try:
        text = repr(documents.read(order, "order.xml"))
    except documents.DocumentError as error:
        text = str(error)
    assert CANARY not in text
    assert text.count("lol") < 1000
    answer = signed_in("owner").post("/api/v1/inquiries", files={"document": ("order.xml", order)})
    assert answer.status_code in {200, 201, 422}
    assert canary.visits == []
