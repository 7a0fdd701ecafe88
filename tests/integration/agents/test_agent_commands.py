"""Digital employees from the command line, on a new house."""

import json
from pathlib import Path

import pytest

from mainspring.app.opening import open_or_create
from mainspring.cli import main


@pytest.fixture
def database(tmp_path: Path) -> str:
    address = f"sqlite:///{tmp_path / 'mainspring.db'}"
    open_or_create(address).close()
    return address


def told(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    assert main.call(["agents", *arguments]) == code
    said = capsys.readouterr()
    return said.out + said.err


def test_an_owner_sees_tries_releases_takes_back_and_stops(
    database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ("--database", database)
    assert len(json.loads(told(capsys, "list", "--json", *where))) == 7
    file = tmp_path / "clerk.yaml"
    told(capsys, "new", "order_clerk", "--file", str(file), *where)
    assert "sound version 2" in told(capsys, "test", str(file), *where)
    assert "shadow first" in told(
        capsys, "release", str(file), "--as", "owner", "--stage", "full", *where, code=2
    )
    assert "0 held-back cases" in told(capsys, "evaluate", str(file), *where)
    told(capsys, "release", str(file), "--as", "owner", *where)
    told(capsys, "release", "--employee", "order_clerk", "--as", "owner", "--stage", "full", *where)
    assert json.loads(told(capsys, "show", "order_clerk", "--json", *where))["version"] == 2
    assert "Version 1" in told(capsys, "rollback", "order_clerk", "--as", "owner", *where)
    told(capsys, "stop", "order_clerk", "--as", "owner", "--reason", "odd", *where)
    shown = json.loads(told(capsys, "show", "order_clerk", "--json", *where))
    assert shown["stopped"]
    assert [step["stage"] for step in shown["history"]] == ["shadow", "full", "withdrawn", "stopped"]
    told(capsys, "resume", "order_clerk", "--as", "owner", *where)
    assert json.loads(told(capsys, "score", "order_clerk", "--json", *where))["score"] is None


def test_what_is_wrong_with_a_definition_is_told(
    database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ("--database", database)
    file = tmp_path / "clerk.yaml"
    told(capsys, "new", "order_clerk", "--file", str(file), *where)
    file.write_text(file.read_text("utf-8").replace("skill: write_quote", "skill: none_such"), "utf-8")
    assert "no skill none_such" in told(capsys, "test", str(file), *where, code=2)
    assert "no such digital employee" in told(capsys, "show", "nobody", *where, code=2)
    assert "only the shipped version" in told(
        capsys, "rollback", "order_clerk", "--as", "owner", *where, code=2
    )


def test_what_it_learned_is_shown_and_an_unknown_suggestion_is_refused(
    database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ("--database", database)
    assert json.loads(told(capsys, "learned", "order_clerk", "--json", *where))["rules"] == []
    assert "rule" in told(capsys, "learned", "order_clerk", *where)
    for decision in ("accept", "decline"):
        assert "no such suggestion" in told(
            capsys, decision, "order_clerk", "none", "--as", "owner", *where, code=2
        )
    assert "no such correction" in told(
        capsys, "forget", "order_clerk", "--correction", "7", "--as", "owner", *where, code=2
    )
    assert "no such rule" in told(
        capsys, "forget", "order_clerk", "--rule", "7", "--as", "owner", *where, code=2
    )
