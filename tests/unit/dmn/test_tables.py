"""Decision tables: hit policies, aggregation, defaults, allowed values, and the explanation."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mainspring import dmn
from mainspring.dmn.columns import column_index, rows_of, simple_cell
from mainspring.feel.api import compile_unary_test

MakeTable = Callable[..., bytes]
INPUTS = [("tier", "string"), ("amount", "number")]
RULES = [
    ['"gold"', "-", "10", "loyal"],
    ["-", ">= 1000", "5", "large"],
    ["-", "-", "1", "everyone"],
]
BIG_GOLD = {"tier": "gold", "amount": Decimal(2000)}


@pytest.mark.parametrize(
    ("policy", "aggregation", "expected"),
    [
        ("FIRST", "", Decimal(10)),
        ("RULE ORDER", "", [10, 5, 1]),
        ("COLLECT", "", [10, 5, 1]),
        ("COLLECT", "SUM", Decimal(16)),
        ("COLLECT", "MIN", Decimal(1)),
        ("COLLECT", "MAX", Decimal(10)),
        ("COLLECT", "COUNT", Decimal(3)),
        ("PRIORITY", "", Decimal(5)),
        ("OUTPUT ORDER", "", [5, 1, 10]),
        ("UNIQUE", "", None),
        ("ANY", "", None),
    ],
)
def test_each_hit_policy_settles_several_matches(
    table: MakeTable, policy: str, aggregation: str, expected: object
) -> None:
    model = dmn.load(table(INPUTS, RULES, policy=policy, aggregation=aggregation, values="5, 1, 10"))
    assert model.evaluate("D", BIG_GOLD).value == expected


def test_two_matches_against_unique_are_reported(table: MakeTable) -> None:
    result = dmn.load(table(INPUTS, RULES)).evaluate("D", BIG_GOLD)
    assert "UNIQUE" in result.errors[0].message
    assert result.errors[0].where == "decision 'D'"


def test_no_match_gives_the_default_or_null(table: MakeTable) -> None:
    rules = [['"gold"', "-", "10"]]
    other = {"tier": "silver", "amount": Decimal(1)}
    assert dmn.load(table(INPUTS, rules, default="7")).evaluate("D", other).value == 7
    assert dmn.load(table(INPUTS, rules)).evaluate("D", other).value is None
    assert dmn.load(table(INPUTS, rules, policy="COLLECT")).evaluate("D", other).value == []


def test_several_output_columns_make_a_context(table: MakeTable) -> None:
    data = table(INPUTS, [["-", "-", "1", '"x"']], outputs=("rate", "note"))
    assert dmn.load(data).evaluate("d", BIG_GOLD).value == {"rate": 1, "note": "x"}


def test_the_trace_says_which_rules_matched_and_why(table: MakeTable) -> None:
    result = dmn.load(table(INPUTS, RULES, policy="COLLECT", aggregation="SUM")).evaluate("D", BIG_GOLD)
    (step,) = result.trace.tables
    rule = step.rules[1]
    assert [each.number for each in step.rules] == [1, 2, 3]
    assert rule.id == "r2"
    assert rule.annotations == (("Why", "large"),)
    assert rule.outputs == (("", "5"),)
    assert [(cell.expression, cell.test, cell.value) for cell in rule.cells] == [
        ("tier", "-", "gold"),
        ("amount", ">= 1000", Decimal(2000)),
    ]


def test_the_trace_reads_as_sentences_and_as_json(table: MakeTable) -> None:
    result = dmn.load(table(INPUTS, RULES, policy="FIRST")).evaluate("D", BIG_GOLD)
    assert 'rule 1: tier "gold" -> 10' in str(result.trace)
    assert result.trace.as_dict()["steps"][0]["rules"][0]["annotations"] == [
        {"title": "Why", "text": "loyal"}
    ]


def test_a_null_input_passes_only_cells_that_ask_nothing(table: MakeTable) -> None:
    model = dmn.load(table(INPUTS, RULES, policy="RULE ORDER"))
    assert model.evaluate("D", {"tier": None, "amount": None}).value == [1]


def test_cells_may_use_other_inputs_and_functions(table: MakeTable) -> None:
    data = table([("name", "string"), ("limit", "number")], [["string length(?) > limit", "-", "true"]])
    assert dmn.load(data).evaluate("D", {"name": "abcdef", "limit": Decimal(3)}).value is True


def test_an_input_of_the_wrong_type_is_null_and_reported(table: MakeTable) -> None:
    result = dmn.load(table(INPUTS, RULES, policy="RULE ORDER")).evaluate(
        "D", {"tier": "gold", "amount": "x"}
    )
    assert result.value == [10, 1]
    assert result.errors[0].where == "inputData 'amount'"


CELLS = st.sampled_from(
    ["-", "< 3", "[2..5]", "(1..4)", "3", "1, 4, >= 6", "not(2)", "not([3..5], 8)", "<= 0"]
)
WORDS = st.sampled_from(["-", '"a"', '"b","c"', 'not("a")', 'not("b","d")'])


def _by_index(cells: list[str], value: Any) -> list[int]:
    lookup = column_index([simple_cell(compile_unary_test(cell).node) for cell in cells])
    assert lookup is not None
    mask = lookup(value)
    assert mask is not None
    return rows_of(mask)


def _one_by_one(cells: list[str], value: Any) -> list[int]:
    return [row for row, cell in enumerate(cells) if compile_unary_test(cell)(value, {}) is True]


@settings(deadline=None)
@given(st.lists(CELLS, min_size=1, max_size=12), st.integers(-2, 10))
def test_the_index_of_numbers_agrees_with_testing_each_cell(cells: list[str], number: int) -> None:
    assert _by_index(cells, Decimal(number)) == _one_by_one(cells, Decimal(number))


@settings(deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=12), st.sampled_from(["a", "b", "c", "d", "e"]))
def test_the_index_of_strings_agrees_with_testing_each_cell(cells: list[str], word: str) -> None:
    assert _by_index(cells, word) == _one_by_one(cells, word)
