"""`decide` and the `dmn` commands, from what is typed to what is printed."""

import json
from pathlib import Path

import pytest

from mainspring.cli import main

Printed = pytest.CaptureFixture[str]
MODEL = """
<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m" namespace="urn:m">
  <inputData id="i" name="tier"><variable name="tier" typeRef="string"/></inputData>
  <decision id="d" name="discount"><variable name="discount"/>
    <informationRequirement><requiredInput href="#i"/></informationRequirement>
    <decisionTable id="t" hitPolicy="FIRST">
      <input id="a"><inputExpression typeRef="string"><text>tier</text></inputExpression></input>
      <output id="o" typeRef="number"/>
      <rule id="r1"><inputEntry><text>"gold"</text></inputEntry>
        <outputEntry><text>10</text></outputEntry></rule>
      <rule id="r2"><inputEntry><text>-</text></inputEntry>
        <outputEntry><text>0</text></outputEntry></rule>
    </decisionTable>
  </decision>
  <decisionService id="s" name="ask"><outputDecision href="#d"/><inputData href="#i"/></decisionService>
</definitions>
""".strip()


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A model in a file of its own."""
    file = tmp_path / "discount.dmn"
    file.write_text(MODEL, "utf-8")
    return file


def test_a_decision_is_explained_in_the_language_asked_for(model: Path, capsys: Printed) -> None:
    given = ["--input", '{"tier": "gold"}', "--explain", "--language", "zh"]
    assert main.call(["decide", str(model), "discount", *given]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("10\n")
    assert "规则 1 适用" in printed


def test_an_answer_as_json_carries_its_explanation(model: Path, capsys: Printed) -> None:
    assert main.call(["decide", str(model), "ask", "--input", '{"tier": "tin"}', "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["value"], answer["errors"]) == (0, [])
    assert answer["trace"]["steps"][0]["rules"][0]["number"] == 2


def test_another_language_is_refused(model: Path, capsys: Printed) -> None:
    assert main.call(["decide", str(model), "discount", "--language", "fr"]) == main.FAILED
    assert "en or zh" in capsys.readouterr().err


def test_a_model_in_order_has_nothing_found(model: Path, capsys: Printed) -> None:
    assert main.call(["dmn", "check", str(model)]) == 0
    assert capsys.readouterr().out == "nothing found\n"


def test_what_is_wrong_is_found_with_its_place(model: Path, capsys: Printed) -> None:
    model.write_text(MODEL.replace('"gold"', '"gold", 5'), "utf-8")
    assert main.call(["dmn", "check", str(model), "--json"]) == 1
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["kind"], found["severity"], found["element"]) == ("type", "error", "d")
    assert (found["rule"], found["column"], found["position"]) == (1, "tier", 8)


def test_tests_beside_a_model_are_run(model: Path, capsys: Printed) -> None:
    cases = model.with_name("discount.tests.yaml")
    cases.write_text("- {decision: discount, inputs: {tier: gold}, expected: 10}", "utf-8")
    assert main.call(["dmn", "test", str(model)]) == 0
    assert capsys.readouterr().out == "1 tests passed\n"
    cases.write_text("- {name: g, decision: ask, inputs: {tier: gold}, expected: 9}", "utf-8")
    assert main.call(["dmn", "test", str(model)]) == 1
    assert "ask, g: expected 9, got 10" in capsys.readouterr().out


def test_a_model_without_tests_is_told_so(model: Path, capsys: Printed) -> None:
    assert main.call(["dmn", "test", str(model)]) == main.FAILED
    assert "discount.tests.yaml" in capsys.readouterr().err


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_table_goes_to_a_sheet_and_comes_back_as_it_was(model: Path, ending: str, capsys: Printed) -> None:
    sheet = model.with_suffix(f".{ending}")
    assert main.call(["dmn", "export", str(model), "discount", str(sheet)]) == 0
    assert main.call(["dmn", "import", str(model), "discount", str(sheet)]) == 0
    assert "2 rules written" in capsys.readouterr().out
    assert main.call(["decide", str(model), "discount", "--input", '{"tier": "gold"}']) == 0
    assert '<rule id="r1">' in model.read_text("utf-8")


def test_a_sheet_with_a_wrong_cell_changes_nothing(model: Path, capsys: Printed) -> None:
    sheet = model.with_suffix(".csv")
    main.call(["dmn", "export", str(model), "discount", str(sheet)])
    sheet.write_text(sheet.read_text("utf-8").replace("10", "tier + 1"), "utf-8")
    before = model.read_bytes()
    assert main.call(["dmn", "import", str(model), "discount", str(sheet)]) == main.FAILED
    assert "string + number" in capsys.readouterr().err
    assert model.read_bytes() == before


def test_a_sheet_of_another_kind_is_refused(model: Path, capsys: Printed) -> None:
    assert main.call(["dmn", "export", str(model), "discount", "x.ods"]) == main.FAILED
    assert ".xlsx nor .csv" in capsys.readouterr().err
