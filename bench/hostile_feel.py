"""FEEL expressions written to hang, exhaust or crash an evaluator; each must answer fast and small."""

from decimal import Decimal
from typing import Any

DEEP = 10_000


def _doubling(first: str, step: str, times: int = 60) -> str:
    """A context whose every entry is built from two of the one before."""
    entries = [f"v0: {first}"] + [f"v{n}: {step.replace('?', f'v{n - 1}')}" for n in range(1, times)]
    return "{" + ", ".join(entries) + "}"


def _nested() -> list[str]:
    return [
        "(" * DEEP + "1" + ")" * DEEP,
        "[" * DEEP + "1" + "]" * DEEP,
        "{a:" * DEEP + "1" + "}" * DEEP,
        "-" * DEEP + "1",
        "if true then " * DEEP + "1" + " else 1" * DEEP,
        "not(" * DEEP + "true" + ")" * DEEP,
        "function(x) " * DEEP + "1",
        "for x in [1] return " * DEEP + "1",
        "some x in [1] satisfies " * DEEP + "true",
        "x in (" * DEEP + "1" + ")" * DEEP,
        "[1" + "[1]" * DEEP,
        "a" + ".a" * DEEP,
        "abs" + "(1)" * DEEP,
        "1" + "+1" * DEEP,
        "1" + "*-1" * DEEP,
        "1" + "**1" * (DEEP // 4),
        "true" + " and true" * DEEP,
        "1" + " = 1" * DEEP,
        "1" + " instance of number" * DEEP,
        "1 instance of " + "list<" * DEEP + "number" + ">" * DEEP,
        "(" * 3000,
        "[1.." * 3000,
        "]1..2[" * 3000,
        '"' + "\\u0041" * 5000 + '"',
        "/*" * DEEP,
        "x" * 100_000,
        "1" * 100_000,
        " " * 1_000_000 + "1",
        "[" + ",".join(["1"] * 20_000) + "]",
        "{" + ",".join(f"k{n}:1" for n in range(5_000)) + "}",
    ]


def _loops() -> list[str]:
    return [
        "for i in 1..1000000000 return i",
        "for i in 1..10**30 return i",
        "for i in [1..10**300] return i",
        "for i in 1..1000, j in 1..1000, k in 1..1000 return i*j*k",
        "some i in 1..1000000000 satisfies i < 0",
        "every i in 1..1000000000 satisfies i > 0",
        "count(for i in 1..99999 return for j in 1..99999 return 1)",
        'for d in @"-999999999-01-01"..@"999999999-12-31" return d',
        "for i in 1..100000 return " + "+".join(["i"] * 1500),
        "for i in 1..100000 return [" + ",".join(["i"] * 1000) + "]",
        "for i in 1..100000 return {" + ",".join(f"k{n}: i" for n in range(300)) + "}",
        "for i in 1..100000 return exp(1.2345678901234567890123456789012345)",
        "for i in 1..100000 return 1.1 ** 3.3333333333333333333333333333333",
        "for i in 1..100000 return log(i) * sqrt(i)",
        'for i in 1..100000 return time("10:00:00@No/" + string(i))',
        'for i in 1..100000 return date and time("2020-01-01T00:00:00@Europe/Paris") + duration("P1D")',
        "for i in 1..100000 return function(x) x + i",
        "for i in 1..50000 return partial",
        "sum(for i in 1..300 return count(for j in 1..i return partial))",
        "(for i in 1..30000 return i)[(for j in 1..30000 return j)[item = 5][1] = item]",
        "sort(for i in 1..50000 return -i, function(a, b) a < b)",
        "distinct values(for i in 1..50000 return {a: i})",
        "duplicate values(for i in 1..50000 return [i])",
        "union(for i in 1..9000 return [i], for i in 1..9000 return [i])",
        "(for i in 1..50000 return i) = (for i in 1..50000 return i)",
        "index of(for i in 1..50000 return [[[i]]], [[[1]]])",
        "{f: function(x) x(x), r: f(f)}.r",
        "{f: function(g, n) if n < 2 then n else g(g, n-1) + g(g, n-2), r: f(f, 40)}.r",
        "{f: function(g, n) g(g, n + 1), r: f(f, 0)}.r",
        "{y: function(f) (function(x) f(x(x)))(function(x) f(x(x))), r: y(function(a) a)}.r",
        "{a: function(l) flatten([l, l]), b: " + "a(" * 20 + "[1,2,3,4]" + ")" * 20 + "}.b",
    ]


def _growth() -> list[str]:
    return [
        _doubling('"xxxxxxxxxx"', "?+?"),
        _doubling('"\\U01F40E"', "?+?"),
        _doubling("[1]", "concatenate(?, ?)"),
        _doubling("[1]", "[?, ?]"),
        "string(" + _doubling("[1]", "[?, ?]", 40) + ")",
        "flatten(" + _doubling("[1]", "[?, ?]", 40) + ".v39)",
        _doubling("[1]", "[?, ?]", 40) + " = " + _doubling("[1]", "[?, ?]", 40),
        _doubling("{a: 1}", "{a: ?, b: ?}", 40),
        "string(" + _doubling("{a: 1}", "{a: ?, b: ?}", 40) + ".v39)",
        _doubling('"ab"', 'replace(?, "a", ?)'),
        _doubling('"ab"', 'replace(?, ".", "$0$0$0$0$0$0$0$0$0")'),
        _doubling('"ab"', "string join([?, ?, ?], ?)"),
        _doubling('"a"', "upper case(? + ?)"),
        _doubling('"a,"', 'string join(split(? + ?, ","), ",,")'),
        _doubling("[1,2]", "append(?, ?, ?)", 40),
        "string(" + _doubling("[1,2]", "append(?, ?, ?)", 40) + ")",
        "to base64(" + _doubling('"aaaa"', "?+?") + ".v59)",
        "distinct values(" + _doubling("[[1]]", "concatenate(?, ?)") + ".v59)",
    ]


def _numbers() -> list[str]:
    return [
        "10 ** 10000000",
        "10 ** (10 ** 10)",
        "9 ** 9 ** 9 ** 9",
        "1e6144 * 10",
        "1e999999999",
        "1e-999999999",
        "1.0000000000000000000000000000000001 ** 1e30",
        "0.9999999999999999999999999999999999 ** 1e33",
        "2 ** -1e20",
        "exp(1e30)",
        "exp(-1e30)",
        "log(1e-6143)",
        "sqrt(1e6144)",
        "decimal(1/3, 6176)",
        "decimal(1e6000, -6111)",
        "round up(1e6144, 6176)",
        "modulo(1e6144, 3e-6000)",
        'duration("P999999999999999D") * 1e6000',
        'date("2020-01-01") + duration("P99999999999Y")',
        '@"-999999999-01-01T00:00:00@Europe/Paris" - duration("P999999999D")',
        "[1,2,3][1e6000]",
        'substring("abc", 1e6000, 1e6000)',
        "date(1e6000, 1e6000, 1e6000)",
        'number("' + "9" * 20_000 + '")',
    ]


def _patterns() -> list[str]:
    many = "a" * 5_000
    return [
        f'matches("{"a" * 60}!", "(a+)+$")',
        f'matches("{"a" * 60}!", "(a|aa)+$")',
        f'matches("{"a" * 60}!", "(a|a)*$")',
        f'matches("{many}", "(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)x")',
        f'matches("{many}", "(a?){{50}}a{{50}}b")',
        f'matches("{"x" * 30}", "(x+x+)+y")',
        f'replace("{many}", "(a+)+b", "$1")',
        f'replace("{many}", "", "{"b" * 5_000}")',
        f'split("{many}", "(a*)*b")',
        f'split("{many}", "")',
        'matches("a", "' + "(" * 500 + "a" + ")" * 500 + '")',
        'matches("a", "((((a{1000}){1000}){1000}){1000})")',
        'matches("a", "[' + "a-z" * 300 + ']")',
        f'for i in 1..100000 return matches("{"a" * 28}!", "(a+)+$")',
        f'for i in 1..100000 return matches("{many}", "a*b")',
        f'extract("{many}", "a*?")',
        'matches("' + "ab" * 5_000 + '", "(?:a.*b.*)+c", "s")',
    ]


def _functions() -> list[str]:
    """Functions that call themselves, lie, or sort for ever."""
    ackermann = (
        "{f: function(a, b, g) if a = 0 then b + 1 else if b = 0 then g(a - 1, 1, g) "
        "else g(a - 1, g(a, b - 1, g), g), r: f(4, 4, f)}.r"
    )
    return [
        "sort(for i in 1..20000 return i, function(a, b) true)",
        "sort(for i in 1..20000 return i, function(a, b) null)",
        "sort(for i in 1..5000 return i, function(a, b) count(for k in 1..500 return k) > a)",
        "sort(for i in 1..300 return i, function(a, b) sort(for j in 1..300 return -j)[1] < a)",
        "{f: function(n) if n = 0 then 0 else 1 + f(n - 1), r: f(100000)}.r",
        "{f: function(n, g) [g(n, g), g(n, g)], r: f(1, f)}.r",
        ackermann,
        "list replace(for i in 1..50000 return i, function(a, b) count(for k in 1..99 return k) = 1, 0)",
        "(function(x) x(x))(function(x) x(x))",
        "{c: function(n) for i in 1..1000 return c, r: c(1)[1](1)[1](1)[1](1)}.r",
        "for f in for i in 1..5000 return function() i return f()",
        "{m: " + "function(a) " * 60 + "a, r: m" + "(1)" * 60 + "}.r",
        "some f in [function() f()] satisfies f()",
    ]


def _lists_and_texts() -> list[str]:
    """Quadratic growth, repetition, and what is read from text."""
    return [
        "for i in 1..20000 return append(partial, i)",
        "for i in 1..20000 return concatenate(partial, partial)",
        "for i in 1..5000 return sum(partial)",
        "for i in 1..2000, j in 1..2000 return count(partial)",
        "for i in 1..300 return for j in 1..300 return for k in 1..300 return partial",
        "for i in 1..20000 return insert before(partial, 1, i)",
        'for i in 1..20000 return if i = 1 then "ab" else partial[-1] + partial[-1]',
        "for i in 1..20000 return if i = 1 then {a: 1} else context put(partial[-1], string(i), partial[-1])",
        "for i in 1..20000 return context merge([{a: 1}, {b: partial}])",
        f'string join(for i in 1..100000 return "{"x" * 40}", "{"y" * 20}")',
        _doubling('"ab"', "string join([?, ?], string join([?, ?]))"),
        _doubling('"ab"', "string(?) + string([?, ?])"),
        _doubling('"ab"', "upper case(lower case(?)) + to base64(?)"),
        _doubling('"\\uFDFA"', "upper case(? + ?)"),
        _doubling('"[1]"', 'to json(from json("[" + ? + "," + ? + "]"))'),
        "to json(" + _doubling("[1]", "[?, ?]", 40) + ")",
        'from json("' + "[" * 30_000 + '")',
        'from json("1e999999999")',
        'from json("' + "9" * 30_000 + '")',
        'for i in 1..100000 return from json("[1,2,3,4,5,6,7,8,9]")',
        'number("' + "1," * 10_000 + '1", ",", ".")',
        'split("' + "," * 30_000 + '", ",")',
        "flatten(" + "[" * 80 + "1" + "]" * 80 + ")",
        "count([" * 40 + "1" + "])" * 40,
        "union(" + ", ".join(["for i in 1..5000 return {a: i}"] * 20) + ")",
        "get entries(context(for i in 1..50000 return {key: string(i), value: i}))",
        "partition(for i in 1..90000 return i, 1)",
        "mode(for i in 1..90000 return i) = mode(for i in 1..90000 return -i)",
        "stddev(for i in 1..90000 return i ** 30)",
    ]


def _times() -> list[str]:
    """Dates far away, and arithmetic on them."""
    return [
        '@"999999999-12-31" + @"P1D"',
        '@"-999999999-01-01T00:00:00Z" - @"999999999-12-31T00:00:00Z"',
        'for i in 1..100000 return @"2020-01-01" + @"P1M" * i',
        '{d: @"P1D", r: ' + "(" * 60 + "d" + " * 999999999999)" * 60 + "}.r",
        'years and months duration(@"-999999999-01-01", @"999999999-01-01") * 1e6000',
        'duration("P' + "9" * 20_000 + 'D")',
        'date("' + "9" * 20_000 + '-01-01")',
        'time("10:00:00.' + "1" * 20_000 + '")',
        'time("10:00:00@' + "../" * 10_000 + 'etc/passwd")',
        'for i in 1..100000 return date and time(now(), "Zone/" + string(i))',
        'for i in 1..100000 return week of year(@"2020-01-01" + @"P1D" * i)',
        'for d in @"0001-01-01"..@"9999-12-31" return string(d)',
        'range("[' + "(" * 10_000 + '1..2]")',
        'for i in 1..100000 return range("[1.." + string(i) + "]")',
    ]


def _odd_text() -> list[str]:
    """Unicode, endless names, and text that is nearly FEEL."""
    return [
        '"' + "\u202e" * 10_000 + '"',
        '"' + "e\u0301" * 10_000 + '" = "x"',
        "\u200b" * 30_000 + "1",
        "\U0001f40e" * 10_000,
        '"\\uD800" + "\\uDC00"',
        'string length("' + "\U0001f468\u200d\U0001f469" * 5_000 + '")',
        'lower case("' + "\u0130" * 20_000 + '")',
        "`" * 20_001,
        "`" + "a" * 30_000 + "` + 1",
        "a " * 4_900,
        "date and " * 2_000 + "time",
        "years and months duration" * 800,
        "@" * 20_000,
        '"' + "\\" * 16_001 + '"',
        "1 " + "in 1 " * 4_000,
        "1 " + "between 1 and 2 " * 1_500,
        "not" * 10_000 + "(true)",
        "if " * 5_000,
        "{" + "a b c d e f g h: 1, " * 600 + "z: 1}",
        "[" + "1..2," * 4_000 + "3]",
        "function(" + ",".join(f"p{n}: list<list<number>>" for n in range(500)) + ") 1",
        "f(" + ",".join(f"p{n}: 1" for n in range(1_500)) + ")",
        "2" + " ** 2" * 80,
        "2 ** " * 80 + "2",
        "-" * 85 + "(" * 80 + "2" + ")" * 80 + " ** 999",
    ]


def _more_patterns() -> list[str]:
    """Regular expressions in all four functions that read them."""
    many = "ab" * 4_000
    bombs = [
        "(a|b|ab)*c",
        "((a*)*)*c",
        "(a+b?)+c",
        "(?:(?:a?b?){20})+c",
        "([a-z]+)*\\d",
        "(.*)*(.*)*x",
        "(a{1,90}){1,90}c",
    ]
    made = []
    for bomb in bombs:
        made += [
            f'matches("{many}", "{bomb}")',
            f'replace("{many}", "{bomb}", "$1$1")',
            f'split("{many}", "{bomb}")',
            f'extract("{many}", "{bomb}")',
        ]
    return [
        *made,
        'matches("a", "' + "(a|" * 200 + "a" + ")" * 200 + '")',
        'matches("a", "' + "\\p{L}" * 150 + '")',
        f'for i in 1..10000 return matches("{many}", "(a|b|ab)*" + string(i))',
        f'replace("{many}", "(a)(b)", "$1$2$1$2$1$2$1$2$1$2$1$2$1$2$1$2$1$2$1$2$1$2$1$2$1$2$1$2$1$2")',
        'matches("aaaa", "(a)\\1\\1\\1\\1\\2")',
    ]


def inputs() -> list[tuple[str, dict[str, Any]]]:
    """Expressions over data that are themselves hostile: deep, wide, long."""
    deep: Any = 1
    for _ in range(900):
        deep = {"a": [deep]}
    wide = {f"k{n}": Decimal(n) for n in range(100_000)}
    long = [Decimal(n) for n in range(300_000)]
    return [
        ("x", {"x": deep}),
        ("string(x)", {"x": deep}),
        ("to json(x)", {"x": deep}),
        ("x = x", {"x": deep}),
        ("flatten([x, x])", {"x": deep}),
        ("x.a.a.a", {"x": deep}),
        ("distinct values([x, x])", {"x": deep}),
        ("get entries(x)[value > 5]", {"x": wide}),
        ("x[k1 > 0]", {"x": [wide] * 50}),
        ("for i in x return i * 2", {"x": long}),
        ("sum(x) + mean(x) + median(x)", {"x": long}),
        ("sort(x, function(a, b) a > b)", {"x": long}),
        ("x + x + x", {"x": "y" * 3_000_000}),
        ('replace(x, "y", "zz")', {"x": "y" * 1_000_000}),
        ('matches(x, "(y+)+z")', {"x": "y" * 1_000_000}),
        ("x ** x ** x", {"x": 10**40}),
        ("x + 1", {"x": float("inf")}),
        ("x + 1", {"x": float("nan")}),
        ("x.y", {"x": object()}),
    ]


def expressions() -> list[str]:
    """All of them that need no data."""
    first = _nested() + _loops() + _growth() + _numbers() + _patterns()
    return first + _functions() + _lists_and_texts() + _times() + _odd_text() + _more_patterns()
