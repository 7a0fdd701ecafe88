"""The language: operators, conditions, loops, filters, paths, functions, ranges and types."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest

from mainspring import feel
from mainspring.feel import DaysTimeDuration, YearsMonthsDuration

ORDER = {
    "lines": [{"sku": "A", "qty": 2, "price": Decimal("1.5")}, {"sku": "B", "qty": 1, "price": Decimal(4)}]
}


@pytest.mark.parametrize(
    ("text", "context", "expected"),
    [
        ("1 + 2 * 3", {}, Decimal(7)),
        ("-3 ** 2", {}, Decimal(9)),
        ("2 - 3 - 4", {}, Decimal(-5)),
        ("0.1 + 0.2", {}, Decimal("0.3")),
        ("1 / 3 * 3", {}, Decimal("0.9999999999999999999999999999999999")),
        ("amount * 1.19", {"amount": 100}, Decimal("119.00")),
        ("amount", {"amount": 1.5}, Decimal("1.5")),
        ('"a" + "b"', {}, "ab"),
        ('"\\u00e9\\U01F40E\\n"', {}, "\u00e9\U0001f40e\n"),
        ("x between 1 and 3 and true", {"x": 2}, True),
        ("x in [1, 2]", {"x": 2}, True),
        ("x in (1, > 5)", {"x": 7}, True),
        ("x in ]1..7[", {"x": 7}, False),
        ('if x > 1 then "big" else "small"', {"x": 2}, "big"),
        ("for i in 1..3, j in [10, 20] return i + j", {}, [11, 21, 12, 22, 13, 23]),
        ("for i in 0..4 return if i = 0 then 1 else i * partial[-1]", {}, [1, 1, 2, 6, 24]),
        ("some x in [1, 2] satisfies x > 1", {}, True),
        ("every x in [1, 2] satisfies x > 1", {}, False),
        ("lines[qty > 1].sku", ORDER, ["A"]),
        ("lines[2].price", ORDER, Decimal(4)),
        ("lines[-1].sku", ORDER, "B"),
        ("sum(for l in lines return l.qty * l.price)", ORDER, Decimal(7)),
        ("[1, 2, 3][item >= 2]", {}, [2, 3]),
        ("{a: 1, b: a + 1}.b", {}, Decimal(2)),
        ('{"a b": 1}', {}, {"a b": Decimal(1)}),
        ("(function(a, b) a - b)(b: 1, a: 5)", {}, Decimal(4)),
        ("{f: function(x: number) x * 2, r: f(4)}.r", {}, Decimal(8)),
        ("[1..3].start included", {}, True),
        ("5 instance of number", {}, True),
        ("[1] instance of list<string>", {}, False),
        ("null instance of Any", {}, False),
        ("// note\n1 /* two */ + 1", {}, Decimal(2)),
        ("`a-b` + 1", {"a-b": Decimal(2)}, Decimal(3)),
        ("null + 1", {}, None),
        ("true and null", {}, None),
        ("false and null", {}, False),
        ("[] = null", {}, False),
        ("100[1]", {}, Decimal(100)),
    ],
)
def test_an_expression_has_the_value_the_specification_gives(
    text: str, context: dict[str, Any], expected: object
) -> None:
    assert feel.evaluate(text, context) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('date("2024-02-29") + duration("P1Y")', date(2025, 2, 28)),
        ('@"2024-01-31" + @"P1M"', date(2024, 2, 29)),
        ('date("2024-03-01") - date("2024-02-01")', DaysTimeDuration(29 * 86_400 * 10**9)),
        ('date and time("2024-03-31T01:30:00@Europe/Paris") + @"PT1H"', "2024-03-31T03:30:00@Europe/Paris"),
        ('time("23:30:00") + @"PT1H"', time(0, 30)),
        ('@"P1Y2M" * 2', YearsMonthsDuration(28)),
        ('date("2026-11-21").weekday', Decimal(6)),
        ('week of year(date("2021-01-03"))', Decimal(53)),
        ('date("-0044-03-15").year', Decimal(-44)),
        ('years and months duration(date("2011-12-22"), date("2013-08-24"))', YearsMonthsDuration(20)),
        ('@"2024-01-01T00:00:00Z" = @"2024-01-01T01:00:00+01:00"', True),
        ('date("2024-02-30")', None),
    ],
)
def test_dates_and_durations_follow_the_calendar(text: str, expected: object) -> None:
    value = feel.evaluate(text, {})
    assert (feel.evaluate("string(x)", {"x": value}) if isinstance(expected, str) else value) == expected


def test_names_with_spaces_are_found_in_the_context() -> None:
    context = {"Monthly Salary": 1000, "a-b": 1, "a": 5, "b": 2, "person": {"first name": "Ada"}}
    assert feel.evaluate("Monthly Salary * 12", context) == 12_000
    assert feel.evaluate("a-b", context) == 1
    assert feel.evaluate("person.first name", context) == "Ada"
    assert feel.evaluate("a - b", {"a": 5, "b": 2}) == 3


def test_an_expression_tells_which_variables_it_needs() -> None:
    expression = feel.compile("for l in lines return l.qty * rate + count(lines)")
    assert expression.names == {"lines", "rate"}
    assert expression.text.startswith("for l")


def test_the_same_text_is_compiled_once() -> None:
    assert feel.compile("a + 1") is feel.compile("a + 1")


def test_an_attribute_is_text_unless_it_begins_with_an_equals_sign() -> None:
    static, dynamic = feel.compile_attribute("order-1"), feel.compile_attribute('= "order-" + string(n)')
    assert (static.is_static, static({})) == (True, "order-1")
    assert (dynamic.is_static, dynamic({"n": 7})) == (False, "order-7")


@pytest.mark.parametrize(
    ("tests", "value", "passes"),
    [
        ("-", None, True),
        ("< 5, [10..20]", 12, True),
        ('not("A", "B")', "C", True),
        ('not("A", "B")', "A", False),
        ("? > limit", 8, True),
        ("limit", 7, True),
        ("> 5", None, None),
        ("true", True, True),
        ('starts with(?, "M8")', "M8x40", True),
        ("null", None, True),
    ],
)
def test_a_unary_test_passes_or_fails_a_value(tests: str, value: object, passes: object) -> None:
    assert feel.unary_test(tests, value, {"limit": Decimal(7)}) is passes


def test_now_comes_from_the_evaluation_only() -> None:
    moment = datetime(2026, 1, 15, 12, 30, tzinfo=UTC)
    expression = feel.compile("today()")
    assert expression.evaluate({}, now=moment).value == date(2026, 1, 15)
    assert expression.evaluate({}).value is None


def test_a_fault_gives_null_and_says_where() -> None:
    result = feel.compile('1 + "a"').evaluate({})
    assert result.value is None
    assert [(warning.message, warning.position) for warning in result.warnings] == [
        ("number + string is not defined", 2)
    ]


def test_a_missing_name_is_told_apart_from_a_fault() -> None:
    result = feel.compile("customer.tier").evaluate({})
    assert [warning.severity for warning in result.warnings] == ["info", "info"]


@pytest.mark.parametrize(
    "text", ["1 +", "", "(1", "if a then b", "a b c", '"open', "{a: 1, a: 2}", "for x in"]
)
def test_a_wrong_text_is_refused_with_its_place(text: str) -> None:
    with pytest.raises(feel.FeelSyntaxError) as caught:
        feel.compile(text)
    assert 0 <= caught.value.position <= len(text)
    assert "column" in caught.value.where


def test_the_context_is_never_changed() -> None:
    context = {"list": [1, 2], "inner": {"a": 1}}
    feel.evaluate('for list in list return context put(inner, "a", list)', context)
    assert context == {"list": [1, 2], "inner": {"a": 1}}
