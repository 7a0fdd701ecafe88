"""The commands, from what is typed to what is printed."""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from mainspring.app.opening import open_or_create
from mainspring.cli import demo, main
from mainspring.cli.serving import invitation, sign_in_address
from mainspring.engine.events import SYSTEM
from mainspring.govern import sign_in

ROWS = {"problems": [{"file": "a.csv", "line": 3, "field": "UnitPrice", "message": "no price", "row": {}}]}
DECISION = """
<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="d" name="d" namespace="urn:d">
  <inputData id="i" name="amount"/>
  <decision id="fee" name="fee">
    <informationRequirement><requiredInput href="#i"/></informationRequirement>
    <literalExpression><text>amount * 0.1</text></literalExpression>
  </decision>
</definitions>
""".strip()

Printed = pytest.CaptureFixture[str]


@pytest.fixture
def database(tmp_path: Path) -> str:
    """A house in which one task waits for the sales group."""
    address = f"sqlite:///{tmp_path}/data/house.db"
    house = open_or_create(address)
    house.runtime.start("unreadable_rows", ROWS, actor=SYSTEM, business_key="a.csv")
    house.close()
    assert main.call(["worker", "--once", "--database", address]) == 0
    return address


def waiting(database: str, capsys: Printed) -> list[dict[str, object]]:
    capsys.readouterr()
    assert main.call(["tasks", "list", "--as", "sales-1", "--json", "--database", database]) == 0
    found: list[dict[str, object]] = json.loads(capsys.readouterr().out)
    return found


def test_a_task_is_listed_taken_and_answered(database: str, capsys: Printed) -> None:
    (task,) = waiting(database, capsys)
    key = str(task["key"])
    assert main.call(["tasks", "claim", key, "--as", "sales-1", "--database", database]) == 0
    given = ["--answer", '{"note": "known"}']
    assert main.call(["tasks", "complete", key, "--as", "sales-1", *given, "--database", database]) == 0
    assert waiting(database, capsys) == []


def test_a_person_whom_the_task_does_not_ask_is_refused_in_words(database: str, capsys: Printed) -> None:
    (task,) = waiting(database, capsys)
    code = main.call(["tasks", "complete", str(task["key"]), "--as", "finance-1", "--database", database])
    said = capsys.readouterr().err
    assert code == 2
    assert "finance-1 may not do_task" in said
    assert "To mend it:" in said
    assert "Traceback" not in said


def test_a_case_is_listed_and_shown_with_what_happened(database: str, capsys: Printed) -> None:
    capsys.readouterr()
    assert main.call(["instances", "list", "--json", "--database", database]) == 0
    (case,) = json.loads(capsys.readouterr().out)
    assert main.call(["instances", "show", case["key"], "--database", database]) == 0
    assert "a.csv: active" in capsys.readouterr().out


def test_the_evidence_of_a_case_can_be_taken_away(database: str, tmp_path: Path, capsys: Printed) -> None:
    capsys.readouterr()
    main.call(["instances", "list", "--json", "--database", database])
    (case,) = json.loads(capsys.readouterr().out)
    out = tmp_path / "case.zip"
    assert main.call(["evidence", "export", case["key"], "--out", str(out), "--database", database]) == 0
    assert "verify.py" in zipfile.ZipFile(io.BytesIO(out.read_bytes())).namelist()
    assert (tmp_path / "data" / "evidence.key").stat().st_mode & 0o077 == 0


def test_what_is_not_there_is_said_with_the_way_to_mend_it(tmp_path: Path, capsys: Printed) -> None:
    missing = f"sqlite:///{tmp_path}/none.db"
    assert main.call(["instances", "list", "--database", missing]) == 2
    said = capsys.readouterr().err
    assert "there is no database yet" in said
    assert "mainspring demo" in said
    assert not (tmp_path / "none.db").exists()


def test_the_database_may_come_from_the_environment(
    database: str, capsys: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAINSPRING_DATABASE", database)
    capsys.readouterr()
    assert main.call(["tasks", "list", "--as", "sales-1"]) == 0
    assert "a.csv" in capsys.readouterr().out


def test_a_decision_answers_in_exact_numbers_and_explains_itself(tmp_path: Path, capsys: Printed) -> None:
    model = tmp_path / "fee.dmn"
    model.write_text(DECISION, "utf-8")
    assert main.call(["decide", str(model), "fee", "--input", '{"amount": 12.30}', "--explain"]) == 0
    answer, _, explained = capsys.readouterr().out.partition("\n")
    assert answer == "1.230"
    assert "fee" in explained


def test_input_that_is_no_json_object_is_refused(tmp_path: Path, capsys: Printed) -> None:
    model = tmp_path / "fee.dmn"
    model.write_text(DECISION, "utf-8")
    for given in ("[1]", "{", "no-such-file.json"):
        assert main.call(["decide", str(model), "fee", "--input", given]) == 2
        assert "--input" in capsys.readouterr().err


def test_order_files_that_are_not_there_are_named(tmp_path: Path, capsys: Printed) -> None:
    assert main.call(["run", "lead-to-cash", "--orders", str(tmp_path / "none.csv")]) == 2
    assert "none.csv" in capsys.readouterr().err


def test_the_doctor_says_what_is_ill_and_how_to_mend_it(tmp_path: Path, capsys: Printed) -> None:
    (tmp_path / "file").touch()
    code = main.call(["doctor", "--database", f"sqlite:///{tmp_path}/file/house.db"])
    assert code == 1
    assert "ILL   data folder" in capsys.readouterr().out


def test_a_finished_demo_is_told_again_without_running(tmp_path: Path) -> None:
    (tmp_path / "demo.db").touch()
    (tmp_path / "demo.json").write_text('{"lines": ["as before"]}', "utf-8")
    assert demo.outcome(tmp_path / "demo.db") == ["as before"]


def test_the_invitation_signs_in_once(database: str) -> None:
    house = open_or_create(database)
    line = invitation(sign_in_address(house, "::1", 8080, "owner"), "owner")[0]
    assert line.startswith("Open http://[::1]:8080/sign-in/")
    with house.store.write() as tx:
        assert sign_in.redeem(tx, line.rpartition("/")[2], now=house.clock()).person == "owner"
    house.close()


def test_the_installed_command_ends_with_the_code_of_its_failure(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from mainspring.cli.main import main; main()", "measures"]
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "there is no database yet" in ended.stderr
