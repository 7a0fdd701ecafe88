"""FEEL expressions written to hang, exhaust or crash an evaluator; each must answer fast and small."""

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


def expressions() -> list[str]:
    """All of them."""
    return _nested() + _loops() + _growth() + _numbers() + _patterns()
