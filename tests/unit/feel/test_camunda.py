"""What Camunda documents beside the standard: null-safe behaviour, more functions, attributes of models."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from mainspring import feel

BERLIN = ZoneInfo("Europe/Berlin")
ORDER = {"order": {"lines": [{"qty": 2}, {"qty": None}]}, "open": None, "two words": 1}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("get or else(missing, 7)", Decimal(7)),
        ("get or else(open, order.lines[1].qty)", Decimal(2)),
        ("missing.deep.deeper", None),
        ("order.missing", None),
        ("order.lines[9].qty", None),
        ("order.lines.qty", [Decimal(2), None]),
        ("missing > 3", None),
        ("if missing > 3 then 1 else 2", Decimal(2)),
        ("missing = null", True),
        ("is defined(open)", False),
        ("some x in missing satisfies x", None),
        ("order.lines[qty > 1]", [{"qty": Decimal(2)}]),
        ("`two words` + 1", Decimal(2)),
    ],
)
def test_what_is_not_there_is_null_and_stops_nothing(text: str, value: Any) -> None:
    assert feel.evaluate(text, ORDER) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("and([true, false])", False),
        ("or(false, null, true)", True),
        ('extract("ab12cd3", "[0-9]+")', ["12", "3"]),
        ('trim("  a b ")', "a b"),
        ('is blank(" ")', True),
        ("is empty([])", True),
        ('to base64("FEEL")', "RkVFTA=="),
        ("duplicate values([1, 2, 1])", [Decimal(1)]),
        ("partition([1, 2, 3], 2)", [[1, 2], [3]]),
        ('last day of month(@"2024-02-10")', date(2024, 2, 29)),
        ('unix timestamp(@"1970-01-02T00:00:00Z")', Decimal(86400)),
        ('string join(["a", null, "b"], "-", "<", ">")', "<a-b>"),
        ('context put({a: {}}, ["a", "b"], 1)', {"a": {"b": 1}}),
        ('from json("{\\"a\\": [1.5, null, \\"x\\"]}")', {"a": [Decimal("1.5"), None, "x"]}),
        ('to json({a: [1.50, null], b: @"P1Y", c: "\\""})', '{"a":[1.5,null],"b":"P1Y","c":"\\""}'),
        ('to json(@"2025-07-01T10:00:00@Europe/Berlin")', '"2025-07-01T10:00:00+02:00[Europe/Berlin]"'),
        (
            'date and time("2025-07-01T10:00:00+02:00[Europe/Berlin]")',
            datetime(2025, 7, 1, 10, tzinfo=BERLIN),
        ),
        ('date and time(@"2025-07-01T10:00:00@Europe/Berlin", "Z")', datetime(2025, 7, 1, 8, tzinfo=UTC)),
    ],
)
def test_a_function_beside_the_standard_gives_what_camunda_documents(text: str, value: Any) -> None:
    assert feel.evaluate(text, {}) == value


@pytest.mark.parametrize(
    "text", ['from json("[")', 'from json("1e99999")', "to json(count)", "uuid()", "random number()"]
)
def test_what_cannot_be_given_is_null_with_the_reason(text: str) -> None:
    result = feel.compile(text).evaluate({})
    assert result.value is None
    assert result.warnings[0].message


@pytest.mark.parametrize(
    "text",
    [
        "fromAi(toolCall.city)",
        'fromAi(toolCall.city, "where to")',
        'fromAi(toolCall.city, null, "string", {enum: ["Rome"]}, {required: false})',
        'fromAi(value: toolCall.city, type: "string")',
    ],
)
def test_an_argument_for_a_model_is_its_value_and_null_until_there_is_one(text: str) -> None:
    assert feel.evaluate(text, {"toolCall": {"city": "Rome"}}) == "Rome"
    assert feel.evaluate(text, {}) is None


def test_a_variable_that_holds_no_function_does_not_hide_the_function_of_its_name() -> None:
    context = {"count": Decimal(9), "sum": "x", "items": [1, 2]}
    assert feel.evaluate("count(items) + count + sum(items)", context) == Decimal(14)


def test_names_of_built_in_functions_are_variables_where_they_are_not_called() -> None:
    assert feel.compile("date > max(count, 3)").names == {"date", "count"}


def test_an_attribute_is_an_expression_after_an_equals_sign_and_text_otherwise() -> None:
    assert feel.compile_attribute('= "A-" + id')({"id": "7"}) == "A-7"
    assert feel.compile_attribute("a = 1 + 1")({}) == "a = 1 + 1"
