"""Fuzz target: whatever text comes as FEEL, it is refused with a position, or gives the same each time.

The first byte says whether the rest is an expression or unary tests.
"""

from mainspring import feel
from mainspring.feel.inference import faults

MOST = 4_000  # bytes; larger inputs only slow the search down
CONTEXT = {
    "x": 3,
    "text": "a,b",
    "items": [1, "b", None, {"a": 1, "two words": [2]}],
    "order": {"id": "7", "lines": [{"qty": 2, "price": 5}]},
    "two words": True,
}
NAMES = ("two words",)
TEXTS = (
    'if x > 2 then "a" else null',
    "for i in 1..3, j in items return partial[-1] + i * j",
    "some l in order.lines satisfies l.qty >= 2 and two words",
    "every i in [1, 2] satisfies i in (< 3, [5..7), not)",
    '{a: 1, "b": function(n: number, m) n + m, c: b(a, 2)}.c',
    "sort(items, function(a, b) string(a) < string(b))[item != null]",
    'date("2024-02-29") + duration("P1Y") - @"2023-01-01T10:00:00@Europe/Paris"',
    'matches("abc", "^(a|b)*[a-z-[xy]]?$", "i") or replace(text, "(a)", "$1$1") = string join(["a"], "-")',
    "x between 1 and 5 and x instance of context<a: list<number>>",
    "1.5e3 ** -2 / 0 // no\n + .5 /* y */ - decimal(1/3, 2)",
    'get or else(fromAi(order.id, "d", "string"), `two words`) = [null, true][1]',
    'range("[1..5]").start included and before([1..2], 3) and string("\\u0041\\U01F40E")',
    'number("1.234,5", ".", ",") + count(order.lines.qty) - week of year(@"2020-12-31")',
)
TESTS = ("-", '"a", "b"', "not(< 5, [10..20])", "? > x and ? != null", '> x, null, @"P1D"', "in [1..3]")


def seeds() -> list[bytes]:
    """Expressions and tests of every kind."""
    return [b"e" + text.encode() for text in TEXTS] + [b"t" + text.encode() for text in TESTS]


def once(data: bytes) -> None:
    """Read, examine and evaluate one input twice."""
    if not data or len(data) > MOST:
        return
    text = data[1:].decode("utf-8", "replace")
    if data[0] % 2:
        _expression(text)
    else:
        _tests(text)


def _expression(text: str) -> None:
    try:
        made = feel.compile(text, names=NAMES)
    except feel.FeelSyntaxError as error:
        if not 0 <= error.position <= len(text):
            raise AssertionError("the position of an error lies outside the text") from error
        return
    faults(made.node, {})
    first, again = made.evaluate(CONTEXT), made.evaluate(CONTEXT)
    if repr(first.value) != repr(again.value):
        raise AssertionError("evaluated twice, the values differ")


def _tests(text: str) -> None:
    try:
        made = feel.compile_unary_test(text, names=NAMES)
    except feel.FeelSyntaxError:
        return
    for value in (3, "a", None, [1]):
        if made(value, CONTEXT) not in {True, False, None}:
            raise AssertionError("a test gave something else than a boolean or null")
