"""The built-in functions, by the kind of value they work on."""

from decimal import Decimal
from typing import Any

import pytest

from mainspring import feel


def D(value: str | int) -> Decimal:  # noqa: N802  as short as a literal
    """A number."""
    return Decimal(value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("decimal(1/3, 2)", D("0.33")),
        ("decimal(2.5, 0)", D(2)),
        ("round half up(2.5, 0)", D(3)),
        ("floor(-1.5)", D(-2)),
        ("ceiling(1.21, 1)", D("1.3")),
        ("modulo(-12, 5)", D(3)),
        ('abs(@"-P1D") = @"P1D"', True),
        ("even(4) and odd(-3)", True),
        ('number("1.000.000,01", ".", ",")', D("1000000.01")),
        ("sqrt(-1)", None),
        ('substring("foobar", -3, 2)', "ba"),
        ('substring("\\U01F40Eab", 2)', "ab"),
        ('string length("\\U01F40E")', D(1)),
        ('substring before("foobar", "bar")', "foo"),
        ('replace("abcd", "(ab)|(a)", "[1=$1][2=$2]")', "[1=ab][2=]cd"),
        ('matches("x", "[a-z-[aeiou]]")', True),
        ('matches("o", "[a-z-[aeiou]]")', False),
        ('matches("ABC", "a b c", "xi")', True),
        ('matches("a", "(a")', None),
        ('split("a;b;;c", ";")', ["a", "b", "", "c"]),
        ('extract("M8x40 and M6x20", "M\\d+x\\d+")', ["M8x40", "M6x20"]),
        ('string join(["a", null, "c"], "-")', "a-c"),
        ('string join(["a", "b"], ",", "[", "]")', "[a,b]"),
        ('string({a: [1, "x"], b: @"P1D"})', '{a: [1, "x"], b: @"P1D"}'),
        ('upper case("stra\u00dfe")', "STRASSE"),
        ("list contains([1, null], null)", True),
        ("count([1, [2]])", D(2)),
        ("min(3, 1, 2)", D(1)),
        ('max(["a", "c"])', "c"),
        ("sum([])", None),
        ("mean([1, 2, 6])", D(3)),
        ("median([8, 2, 5, 7])", D(6)),
        ("mode([6, 3, 6, 3, 9])", [D(3), D(6)]),
        ("stddev([2, 4, 4, 4, 5, 5, 7, 9]) > 2.13", True),
        ("all([true, null])", None),
        ("any([false, true, null])", True),
        ("sublist([1, 2, 3], -2)", [D(2), D(3)]),
        ("append([1], 2, 3)", [D(1), D(2), D(3)]),
        ("concatenate([1], [2, 3])", [D(1), D(2), D(3)]),
        ("insert before([1, 3], 2, 2)", [D(1), D(2), D(3)]),
        ("remove([1, 2, 3], -1)", [D(1), D(2)]),
        ("list replace([1, 2, 3], function(item, new) item = 2, 9)", [D(1), D(9), D(3)]),
        ("index of([1, 2, 1], 1)", [D(1), D(3)]),
        ("union([1, 2], [2, 3])", [D(1), D(2), D(3)]),
        ('distinct values([1, 1.0, "1"])', [D(1), "1"]),
        ("flatten([[1, [2]], 3])", [D(1), D(2), D(3)]),
        ("sort([3, 1, 2], function(x, y) x > y)", [D(3), D(2), D(1)]),
        ("partition([1, 2, 3], 2)", [[D(1), D(2)], [D(3)]]),
        ('get value({a: {b: 1}}, ["a", "b"])', D(1)),
        ('context([{key: "a", value: 1}])', {"a": D(1)}),
        ('context put({a: {b: 1}}, ["a", "c"], 2)', {"a": {"b": D(1), "c": D(2)}}),
        ("context merge([{a: 1}, {a: 2}])", {"a": D(2)}),
        ("get or else(null, 5)", D(5)),
        ('fromAi(null, "the amount")', None),
        ('is(@"10:00:00Z", @"10:00:00+00:00")', True),
        ("before([1..5], [6..9])", True),
        ("overlaps([1..5], [5..8])", True),
        ("during(5, (1..5])", True),
        ('2 in range("[1..3]")', True),
        ('range("[3..1]")', None),
        ("not(null)", None),
    ],
)
def test_a_function_gives_what_the_specification_says(text: str, expected: object) -> None:
    assert feel.evaluate(text, {}) == expected


@pytest.mark.parametrize(
    "text",
    ["substring()", "sum(a: 1)", 'abs("x")', 'substring(string: "a")', "nothing(1)", "(5)(1)", 'min(1, "a")'],
)
def test_a_wrong_call_gives_null_with_a_warning(text: str) -> None:
    result = feel.compile(text).evaluate({})
    assert result.value is None
    assert result.warnings


def test_named_and_positional_arguments_mean_the_same() -> None:
    named: Any = feel.evaluate('substring(start position: 2, string: "abc")', {})
    assert named == feel.evaluate('substring("abc", 2)', {}) == "bc"
