"""Services and secrets on the command line, against a real server on loopback."""

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.integration.gateway.upstream import Upstream, of_json

from mainspring.app.opening import open_or_create
from mainspring.cli import main

DOCUMENT = {
    "openapi": "3.1.0",
    "paths": {"/ping": {"get": {"operationId": "ping", "responses": {"200": {"description": "ok"}}}}},
}
CANARY = "canary-cli-31"


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    server = Upstream()
    yield server
    server.close()


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    database = f"sqlite:///{tmp_path}/house.db"
    open_or_create(database).close()

    def call(*words: str) -> tuple[int, str]:
        code = main.call([*words, "--database", database])
        said = capsys.readouterr()
        return code, said.out + said.err

    return call


def test_a_service_is_added_checked_shifted_and_retired(
    run: Callable[..., tuple[int, str]], upstream: Upstream, tmp_path: Path
) -> None:
    (tmp_path / "api.json").write_text(json.dumps(DOCUMENT))
    add = ("services", "add", "crm", "--kind", "openapi", "--owner", "owner", "--url", upstream.url)
    more = ("--document", str(tmp_path / "api.json"), "--network", "127.0.0.1/32")
    assert "crm.ping" in run(*add, *more)[1]
    assert "2 takes 20%" in run(*add, *more, "--version", "2", "--share", "20")[1]
    assert run("services", "check", "crm")[0] == 0
    upstream.answer = lambda _: of_json({}, 500)
    assert "1: 100%" in run("services", "share", "crm", "1", "100")[1]
    listed = json.loads(run("services", "list", "--json")[1])
    assert [each["share"] for each in listed[0]["versions"]] == [100, 0]
    assert "crm.ping" not in run("services", "show", "crm")[1]
    assert "retired" in run("services", "retire", "crm", "--because", "Gone.")[1]
    assert run(*add, *more)[0] == 2


def test_a_service_out_of_reach_is_not_added(run: Callable[..., tuple[int, str]], upstream: Upstream) -> None:
    add = ("services", "add", "crm", "--kind", "openapi", "--owner", "owner")
    code, said = run(*add, "--document", f"{upstream.url}/api.json")
    assert code == 2
    assert "loopback" in said
    assert not upstream.asked


def test_a_secret_is_read_from_standard_input_and_never_printed(
    run: Callable[..., tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{CANARY}\n"))
    said = run("secrets", "set", "crm.key", "--host", "crm.example.com")[1]
    said += run("secrets", "list")[1] + run("secrets", "list", "--json")[1] + run("secrets", "rekey")[1]
    assert "crm.example.com" in said
    assert CANARY not in said
    assert run("secrets", "remove", "crm.key")[0] == 0
    assert run("secrets", "remove", "crm.key")[0] == 2
