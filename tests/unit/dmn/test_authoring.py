"""What helps people keep decisions: examination, spreadsheets, writing back, and unit tests."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from lxml import etree

from mainspring import dmn

MakeTable = Callable[..., bytes]
MakeModel = Callable[[str], bytes]
INPUTS = [("tier", "string"), ("amount", "number")]


def found(data: bytes, kind: str) -> list[dmn.Finding]:
    return [finding for finding in dmn.analyse(dmn.load(data)) if finding.kind == kind]


def test_a_gap_is_shown_with_an_input_that_falls_into_it(table: MakeTable) -> None:
    data = table(INPUTS, [['"gold"', "< 100", "1"], ['"gold"', "> 100", "2"], ['not("gold")', "-", "3"]])
    (gap,) = found(data, "gap")
    assert gap.example == {"tier": "gold", "amount": Decimal(100)}


def test_an_overlap_is_shown_with_an_input_that_both_rules_match(table: MakeTable) -> None:
    data = table(INPUTS, [["-", "[0..100]", "1"], ["-", "[100..200]", "2"]])
    (overlap,) = found(data, "overlap")
    assert "rules 1 and 2" in overlap.message
    assert overlap.example["amount"] == 100


def test_a_masked_rule_is_shown_with_the_rule_that_hides_it(table: MakeTable) -> None:
    data = table(INPUTS, [["-", "< 100", "1"], ['"gold"', "[5..10]", "2"], ["-", "-", "3"]], policy="FIRST")
    (masked,) = found(data, "masked rule")
    assert "rule 2" in masked.message
    assert masked.example["tier"] == "gold"


def test_a_rule_that_can_never_match_is_named(table: MakeTable) -> None:
    (never,) = found(
        table(INPUTS, [["-", "(5..5)", "1"], ["-", "-", "2"]], policy="FIRST"), "unreachable rule"
    )
    assert "rule 1" in never.message


def test_a_cell_of_another_type_than_its_column_is_named(table: MakeTable) -> None:
    (wrong,) = found(table(INPUTS, [["5", "-", "1"]]), "type")
    assert (wrong.rule, wrong.column, wrong.message) == (1, "tier", "a number never matches a string")


def test_an_unknown_name_and_a_wrong_operator_are_named(model: MakeModel) -> None:
    data = model(
        '<inputData id="i" name="n"><variable name="n" typeRef="number"/></inputData>'
        '<decision id="d" name="D"><variable name="D"/><informationRequirement><requiredInput href="#i"/>'
        '</informationRequirement><literalExpression><text>n + "a" + nn</text></literalExpression></decision>'
    )
    assert [finding.message for finding in found(data, "unknown name")] == ["there is no variable 'nn'"]
    assert [finding.message for finding in found(data, "type")] == ["number + string is always null"]


def test_a_complete_table_has_no_findings(table: MakeTable) -> None:
    assert dmn.analyse(dmn.load(table(INPUTS, [["-", "< 5", "1"], ["-", ">= 5", "2"]]))) == []


RULES = [['"gold"', "[0..10)", "1", "=5"], ['not("gold")', "-", "0.5", ""]]


def test_a_table_goes_to_csv_and_excel_and_comes_back_equal(table: MakeTable) -> None:
    original = dmn.table_of(dmn.load(table(INPUTS, RULES, policy="FIRST", default="7")).document, "D")
    assert dmn.from_csv(dmn.to_csv(original)) == original
    assert dmn.from_excel(dmn.to_excel(original, "A/B?")) == original


def test_a_sheet_as_people_write_it_is_understood() -> None:
    text = "Hit policy;F\nKind;Input;Input;Output\nLabel;Tier;Amount;Discount\nExpression;tier;amount;\n"
    text += "Type;string;number;number\n1;gold, silver;>= 100;10\n2;;;0\n"
    read = dmn.from_csv(text.encode())
    assert read.hit_policy == "FIRST"
    assert [rule.inputs for rule in read.rules] == [('"gold","silver"', ">= 100"), ("-", "-")]


def test_an_expression_in_a_column_of_words_is_marked_and_reads_back(table: MakeTable) -> None:
    rules = [["other.tier", "-", "1", ""], ['"gold"', "-", "2", ""]]
    original = dmn.table_of(dmn.load(table(INPUTS, rules)).document, "D")
    assert b"feel: other.tier" in dmn.to_csv(original)
    assert dmn.from_csv(dmn.to_csv(original)) == original


def test_what_was_not_changed_in_a_table_keeps_what_a_tool_put_into_it(table: MakeTable) -> None:
    data = table(INPUTS, RULES, policy="FIRST").replace(b'<rule id="r1">', b'<rule id="r1"><!-- mine -->')
    edited = dmn.from_csv(dmn.to_csv(dmn.table_of(dmn.load(data).document, "D")).replace(b"0.5", b"0.9"))
    assert b"<!-- mine -->" in dmn.with_table(data, "D", edited)


def test_a_gap_is_a_value_that_the_type_allows(model: MakeModel) -> None:
    data = model(
        '<itemDefinition name="tTier"><typeRef>string</typeRef><allowedValues><text>"a","b","c"</text>'
        '</allowedValues></itemDefinition><inputData id="i" name="t"><variable name="t" typeRef="tTier"/>'
        '</inputData><decision id="d" name="D"><variable name="D"/><informationRequirement>'
        '<requiredInput href="#i"/></informationRequirement><decisionTable><input><inputExpression '
        'typeRef="tTier"><text>t</text></inputExpression></input><output/><rule><inputEntry><text>"a","b"'
        "</text></inputEntry><outputEntry><text>1</text></outputEntry></rule></decisionTable></decision>"
    )
    assert [gap.example for gap in found(data, "gap")] == [{"t": "c"}]


def test_a_filter_over_nothing_is_nothing(model: MakeModel) -> None:
    literal = "<literalExpression><text>{}</text></literalExpression>"
    data = model(
        '<decision id="d" name="D"><variable name="D"/><filter><in>'
        f"{literal.format('null')}</in><match>{literal.format('item > 1')}</match></filter></decision>"
    )
    assert dmn.load(data).evaluate("D", {}).value == []


def test_a_service_whose_output_is_no_decision_is_refused(model: MakeModel) -> None:
    service = '<decisionService id="s" name="S"><outputDecision href="#i"/></decisionService>'
    with pytest.raises(dmn.ModelError, match="is no decision"):
        dmn.load(model(f'<inputData id="i" name="n"/>{service}'))


@pytest.mark.parametrize("text", ["", "x", "Hit policy,SOMETIMES\n", "Hit policy,FIRST\nKind,Input\n"])
def test_a_sheet_that_is_no_table_is_refused(text: str) -> None:
    with pytest.raises(dmn.SheetError):
        dmn.from_csv(text.encode())


def test_what_is_no_workbook_is_refused() -> None:
    with pytest.raises(dmn.SheetError):
        dmn.from_excel(b"PK\x03\x04 broken")


def test_an_edited_table_takes_the_place_of_the_old_one(table: MakeTable) -> None:
    data = table(INPUTS, RULES, policy="FIRST").replace(b"<decision ", b"<!-- kept --><decision ")
    edited = dmn.from_csv(dmn.to_csv(dmn.table_of(dmn.load(data).document, "D")).replace(b"0.5", b"0.9"))
    written = dmn.with_table(data, "D", edited)
    assert b"<!-- kept -->" in written
    assert dmn.load(written).evaluate("D", {"tier": "x", "amount": 1}).value == Decimal("0.9")


def test_a_model_is_written_without_loss(table: MakeTable) -> None:
    data = table(INPUTS, RULES).replace(
        b"</definitions>",
        b'<extensionElements><v:x xmlns:v="urn:v" a="1">t</v:x></extensionElements></definitions>',
    )
    written = dmn.to_xml(dmn.load(data).document)
    assert etree.tostring(etree.fromstring(written), method="c14n") == etree.tostring(
        etree.fromstring(data), method="c14n"
    )


CASES = b"""
- name: gold
  decision: D
  inputs: {tier: gold, amount: 5}
  expected: 1
- {name: other, decision: D, inputs: {tier: x, amount: 5}, expected: 2}
"""


def test_a_decisions_unit_tests_tell_what_differs(table: MakeTable) -> None:
    findings = dmn.check(dmn.load(table(INPUTS, RULES)), dmn.read_cases(CASES))
    assert [(finding.where, finding.message) for finding in findings] == [("D, other", "expected 2, got 0.5")]


def test_a_list_of_cases_that_is_none_is_refused() -> None:
    with pytest.raises(dmn.CasesError):
        dmn.read_cases(b"{a: 1}")
