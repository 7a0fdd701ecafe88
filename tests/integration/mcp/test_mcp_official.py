"""The protocol's own suite judges our server; its reference servers judge our client."""

import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from tests.integration.mcp import official

from mainspring.app import services
from mainspring.app.opening import open_or_create
from mainspring.base.errors import MainspringError
from mainspring.gateway import Caller
from mainspring.govern.principal import Principal

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def packages() -> Path:
    """The npm packages; skips aloud where they cannot be had."""
    try:
        return official.installed()
    except official.Missing as why:
        pytest.skip(f"the official suite cannot run here: {why}")


@pytest.mark.timeout(600)
@pytest.mark.parametrize("revision", sorted(official.REVISIONS))
def test_the_official_suite_finds_no_failure_but_the_baseline(
    packages: Path, revision: str, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "tests.integration.mcp.official_server", str(tmp_path)]
    server = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, bufsize=1
    )
    with server:
        assert server.stdin
        assert server.stdout
        url = server.stdout.readline().strip()
        found = official.run(url, revision, tmp_path)
        server.stdin.close()
        server.wait(30)
    assert found.well, found.said


@pytest.mark.parametrize(
    ("package", "arguments"), [("server-everything", ["stdio"]), ("server-filesystem", ["{folder}"])]
)
def test_the_reference_servers_are_called_through_the_gateway(
    packages: Path, tmp_path: Path, package: str, arguments: list[str]
) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "note.txt").write_text("a note")
    folder = str(tmp_path / "files")
    program = {
        "command": "node",
        "arguments": [
            str(packages / "@modelcontextprotocol" / package / "dist" / "index.js"),
            *(one.format(folder=folder) for one in arguments),
        ],
    }
    installed = tmp_path / "house.outside.yaml"
    installed.write_text(yaml.safe_dump({"programs": {"reference": program}}))
    installed.chmod(0o600)
    house = open_or_create(f"sqlite:///{tmp_path}/house.db")
    try:
        owner = Principal("person", "owner", frozenset({"process_owner", "worker"}))
        config = {"program": "reference", "believe_hints": True}
        services.add(house, services.Registration("reference", "mcp", config, owner="owner"), owner)
        names = {one.name for one in house.gateway.operations(owner) if one.name.startswith("reference.")}
        if package == "server-everything":
            assert {"reference.echo", "reference.get_sum"} <= names
            answer = house.gateway.perform(house.store, Caller(owner), "reference.echo", {"message": "well"})
            assert "well" in answer.model_dump_json()
        else:
            read = {"path": f"{folder}/note.txt"}
            answer = house.gateway.perform(house.store, Caller(owner), "reference.read_text_file", read)
            assert "a note" in answer.model_dump_json()
            outside = {"path": str(installed)}
            with pytest.raises(MainspringError):
                house.gateway.perform(house.store, Caller(owner), "reference.read_text_file", outside)
    finally:
        house.close()
