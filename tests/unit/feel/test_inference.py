"""What can be told about an expression without evaluating it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mainspring import feel
from mainspring.feel.inference import Fault, cell_faults, faults, infer
from mainspring.feel.typing import ANY, Type
from mainspring.feel.values import kind

NUMBER, STRING, DATE = Type("number"), Type("string"), Type("date")
LINE = Type("context", entries={"qty": NUMBER, "text": STRING}, label="tLine")
TYPES = {
    "n": NUMBER,
    "s": STRING,
    "b": Type("boolean"),
    "d": DATE,
    "lines": Type("list", item=LINE),
    "x": ANY,
}
TYPES["f"] = Type("function", parameters=(NUMBER,), result=STRING)


def found(text: str) -> list[Fault]:
    return faults(feel.compile(text).node, TYPES)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("n + 1", "number"),
        ("d - d", "days and time duration"),
        ("d + duration(s)", "Any"),
        ("d.year", "number"),
        ("lines.qty", "list<number>"),
        ("lines[1].text", "string"),
        ("lines[qty > 1]", "list<tLine>"),
        ("for l in lines return l.qty * 2", "list<number>"),
        ("sum(lines.qty)", "number"),
        ("if b then s else string(n)", "string"),
        ("{a: n, c: a + 1}.c", "number"),
        ("f(1)", "string"),
        ("max(d, d)", "date"),
        ("[1..5].start", "number"),
        ("function(a: number) a + 1", "function"),
        ("sort(lines, function(p, q) p.qty < q.qty)", "list<tLine>"),
        ("n in (1, [2..3])", "boolean"),
    ],
)
def test_the_type_of_an_expression_is_told(text: str, wanted: str) -> None:
    assert str(infer(feel.compile(text).node, TYPES)) == wanted
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "position", "message"),
    [
        ("n + s", 2, "number + string"),
        ("n = s", 2, "number = string"),
        ("n < d", 2, "number < date"),
        ("b between 1 and 2", 2, "boolean between number"),
        ("-s", 0, "-string"),
        ("substring(n, 1)", 9, "string is a number, not a string"),
        ("substring(s)", 9, "does not take 1 arguments"),
        ("substring(string: s, start: 1)", 9, "has no parameter 'start'"),
        ("substring(string: s)", 9, "needs its parameter 'start position'"),
        ("sum(lines.text)", 3, "an item is a string"),
        ("if n then 1 else 2", 3, "the condition is a number"),
        ("d.foo", 1, "a date has no property 'foo'"),
        ("{a: 1}.c", 6, "has no entry 'c'"),
        ('n in ("a", 2)', 6, "a string never matches a number"),
        ("s in [1..5]", 5, "never in a range of number"),
        ('[1.."a"]', 0, "a range cannot go from number to string"),
        ("for i in 1..d return i", 4, "nothing goes from number to date"),
        ("some l in lines satisfies l.qty", 27, "is a number, not a boolean"),
        ("n instance of nothing", 2, "there is no type 'nothing'"),
        ("f(1, 2)", 1, "does not take 2 arguments"),
        ("s(1)", 1, "a string cannot be called"),
        ('@"not a date"', 0, "is no date, time or duration"),
        ('lines["a"]', 5, "neither a condition nor a position"),
    ],
)
def test_what_can_never_work_is_told_with_its_place(text: str, position: int, message: str) -> None:
    (fault,) = found(text)
    assert (fault.position, fault.certain) == (position, True)
    assert message in fault.message


@pytest.mark.parametrize("text", ["lines[1].price", "b and n", 'lines[qty > "a"]', "lines.price"])
def test_what_hangs_on_the_data_is_a_doubt(text: str) -> None:
    (fault,) = found(text)
    assert not fault.certain


@pytest.mark.parametrize(
    "text", ["x + 1", "x.y.z", "count(x)", "n = null", "x[y > s]", "unknown(1, 2)", "sum([n])", "[n] + 1 = x"]
)
def test_what_may_work_is_left_alone(text: str) -> None:
    assert [fault for fault in found(text) if fault.certain and "list" not in fault.message] == []


@pytest.mark.parametrize(
    ("cell", "of_type", "faulty"),
    [
        ("5", STRING, True),
        ('"a", 5', STRING, True),
        ("< 5", DATE, True),
        ("? > 5", STRING, True),
        ('"a", "b"', STRING, False),
        ("not([1..5])", NUMBER, False),
        ("null", NUMBER, False),
        ("? > 5", NUMBER, False),
        ("-", DATE, False),
    ],
)
def test_a_cell_that_can_never_match_its_column_is_told(cell: str, of_type: Type, *, faulty: bool) -> None:
    assert bool(cell_faults(feel.compile_unary_test(cell).node, of_type, TYPES)) is faulty


VOCABULARY = """
    if then else for in return some every satisfies and or ( ) [ ] { } , : . .. + - * / = < > 1 "a" null true
    n s b d lines x f sum count substring date not instance of number
"""
WORDS = st.sampled_from(VOCABULARY.split())
VALUES = {
    "n": 2,
    "s": "t",
    "b": True,
    "d": feel.evaluate('@"2024-01-01"'),
    "lines": [{"qty": 1, "text": "u"}],
}


@settings(max_examples=400, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=9))
def test_a_told_type_is_that_of_the_value(words: list[str]) -> None:
    try:
        made = feel.compile(" ".join(words))
    except feel.FeelSyntaxError:
        return
    known = {name: wanted for name, wanted in TYPES.items() if name in VALUES}
    told = infer(made.node, known)
    value = made.evaluate(VALUES).value
    if told.name != "Any" and value is not None and not faults(made.node, known):
        assert kind(value) == told.name
