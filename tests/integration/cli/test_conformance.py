"""The conformance commands on the public suites."""

import json
from pathlib import Path

import pytest

from mainspring.cli import main

pytestmark = pytest.mark.shared


def test_the_bpmn_suites_give_figures_for_programs(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.call(["conformance", "bpmn", str(shared / "conformance" / "bpmn-invalid"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["bpmn-invalid"]["passed"] >= 137


def test_a_folder_without_a_suite_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for kind in ("bpmn", "dmn"):
        assert main.call(["conformance", kind, str(tmp_path)]) == 2
        assert "To mend it" in capsys.readouterr().err
